/**
 * A scenario that is still being drawn, and its run, which stands where the drawing is: whoever draws what people do sees what there is, and
 * later acts never change what comes before them.
 */
import { parse, stringify } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Simulation } from '../engine/simulation';
import { inputsOf } from '../scenario/actions';
import type { RawAction } from '../scenario/scenario-shape';
import type { SwarmAction } from './swarm-draws';

type Act = Omit<SwarmAction, 'at'>;

/** See the header. */
export class GrowingRun {
  private readonly done: SwarmAction[] = [];
  private due: { readonly atMs: number; readonly act: Act }[] = [];
  private isBroken = false;

  constructor(
    readonly simulation: Simulation,
    private readonly durationMs: number,
  ) {}

  /** How many acts there are, with those to come. */
  get size(): number {
    return this.done.length + this.due.length;
  }

  /** What was done so far, as actions of a scenario that makes the same run. */
  get actions(): readonly SwarmAction[] {
    return this.done;
  }

  /** Something to be done at a time. */
  plan(atMs: number, act: Act): void {
    this.due.push({ atMs, act });
  }

  /** Does what is due before a time. */
  playTo(timeMs: number): void {
    const times = this.due.map(({ atMs }) => atMs).filter((atMs) => atMs < timeMs);
    for (const atMs of [...new Set(times)].sort((a, b) => a - b)) {
      this.do(
        atMs,
        this.due.filter((one) => one.atMs === atMs).map(({ act }) => act),
      );
    }
    this.due = this.due.filter(({ atMs }) => atMs >= timeMs);
  }

  /** The objects of these kinds right before a time. */
  existingAt(timeMs: number, kinds: readonly string[]): KubeObject[] {
    const { simulation } = this;
    this.run(timeMs - 1);
    return kinds.flatMap((kind) => simulation.objectsAt(simulation.step, kind));
  }

  /**
   * Acts at a time, or in the first ms after it in which nothing else happens: what a scenario does comes first in its ms and what is done
   * by hand last, so only there a scenario with these acts makes the same run.
   */
  private do(timeMs: number, acts: readonly Act[]): void {
    const { simulation } = this;
    let atMs = Math.max(timeMs, simulation.nowMs + 1);
    for (this.run(atMs - 1); !this.isBroken && this.nextMs() <= atMs; this.run(atMs - 1)) atMs++;
    this.run(atMs);
    for (const act of acts) {
      const written = { at: `${atMs}ms`, ...act };
      this.done.push(written);
      // It would let a run that was stopped go on.
      if (this.isBroken) continue;
      const read = parse(stringify(written, { aliasDuplicateObjects: false })) as RawAction;
      for (const { to, kind, payload } of inputsOf(read, this.durationMs, new Map()).inputs)
        simulation.act({ to, kind, payload });
    }
  }

  private nextMs(): number {
    return this.simulation.upcoming(1)[0]?.atMs ?? Infinity;
  }

  private run(timeMs: number): void {
    if (this.isBroken || timeMs <= this.simulation.nowMs) return;
    this.isBroken = this.simulation.run({ timeMs }).message !== undefined;
  }
}

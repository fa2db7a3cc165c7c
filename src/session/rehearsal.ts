/** What a command would do, tried on a branch that is thrown away: how it ends, and what becomes of Pods on the way. */
import type { KubeObject } from '../engine/api/meta';
import { isPodActive } from '../engine/api/pod';
import type { Deployment, Pod } from '../engine/api/types';
import type { Simulation } from '../engine/simulation';
import { type Cursor, forkAt } from './cursor';
import { CommandRun } from './run-command';

/** The lowest that a Deployment gets to. */
export interface Lowest {
  readonly namespace: string;
  readonly name: string;
  readonly available: number;
  readonly desired: number;
}

/** See the header. */
export interface Rehearsal {
  /** How long the command takes, in ms; null when it has not ended within the time it is watched. */
  readonly tookMs: number | null;
  readonly code: number;
  readonly stderr: string;
  /** Pods that are gone in the end, and evictions that were refused on the way. */
  readonly gone: number;
  readonly refused: number;
  /** Deployments that get below what they want. */
  readonly lowest: readonly Lowest[];
  /** Pods that are on no node in the end. */
  readonly pending: number;
}

const WATCHED_MS = 180_000;
/** So long after the command the cluster is given to settle, or to what the scenario does next: that is no consequence. */
const SETTLES_MS = 20_000;
const WATCHED_STEPS = 6_000;
/** Who acts from outside. */
const ACTS = new Set(['user', 'fault']);

/** Bit by bit; each goes one step. */
export function rehearsalOf(simulation: Simulation, command: string, at: Cursor): () => Rehearsal | undefined {
  const cursor = { step: Math.min(at.step, simulation.step), timeMs: Math.min(at.timeMs, simulation.nowMs) };
  const branch = forkAt(simulation, cursor);
  const fromMs = branch.nowMs;
  const before = activeUids(branch.objectsAt(branch.step, 'Pod') as Pod[]);
  const lowest = new Map<string, Lowest>();
  let noted = branch.step;
  note(branch.objectsAt(noted, 'Deployment'), lowest);
  const run = new CommandRun(branch, { command, untilMs: fromMs + WATCHED_MS }, WATCHED_STEPS);
  let ended: { readonly tookMs: number | null; readonly code: number; readonly stderr: string } | undefined;
  const outcome = () => {
    const pods = branch.objectsAt(noted, 'Pod') as Pod[];
    const after = activeUids(pods);
    return {
      gone: [...before].filter((uid) => !after.has(uid)).length,
      refused: ended?.stderr.match(/will retry after/g)?.length ?? 0,
      lowest: [...lowest.values()].filter(({ available, desired }) => available < desired),
      pending: pods.filter(({ spec }) => !spec.nodeName).length,
    };
  };
  return () => {
    if (!ended) {
      const result = run.advance();
      const isLate = branch.nowMs > fromMs + WATCHED_MS;
      if (result)
        ended = { tookMs: run.cutShort ? null : branch.nowMs - fromMs, code: result.code, stderr: result.stderr };
      else if (isLate) ended = { tookMs: null, code: 1, stderr: '' };
    } else {
      branch.run({ timeMs: fromMs + (ended.tookMs ?? WATCHED_MS) + SETTLES_MS, maxSteps: 1, maxTimers: 128 });
      if (branch.step > noted && ACTS.has(branch.traceAt(branch.step).actor)) return { ...ended, ...outcome() };
    }
    note(branch.differences('Deployment', noted, branch.step).values(), lowest);
    noted = branch.step;
    const isOver = ended && (ended.tookMs === null || branch.nowMs >= fromMs + ended.tookMs + SETTLES_MS);
    return ended && isOver ? { ...ended, ...outcome() } : undefined;
  };
}

function activeUids(pods: readonly Pod[]): Set<string> {
  return new Set(pods.filter(isPodActive).map(({ metadata }) => metadata.uid ?? ''));
}

/** Notes the lowest counts so far. */
function note(deployments: Iterable<KubeObject | undefined>, lowest: Map<string, Lowest>): void {
  for (const deployment of deployments) {
    if (!deployment) continue;
    const { metadata, spec, status } = deployment as Deployment;
    const { namespace = '', name } = metadata;
    const available = status?.availableReplicas ?? 0;
    const key = `${namespace}/${name}`;
    const before = lowest.get(key);
    if (!before || available < before.available)
      lowest.set(key, { namespace, name, available, desired: spec.replicas ?? 1 });
  }
}

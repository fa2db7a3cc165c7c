/**
 * Random scenarios from a seed: a cluster, workloads, what people do and what breaks, as scenario text that anyone can run
 * again. Faults heal, and at the end everything is made feasible again, so each run must come to rest with all promises kept.
 */

import { stringify } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Pod } from '../engine/api/types';
import { type CompositionOptions, createSimulation } from '../engine/create-simulation';
import { Random } from '../engine/kernel/random';
import type { Simulation } from '../engine/simulation';
import { userComponent } from '../kubectl/user-component';
import { parseScenario } from '../scenario/scenario';
import { complaintsOf, historyOf } from './checkers/history';
import { CHECKERS } from './checkers/registry';
import { requestComplaints } from './checkers/requests';
import { drawAttempt } from './swarm-access';
import { drawActions, strayActions } from './swarm-actions';
import { type Cast, drawCast, FINAL_MS, HEALED_MS, QUIET_MS, type Size, STOP_MS, sizeOf } from './swarm-cast';
import type { SwarmAction } from './swarm-draws';
import { GrowingRun } from './swarm-growing';
import { JOB_PROGRAMS } from './swarm-jobs';
import { drawComponents } from './swarm-network';
import { PRESSURE_PROGRAMS } from './swarm-pressure';
import { PROGRAMS } from './swarm-workloads';

/** By when a run must have come to rest. */
const PATIENCE_MS = HEALED_MS + 3_600_000;
/** What goes on for ever in a cluster at rest. */
const HEARTBEATS = new Set(['Lease', 'Node', 'Event']);

/** One run of the swarm. */
export interface SwarmRun {
  readonly seed: number;
  /** The scenario, ready for `kubestep run`. */
  readonly text: string;
  readonly simulation: Simulation;
  /** What is wrong; empty when all is well. */
  readonly complaints: readonly string[];
}

function scenarioText(seed: number, cast: Cast, acts: readonly SwarmAction[]): string {
  const { nodes, documents, traffic, actions } = cast;
  const settings = {
    apiVersion: 'kubestep.dev/v1alpha1',
    kind: 'Scenario',
    metadata: { name: `swarm-${seed}` },
    spec: {
      seed,
      duration: `${PATIENCE_MS}ms`,
      nodes,
      components: drawComponents(Random.split(seed, 'components')),
      programs: [...PROGRAMS, ...JOB_PROGRAMS, ...PRESSURE_PROGRAMS],
      traffic,
      actions: [...actions, ...acts],
    },
  };
  return [settings, ...documents]
    .map((document) => stringify(document, { aliasDuplicateObjects: false }))
    .join('---\n');
}

/** Starts a scenario text; it must be without problems. Stored objects are frozen, so that whoever changes one is found out. */
export function startText(text: string, options: CompositionOptions = {}): Simulation {
  const { scenario, problems } = parseScenario(text);
  if (!scenario || problems.length > 0)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return createSimulation(scenario.config, { components: [userComponent], freeze: true, ...options });
}

/** A scenario as drawn, and its run up to the last act. */
interface Draft {
  readonly text: string;
  readonly simulation: Simulation;
}

/** Draws the scenario of a seed. Actions on single objects need their names, so the scenario runs as it is drawn. */
function draft(seed: number, size: Size, options: CompositionOptions): Draft {
  const cast = drawCast(seed, size);
  const { random, access, nodeNames, subjects: documents } = cast;
  const growing = new GrowingRun(startText(scenarioText(seed, cast, []), options), PATIENCE_MS);
  let atMs = 3000 + random.below(20_000);
  while (atMs < STOP_MS && growing.size < cast.mostActs) {
    growing.playTo(atMs);
    const existing = (kinds: readonly string[]): KubeObject[] => growing.existingAt(atMs, kinds);
    const drawn = [...drawActions(random, { nodeNames, documents, existing }), ...drawAttempt(access, documents)];
    for (const { afterMs = 0, ...act } of drawn) growing.plan(atMs + afterMs, act);
    // Close together as often as far apart: most races hide within a second.
    atMs += random.below(2) === 0 ? random.below(300) : random.below(15_000);
  }
  growing.playTo(FINAL_MS);
  for (const act of strayActions(growing.existingAt(FINAL_MS, ['Pod']) as Pod[])) growing.plan(FINAL_MS, act);
  growing.playTo(FINAL_MS + 1);
  return { text: scenarioText(seed, cast, growing.actions), simulation: growing.simulation };
}

/** The scenario of a seed, ready for `kubestep run`. */
export const drawScenario = (seed: number, size: Size = 'whole'): string => draft(seed, size, {}).text;

function lastWorkMs(simulation: Simulation): number {
  const changes = simulation.changes(0, simulation.revision);
  return changes.findLast((change) => !HEARTBEATS.has(change.kind))?.atMs ?? 0;
}

/** Runs until nothing has happened for long enough. Returns what is wrong if that doesn't come. */
export function runToRest(simulation: Simulation): string | undefined {
  for (let timeMs = HEALED_MS + QUIET_MS; timeMs <= PATIENCE_MS; timeMs += 60_000) {
    const { stopped, message } = simulation.run({ timeMs });
    if (message) return `stopped (${stopped}): ${message}`;
    if (simulation.nowMs - Math.max(lastWorkMs(simulation), HEALED_MS) >= QUIET_MS) return undefined;
  }
  const work = simulation.changes(0, simulation.revision).filter((change) => !HEARTBEATS.has(change.kind));
  const steps = [...new Set(work.slice(-40).map((change) => change.step))].slice(-8).map((step) => {
    const { time, actor, message } = simulation.traceAt(step);
    return `step ${step}, ${time} ms, ${actor}: ${message}`;
  });
  return `did not come to rest within ${PATIENCE_MS} ms; at the end\n    ${steps.join('\n    ')}`;
}

/** Draws and runs one seed and checks everything. */
export function runSwarm(seed: number, size = sizeOf(seed)): SwarmRun {
  const { text, simulation } = draft(seed, size, { derivedTrial: 'verify' });
  const restless = runToRest(simulation);
  const complaints = complaintsOf(historyOf(simulation), CHECKERS, restless === undefined);
  complaints.push(...requestComplaints(simulation));
  return { seed, text, simulation, complaints: restless ? [...complaints, restless] : complaints };
}

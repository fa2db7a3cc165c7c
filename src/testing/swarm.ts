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
import { complaintsOf, controllerUid, historyOf } from './checkers/history';
import { CHECKERS } from './checkers/registry';
import { requestComplaints } from './checkers/requests';
import { drawAccess, drawAttempt } from './swarm-access';
import { drawActions, finalActions, mendingActions } from './swarm-actions';
import { drawAutoscalers } from './swarm-autoscalers';
import type { SwarmAction } from './swarm-draws';
import { drawJobActions, drawJobs, finalJobActions, JOB_PROGRAMS } from './swarm-jobs';
import { drawLimits } from './swarm-limits';
import { drawComponents, drawPolicies, drawRuledPod } from './swarm-network';
import { drawPressure, drawPressureFaults, PRESSURE_PROGRAMS } from './swarm-pressure';
import { drawStateful, drawStatefulActions, stopSurging, wakingActions } from './swarm-stateful';
import { drawStorage, drawStorageActions, finalStorageActions } from './swarm-storage';
import { drawIngress, drawTraffic } from './swarm-traffic';
import { drawNodes, drawWorkloads, PROGRAMS, spareNodes } from './swarm-workloads';

/** When people stop, and when they put things right; by the end of that the cluster only has to recover. */
const STOP_MS = 130_000;
const MEND_MS = 230_000;
const HEALED_MS = 300_000;
/** No change for this long means that nothing is left to do: longer than any back-off. */
const QUIET_MS = 380_000;
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

function scenarioText(
  seed: number,
  nodes: readonly object[],
  actions: readonly SwarmAction[],
  documents: readonly KubeObject[],
  traffic: readonly object[] = [],
): string {
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
      actions,
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

/**
 * Draws the scenario of a seed. Actions on single objects need their names, so the scenario as drawn so far runs to that moment
 * first: later actions never change what comes before them.
 */
export function drawScenario(seed: number): string {
  const random = Random.split(seed, 'swarm');
  const nodes = drawNodes(random);
  const workloads = drawWorkloads(random);
  const autoscalers = drawAutoscalers(Random.split(seed, 'autoscalers'), workloads);
  const jobs = drawJobs(Random.split(seed, 'jobs'));
  const stateful = Random.split(seed, 'stateful');
  const limits = drawLimits(Random.split(seed, 'limits'));
  const stores = drawStorage(Random.split(seed, 'storage'));
  const access = Random.split(seed, 'access');
  const documents = [
    ...drawAccess(access),
    ...limits,
    ...workloads,
    ...autoscalers,
    ...jobs,
    ...drawStateful(stateful),
    ...stores,
    ...drawIngress(Random.split(seed, 'ingress'), workloads),
    ...drawPolicies(Random.split(seed, 'policies'), workloads),
    ...drawRuledPod(Random.split(seed, 'ruled')),
  ];
  const nodeNames = nodes.map(({ name }) => name);
  const greedy = drawPressure(Random.split(seed, 'pressure'));
  const faults = drawPressureFaults(Random.split(seed, 'pressure faults'), nodeNames, STOP_MS);
  if (greedy.length + faults.length > 0) stopSurging(documents);
  const whole = [...documents, ...greedy];
  const all = [...nodes, ...spareNodes(`${MEND_MS}ms`)];
  const actions = [
    ...drawJobActions(Random.split(seed, 'job actions'), jobs, STOP_MS),
    ...drawStatefulActions(stateful, documents, 3000, STOP_MS),
    ...drawStorageActions(Random.split(seed, 'storage acts'), stores, STOP_MS),
    ...faults,
  ];
  const existingAt = (timeMs: number, kinds: readonly string[]): KubeObject[] => {
    const simulation = startText(scenarioText(seed, all, actions, whole));
    simulation.run({ timeMs: timeMs - 1 });
    return kinds.flatMap((kind) => simulation.objectsAt(simulation.step, kind));
  };
  const most = actions.length + 24;
  let atMs = 3000 + random.below(20_000);
  while (atMs < STOP_MS && actions.length < most) {
    const existing = (kinds: readonly string[]): KubeObject[] => existingAt(atMs, kinds);
    for (const { afterMs = 0, ...action } of drawActions(random, { nodeNames, documents, existing }))
      actions.push({ at: `${atMs + afterMs}ms`, ...action });
    actions.push(...drawAttempt(access, atMs, documents));
    // Close together as often as far apart: most races hide within a second.
    atMs += random.below(2) === 0 ? random.below(300) : random.below(15_000);
  }
  actions.push(...mendingActions(MEND_MS, documents, nodeNames));
  actions.push(...finalJobActions(HEALED_MS - 30_000, jobs));
  const strays = existingAt(HEALED_MS - 30_000, ['Pod']).filter((pod) => controllerUid(pod) === undefined);
  actions.push(...finalActions(HEALED_MS - 30_000, documents, strays as Pod[]));
  actions.push(...finalStorageActions(HEALED_MS - 20_000, stores), ...wakingActions(HEALED_MS, whole));
  // Requests change nothing that is stored, so the runs before could do without them.
  const traffic = drawTraffic(Random.split(seed, 'traffic'), documents, nodeNames, QUIET_MS);
  return scenarioText(seed, all, actions, whole, traffic);
}

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
export function runSwarm(seed: number): SwarmRun {
  const text = drawScenario(seed);
  const simulation = startText(text, { derivedTrial: 'verify' });
  const restless = runToRest(simulation);
  const complaints = complaintsOf(historyOf(simulation), CHECKERS, restless === undefined);
  complaints.push(...requestComplaints(simulation));
  return { seed, text, simulation, complaints: restless ? [...complaints, restless] : complaints };
}

/**
 * What a scenario of the swarm begins with, and what of its course is known from the beginning. Most seeds are small: one Deployment on two or
 * three Nodes beside half of all else, and a few acts. Many of those find more than a few whole ones, and are easier to read.
 */
import type { KubeObject } from '../engine/api/meta';
import { Random } from '../engine/kernel/random';
import { drawAccess } from './swarm-access';
import { finalActions, mendingActions } from './swarm-actions';
import { drawAutoscalers } from './swarm-autoscalers';
import { once, type SwarmAction } from './swarm-draws';
import { drawJobActions, drawJobs, finalJobActions } from './swarm-jobs';
import { drawLimits } from './swarm-limits';
import { drawPolicies, drawRuledPod } from './swarm-network';
import { drawPressure, drawPressureFaults } from './swarm-pressure';
import { drawStateful, drawStatefulActions, stopSurging, wakingActions } from './swarm-stateful';
import { drawStorage, drawStorageActions, finalStorageActions } from './swarm-storage';
import { drawIngress, drawTraffic } from './swarm-traffic';
import { drawNodes, drawWorkloads, type SwarmNode, spareNodes } from './swarm-workloads';

/** When people stop, and when they put things right; by the end of that the cluster only has to recover. */
export const STOP_MS = 130_000;
const MEND_MS = 230_000;
export const HEALED_MS = 300_000;
/** When Pods that nobody looks after go, and all get programs that work. */
export const FINAL_MS = 270_000;
/** No change for this long means that nothing is left to do: longer than any back-off. */
export const QUIET_MS = 380_000;

/** How much of everything there is. */
export type Size = 'small' | 'whole';

/** Of ten seeds in a row one is whole. */
export const sizeOf = (seed: number): Size => (seed % 10 === 0 ? 'whole' : 'small');

/** See the header. */
export interface Cast {
  readonly nodes: readonly SwarmNode[];
  /** Names of those that can be drained, crashed and so on. */
  readonly nodeNames: readonly string[];
  readonly documents: readonly KubeObject[];
  /** Those that actions are about. */
  readonly subjects: readonly KubeObject[];
  readonly actions: readonly SwarmAction[];
  readonly traffic: readonly object[];
  /** What is left to draw: acts by people, and by bob. */
  readonly random: Random;
  readonly access: Random;
  /** How many acts at most are drawn while the scenario runs. */
  readonly mostActs: number;
}

const belongsToFurther = ({ metadata }: KubeObject): boolean => /^d[2-9]$/.test(metadata.name);

/** Leaves things out of a small scenario. */
function thinning(seed: number, size: Size) {
  const random = Random.split(seed, 'small');
  const isSmall = size === 'small';
  return {
    nodes: (nodes: SwarmNode[]) => (isSmall ? nodes.slice(0, 2 + random.below(2)) : nodes),
    workloads: (documents: KubeObject[]) =>
      isSmall ? documents.filter((document) => !belongsToFurther(document)) : documents,
    some: <T>(drawn: T[]): T[] => (isSmall && once(random, 2) ? [] : drawn),
  };
}

/** Everything is drawn apart, so that what one draws doesn't alter the others. */
export function drawCast(seed: number, size: Size): Cast {
  const from = (name: string): Random => Random.split(seed, name);
  const thin = thinning(seed, size);
  const random = from('swarm');
  const nodes = thin.nodes(drawNodes(random));
  const nodeNames = nodes.map(({ name }) => name);
  const workloads = thin.workloads(drawWorkloads(random));
  const jobs = thin.some(drawJobs(from('jobs')));
  const stateful = from('stateful');
  const stores = thin.some(drawStorage(from('storage')));
  const access = from('access');
  const subjects = [
    ...drawAccess(access),
    ...thin.some(drawLimits(from('limits'))),
    ...workloads,
    ...thin.some(drawAutoscalers(from('autoscalers'), workloads)),
    ...jobs,
    ...thin.some(drawStateful(stateful)),
    ...stores,
    ...thin.some(drawIngress(from('ingress'), workloads)),
    ...thin.some(drawPolicies(from('policies'), workloads)),
    ...thin.some(drawRuledPod(from('ruled'))),
  ];
  const greedy = thin.some(drawPressure(from('pressure')));
  const faults = drawPressureFaults(from('pressure faults'), nodeNames, STOP_MS);
  if (greedy.length + faults.length > 0) stopSurging(subjects);
  const documents = [...subjects, ...greedy];
  return {
    nodes: [...nodes, ...spareNodes(`${MEND_MS}ms`)],
    nodeNames,
    documents,
    subjects,
    actions: [
      ...drawJobActions(from('job actions'), jobs, STOP_MS),
      ...drawStatefulActions(stateful, subjects, 3000, STOP_MS),
      ...drawStorageActions(from('storage acts'), stores, STOP_MS),
      ...faults,
      ...mendingActions(MEND_MS, subjects, nodeNames),
      ...finalJobActions(FINAL_MS, jobs),
      ...finalActions(FINAL_MS, subjects),
      ...finalStorageActions(FINAL_MS + 10_000, stores),
      ...wakingActions(HEALED_MS, documents),
    ],
    traffic: thin.some(drawTraffic(from('traffic'), subjects, nodeNames, QUIET_MS)),
    random,
    access,
    mostActs: size === 'small' ? 8 : 24,
  };
}

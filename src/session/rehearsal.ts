/**
 * What a command would do, tried on a branch that is thrown away: how it ends, and what becomes of Pods on the way. A second branch goes on without
 * it for as long: what happens there as well is no consequence.
 */
import { controllerOf, type KubeObject } from '../engine/api/meta';
import { isPodActive } from '../engine/api/pod';
import { matchesLabelSelector } from '../engine/api/selector';
import type { Deployment, Pod, PodDisruptionBudget } from '../engine/api/types';
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
  /** Names of those of them that nobody makes anew. */
  readonly forGood: readonly string[];
  readonly refused: number;
  /** Names of the budgets that refuse them. */
  readonly budgets: readonly string[];
  /** Deployments that get below what they want, and below what they get to by themselves. */
  readonly lowest: readonly Lowest[];
  /** Pods more that are on no node in the end. */
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
  const tried = follow(branch);
  const still = follow(forkAt(simulation, cursor));
  const run = new CommandRun(branch, { command, untilMs: fromMs + WATCHED_MS }, WATCHED_STEPS);
  let ended: { readonly tookMs: number | null; readonly code: number; readonly stderr: string } | undefined;
  const outcome = () => {
    const after = activeUids(tried.pods());
    const refusals = [...(ended?.stderr ?? '').matchAll(REFUSED)].map(([, name, namespace]) => `${namespace}/${name}`);
    const isWorse = ({ namespace, name, available }: Lowest): boolean =>
      available < (still.lowest.get(`${namespace}/${name}`)?.available ?? Number.POSITIVE_INFINITY);
    const gone = [...before].flatMap(([uid, pod]) => (after.has(uid) ? [] : [pod]));
    return {
      gone: gone.length,
      forGood: gone.filter((pod) => !controllerOf(pod)).map(({ metadata }) => metadata.name),
      refused: refusals.length,
      budgets: budgetsOf(new Set(refusals), branch, [...before.values()]),
      lowest: [...tried.lowest.values()].filter((one) => one.available < one.desired && isWorse(one)),
      pending: Math.max(0, unplaced(tried.pods()) - unplaced(still.pods())),
    };
  };
  let isDone = false;
  return () => {
    if (isDone && ended) {
      // To before what ended this, which the scenario may do there too.
      const toMs = branch.nowMs - 1;
      return still.go(toMs) || still.simulation.nowMs >= toMs ? { ...ended, ...outcome() } : undefined;
    }
    if (!ended) {
      const result = run.advance();
      const isLate = branch.nowMs > fromMs + WATCHED_MS;
      if (result)
        ended = { tookMs: run.cutShort ? null : branch.nowMs - fromMs, code: result.code, stderr: result.stderr };
      else if (isLate) ended = { tookMs: null, code: 1, stderr: run.soFar().stderr };
    } else {
      branch.run({ timeMs: fromMs + (ended.tookMs ?? WATCHED_MS) + SETTLES_MS, maxSteps: 1, maxTimers: 128 });
      if (tried.isNew() && ACTS.has(branch.traceAt(branch.step).actor)) {
        isDone = true;
        return undefined;
      }
    }
    tried.note();
    isDone = !!ended && (ended.tookMs === null || branch.nowMs >= fromMs + ended.tookMs + SETTLES_MS);
    return undefined;
  };
}

/** Follows how low Deployments get on a branch. */
function follow(simulation: Simulation) {
  const lowest = new Map<string, Lowest>();
  let noted = simulation.step;
  note(simulation.objectsAt(noted, 'Deployment'), lowest);
  const noteNew = (): void => {
    note(simulation.differences('Deployment', noted, simulation.step).values(), lowest);
    noted = simulation.step;
  };
  return {
    simulation,
    lowest,
    isNew: () => simulation.step > noted,
    note: noteNew,
    /** One step on; true when it can't. */
    go: (timeMs: number): boolean => {
      const { stopped } = simulation.run({ timeMs, maxSteps: 1, maxTimers: 128 });
      noteNew();
      return stopped === 'failed' || stopped === 'limit';
    },
    pods: () => simulation.objectsAt(noted, 'Pod') as Pod[],
  };
}

function activeUids(pods: readonly Pod[]): Map<string, Pod> {
  return new Map(pods.filter(isPodActive).map((pod) => [pod.metadata.uid ?? '', pod]));
}

const unplaced = (pods: readonly Pod[]): number => pods.filter(({ spec }) => !spec.nodeName).length;

/** What kubectl says of an eviction that is refused. */
const REFUSED = /pods\/"([^"]+)" -n "([^"]+)" \(will retry after/g;

/** Names of the budgets of the Pods that a drain was not let evict; `held`: their keys. */
function budgetsOf(held: ReadonlySet<string>, branch: Simulation, pods: readonly Pod[]): string[] {
  const ofHeld = pods.filter(({ metadata }) => held.has(`${metadata.namespace}/${metadata.name}`));
  const budgets = branch.objectsAt(branch.step, 'PodDisruptionBudget') as PodDisruptionBudget[];
  const covers = ({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean =>
    metadata.namespace === pod.metadata.namespace && matchesLabelSelector(spec.selector, pod.metadata.labels);
  return budgets.filter((one) => ofHeld.some((pod) => covers(one, pod))).map(({ metadata }) => metadata.name);
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

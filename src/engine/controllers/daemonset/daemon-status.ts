/**
 * A DaemonSet's status: on how many nodes it belongs and runs, and how many of these Pods are ready, available and of the present revision.
 * Follows updateDaemonSetStatus and storeDaemonSetStatus of pkg/controller/daemon/daemon_controller.go.
 */

import { isPodAvailable, isPodReady } from '../../api/conditions';
import { counted } from '../../api/counted';
import { keyOf } from '../../api/meta';
import type { DaemonSet, DaemonSetStatus } from '../../api/types';
import type { Requeue } from '../../client/controller';
import { noteWrite } from '../../client/own-writes';
import { saveStatus } from '../../client/save-status';
import { presentMarks } from './daemon-plan';
import { areUpdated } from './daemon-pod';
import { DAEMON_VIEWS, type DaemonView } from './daemon-view';
import { type DaemonContext, exclusions } from './words';

const COUNTS = [
  'desiredNumberScheduled',
  'currentNumberScheduled',
  'numberMisscheduled',
  'numberReady',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
] as const;

type Counts = Required<Pick<DaemonSetStatus, (typeof COUNTS)[number]>>;

function availableOf(context: DaemonContext, view: DaemonView, minReadySeconds: number): number {
  if (minReadySeconds === 0) return view.ready;
  const timeOf = (timestamp: string): number => context.timeOf(timestamp);
  return view.nodes.entries().filter(([, { placement, pods }]) => {
    const [first] = pods;
    return placement?.shouldRun && first && isPodAvailable(first, minReadySeconds, context.nowMs, timeOf);
  }).length;
}

function countsOf(context: DaemonContext, daemonSet: DaemonSet, hash: string): Counts {
  const view = context.derived.read(DAEMON_VIEWS, keyOf(daemonSet));
  const marks = presentMarks(daemonSet, hash);
  const numberAvailable = availableOf(context, view, daemonSet.spec.minReadySeconds ?? 0);
  return {
    desiredNumberScheduled: view.desired,
    currentNumberScheduled: view.current,
    numberMisscheduled: view.misscheduled,
    numberReady: view.ready,
    updatedNumberScheduled: [...view.firsts].reduce(
      (sum, [of, nodes]) => (areUpdated(of, marks) ? sum + nodes : sum),
      0,
    ),
    numberAvailable,
    numberUnavailable: view.desired - numberAvailable,
  };
}

function statusWith(daemonSet: DaemonSet, counts: Counts, generation: number | undefined): DaemonSetStatus {
  const { updatedNumberScheduled, numberAvailable, numberUnavailable, ...always } = counts;
  const { updatedNumberScheduled: _u, numberAvailable: _a, numberUnavailable: _n, ...kept } = daemonSet.status;
  return {
    ...kept,
    ...always,
    ...(updatedNumberScheduled ? { updatedNumberScheduled } : {}),
    ...(numberAvailable ? { numberAvailable } : {}),
    ...(numberUnavailable ? { numberUnavailable } : {}),
    ...(generation ? { observedGeneration: generation } : {}),
  };
}

/**
 * Writes the status if it changed; a lost race is tried once more on the live object. `observes`: the sync has dealt with this
 * generation. Says when to look again.
 */
export function writeStatus(
  context: DaemonContext,
  daemonSet: DaemonSet,
  hash: string,
  observes: boolean,
): Requeue | undefined {
  const counts = countsOf(context, daemonSet, hash);
  const { generation = 0 } = daemonSet.metadata;
  const { observedGeneration = 0 } = daemonSet.status;
  const isSame = COUNTS.every((field) => (daemonSet.status[field] ?? 0) === counts[field]);
  if (!isSame || observedGeneration < generation) {
    const observed = observes ? generation : observedGeneration;
    const written = saveStatus(context.client, daemonSet, (one) => ({
      ...one,
      status: statusWith(one, counts, observed),
    }));
    noteWrite(context.memory.written, keyOf(daemonSet), written.metadata.resourceVersion);
    tell(context, written, counts);
  }
  const { minReadySeconds = 0 } = daemonSet.spec;
  const isAwaited = minReadySeconds > 0 && counts.numberReady !== counts.numberAvailable;
  return isAwaited ? { requeueAfterMs: minReadySeconds * 1000, cause: awaitedSince(context, daemonSet) } : undefined;
}

/** The step at which the first of the Pods got ready that are not available yet. */
function awaitedSince(context: DaemonContext, daemonSet: DaemonSet): number | undefined {
  const { minReadySeconds = 0 } = daemonSet.spec;
  const timeOf = (timestamp: string): number => context.timeOf(timestamp);
  let first: number | undefined;
  for (const [, { pods }] of context.derived.read(DAEMON_VIEWS, keyOf(daemonSet)).nodes.entries()) {
    const [pod] = pods;
    if (!pod || !isPodReady(pod) || isPodAvailable(pod, minReadySeconds, context.nowMs, timeOf)) continue;
    const since = context.lister.since('Pod', pod, isPodReady);
    if (since !== undefined) first = Math.min(first ?? since, since);
  }
  return first;
}

function tell(context: DaemonContext, daemonSet: DaemonSet, counts: Counts): void {
  const { desiredNumberScheduled: desired, currentNumberScheduled: current, numberMisscheduled: misplaced } = counts;
  const { numberReady: ready, updatedNumberScheduled: updated, numberAvailable: available } = counts;
  const where = exclusions(context.derived.read(DAEMON_VIEWS, keyOf(daemonSet)));
  const astray = misplaced > 0 ? `, and ${misplaced} where it should not` : '';
  const sentence = `DaemonSet ${daemonSet.metadata.name} belongs on ${counted(desired, 'node')}${where} and reports Pods on ${current}, ${updated} up to date, ${ready} ready, ${available} available${astray}`;
  context.say('update-status', daemonSet, sentence);
}

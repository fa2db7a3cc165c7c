/**
 * Does what a sync of a StatefulSet has decided on, then cleans up and writes the status. Several actions are done one per timer at the
 * same virtual ms, so that people can step from Pod to Pod; while they are under way the StatefulSet's key is being worked on and is
 * not reconciled. Actions of one stage come in batches of 1, 2, 4 …, of which none starts after one with a failure in it.
 * Follows runForAll, slowStartBatch and performUpdate of pkg/controller/statefulset/stateful_set_control.go.
 */
import { isPodAvailable } from '../../api/conditions';
import { keyOf } from '../../api/meta';
import type { StatefulSet } from '../../api/types';
import type { Requeue } from '../../client/controller';
import { afterTry, mayTry, SLOW_START } from '../../client/pod-control';
import { type NextAvailable, whenAvailable } from '../../client/pod-counters';
import { perform } from './pod-actions';
import { cleanUpRevisions, type Revisions } from './revisions';
import { availability, waitInWords } from './set-facts';
import type { SetContext, SetRun, StagedAction } from './set-memory';
import type { Wait } from './set-plan';
import { statusInWords, statusOf, writeStatus } from './set-status';
import { SET_VIEWS, type SetView } from './set-view';

/** Starts doing these actions: one or none at once by the caller, several by timers. */
export function startRun(
  context: SetContext,
  statefulSet: StatefulSet,
  revisions: Revisions,
  actions: readonly StagedAction[],
  wait: Wait | undefined,
): void {
  const key = keyOf(statefulSet);
  const failuresBefore = context.memory.queue.failures.get(key) ?? 0;
  const fresh = { next: 0, batch: SLOW_START, outdated: 0, failure: undefined, wokenBy: undefined, failuresBefore };
  context.memory.runs.set(key, { statefulSet, revisions, actions, wait, ...fresh });
  if (actions.length <= 1) return;
  const verbs = [...new Set(actions.map(({ verb }) => verb))].map((verb) => {
    const count = actions.filter((action) => action.verb === verb).length;
    return `${verb} ${count}`;
  });
  const sentence = `StatefulSet ${statefulSet.metadata.name} has work on ${actions.length} Pods at once: ${verbs.join(', ')}`;
  context.say('reconcile', statefulSet, sentence);
  context.attach({ actions });
  for (let index = 0; index < actions.length; index++) context.after(0, 'act', key);
  context.after(0, 'finish', key);
}

/** Does the next action of a run. */
export function act(context: SetContext, key: string): void {
  const { runs } = context.memory;
  const run = runs.get(key);
  const action = run?.actions[run.next];
  if (!run || !action) return;
  const isNewStage = run.next === 0 || run.actions[run.next - 1]?.stage !== action.stage;
  const batch = isNewStage && run.failure === undefined ? SLOW_START : run.batch;
  const mayStart = isNewStage ? run.failure === undefined : mayTry(batch);
  if (!mayStart) {
    runs.set(key, { ...run, next: run.next + 1 });
    return;
  }
  const view = context.derived.read(SET_VIEWS, key);
  const failure = perform({ context, statefulSet: run.statefulSet, revisions: run.revisions }, view, action);
  const isOutdated = action.why === 'outdated' && failure === undefined;
  runs.set(key, {
    ...run,
    next: run.next + 1,
    batch: afterTry(batch, failure),
    outdated: run.outdated + (isOutdated ? 1 : 0),
    failure: run.failure ?? failure,
  });
}

function countAvailable(context: SetContext, statefulSet: StatefulSet, view: SetView): number {
  if ((statefulSet.spec.minReadySeconds ?? 0) === 0) return view.ready;
  const isAvailable = availability(context, statefulSet);
  return [...view.members.values()].filter((member) => member.isReady && isAvailable(member)).length;
}

/** When the next ready Pod is available; undefined when none is awaited. */
function nextAvailable(context: SetContext, statefulSet: StatefulSet, view: SetView): Requeue | undefined {
  const { minReadySeconds = 0 } = statefulSet.spec;
  if (minReadySeconds === 0) return undefined;
  let next: NextAvailable | undefined;
  for (const { pod, isReady } of view.members.values()) {
    if (!isReady || isPodAvailable(pod, minReadySeconds, context.nowMs, (text) => context.timeOf(text))) continue;
    const since = pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
    const inMs = (since ? context.timeOf(since) - context.nowMs : 0) + minReadySeconds * 1000;
    if (!next || inMs < next.inMs) next = { pod, inMs };
  }
  return next && whenAvailable(context, next);
}

/** Ends a run: status, history, and what is to follow. Throws what is refused. */
export function finish(
  context: SetContext,
  key: string,
): { readonly failure: string | undefined; readonly requeue: Requeue | undefined } {
  const { runs } = context.memory;
  const run = runs.get(key);
  if (!run) return { failure: undefined, requeue: undefined };
  runs.delete(key);
  const { statefulSet, revisions, outdated, failure } = run;
  const view = context.derived.read(SET_VIEWS, key);
  const available = countAvailable(context, statefulSet, view);
  const status = statusOf(statefulSet, view, revisions, { available, outdated });
  const written = writeStatus(context, statefulSet, status);
  tell(context, run, written ? statusInWords(statefulSet, status) : undefined);
  cleanUpRevisions(context, statefulSet, revisions, () => [...view.members.values()].map(({ revision }) => revision));
  return { failure, requeue: nextAvailable(context, statefulSet, view) };
}

/** Says what is waited for when that is news, and what was written. */
function tell(context: SetContext, { statefulSet, revisions, wait }: SetRun, report: string | undefined): void {
  const key = keyOf(statefulSet);
  const { waits } = context.memory;
  const waiting = wait && waitInWords(context, statefulSet, revisions, wait);
  const isNews = waiting !== undefined && waits.get(key) !== waiting;
  if (waiting === undefined) waits.delete(key);
  else waits.set(key, waiting);
  if (isNews) context.attach({ waitsFor: wait });
  const sentence = [revisions.news, isNews ? waiting : undefined, report].filter(Boolean).join('. ');
  if (sentence !== '') context.say(isNews ? 'wait' : 'update-status', statefulSet, sentence);
}

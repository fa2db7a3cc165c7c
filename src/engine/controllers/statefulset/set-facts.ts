/** What a StatefulSet's plan is made by, from its Pods, claims and revisions as the cache shows them. */
import { isPodAvailable } from '../../api/conditions';
import { keyOf } from '../../api/meta';
import type { StatefulSet } from '../../api/types';
import { isStale, lacksClaims } from './claim-facts';
import type { Revisions } from './revisions';
import type { SetContext } from './set-memory';
import { planSet, type SetPlan, type Wait } from './set-plan';
import { type Member, SET_VIEWS } from './set-view';
import { ordinalsOf, podName } from './stateful-pod';

/** Whether a ready Pod has been so for long enough. */
export function availability(context: SetContext, { spec }: StatefulSet): (member: Member) => boolean {
  const { minReadySeconds = 0 } = spec;
  if (minReadySeconds === 0) return () => true;
  return ({ pod }) => isPodAvailable(pod, minReadySeconds, context.nowMs, (text) => context.timeOf(text));
}

/** The plan. */
export function planFor(context: SetContext, statefulSet: StatefulSet, revisions: Revisions): SetPlan {
  const view = context.derived.read(SET_VIEWS, keyOf(statefulSet));
  const { spec } = statefulSet;
  const { lister } = context;
  const updateRevision = revisions.update.name;
  return planSet({
    ordinals: ordinalsOf(statefulSet),
    members: view.members,
    isOrdered: spec.podManagementPolicy !== 'Parallel',
    isOnDelete: spec.updateStrategy?.type === 'OnDelete',
    partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    updateRevision,
    updated: view.staying.get(updateRevision) ?? 0,
    hasClaims: (spec.volumeClaimTemplates ?? []).length > 0,
    isAvailable: availability(context, statefulSet),
    isStale: (ordinal) => isStale(lister, statefulSet, ordinal),
    lacksClaims: (ordinal) => lacksClaims(lister, statefulSet, ordinal),
  });
}

const UNTIL: Readonly<Record<Wait['until'], string>> = {
  gone: 'to be gone',
  ready: 'to be Ready',
  available: 'to have been Ready for',
  'its old claim is gone': '',
};

/** What comes after what is waited for; '' when nothing does. */
function consequence(context: SetContext, statefulSet: StatefulSet, revisions: Revisions, waited: number): string {
  const { first, last } = ordinalsOf(statefulSet);
  const { members } = context.derived.read(SET_VIEWS, keyOf(statefulSet));
  for (let ordinal = first; ordinal <= last; ordinal++) {
    if (!members.has(ordinal)) return ` before it makes ${podName(statefulSet, ordinal)}`;
  }
  const surplus = Math.max(-1, ...[...members.keys()].filter((ordinal) => ordinal > last || ordinal < first));
  if (surplus >= 0 && surplus !== waited) return ` before it deletes ${podName(statefulSet, surplus)}`;
  const partition = statefulSet.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (statefulSet.spec.updateStrategy?.type === 'OnDelete') return '';
  for (let ordinal = last; ordinal >= first + partition; ordinal--) {
    const member = members.get(ordinal);
    if (member && !member.isTerminating && member.revision !== revisions.update.name) {
      return ` before it updates ${podName(statefulSet, ordinal)}`;
    }
  }
  return '';
}

/** `StatefulSet web waits for web-0 to be Ready before it makes web-1`; undefined when nothing depends on it. */
export function waitInWords(
  context: SetContext,
  statefulSet: StatefulSet,
  revisions: Revisions,
  { ordinal, until }: Wait,
): string | undefined {
  const { name } = statefulSet.metadata;
  const pod = podName(statefulSet, ordinal);
  if (until === 'its old claim is gone') {
    return `StatefulSet ${name} waits with ${pod} until the claim that belongs to the Pod before is gone`;
  }
  const next = consequence(context, statefulSet, revisions, ordinal);
  if (next === '') return undefined;
  const seconds = until === 'available' ? ` ${statefulSet.spec.minReadySeconds} s (minReadySeconds)` : '';
  const member = context.derived.read(SET_VIEWS, keyOf(statefulSet)).members.get(ordinal);
  const isStuck = until === 'ready' && next.endsWith(` ${pod}`) && member !== undefined;
  const hint = isStuck ? ': a Pod that never gets Ready holds up its own update until somebody deletes it' : '';
  return `StatefulSet ${name} waits for ${pod} ${UNTIL[until]}${seconds}${next}${hint}`;
}

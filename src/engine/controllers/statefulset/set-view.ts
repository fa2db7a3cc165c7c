/**
 * A StatefulSet's Pods by ordinal and what they add up to, kept up to date change by change (a cache of client/derived.ts).
 * Upstream lists all Pods at each sync (pkg/controller/statefulset/stateful_set_control.go, computeReplicaStatus).
 */

import { isPodReady } from '../../api/conditions';
import { controllerOf, joinKey, type KubeObject, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesLabelSelector } from '../../api/selector';
import type { Pod, StatefulSet } from '../../api/types';
import type { Lister } from '../../client/client';
import type { DerivedCache } from '../../client/derived';
import { controlledPlace } from '../../client/indexers';
import type { SortedMap } from '../../client/sorted-map';
import { ownersMatch } from './claim-facts';
import { retentionOf } from './claim-owners';
import { hasIdentity, hasStorage, ordinalIn, ordinalsOf, revisionOf } from './stateful-pod';

/** One Pod. */
export interface Member {
  readonly pod: Pod;
  readonly revision: string;
  /** Running and Ready. */
  readonly isReady: boolean;
  readonly isTerminating: boolean;
  /** Carries its name and mounts its own claims. */
  readonly conforms: boolean;
  /** Its claims that are there belong to whom they should. */
  readonly ownsClaims: boolean;
  /** Ready, staying, and with nothing to be put right. */
  readonly isSteady: boolean;
}

/** See the header. */
export interface SetView {
  /** As it stands; undefined when it is gone. */
  statefulSet: StatefulSet | undefined;
  readonly members: Map<number, Member>;
  ready: number;
  /** How many Pods that stay there are of each revision. */
  readonly staying: Map<string, number>;
}

/** What of a Pod counts. */
export function memberOf(pod: Pod, { conforms, ownsClaims }: Pick<Member, 'conforms' | 'ownsClaims'>): Member {
  const isReady = pod.status.phase === 'Running' && isPodReady(pod);
  const isTerminating = pod.metadata.deletionTimestamp !== undefined;
  const isSteady = isReady && !isTerminating && conforms && ownsClaims;
  return { pod, revision: revisionOf(pod), isReady, isTerminating, conforms, ownsClaims, isSteady };
}

function tally(view: SetView, { isReady, isTerminating, revision }: Member, by: 1 | -1): void {
  if (isReady) view.ready += by;
  if (isTerminating) return;
  const count = (view.staying.get(revision) ?? 0) + by;
  if (count === 0) view.staying.delete(revision);
  else view.staying.set(revision, count);
}

function put(view: SetView, ordinal: number, member: Member | undefined): void {
  const before = view.members.get(ordinal);
  if (before) tally(view, before, -1);
  if (!member) {
    view.members.delete(ordinal);
    return;
  }
  view.members.set(ordinal, member);
  tally(view, member, 1);
}

function take(lister: Lister, view: SetView, pod: Pod): void {
  const { statefulSet } = view;
  const ordinal = statefulSet && ordinalIn(statefulSet.metadata.name, pod.metadata.name);
  if (statefulSet === undefined || ordinal === undefined) return;
  const { metadata, spec } = statefulSet;
  const isMember = controllerOf(pod)?.uid === metadata.uid && matchesLabelSelector(spec.selector, pod.metadata.labels);
  if (!isMember) {
    put(view, ordinal, undefined);
    return;
  }
  const conforms = hasIdentity(pod) && hasStorage(statefulSet, pod, ordinal);
  put(view, ordinal, memberOf(pod, { conforms, ownsClaims: ownersMatch(lister, statefulSet, pod, ordinal) }));
}

function viewOfOwner(kept: SortedMap<SetView>, pod: KubeObject | undefined): SetView | undefined {
  const owner = pod && controllerOf(pod);
  if (owner?.kind !== 'StatefulSet') return undefined;
  const view = kept.get(joinKey(pod?.metadata.namespace, owner.name));
  return view?.statefulSet?.metadata.uid === owner.uid ? view : undefined;
}

/** What of a StatefulSet decides which Pods are its members, and who their claims should belong to. */
function membershipOf(statefulSet: StatefulSet | undefined): unknown {
  if (!statefulSet) return undefined;
  const { metadata, spec } = statefulSet;
  const ordinals = retentionOf(statefulSet).goWithPod ? ordinalsOf(statefulSet) : undefined;
  return [metadata.uid, spec.selector, spec.volumeClaimTemplates, spec.persistentVolumeClaimRetentionPolicy, ordinals];
}

function takeSet(kept: SortedMap<SetView>, key: string, statefulSet: StatefulSet | undefined): void {
  const view = kept.get(key);
  if (!view) return;
  if (deepEqual(membershipOf(statefulSet), membershipOf(view.statefulSet))) view.statefulSet = statefulSet;
  else kept.delete(key);
}

/** Looks again at the Pods whose claim may have changed hands. */
function takeClaim(lister: Lister, kept: SortedMap<SetView>, key: string): void {
  const { namespace, name } = splitKey(key);
  for (const [, view] of kept.entries()) {
    const { metadata, spec } = view.statefulSet ?? {};
    if (!spec?.volumeClaimTemplates || metadata?.namespace !== namespace) continue;
    for (const template of spec.volumeClaimTemplates) {
      const ordinal = ordinalIn(`${template.metadata.name}-${metadata.name}`, name);
      const member = ordinal === undefined ? undefined : view.members.get(ordinal);
      if (member) take(lister, view, member.pod);
    }
  }
}

/** The views, by key of the StatefulSet. */
export const SET_VIEWS: DerivedCache<SetView> = {
  name: 'Pods by ordinal',
  follows: ['StatefulSet', 'Pod', 'PersistentVolumeClaim'],
  build: ({ lister }, key) => {
    const statefulSet = lister.byKey<StatefulSet>('StatefulSet', key);
    const view: SetView = { statefulSet, members: new Map(), ready: 0, staying: new Map() };
    if (!statefulSet) return view;
    for (const pod of lister.unordered<Pod>('Pod', 'controller', controlledPlace(statefulSet.metadata)))
      take(lister, view, pod);
    return view;
  },
  apply: (kept, { kind, key, value, previous }, { lister }) => {
    if (kind === 'StatefulSet') return takeSet(kept, key, value as StatefulSet | undefined);
    if (kind === 'PersistentVolumeClaim') return takeClaim(lister, kept, key);
    const before = viewOfOwner(kept, previous);
    const after = viewOfOwner(kept, value);
    if (before?.statefulSet && before !== after && previous) {
      const ordinal = ordinalIn(before.statefulSet.metadata.name, previous.metadata.name);
      if (ordinal !== undefined) put(before, ordinal, undefined);
    }
    if (after) take(lister, after, value as Pod);
  },
};

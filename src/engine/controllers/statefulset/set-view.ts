/**
 * A StatefulSet's Pods by ordinal and what they add up to, kept up to date change by change (a cache of client/derived.ts).
 * Upstream lists all Pods at each sync (pkg/controller/statefulset/stateful_set_control.go, computeReplicaStatus).
 */

import { isPodReady } from '../../api/conditions';
import { controllerOf, joinKey, type KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesLabelSelector } from '../../api/selector';
import type { LabelSelector, Pod, StatefulSet } from '../../api/types';
import type { DerivedCache } from '../../client/derived';
import { controlledPlace } from '../../client/indexers';
import type { SortedMap } from '../../client/sorted-map';
import { hasIdentity, ordinalIn, revisionOf } from './stateful-pod';

/** One Pod. */
export interface Member {
  readonly pod: Pod;
  readonly revision: string;
  /** Running and Ready. */
  readonly isReady: boolean;
  readonly isTerminating: boolean;
  /** Ready, staying, and labelled as it should be. */
  readonly isSteady: boolean;
}

/** See the header. */
export interface SetView {
  readonly name: string;
  readonly uid: string | undefined;
  readonly selector: LabelSelector | undefined;
  readonly members: Map<number, Member>;
  ready: number;
  /** How many Pods that stay there are of each revision. */
  readonly staying: Map<string, number>;
}

/** What of a Pod counts. */
export function memberOf(pod: Pod): Member {
  const isReady = pod.status.phase === 'Running' && isPodReady(pod);
  const isTerminating = pod.metadata.deletionTimestamp !== undefined;
  const isSteady = isReady && !isTerminating && hasIdentity(pod);
  return { pod, revision: revisionOf(pod), isReady, isTerminating, isSteady };
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

function take(view: SetView, pod: Pod): void {
  const ordinal = ordinalIn(view.name, pod.metadata.name);
  const isMember = controllerOf(pod)?.uid === view.uid && matchesLabelSelector(view.selector, pod.metadata.labels);
  if (ordinal !== undefined) put(view, ordinal, isMember ? memberOf(pod) : undefined);
}

function newView(name: string, statefulSet: StatefulSet | undefined): SetView {
  const { metadata, spec } = statefulSet ?? {};
  return { name, uid: metadata?.uid, selector: spec?.selector, members: new Map(), ready: 0, staying: new Map() };
}

function viewOfOwner(kept: SortedMap<SetView>, pod: KubeObject | undefined): SetView | undefined {
  const owner = pod && controllerOf(pod);
  if (owner?.kind !== 'StatefulSet') return undefined;
  const view = kept.get(joinKey(pod?.metadata.namespace, owner.name));
  return view?.uid === owner.uid ? view : undefined;
}

/** The views, by key of the StatefulSet. */
export const SET_VIEWS: DerivedCache<SetView> = {
  name: 'Pods by ordinal',
  follows: ['StatefulSet', 'Pod'],
  build: ({ lister }, key) => {
    const statefulSet = lister.byKey<StatefulSet>('StatefulSet', key);
    const view = newView(key.slice(key.indexOf('/') + 1), statefulSet);
    if (!statefulSet) return view;
    for (const pod of lister.unordered<Pod>('Pod', 'controller', controlledPlace(statefulSet.metadata)))
      take(view, pod);
    return view;
  },
  apply: (kept, { kind, key, value, previous }) => {
    if (kind === 'StatefulSet') {
      const view = kept.get(key);
      const selector = (value as StatefulSet | undefined)?.spec.selector;
      if (view && (value?.metadata.uid !== view.uid || !deepEqual(selector, view.selector))) kept.delete(key);
      return;
    }
    const before = viewOfOwner(kept, previous);
    const after = viewOfOwner(kept, value);
    if (before && before !== after && previous) {
      const ordinal = ordinalIn(before.name, previous.metadata.name);
      if (ordinal !== undefined) put(before, ordinal, undefined);
    }
    if (after) take(after, value as Pod);
  },
};

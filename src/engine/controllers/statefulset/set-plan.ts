/**
 * What a StatefulSet needs done now, and what it waits for. Pure.
 * Follows updateStatefulSet, processReplica and processCondemned of pkg/controller/statefulset/stateful_set_control.go: ordinals in
 * order, each when the one before is available; with podManagementPolicy Parallel all at once; updates always one by one from the
 * highest ordinal down (MaxUnavailableStatefulSet is off in 1.36).
 */

import { isPodTerminal } from '../../api/pod';
import type { Member } from './set-view';
import type { Ordinals } from './stateful-pod';

/** Something to do about one Pod. */
export interface Action {
  /** `owners`: hand over the claims of a Pod; `claims`: make those that are missing, too; `conform`: put the Pod itself right, too. */
  readonly verb: 'create' | 'owners' | 'claims' | 'conform' | 'delete';
  readonly ordinal: number;
  readonly why: 'missing' | 'ended' | 'claims' | 'surplus' | 'outdated';
}

/** What is waited for, and what comes after it. */
export interface Wait {
  readonly ordinal: number;
  readonly until: 'gone' | 'ready' | 'available' | 'its old claim is gone';
}

/** What a plan depends on. */
export interface SetFacts {
  readonly ordinals: Ordinals;
  readonly members: ReadonlyMap<number, Member>;
  /** OrderedReady. */
  readonly isOrdered: boolean;
  readonly isOnDelete: boolean;
  readonly partition: number;
  readonly updateRevision: string;
  /** How many Pods that stay are of the update revision. */
  readonly updated: number;
  /** Ready for at least minReadySeconds; asked of ready Pods only. */
  isAvailable(member: Member): boolean;
  /** Whether there are templates of claims. */
  readonly hasClaims: boolean;
  /** Whether a claim of a Pod to be made belongs to the Pod before. */
  isStale(ordinal: number): boolean;
  /** Whether a claim of a Pod is missing, or on its way out. */
  lacksClaims(ordinal: number): boolean;
}

/** Stages are worked through one after the other; a failure ends it. */
export interface SetPlan {
  readonly stages: readonly (readonly Action[])[];
  readonly wait: Wait | undefined;
}

interface Replica {
  readonly action?: Action;
  readonly wait?: Wait;
  /** Nothing further is done in order. */
  readonly isLast: boolean;
}

const STEADY: Replica = { isLast: false };

/** Surplus Pods, from the highest ordinal down. */
export function condemnedOf({ ordinals, members }: Pick<SetFacts, 'ordinals' | 'members'>): number[] {
  const { first, last } = ordinals;
  let inside = 0;
  for (let ordinal = first; ordinal <= last; ordinal++) if (members.has(ordinal)) inside++;
  if (inside === members.size) return [];
  return [...members.keys()].filter((ordinal) => ordinal < first || ordinal > last).sort((a, b) => b - a);
}

function isAvailable(facts: SetFacts, member: Member | undefined): boolean {
  return member?.isReady === true && facts.isAvailable(member);
}

function planReplica(facts: SetFacts, ordinal: number): Replica {
  const member = facts.members.get(ordinal);
  if (!member) {
    if (facts.isStale(ordinal)) return { isLast: true, wait: { ordinal, until: 'its old claim is gone' } };
    return { isLast: true, action: { verb: 'create', ordinal, why: 'missing' } };
  }
  if (member.isSteady && facts.isAvailable(member)) return STEADY;
  const { phase } = member.pod.status;
  if (isPodTerminal(member.pod)) {
    const wait: Wait = { ordinal, until: 'gone' };
    return member.isTerminating
      ? { isLast: true, wait }
      : { isLast: true, action: { verb: 'delete', ordinal, why: 'ended' } };
  }
  const mustClaim = phase === 'Pending' && facts.hasClaims && (!member.ownsClaims || facts.lacksClaims(ordinal));
  const action: Action | undefined = mustClaim ? { verb: 'claims', ordinal, why: 'claims' } : undefined;
  const until = member.isTerminating
    ? 'gone'
    : !member.isReady
      ? 'ready'
      : facts.isAvailable(member)
        ? undefined
        : 'available';
  if (until && facts.isOrdered) return { isLast: true, action, wait: { ordinal, until } };
  if (member.ownsClaims && member.conforms) return { isLast: false, action };
  return { isLast: false, action: { verb: 'conform', ordinal, why: 'claims' } };
}

/** The lowest ordinal that is not available: it may go although it is not ready. */
function firstUnavailable(facts: SetFacts, condemned: readonly number[]): number | undefined {
  const { first, last } = facts.ordinals;
  const isOut = (ordinal: number): boolean => {
    const member = facts.members.get(ordinal);
    return !isAvailable(facts, member) || member?.isTerminating === true;
  };
  for (let ordinal = first; ordinal <= last; ordinal++) if (isOut(ordinal)) return ordinal;
  return condemned.findLast(isOut);
}

function planCondemned(facts: SetFacts, condemned: readonly number[]): { actions: Action[]; wait?: Wait } {
  const actions: Action[] = [];
  const firstOut = facts.isOrdered ? firstUnavailable(facts, condemned) : undefined;
  for (const ordinal of condemned) {
    const member = facts.members.get(ordinal) as Member;
    if (member.isTerminating) {
      if (facts.isOrdered) return { actions, wait: { ordinal, until: 'gone' } };
      continue;
    }
    if (facts.isOrdered && ordinal !== firstOut && !isAvailable(facts, member)) {
      const waited = firstOut ?? ordinal;
      const until = facts.members.get(waited)?.isReady ? 'available' : 'ready';
      return { actions, wait: { ordinal: waited, until } };
    }
    actions.push({ verb: 'delete', ordinal, why: 'surplus' });
    if (facts.isOrdered) break;
  }
  return { actions };
}

function planUpdate(facts: SetFacts): { actions: Action[]; wait?: Wait } {
  const { first, last } = facts.ordinals;
  if (facts.isOnDelete || facts.updated === facts.members.size) return { actions: [] };
  for (let ordinal = last; ordinal >= first + facts.partition; ordinal--) {
    const member = facts.members.get(ordinal);
    if (member && member.revision !== facts.updateRevision && !member.isTerminating) {
      return { actions: [{ verb: 'delete', ordinal, why: 'outdated' }] };
    }
    if (member?.isTerminating) return { actions: [], wait: { ordinal, until: 'gone' } };
    if (!isAvailable(facts, member)) {
      return { actions: [], wait: { ordinal, until: member?.isReady ? 'available' : 'ready' } };
    }
  }
  return { actions: [] };
}

/** The plan. */
export function planSet(facts: SetFacts): SetPlan {
  const { first, last } = facts.ordinals;
  const replicas: Action[] = [];
  let wait: Wait | undefined;
  for (let ordinal = first; ordinal <= last; ordinal++) {
    const replica = planReplica(facts, ordinal);
    if (replica.action) replicas.push(replica.action);
    wait ??= replica.wait;
    if (replica.isLast && facts.isOrdered) return { stages: [replicas], wait };
  }
  const condemned = condemnedOf(facts);
  const handOver = condemned
    .filter((ordinal) => facts.members.get(ordinal)?.ownsClaims === false)
    .map((ordinal): Action => ({ verb: 'owners', ordinal, why: 'claims' }));
  const going = planCondemned(facts, condemned);
  const stages = [replicas, handOver, going.actions];
  if (facts.isOrdered && going.actions.length + (going.wait ? 1 : 0) > 0) return { stages, wait: wait ?? going.wait };
  const update = planUpdate(facts);
  return { stages: [...stages, update.actions], wait: wait ?? going.wait ?? update.wait };
}

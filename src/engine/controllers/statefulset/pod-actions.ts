/**
 * What is done about one Pod of a StatefulSet, with its claims and the Events about it.
 * Follows pkg/controller/statefulset/stateful_pod_control.go. Claims are made in the order of their templates, upstream in that of a
 * Go map.
 */
import { keyOf } from '../../api/meta';
import { isReason, StatusError } from '../../api/status-error';
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types';
import type { Context } from '../../client/component';
import { noteWrite, type OwnWrites } from '../../client/own-writes';
import { claimNamed } from './claim-facts';
import { type ClaimingPod, hasOtherController, hasRightOwners, withRightOwners } from './claim-owners';
import type { Revisions } from './revisions';
import type { Action } from './set-plan';
import type { SetView } from './set-view';
import { claimsFor, conforming, ordinalsOf, podName, statefulPod } from './stateful-pod';

/** What actions are done for and with. */
export interface Work {
  readonly context: Context & { readonly memory: { readonly written: OwnWrites } };
  readonly statefulSet: StatefulSet;
  readonly revisions: Revisions;
}

/** Why an action failed, in the words that are kept; undefined when it didn't. */
type Failure = string | undefined;

const messageOf = (error: unknown): string => {
  if (!(error instanceof StatusError)) throw error;
  return error.message;
};

const capitalized = (verb: string): string => verb.charAt(0).toUpperCase() + verb.slice(1);

function podEvent({ context, statefulSet }: Work, verb: string, pod: string, failure: Failure): void {
  const { name } = statefulSet.metadata;
  const what = `${capitalized(verb)} Pod ${pod} in StatefulSet ${name}`;
  if (failure === undefined) {
    context.events.record(statefulSet, 'Normal', `Successful${capitalized(verb)}`, `${what} successful`);
  } else {
    context.events.record(statefulSet, 'Warning', `Failed${capitalized(verb)}`, `${what} failed error: ${failure}`);
  }
}

function claimAt({ context }: Work, { metadata }: PersistentVolumeClaim): PersistentVolumeClaim | undefined {
  return claimNamed(context.lister, metadata.namespace, metadata.name);
}

function note({ context, statefulSet }: Work, { metadata }: Pod | PersistentVolumeClaim): void {
  noteWrite(context.memory.written, keyOf(statefulSet), metadata.resourceVersion);
}

/** Makes the claims of a Pod that are missing, and adds them to `made`. */
function createClaims(work: Work, pod: string, ordinal: number, made: PersistentVolumeClaim[] = []): Failure {
  const { context, statefulSet } = work;
  const failures: string[] = [];
  for (const claim of claimsFor(statefulSet, ordinal)) {
    const { name } = claim.metadata;
    const known = claimAt(work, claim);
    if (known) {
      if (known.metadata.deletionTimestamp !== undefined) failures.push(`pvc ${name} is being deleted`);
      continue;
    }
    const set = `StatefulSet ${statefulSet.metadata.name}`;
    try {
      const saved = context.client.create<PersistentVolumeClaim>(claim);
      note(work, saved);
      made.push(saved);
      const message = `Create Claim ${name} Pod ${pod} in ${set} success`;
      context.events.record(statefulSet, 'Normal', 'SuccessfulCreate', message);
    } catch (error) {
      const why = messageOf(error);
      failures.push(`failed to create PVC ${name}: ${why}`);
      if (isReason(error, 'AlreadyExists')) continue;
      const message = `Create Claim ${name} for Pod ${pod} in ${set} failed error: ${why}`;
      context.events.record(statefulSet, 'Warning', 'FailedCreate', message);
    }
  }
  return failures.length > 1 ? `[${failures.join(', ')}]` : failures[0];
}

/**
 * Gives the claims of a Pod to whom the retention policy says. Claims `made` for it just now are in a real controller's cache by the
 * time when its Pod is made.
 */
function handOver(work: Work, pod: ClaimingPod, ordinal: number, made: readonly PersistentVolumeClaim[] = []): Failure {
  const { context, statefulSet } = work;
  for (const wanted of claimsFor(statefulSet, ordinal)) {
    const claim = claimAt(work, wanted) ?? made.find(({ metadata: { name } }) => name === wanted.metadata.name);
    if (!claim) continue;
    const { metadata } = claim;
    if (hasOtherController(claim, statefulSet, pod)) {
      const message = `PersistentVolumeClaim ${metadata.name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`;
      context.events.record(statefulSet, 'Warning', 'ConflictingController', message);
    }
    if (hasRightOwners(claim, statefulSet, pod, ordinal)) continue;
    try {
      note(work, context.client.update(withRightOwners(claim, statefulSet, pod, ordinal)));
    } catch (error) {
      return `could not update claim ${metadata.name} for delete policy ownerRefs: ${messageOf(error)}`;
    }
  }
  return undefined;
}

function handOverOrSay(
  work: Work,
  pod: ClaimingPod,
  ordinal: number,
  made?: readonly PersistentVolumeClaim[],
): Failure {
  const failure = handOver(work, pod, ordinal, made);
  if (failure !== undefined) podEvent(work, 'update', pod.metadata.name, failure);
  return failure;
}

/** Pods below the partition, and none without one, come back as they were. */
function revisionFor({ statefulSet, revisions }: Work, ordinal: number): Revisions['current'] {
  const { type, rollingUpdate } = statefulSet.spec.updateStrategy ?? {};
  const { first } = ordinalsOf(statefulSet);
  const kept = rollingUpdate
    ? (rollingUpdate.partition ?? 0)
    : type === 'RollingUpdate'
      ? (statefulSet.status.currentReplicas ?? 0)
      : 0;
  return ordinal < first + kept ? revisions.current : revisions.update;
}

function create(work: Work, { ordinal }: Action): Failure {
  const { context, statefulSet } = work;
  const name = podName(statefulSet, ordinal);
  const made: PersistentVolumeClaim[] = [];
  const withoutClaims = createClaims(work, name, ordinal, made);
  if (withoutClaims !== undefined) {
    podEvent(work, 'create', name, withoutClaims);
    return withoutClaims;
  }
  const wanted = statefulPod(statefulSet, revisionFor(work, ordinal), ordinal);
  let failure: Failure;
  try {
    const pod = context.client.create<Pod>(wanted);
    note(work, pod);
    const { first, last } = ordinalsOf(statefulSet);
    const of = `ordinal ${ordinal} of ${first} to ${last}`;
    context.say('create', pod, `Created Pod ${name} of StatefulSet ${statefulSet.metadata.name}, ${of}`);
  } catch (error) {
    failure = messageOf(error);
    if (isReason(error, 'AlreadyExists')) return failure;
    context.say('create', statefulSet, `Could not create Pod ${name}: ${failure}`);
  }
  const notGiven = handOverOrSay(work, wanted, ordinal, made);
  if (notGiven !== undefined) return notGiven;
  podEvent(work, 'create', name, failure);
  return failure;
}

const DELETION_REASONS: Readonly<Record<Action['why'], string>> = {
  surplus: 'its ordinal is no longer wanted',
  outdated: 'it is of an older revision',
  ended: 'it is over, and will be made anew',
  missing: '',
  claims: '',
};

function remove(work: Work, { ordinal, why }: Action): Failure {
  const { context, statefulSet } = work;
  const name = podName(statefulSet, ordinal);
  try {
    const pod = context.client.delete<Pod>('Pod', statefulSet.metadata.namespace, name);
    context.say(
      'delete',
      pod,
      `Deleted Pod ${name} of StatefulSet ${statefulSet.metadata.name}: ${DELETION_REASONS[why]}`,
    );
  } catch (error) {
    if (!isReason(error, 'NotFound')) {
      const failure = messageOf(error);
      context.say('delete', statefulSet, `Could not delete Pod ${name}: ${failure}`);
      podEvent(work, 'delete', name, failure);
      return failure;
    }
  }
  podEvent(work, 'delete', name, undefined);
  return undefined;
}

function conform(work: Work, pod: Pod, ordinal: number): Failure {
  const { context, statefulSet } = work;
  const { name } = pod.metadata;
  const wanted = conforming(statefulSet, pod, ordinal);
  let failure: Failure;
  if (wanted.spec !== pod.spec) {
    failure = createClaims(work, name, ordinal);
    if (failure !== undefined) {
      podEvent(work, 'update', name, failure);
      return failure;
    }
  }
  failure = handOverOrSay(work, pod, ordinal);
  if (failure !== undefined) return failure;
  try {
    note(work, context.client.update(wanted));
    context.say('update', pod, `Put Pod ${name} of StatefulSet ${statefulSet.metadata.name} right`);
  } catch (error) {
    failure = messageOf(error);
  }
  podEvent(work, 'update', name, failure);
  return failure;
}

/** Does one thing. Returns why it failed. */
export function perform(work: Work, view: SetView, action: Action): Failure {
  const { verb, ordinal } = action;
  if (verb === 'create') return create(work, action);
  if (verb === 'delete') return remove(work, action);
  const pod = view.members.get(ordinal)?.pod;
  if (!pod) return undefined;
  if (verb === 'conform') return conform(work, pod, ordinal);
  if (verb === 'owners') return handOver(work, pod, ordinal);
  return createClaims(work, pod.metadata.name, ordinal) ?? handOverOrSay(work, pod, ordinal);
}

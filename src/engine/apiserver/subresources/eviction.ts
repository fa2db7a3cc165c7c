/**
 * The pods/eviction subresource: deletes a Pod unless the one PodDisruptionBudget that selects it forbids that.
 * Decided over {@link EvictionAccess}; reads are of the store's head.
 * Follows pkg/registry/core/pod/storage/eviction.go. Retries after conflicts are left out: nothing runs in between here.
 */
import { findCondition, isPodReady, setCondition } from '../../api/conditions';
import type { KindDefinition } from '../../api/kinds/definition';
import { type Condition, joinKey, type KubeObject, keyOf } from '../../api/meta';
import { findResource } from '../../api/scheme';
import { matchesLabelSelector } from '../../api/selector';
import { conflict, forbidden, isReason, notFound, StatusError, tooManyRequests } from '../../api/status-error';
import type { Pod, PodDisruptionBudget } from '../../api/types';
import type { DeleteOptions } from '../../client/client';
import type { Exchange } from '../exchange';
import { deleteStored } from '../verbs/delete';
import { replaceStatus } from '../verbs/update';

/** What an eviction needs of the API server. */
interface EvictionAccess {
  /** metav1.Time now. */
  readonly now: string;
  find(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(kind: string, namespace?: string): readonly KubeObject[];
  /** Writes the status of an object (with its resourceVersion as precondition) and returns it as stored. */
  updateStatus(object: KubeObject): KubeObject;
  delete(kind: string, namespace: string, name: string, options: DeleteOptions): unknown;
}

/** How many approved evictions may be unknown to the disruption controller before the next is refused. */
const MAX_DISRUPTED_PODS = 2000;

const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

/** Evicts the named Pod, as the policy/v1 Eviction of the body asks. */
export function createEviction(exchange: Exchange): KubeObject {
  const { host, request, options } = exchange;
  const { deleteOptions } = (request.body ?? {}) as { readonly deleteOptions?: DeleteOptions };
  const { namespace = '', name = '' } = request;
  const dryRun = options.dryRun ?? false;
  evictPod(
    {
      now: host.now,
      find: (kind, where, which) => host.store.get(kind, joinKey(where, which)),
      list: (kind, where) => host.store.list(kind).filter(({ metadata }) => metadata.namespace === where),
      updateStatus: (object) => {
        const old = host.store.get(object.kind, keyOf(object)) as KubeObject;
        return replaceStatus(about(exchange, object), old, object);
      },
      delete: (_kind, where, which, how) =>
        deleteStored(exchange, host.store.get('Pod', joinKey(where, which)) as KubeObject, how),
    },
    namespace,
    name,
    { ...deleteOptions, ...(dryRun ? { dryRun } : {}) },
  );
  return { apiVersion: 'v1', kind: 'Status', metadata: { name: '' }, status: 'Success', code: 201 };
}

/** The same request, about another object. */
function about(exchange: Exchange, { kind }: KubeObject): Exchange {
  return { ...exchange, info: findResource(kind) as KindDefinition };
}

/** Evicts a Pod. Throws StatusError: 404, 409, 429 with the budget's cause, 500 when several budgets select it. */
function evictPod(access: EvictionAccess, namespace: string, name: string, options: DeleteOptions = {}): void {
  const pod = access.find('Pod', namespace, name) as Pod | undefined;
  if (!pod) throw notFound('', 'pods', name);
  if (needsNoBudget(pod)) {
    deleteWithCondition(access, pod, isFinished(pod) ? options : withVersion(options, pod));
    return;
  }
  const budgets = budgetsOf(access, pod);
  if (budgets.length > 1) {
    throw new StatusError(
      '',
      500,
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  const budget = budgets[0];
  if (!budget) {
    deleteWithCondition(access, pod, options);
  } else if (unhealthyMayGo(pod, budget)) {
    deleteUnhealthy(access, pod, budget, options);
  } else {
    spendDisruption(access, pod, budget, options.dryRun === true);
    deleteWithCondition(access, pod, options);
  }
}

function isFinished(pod: Pod): boolean {
  return (
    pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' || pod.metadata.deletionTimestamp !== undefined
  );
}

function needsNoBudget(pod: Pod): boolean {
  return pod.status.phase === 'Pending' || isFinished(pod);
}

/** A Pod that isn't finished must still be as it was when the budget was found not to matter. */
function withVersion(options: DeleteOptions, pod: Pod): DeleteOptions {
  if (options.preconditions?.resourceVersion !== undefined) return options;
  return { ...options, preconditions: { ...options.preconditions, resourceVersion: pod.metadata.resourceVersion } };
}

/** Budgets whose selector matches: an empty one does, an absent one does not. */
function budgetsOf(access: EvictionAccess, pod: Pod): PodDisruptionBudget[] {
  const budgets = access.list('PodDisruptionBudget', pod.metadata.namespace) as readonly PodDisruptionBudget[];
  return budgets.filter(({ spec: { selector } }) => matchesLabelSelector(selector, pod.metadata.labels));
}

/** A Pod that isn't ready is not counted as healthy, so its going takes nothing from an application that is well. */
function unhealthyMayGo(pod: Pod, budget: PodDisruptionBudget): boolean {
  if (isPodReady(pod)) return false;
  if (budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status;
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function deleteUnhealthy(access: EvictionAccess, pod: Pod, budget: PodDisruptionBudget, options: DeleteOptions): void {
  const resourceVersion = pod.metadata.resourceVersion;
  try {
    deleteWithCondition(access, pod, { ...options, preconditions: { ...options.preconditions, resourceVersion } });
  } catch (error) {
    if (!isReason(error, 'Conflict') || options.preconditions?.resourceVersion !== undefined) throw error;
    throw stillProcessing(budget.metadata.name);
  }
}

function refuse(message: string, retryAfterSeconds: number): StatusError {
  return tooManyRequests(REFUSED, retryAfterSeconds, { causes: [{ reason: 'DisruptionBudget', message }] });
}

function stillProcessing(budgetName: string): StatusError {
  return refuse(`The disruption budget ${budgetName} is still being processed by the server.`, 10);
}

/** Why a budget that allows nothing does so. The counts of a budget whose sync failed can't be trusted. */
function refusalOf(budget: PodDisruptionBudget): string {
  const { desiredHealthy = 0, currentHealthy = 0, conditions } = budget.status;
  const subject = `The disruption budget ${budget.metadata.name}`;
  const condition = findCondition(conditions as readonly Condition[] | undefined, 'DisruptionAllowed');
  const why = condition?.status === 'False' && condition.message ? condition : undefined;
  if (why?.reason === 'SyncFailed') {
    return `${subject} does not allow evicting pods currently because it failed sync: ${why.message}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `${subject} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  return why
    ? `${subject} does not allow evicting pods currently (${why.reason}): ${why.message}`
    : `${subject} does not allow evicting pods currently`;
}

/**
 * Takes one from what the budget allows and notes the Pod as disrupted, so that the next eviction sees it before the
 * disruption controller has counted again.
 */
function spendDisruption(access: EvictionAccess, pod: Pod, budget: PodDisruptionBudget, dryRun: boolean): void {
  const { status, metadata } = budget;
  const disruptionsAllowed = status.disruptionsAllowed ?? 0;
  const disruptedPods = status.disruptedPods ?? {};
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) throw stillProcessing(metadata.name);
  if (disruptionsAllowed < 0) {
    throw forbidden('policy', 'poddisruptionbudget', metadata.name, 'pdb disruptions allowed is negative');
  }
  if (Object.keys(disruptedPods).length > MAX_DISRUPTED_PODS) {
    const why = 'DisruptedPods map too big - too many evictions not confirmed by PDB controller';
    throw forbidden('policy', 'poddisruptionbudget', metadata.name, why);
  }
  if (disruptionsAllowed === 0) throw refuse(refusalOf(budget), 0);
  if (dryRun) return;
  const left = disruptionsAllowed - 1;
  access.updateStatus({
    ...budget,
    status: {
      ...status,
      disruptionsAllowed: left,
      disruptedPods: { ...disruptedPods, [pod.metadata.name]: access.now },
      ...(left === 0 ? { conditions: withNothingAllowed(budget, access.now) } : {}),
    },
  });
}

function withNothingAllowed(budget: PodDisruptionBudget, now: string): readonly Condition[] {
  const conditions = (budget.status.conditions ?? []) as readonly Condition[];
  return setCondition(conditions, {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'InsufficientPods',
    message: '',
    observedGeneration: budget.status.observedGeneration,
    lastTransitionTime: now,
  });
}

function checkPreconditions(pod: Pod, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { name } = pod.metadata;
  if (uid && uid !== pod.metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${pod.metadata.uid}). The object might have been deleted and then recreated`;
    throw conflict('', 'Pod', name, why);
  }
  if (resourceVersion && resourceVersion !== pod.metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${pod.metadata.resourceVersion}). The object might have been modified`;
    throw conflict('', 'Pod', name, why);
  }
}

/** Tells in the Pod's status why it goes, then deletes it under the version that this made. */
function deleteWithCondition(access: EvictionAccess, pod: Pod, options: DeleteOptions): void {
  const { name, namespace = '' } = pod.metadata;
  checkPreconditions(pod, options);
  if (options.dryRun) {
    access.delete('Pod', namespace, name, options);
    return;
  }
  const conditions = (pod.status.conditions ?? []) as readonly Condition[];
  const condition: Condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastProbeTime: null,
    lastTransitionTime: access.now,
  };
  const marked = access.updateStatus({
    ...pod,
    status: { ...pod.status, conditions: setCondition(conditions, condition) },
  });
  const preconditions = options.preconditions?.resourceVersion
    ? { ...options.preconditions, resourceVersion: marked.metadata.resourceVersion }
    : options.preconditions;
  access.delete('Pod', namespace, name, { ...options, ...(preconditions ? { preconditions } : {}) });
}

/**
 * Turns Deployments into ReplicaSets: one per template, resized step by step when the template changes.
 * Follows pkg/controller/deployment/deployment_controller.go. Reads Deployments, ReplicaSets and (for Recreate) Pods;
 * writes ReplicaSets and Deployment status. Left out: the deprecated rollback annotation (kubectl rolls back by itself).
 */
import { controllerOf, joinKey, type KubeObject, keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { desiredReplicas, isRollingUpdate } from '../../api/rollout-bounds';
import { matchesLabelSelector } from '../../api/selector';
import { hasCause } from '../../api/status-error';
import type { Deployment, Pod, ReplicaSet } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';
import { claimChildren } from '../../client/controller-ref';
import { syncRevision } from './new-replica-set';
import { isComplete } from './progress';
import { oldPodsRunning, planRecreateDown, planRecreateUp } from './recreate';
import { planRollingUpdate } from './rolling';
import { note, type Rollout, tell } from './rollout';
import { isScalingEvent, planScaling } from './scaling';
import { applySteps, cleanUp, markPause, syncRolloutStatus, syncStatus } from './sync';

type DeploymentContext = Context<ControllerMemory>;

const NONE: readonly string[] = [];

/** The Deployment controller. */
export const deploymentController = defineController({
  name: 'deployment-controller',
  for: 'Deployment',
  owns: [{ kind: 'ReplicaSet', map: deploymentsOfReplicaSet }],
  watches: [{ kind: 'Pod', map: deploymentOfLastPod }],
  reconcile,
  maxRetries: 15,
});

function reconcile(context: DeploymentContext, key: string): Result {
  const deployment = context.lister.byKey<Deployment>('Deployment', key);
  if (!deployment) return undefined;
  if (selectsEverything(deployment)) return refuseToSelectAll(context, deployment);
  const rollout: Rollout = { context, key, deployment, replicaSets: [], notes: [] };
  try {
    rollout.replicaSets = claimReplicaSets(rollout);
    sync(rollout);
    return undefined;
  } catch (error) {
    if (hasCause(error, 'NamespaceTerminating')) return undefined;
    throw error;
  } finally {
    tell(rollout);
  }
}

function sync(rollout: Rollout): void {
  const { deployment } = rollout;
  if (deployment.metadata.deletionTimestamp !== undefined) {
    syncStatus(rollout, syncRevision(rollout, false));
    return;
  }
  markPause(rollout);
  if (deployment.spec.paused) {
    syncSize(rollout);
    return;
  }
  const { all } = syncRevision(rollout, false);
  if (isScalingEvent(deployment, all)) syncSize(rollout);
  else if (isRollingUpdate(deployment)) rollRolling(rollout);
  else rollRecreate(rollout);
}

/** Of a Deployment that was resized, or is paused. */
function syncSize(rollout: Rollout): void {
  const generations = syncRevision(rollout, false);
  applySteps(rollout, planScaling(rollout.deployment, generations));
  if (rollout.deployment.spec.paused) cleanUp(rollout, generations.old);
  syncStatus(rollout, generations);
}

function rollRolling(rollout: Rollout): void {
  const generations = syncRevision(rollout, true);
  const { current, old } = generations;
  const plan = current ? planRollingUpdate(rollout.deployment, current, old) : [];
  const isScaled = applySteps(rollout, plan);
  if (!isScaled && isComplete(rollout.deployment, rollout.deployment.status)) cleanUp(rollout, old);
  syncRolloutStatus(rollout, generations);
}

function rollRecreate(rollout: Rollout): void {
  const { context } = rollout;
  const before = syncRevision(rollout, false);
  const isScaledDown = applySteps(rollout, planRecreateDown(before.old));
  const podsOf = (replicaSet: ReplicaSet) => context.lister.controlledBy<Pod>('Pod', replicaSet.metadata);
  if (isScaledDown || oldPodsRunning(before.old, podsOf)) {
    syncRolloutStatus(rollout, before);
    return;
  }
  const generations = before.current ? before : syncRevision(rollout, true);
  const { current, old } = generations;
  if (current) applySteps(rollout, planRecreateUp(current, desiredReplicas(rollout.deployment)));
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUp(rollout, old);
  syncRolloutStatus(rollout, generations);
}

function selectsEverything({ spec: { selector } }: Deployment): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && !selector.matchExpressions?.length;
}

function refuseToSelectAll(context: DeploymentContext, deployment: Deployment): Result {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  context.events.record(deployment, 'Warning', 'SelectingAll', message);
  const { generation = 0 } = deployment.metadata;
  if ((deployment.status.observedGeneration ?? 0) < generation) {
    context.client.updateStatus({ ...deployment, status: { ...deployment.status, observedGeneration: generation } });
  }
  return undefined;
}

/** The ReplicaSets that are the Deployment's, after adopting orphans and releasing those it no longer matches. */
function claimReplicaSets(rollout: Rollout): readonly ReplicaSet[] {
  const { context, deployment } = rollout;
  const { namespace, name } = deployment.metadata;
  const { selector } = deployment.spec;
  const orphans = context.lister.byIndex<ReplicaSet>('ReplicaSet', 'orphan', namespace ?? '');
  const own = context.lister.controlledBy<ReplicaSet>('ReplicaSet', deployment.metadata);
  const matches = (child: KubeObject) => matchesLabelSelector(selector, child.metadata.labels);
  const { claimed, adopted, released, error } = claimChildren({ client: context.client, owner: deployment, matches }, [
    ...own,
    ...orphans,
  ]);
  const list = (replicaSets: readonly ReplicaSet[]) => replicaSets.map((one) => one.metadata.name).join(', ');
  if (adopted.length > 0) note(rollout, 'adopt', deployment, `Deployment ${name} adopted ReplicaSet ${list(adopted)}`);
  if (released.length > 0)
    note(rollout, 'release', deployment, `Deployment ${name} released ReplicaSet ${list(released)}`);
  if (error) throw error;
  if (adopted.length === 0) return claimed;
  const fresh = (one: ReplicaSet) => context.client.get<ReplicaSet>('ReplicaSet', namespace, one.metadata.name);
  return claimed.map((replicaSet) => (adopted.includes(replicaSet) ? fresh(replicaSet) : replicaSet));
}

function ownerKey(object: KubeObject | undefined): string | undefined {
  const owner = object && controllerOf(object);
  return owner?.kind === 'Deployment' ? joinKey(object?.metadata.namespace, owner.name) : undefined;
}

/** A ReplicaSet wakes its Deployment; an orphan, when it appears or changes its labels, all that may want it. */
function deploymentsOfReplicaSet(context: DeploymentContext, event: WatchEvent): readonly string[] {
  const { value, previous } = event;
  const after = ownerKey(value);
  const before = ownerKey(previous);
  const keys = [...new Set([before, after])].filter((key) => key !== undefined);
  if (!value || controllerOf(value)) return keys;
  const { labels, namespace } = value.metadata;
  const isNews = !previous || controllerOf(previous) || !deepEqual(previous.metadata.labels, labels);
  if (!isNews || !labels) return keys;
  for (const deployment of context.lister.list<Deployment>('Deployment', namespace)) {
    const key = keyOf(deployment);
    if (!keys.includes(key) && matchesLabelSelector(deployment.spec.selector, labels)) keys.push(key);
  }
  return keys;
}

/** A Recreate Deployment waits for its last Pod to be gone. */
function deploymentOfLastPod(context: DeploymentContext, event: WatchEvent): readonly string[] {
  if (event.value || !event.previous) return NONE;
  const owner = controllerOf(event.previous);
  if (owner?.kind !== 'ReplicaSet') return NONE;
  const replicaSet = context.lister.get<ReplicaSet>('ReplicaSet', event.previous.metadata.namespace, owner.name);
  if (!replicaSet || replicaSet.metadata.uid !== owner.uid) return NONE;
  const key = ownerKey(replicaSet);
  const deployment = key ? context.lister.byKey<Deployment>('Deployment', key) : undefined;
  if (!key || !deployment || deployment.spec.strategy?.type !== 'Recreate') return NONE;
  const siblings = context.lister.controlledBy<ReplicaSet>('ReplicaSet', deployment.metadata);
  const hasPods = siblings.some(({ metadata }) => context.lister.controlledBy('Pod', metadata).length > 0);
  return hasPods ? NONE : [key];
}

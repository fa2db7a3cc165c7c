/**
 * Finds the ReplicaSet of a Deployment's present template and keeps its annotations up to date, or makes it: at once
 * with its first share of Pods, and under a name that follows from the template.
 * Follows getNewReplicaSet in pkg/controller/deployment/sync.go.
 */
import { podTemplateHash } from '../../api/pod-template-hash';
import { describeMaximum, rolloutBounds } from '../../api/rollout-bounds';
import { hasCause, isReason, StatusError } from '../../api/status-error';
import type { DeploymentStatus, ReplicaSet } from '../../api/types';
import { newControllerRef } from '../../client/controller-ref';
import { progressDeadlineOf } from './progress';
import { type Generations, isSameTemplate, POD_TEMPLATE_HASH, totalSize } from './replica-set-order';
import { maxRevision, newReplicaSetAnnotations, REVISION, sizeAnnotations } from './revision';
import { newReplicaSetSize } from './rolling';
import { hasRevision, note, type Rollout, replaceReplicaSet, sortOut, writeDeployment } from './rollout';
import { conditionOf, newCondition, setCondition, withConditions } from './status';

/** Brings the annotations and minReadySeconds of the new ReplicaSet up to date, or else the Deployment's revision. */
function updateCurrent(rollout: Rollout, current: ReplicaSet, revision: number): void {
  const { deployment, context } = rollout;
  const { name } = current.metadata;
  const annotations = newReplicaSetAnnotations(deployment, current.metadata.annotations, revision);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (annotations !== current.metadata.annotations || (current.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const spec = { ...current.spec, ...(minReadySeconds ? { minReadySeconds } : {}) };
    if (!minReadySeconds) delete spec.minReadySeconds;
    const metadata = { ...current.metadata, ...(annotations ? { annotations: { ...annotations } } : {}) };
    replaceReplicaSet(rollout, context.client.update<ReplicaSet>({ ...current, metadata, spec }));
    note(rollout, 'update', current, `Updated revision and annotations of ReplicaSet ${name}`);
    return;
  }
  const ownRevision = annotations?.[REVISION] ?? '';
  let { status } = deployment;
  if (progressDeadlineOf(deployment) !== undefined && !conditionOf(status.conditions, 'Progressing')) {
    const message = `Found new replica set "${name}"`;
    const found = newCondition('Progressing', 'True', 'FoundNewReplicaSet', message, context.now);
    status = withConditions(status, setCondition(status.conditions ?? [], found));
  }
  if (status === deployment.status && hasRevision(deployment, ownRevision)) return;
  writeDeployment(rollout, status, ownRevision);
}

function newReplicaSet(rollout: Rollout, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { deployment } = rollout;
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status.collisionCount);
  const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  const annotations = { ...newReplicaSetAnnotations(deployment, undefined, revision), ...sizeAnnotations(deployment) };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations,
      ownerReferences: [newControllerRef(deployment)],
    },
    spec: {
      replicas: newReplicaSetSize(deployment, totalSize(old), 0),
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
}

/** The name is taken: by what this Deployment made a moment ago, or, in a collision of hashes, by something else. */
function resolveCollision(rollout: Rollout, wanted: ReplicaSet, refusal: StatusError): ReplicaSet {
  const { context, deployment } = rollout;
  const { name, namespace } = wanted.metadata;
  const present = context.lister.get<ReplicaSet>('ReplicaSet', namespace, name);
  if (!present) throw refusal;
  const owner = present.metadata.ownerReferences?.find((reference) => reference.controller);
  if (owner?.uid === deployment.metadata.uid && isSameTemplate(present.spec.template, deployment.spec.template)) {
    return present;
  }
  const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
  writeDeployment(rollout, { ...deployment.status, collisionCount });
  note(rollout, 'update-status', deployment, `ReplicaSet name ${name} is taken: another hash will be tried`);
  throw refusal;
}

function reportCreateError(rollout: Rollout, name: string, error: StatusError): void {
  const { context, deployment } = rollout;
  if (hasCause(error, 'NamespaceTerminating')) return;
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  const reason = 'ReplicaSetCreateError';
  if (progressDeadlineOf(deployment) !== undefined) {
    const failed = newCondition('Progressing', 'False', reason, message, context.now);
    const conditions = setCondition(deployment.status.conditions ?? [], failed);
    tryWriteStatus(rollout, withConditions(deployment.status, conditions));
  }
  context.events.record(deployment, 'Warning', reason, message);
}

/** The refusal that is being reported matters more than one of the report itself. */
function tryWriteStatus(rollout: Rollout, status: DeploymentStatus): void {
  try {
    writeDeployment(rollout, status);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function createCurrent(rollout: Rollout, old: readonly ReplicaSet[], revision: number): void {
  const { context, deployment } = rollout;
  const wanted = newReplicaSet(rollout, old, revision);
  const { name } = wanted.metadata;
  const size = wanted.spec.replicas as number;
  let created: ReplicaSet;
  try {
    created = context.client.create<ReplicaSet>(wanted);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (!isReason(error, 'AlreadyExists')) {
      reportCreateError(rollout, name, error);
      throw error;
    }
    const present = resolveCollision(rollout, wanted, error);
    rollout.replicaSets = [...rollout.replicaSets, present];
    if (!hasRevision(deployment, String(revision))) writeDeployment(rollout, deployment.status, String(revision));
    return;
  }
  const bounds = rolloutBounds(deployment);
  const why = `${describeMaximum(bounds)}, ${totalSize(old)} do`;
  const pods = size === 1 ? '1 Pod' : `${size} Pods`;
  note(rollout, 'create', created, `Created ReplicaSet ${name} with ${pods} for revision ${revision}: ${why}`);
  context.attach({ bounds, revision, existing: totalSize(old), size });
  rollout.replicaSets = [...rollout.replicaSets, created];
  if (size > 0) {
    const message = `Scaled up replica set ${name} from 0 to ${size}`;
    context.events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
  let { status } = deployment;
  if (progressDeadlineOf(deployment) !== undefined) {
    const message = `Created new replica set "${name}"`;
    const condition = newCondition('Progressing', 'True', 'NewReplicaSetCreated', message, context.now);
    status = withConditions(status, setCondition(status.conditions ?? [], condition));
  }
  if (status !== deployment.status || !hasRevision(deployment, String(revision))) {
    writeDeployment(rollout, status, String(revision));
  }
}

/** Sorts out the ReplicaSets and brings revisions up to date; makes the new ReplicaSet if it is missing and wanted. */
export function syncRevision(rollout: Rollout, mayCreate: boolean): Generations {
  const { current, old } = sortOut(rollout);
  const revision = maxRevision(old) + 1;
  if (current) updateCurrent(rollout, current, revision);
  else if (mayCreate) createCurrent(rollout, old, revision);
  return sortOut(rollout);
}

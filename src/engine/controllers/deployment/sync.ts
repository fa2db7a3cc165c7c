/**
 * The writes of a Deployment's sync beside its new ReplicaSet: resizing, deleting what is no longer kept, and status.
 * Follows pkg/controller/deployment/sync.go.
 */
import { deepEqual } from '../../api/plain';
import { rolloutBounds } from '../../api/rollout-bounds';
import { isReason } from '../../api/status-error';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types';
import type { Context } from '../../client/component';
import { enqueueAfter } from '../../client/controller';
import { calculateRolloutStatus, nextProgressCheckMs, pauseCondition } from './progress';
import type { Generations, ScaleStep } from './replica-set-order';
import { needsSizeAnnotations, planCleanup, sizeAnnotations } from './revision';
import { note, type Rollout, writeDeployment } from './rollout';
import { calculateStatus, conditionOf, setCondition, withConditions } from './status';

/** Resizes ReplicaSets one after the other. Returns whether any got another size. */
export function applySteps(rollout: Rollout, steps: readonly ScaleStep[]): boolean {
  const { context, deployment } = rollout;
  const latest = new Map<ReplicaSet, ReplicaSet>();
  let isScaled = false;
  for (const { replicaSet, from, to, why } of steps) {
    const present = latest.get(replicaSet) ?? replicaSet;
    if (from === to && !needsSizeAnnotations(present, deployment)) continue;
    const annotations = { ...present.metadata.annotations, ...sizeAnnotations(deployment) };
    const written = context.client.update<ReplicaSet>({
      ...present,
      metadata: { ...present.metadata, annotations },
      spec: { ...present.spec, replicas: to },
    });
    latest.set(replicaSet, written);
    if (from === to) continue;
    const direction = to > from ? 'up' : 'down';
    const { name } = replicaSet.metadata;
    note(rollout, 'scale', written, `Scaled ${direction} ReplicaSet ${name} from ${from} to ${to}: ${why}`);
    const message = `Scaled ${direction} replica set ${name} from ${from} to ${to}`;
    context.events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
    isScaled = true;
  }
  if (steps.length > 0) attachPlan(context, deployment, steps);
  return isScaled;
}

function attachPlan(context: Context, deployment: Deployment, steps: readonly ScaleStep[]): void {
  const plan = steps.map(({ replicaSet, from, to, why }) => ({ replicaSet: replicaSet.metadata.name, from, to, why }));
  context.attach({ bounds: rolloutBounds(deployment), plan });
}

/** Deletes old ReplicaSets beyond the history that is kept. */
export function cleanUp(rollout: Rollout, old: readonly ReplicaSet[]): void {
  const { context, deployment } = rollout;
  for (const replicaSet of planCleanup(deployment, old)) {
    const { name, namespace } = replicaSet.metadata;
    const limit = deployment.spec.revisionHistoryLimit;
    note(rollout, 'delete', replicaSet, `Deleted old ReplicaSet ${name}: only ${limit} old revisions are kept`);
    try {
      context.client.delete('ReplicaSet', namespace, name);
    } catch (error) {
      if (!isReason(error, 'NotFound')) throw error;
    }
  }
}

/** Writes the status outside of a rollout: no progress is judged. */
export function syncStatus(rollout: Rollout, generations: Generations): void {
  const status = calculateStatus(rollout.deployment, generations, rollout.context.now);
  if (!deepEqual(status, rollout.deployment.status)) writeAndSay(rollout, status);
}

/** Writes the status in a rollout. Without news, the deadline decides when to look again. */
export function syncRolloutStatus(rollout: Rollout, generations: Generations): void {
  const { context, deployment } = rollout;
  const status = calculateRolloutStatus(deployment, generations, context);
  if (!deepEqual(status, deployment.status)) {
    if (progressOf(status)?.reason === 'ProgressDeadlineExceeded') context.because(lastProgress(rollout));
    writeAndSay(rollout, status);
    return;
  }
  const checkInMs = nextProgressCheckMs(deployment, status, context);
  if (checkInMs !== undefined) enqueueAfter(context, rollout.key, checkInMs);
}

const progressOf = ({ conditions }: DeploymentStatus) => conditionOf(conditions, 'Progressing');

/** The step of the last progress, from which the deadline is reckoned; undefined once it has been told that it is over. */
function lastProgress({ context, deployment }: Rollout): number | undefined {
  const last = progressOf(deployment.status);
  if (!last || last.reason === 'ProgressDeadlineExceeded') return undefined;
  const isSame = ({ status }: Deployment) => deepEqual(progressOf(status), last);
  return context.lister.since('Deployment', deployment, isSame);
}

function writeAndSay(rollout: Rollout, status: DeploymentStatus): void {
  writeDeployment(rollout, status);
  const { deployment, notes } = rollout;
  if (notes.length === 0) note(rollout, 'update-status', deployment, describeStatus(deployment));
}

function describeStatus({ metadata, status, spec }: Deployment): string {
  const { updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0, terminatingReplicas = 0 } = status;
  const counts = `${updatedReplicas} up to date, ${readyReplicas} ready, ${availableReplicas} available`;
  const terminating = terminatingReplicas > 0 ? `, ${terminatingReplicas} terminating` : '';
  const progress = progressOf(status);
  const wanted = `of ${spec.replicas ?? 1} wanted${terminating}`;
  return `Deployment ${metadata.name} reports ${counts} ${wanted}${progress ? ` (${progress.reason})` : ''}`;
}

/** Notes in the conditions that a Deployment was paused or resumed, so that its deadline starts anew. */
export function markPause(rollout: Rollout): void {
  const { context, deployment } = rollout;
  const condition = pauseCondition(deployment, context.now);
  if (!condition) return;
  const conditions = setCondition(deployment.status.conditions ?? [], condition);
  writeDeployment(rollout, withConditions(deployment.status, conditions));
  const what = deployment.spec.paused ? 'is paused: changes of its template wait' : 'is resumed';
  note(rollout, 'update-status', rollout.deployment, `Deployment ${deployment.metadata.name} ${what}`);
}

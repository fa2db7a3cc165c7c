/**
 * What `kubectl rollout status` says of a workload, and whether the rollout is over.
 * Follows staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go.
 */
import type { Condition, KubeObject } from '../engine/api/meta';
import { KubectlError } from './errors';

interface Workload extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly readyReplicas?: number;
    readonly currentReplicas?: number;
    readonly updatedNumberScheduled?: number;
    readonly desiredNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** A line to print and whether it is the last. */
export interface RolloutState {
  readonly text: string;
  readonly done: boolean;
}

const waiting = (text: string): RolloutState => ({ text, done: false });

function deploymentState(deployment: Workload, revision: number): RolloutState {
  const { metadata, spec, status } = deployment;
  const name = JSON.stringify(metadata.name);
  if (revision > 0) checkRevision(deployment, revision);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting('Waiting for deployment spec update to be observed...\n');
  }
  const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    throw new KubectlError(`deployment ${name} exceeded its progress deadline`);
  }
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  const prefix = `Waiting for deployment ${name} rollout to finish:`;
  if (spec.replicas !== undefined && updated < spec.replicas) {
    return waiting(`${prefix} ${updated} out of ${spec.replicas} new replicas have been updated...\n`);
  }
  if (replicas > updated) return waiting(`${prefix} ${replicas - updated} old replicas are pending termination...\n`);
  if (available < updated) return waiting(`${prefix} ${available} of ${updated} updated replicas are available...\n`);
  return { text: `deployment ${name} successfully rolled out\n`, done: true };
}

function checkRevision(deployment: Workload, revision: number): void {
  const running = Number(deployment.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (running !== revision) {
    throw new KubectlError(`desired revision (${revision}) is different from the running revision (${running})`);
  }
}

function requireRolling(workload: Workload): void {
  if (workload.spec.updateStrategy?.type !== 'RollingUpdate') {
    throw new KubectlError('rollout status is only available for RollingUpdate strategy type');
  }
}

function daemonSetState(daemonSet: Workload): RolloutState {
  requireRolling(daemonSet);
  const { metadata, status } = daemonSet;
  const name = JSON.stringify(metadata.name);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting('Waiting for daemon set spec update to be observed...\n');
  }
  const { updatedNumberScheduled: updated = 0, desiredNumberScheduled: desired = 0, numberAvailable = 0 } = status;
  const prefix = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < desired) return waiting(`${prefix} ${updated} out of ${desired} new pods have been updated...\n`);
  if (numberAvailable < desired) {
    return waiting(`${prefix} ${numberAvailable} of ${desired} updated pods are available...\n`);
  }
  return { text: `daemon set ${name} successfully rolled out\n`, done: true };
}

function statefulSetState(statefulSet: Workload): RolloutState {
  requireRolling(statefulSet);
  const { metadata, spec, status } = statefulSet;
  const observed = status.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed) {
    return waiting('Waiting for statefulset spec update to be observed...\n');
  }
  const replicas = spec.replicas ?? 0;
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  if (ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...\n`);
  const rolling = spec.updateStrategy?.rollingUpdate;
  if (rolling) {
    const wanted = replicas - (rolling.partition ?? 0);
    if (rolling.partition !== undefined && updated < wanted) {
      const text = `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...\n`;
      return waiting(text);
    }
    return { text: `partitioned roll out complete: ${updated} new pods have been updated...\n`, done: true };
  }
  if (status.updateRevision !== status.currentRevision) {
    const revision = status.updateRevision ?? '';
    return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}...\n`);
  }
  const text = `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision ?? ''}...\n`;
  return { text, done: true };
}

/** The state of a workload's rollout. Throws KubectlError when it failed or the kind has none. */
export function rolloutState(object: KubeObject, revision: number): RolloutState {
  const workload = object as Workload;
  if (object.kind === 'Deployment') return deploymentState(workload, revision);
  if (object.kind === 'DaemonSet') return daemonSetState(workload);
  if (object.kind === 'StatefulSet') return statefulSetState(workload);
  const slash = object.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : `.${object.apiVersion.slice(0, slash)}`;
  throw new KubectlError(`no status viewer has been implemented for ${object.kind}${group}`);
}

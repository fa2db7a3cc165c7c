/**
 * What both rollout checkers need: the bounds, worked out here once more, the Pods of a Deployment, and the moments that excuse
 * a controller for acting on an older view.
 */
import { deepEqual } from '../../engine/api/plain';
import type { Deployment, IntOrString, Pod, ReplicaSet } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import type { TraceStep } from '../../engine/trace/trace';
import { type ClusterState, controllerUid, STALE_MS } from './history';

/** How long a controller that was away may take to catch up. */
export const EXCUSED_MS = 2000;

/** A number, or a share of all, rounded. */
export function amount(value: IntOrString | undefined, total: number, round: (value: number) => number): number {
  return typeof value === 'string' ? round((Number.parseInt(value, 10) * total) / 100) : (value ?? 0);
}

export const isRolling = ({ spec }: Deployment): boolean => spec.strategy?.type !== 'Recreate';

/** The most Pods and the fewest available Pods that a Deployment's rollout may have. */
export function boundsOf(deployment: Deployment): { most: number; fewest: number } {
  const { spec } = deployment;
  const wanted = spec.replicas ?? 1;
  if (!isRolling(deployment)) return { most: wanted, fewest: 0 };
  const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
  const surge = amount(maxSurge, wanted, Math.ceil);
  const missing = amount(maxUnavailable, wanted, Math.floor);
  return { most: wanted + surge, fewest: Math.max(0, wanted - (surge === 0 ? Math.max(1, missing) : missing)) };
}

export const replicaSetsOf = (deployment: Deployment, state: ClusterState): ReplicaSet[] =>
  state.list<ReplicaSet>('ReplicaSet').filter((one) => controllerUid(one) === deployment.metadata.uid);

export function podsOfDeployment(deployment: Deployment, state: ClusterState): Pod[] {
  return replicaSetsOf(deployment, state).flatMap((replicaSet) => state.podsOf(replicaSet.metadata.uid));
}

/** The Deployment above a Pod or ReplicaSet. */
export function deploymentAbove(object: Pod | ReplicaSet, state: ClusterState): Deployment | undefined {
  const above = state.withUid<Deployment>(controllerUid(object));
  return above?.kind === 'ReplicaSet' ? state.withUid<Deployment>(controllerUid(above)) : above;
}

/** Remembers what excuses controllers. */
export class Excuses {
  private readonly specChangedMs = new Map<string, number>();
  private componentsChangedMs = -EXCUSED_MS;

  /** To be told of every step. */
  note({ actor, verb, time }: TraceStep): void {
    if (verb === 'lead') this.componentsChangedMs = time;
    if (actor !== 'fault') return;
    if (verb === 'heal' || verb === 'component-down' || verb === 'api-server-down') this.componentsChangedMs = time;
  }

  /** To be told of every change. */
  see({ kind, value, previous, atMs }: WatchEvent, state: ClusterState, step: TraceStep | undefined): void {
    if (!value || deepEqual(value.spec, previous?.spec)) return;
    if (kind === 'Deployment') this.specChangedMs.set(value.metadata.uid ?? '', atMs);
    // People may scale a ReplicaSet behind its Deployment's back; that is put right, and no promise covers it.
    if (kind !== 'ReplicaSet' || step?.actor !== 'user') return;
    const deployment = deploymentAbove(value as ReplicaSet, state);
    if (deployment) this.specChangedMs.set(deployment.metadata.uid ?? '', atMs);
  }

  /** Whether what was asked for has just changed, or its controller has yet to see it. */
  isNew({ metadata, status }: Deployment, atMs: number): boolean {
    if ((status.observedGeneration ?? 0) !== metadata.generation && metadata.generation !== undefined) return true;
    return atMs - (this.specChangedMs.get(metadata.uid ?? '') ?? -STALE_MS) < STALE_MS;
  }

  /** Whether a component has just come back. */
  isCatchingUp(atMs: number): boolean {
    return atMs - this.componentsChangedMs < EXCUSED_MS;
  }
}

/**
 * A Deployment's ReplicaSets: sums over them, orders of them, and which of them is the new one. Pure.
 * Follows pkg/controller/deployment/util/deployment_util.go and pkg/controller/controller_utils.go (ReplicaSetsBy…).
 */
import { deepEqual } from '../../api/plain';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../api/types';

/** The label that tells a Deployment's ReplicaSets apart. */
export const POD_TEMPLATE_HASH = 'pod-template-hash';

/** How a ReplicaSet is to be resized, and why in a few words. `from` may equal `to`: only annotations change then. */
export interface ScaleStep {
  readonly replicaSet: ReplicaSet;
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

/** `spec.replicas` with its default. */
export function sizeOf(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1;
}

/** Sum of wanted Pods. */
export function totalSize(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + sizeOf(replicaSet), 0);
}

/** Sum of Pods that there are. */
export function totalActual(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, { status }) => sum + (status.replicas ?? 0), 0);
}

/** Sum of available Pods. */
export function totalAvailable(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, { status }) => sum + (status.availableReplicas ?? 0), 0);
}

/** Sum of ready Pods. */
export function totalReady(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, { status }) => sum + (status.readyReplicas ?? 0), 0);
}

/** Sum of terminating Pods; undefined when a ReplicaSet that has been looked at doesn't say. */
export function totalTerminating(replicaSets: readonly ReplicaSet[]): number | undefined {
  let sum = 0;
  for (const { status } of replicaSets) {
    if (status.terminatingReplicas === undefined && (status.observedGeneration ?? 0) > 0) return undefined;
    sum += status.terminatingReplicas ?? 0;
  }
  return sum;
}

/** Those that want Pods. */
export function activeOf(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return replicaSets.filter((replicaSet) => sizeOf(replicaSet) > 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Oldest first; timestamps of one format sort as text. */
export function compareByCreation(a: ReplicaSet, b: ReplicaSet): number {
  const byTime = compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '');
  return byTime !== 0 ? byTime : compareText(a.metadata.name, b.metadata.name);
}

/** Largest first, the newer first among equals. */
export function compareBySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || compareByCreation(b, a);
}

/** Largest first, the older first among equals. */
export function compareBySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || compareByCreation(a, b);
}

function metadataWithoutHash(template: PodTemplateSpec | undefined): unknown {
  const { labels = {}, annotations = {}, ...rest } = template?.metadata ?? {};
  const { [POD_TEMPLATE_HASH]: _hash, ...others } = labels;
  return { ...rest, labels: others, annotations };
}

/** Whether two templates make the same Pods, the hash label apart. */
export function isSameTemplate(left: PodTemplateSpec | undefined, right: PodTemplateSpec | undefined): boolean {
  if (left === right) return true;
  if (!deepEqual(left?.spec, right?.spec)) return false;
  return deepEqual(metadataWithoutHash(left), metadataWithoutHash(right));
}

/** A Deployment's ReplicaSets, sorted out. */
export interface Generations {
  /** The oldest one with the Deployment's present template. */
  readonly current: ReplicaSet | undefined;
  /** All others, oldest first. */
  readonly old: readonly ReplicaSet[];
  /** `old`, then `current`. */
  readonly all: readonly ReplicaSet[];
}

/** Tells the new ReplicaSet from the old ones. `isSame` compares a ReplicaSet's template with the Deployment's. */
export function generationsOf(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
  isSame: (replicaSet: ReplicaSet, deployment: Deployment) => boolean = hasTemplateOf,
): Generations {
  const sorted = [...replicaSets].sort(compareByCreation);
  const current = sorted.find((replicaSet) => isSame(replicaSet, deployment));
  const old = current ? sorted.filter((replicaSet) => replicaSet !== current) : sorted;
  return { current, old, all: current ? [...old, current] : old };
}

/** Whether a ReplicaSet has the Deployment's present template. */
export function hasTemplateOf(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  return isSameTemplate(replicaSet.spec.template, deployment.spec.template);
}

/**
 * Defaults of ReplicaSets. Fills in place.
 * Follows pkg/apis/apps/v1/defaults.go (SetDefaults_ReplicaSet).
 */
import type { KubeObject } from '../meta';
import type { ReplicaSet, ReplicaSetSpec } from '../types';
import { defaultPodTemplate } from './pod-template';

/** Fills what a ReplicaSet leaves open. */
export function defaultReplicaSet(draft: KubeObject): void {
  const replicaSet = draft as ReplicaSet;
  replicaSet.spec ??= {} as ReplicaSetSpec;
  const { spec } = replicaSet;
  spec.replicas ??= 1;
  spec.template ??= {} as NonNullable<ReplicaSetSpec['template']>;
  defaultPodTemplate(spec.template);
}

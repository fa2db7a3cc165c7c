/**
 * Defaults of StatefulSets and of the claims in them. Fills in place.
 * Follows pkg/apis/apps/v1/defaults.go (SetDefaults_StatefulSet) and conversion.go of the same package, which names the claims' kind.
 */
import type { KubeObject } from '../meta';
import type { PersistentVolumeClaim, StatefulSet, StatefulSetSpec } from '../types';
import { defaultPersistentVolumeClaim } from './persistent-volume';
import { defaultPodTemplate } from './pod-template';

/** Fills what a StatefulSet leaves open. */
export function defaultStatefulSet(draft: KubeObject): void {
  const statefulSet = draft as StatefulSet;
  statefulSet.spec ??= {} as StatefulSetSpec;
  const { spec } = statefulSet;
  spec.serviceName ??= '';
  spec.template ??= {};
  defaultPodTemplate(spec.template);
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  if (!spec.updateStrategy.type) {
    spec.updateStrategy.type = 'RollingUpdate';
    spec.updateStrategy.rollingUpdate ??= {};
  }
  const { type, rollingUpdate } = spec.updateStrategy;
  if (type === 'RollingUpdate' && rollingUpdate) rollingUpdate.partition ??= 0;
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  for (const claim of spec.volumeClaimTemplates ?? []) defaultClaim(claim);
}

function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.apiVersion = 'v1';
  claim.kind = 'PersistentVolumeClaim';
  defaultPersistentVolumeClaim(claim);
}

/**
 * The admission plugins of the simulated API server, in the order they run: all `admit` first, then all `validate`.
 * Follows pkg/kubeapiserver/options/plugins.go (AllOrderedPlugins and the set enabled by default), for the kinds that exist here.
 */
import type { KindDefinition } from '../../api/kinds/definition';
import type { AdmissionPlugin } from '../strategy';
import { defaultIngressClass } from './default-ingress-class';
import { defaultTolerationSeconds } from './default-toleration-seconds';
import { limitRanger } from './limit-ranger';
import { namespaceLifecycle } from './namespace-lifecycle';
import { nodeRestriction } from './node-restriction';
import { podResize } from './pod-resize';
import { podSecurity } from './pod-security';
import { podTopologyLabels } from './pod-topology-labels';
import { priority } from './priority';
import { resourceQuota } from './resource-quota';
import { runtimeClass } from './runtime-class';
import { serviceAccount } from './service-account';
import { defaultStorageClass, persistentVolumeClaimResize, storageObjectInUseProtection } from './storage';
import { taintNodesByCondition } from './taint-nodes-by-condition';
import { validatingAdmissionPolicy } from './validating-admission-policy';

/** Every plugin, in order. */
const ADMISSION_PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  persistentVolumeClaimResize,
  runtimeClass,
  defaultIngressClass,
  podTopologyLabels,
  podResize,
  validatingAdmissionPolicy,
  resourceQuota,
];

const FOR_CUSTOM_KINDS: readonly AdmissionPlugin[] = [namespaceLifecycle, validatingAdmissionPolicy, resourceQuota];

/** The plugins that look at objects of a kind: a custom kind named like a built-in one is none of theirs. */
export function pluginsFor({ schema }: KindDefinition): readonly AdmissionPlugin[] {
  return schema ? FOR_CUSTOM_KINDS : ADMISSION_PLUGINS;
}

/** Every built-in kind that is simulated: the one place where a kind is added. */
import { validatingAdmissionPolicyBindingKind, validatingAdmissionPolicyKind } from './admission-policy';
import { configMapKind } from './config-map';
import { controllerRevisionKind } from './controller-revision';
import { cronJobKind } from './cron-job';
import {
  csiDriverKind,
  csiNodeKind,
  csiStorageCapacityKind,
  volumeAttachmentKind,
  volumeAttributesClassKind,
} from './csi';
import { customResourceDefinitionKind } from './custom-resource-definition';
import { daemonSetKind } from './daemon-set';
import type { KindDefinition } from './definition';
import { deploymentKind } from './deployment';
import { endpointSliceKind } from './endpoint-slice';
import { endpointsKind } from './endpoints';
import { eventKind, newerEventKind } from './event';
import { horizontalPodAutoscalerKind, horizontalPodAutoscalerV1Kind } from './horizontal-pod-autoscaler';
import { ingressClassKind, ingressKind } from './ingress';
import { jobKind } from './job';
import { leaseKind } from './lease';
import { limitRangeKind } from './limit-range';
import { namespaceKind } from './namespace';
import { networkPolicyKind } from './network-policy';
import { nodeKind } from './node';
import { persistentVolumeKind } from './persistent-volume';
import { persistentVolumeClaimKind } from './persistent-volume-claim';
import { podKind } from './pod';
import { podDisruptionBudgetKind } from './pod-disruption-budget';
import { podTemplateKind } from './pod-template';
import { priorityClassKind } from './priority-class';
import { clusterRoleBindingKind, clusterRoleKind, roleBindingKind, roleKind } from './rbac';
import { replicaSetKind } from './replica-set';
import { replicationControllerKind } from './replication-controller';
import { resourceQuotaKind } from './resource-quota';
import { runtimeClassKind } from './runtime-class';
import { secretKind } from './secret';
import { serviceKind } from './service';
import { serviceAccountKind } from './service-account';
import { statefulSetKind } from './stateful-set';
import { storageClassKind } from './storage-class';
import {
  apiServiceKind,
  mutatingWebhookConfigurationKind,
  validatingWebhookConfigurationKind,
} from './webhook-configuration';

/** In the order of `kubectl api-resources`. */
export const KINDS: readonly KindDefinition[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  limitRangeKind,
  namespaceKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  podTemplateKind,
  replicationControllerKind,
  resourceQuotaKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  mutatingWebhookConfigurationKind,
  validatingAdmissionPolicyKind,
  validatingAdmissionPolicyBindingKind,
  validatingWebhookConfigurationKind,
  customResourceDefinitionKind,
  apiServiceKind,
  controllerRevisionKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
  horizontalPodAutoscalerKind,
  cronJobKind,
  jobKind,
  leaseKind,
  endpointSliceKind,
  ingressClassKind,
  ingressKind,
  networkPolicyKind,
  runtimeClassKind,
  podDisruptionBudgetKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
  priorityClassKind,
  csiDriverKind,
  csiNodeKind,
  csiStorageCapacityKind,
  storageClassKind,
  volumeAttachmentKind,
  volumeAttributesClassKind,
];

/** Built-in kinds in versions that are served beside the preferred one. */
export const OTHER_VERSIONS: readonly KindDefinition[] = [horizontalPodAutoscalerV1Kind, newerEventKind];

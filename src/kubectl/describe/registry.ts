/**
 * Which description is printed of which kind. Follows describerMap in staging/src/k8s.io/kubectl/pkg/describe/describe.go; kinds without
 * an entry (Event, Lease) get the generic one.
 */
import type { Describe } from '../command';
import { alignTabs, DESCRIPTION_LAYOUT } from '../printers/tab-writer';
import { describeConfigMap } from './config-map';
import { describeDaemonSet } from './daemon-set';
import { describeDeployment } from './deployment';
import { describeEndpointSlice } from './endpoint-slice';
import { describeEndpoints } from './endpoints';
import { describeGeneric } from './generic';
import { describeHorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { describeIngress, describeIngressClass } from './ingress';
import { describeCronJob, describeJob } from './job';
import { describeLimitRange } from './limit-range';
import { describeNamespace } from './namespace';
import { describeNetworkPolicy } from './network-policy';
import { describeNode } from './node';
import {
  describeCsiNode,
  describePersistentVolume,
  describePersistentVolumeClaim,
  describeStorageClass,
  describeVolumeAttributesClass,
} from './persistent-volume';
import { describePod } from './pod';
import { describePodDisruptionBudget } from './pod-disruption-budget';
import { describePriorityClass } from './priority-class';
import { describeBinding, describeRole } from './rbac';
import { describeReplicaSet } from './replica-set';
import { describeReplicationController } from './replication-controller';
import { describeResourceQuota } from './resource-quota';
import { describeSecret } from './secret';
import { describeService } from './service';
import { describeServiceAccount } from './service-account';
import { describeStatefulSet } from './stateful-set';
import type { Describer } from './text';

const DESCRIBERS: ReadonlyMap<string, Describer> = new Map(
  Object.entries({
    ClusterRole: describeRole,
    ClusterRoleBinding: describeBinding,
    ConfigMap: describeConfigMap,
    CSINode: describeCsiNode,
    DaemonSet: describeDaemonSet,
    CronJob: describeCronJob,
    Deployment: describeDeployment,
    Job: describeJob,
    EndpointSlice: describeEndpointSlice,
    Endpoints: describeEndpoints,
    HorizontalPodAutoscaler: describeHorizontalPodAutoscaler,
    Ingress: describeIngress,
    IngressClass: describeIngressClass,
    LimitRange: describeLimitRange,
    Namespace: describeNamespace,
    NetworkPolicy: describeNetworkPolicy,
    Node: describeNode,
    PersistentVolume: describePersistentVolume,
    PersistentVolumeClaim: describePersistentVolumeClaim,
    Pod: describePod,
    PodDisruptionBudget: describePodDisruptionBudget,
    PriorityClass: describePriorityClass,
    ReplicaSet: describeReplicaSet,
    ReplicationController: describeReplicationController,
    ResourceQuota: describeResourceQuota,
    Role: describeRole,
    RoleBinding: describeBinding,
    Secret: describeSecret,
    Service: describeService,
    ServiceAccount: describeServiceAccount,
    StatefulSet: describeStatefulSet,
    StorageClass: describeStorageClass,
    VolumeAttributesClass: describeVolumeAttributesClass,
  }) as [string, Describer][],
);

/** `kubectl describe` of one object. */
export const describe: Describe = (kind, object, reader, clock) => {
  const describer = DESCRIBERS.get(kind) ?? describeGeneric;
  return describer(object, reader, clock)
    .map((text) => alignTabs(text, DESCRIPTION_LAYOUT))
    .join('');
};

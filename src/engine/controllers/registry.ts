/** All controllers that are simulated, in starting order: those of kube-controller-manager, and what the API server runs itself. */
import type { Component } from '../client/component';
import { autoregisterController } from './autoregister/autoregister-controller';
import { clusterRoleAggregationController } from './clusterrole-aggregation/clusterrole-aggregation-controller';
import { cronJobController } from './cronjob/cronjob-controller';
import { customResourceDefinitionController } from './custom-resource-definition/custom-resource-definition-controller';
import { daemonSetController } from './daemonset/daemonset-controller';
import { deploymentController } from './deployment/deployment-controller';
import { disruptionController } from './disruption/disruption-controller';
import { endpointsController } from './endpointslice/endpoints-controller';
import { endpointSliceController } from './endpointslice/endpointslice-controller';
import { endpointSliceMirroringController } from './endpointslice/mirroring-controller';
import { garbageCollectorController } from './garbage-collector/garbage-collector-controller';
import { horizontalPodAutoscalerController } from './horizontal-pod-autoscaler/horizontal-pod-autoscaler-controller';
import { jobController } from './job/job-controller';
import { namespaceController } from './namespace/namespace-controller';
import { nodeIpamController } from './node-ipam/node-ipam-controller';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle-controller';
import { podGcController } from './pod-gc/pod-gc-controller';
import { remoteAvailabilityController } from './remote-availability/remote-availability-controller';
import { replicaSetController, replicationController } from './replicaset/replicaset-controller';
import { resourceQuotaController } from './resourcequota/resourcequota-controller';
import { rootCaPublisher } from './serviceaccount/root-ca-publisher';
import { serviceAccountController } from './serviceaccount/serviceaccount-controller';
import { tokenController } from './serviceaccount/token-controller';
import { statefulSetController } from './statefulset/statefulset-controller';
import { taintEvictionController } from './taint-eviction/taint-eviction-controller';
import { ttlAfterFinishedController } from './ttl-after-finished/ttl-after-finished-controller';
import { attachDetachController } from './volume/attach-detach-controller';
import { ephemeralVolumeController } from './volume/ephemeral-controller';
import { expandController } from './volume/expand-controller';
import { persistentVolumeController } from './volume/persistentvolume-controller';
import {
  attributesProtectionController,
  claimProtectionController,
  volumeProtectionController,
} from './volume/protection';

/** Every controller; `reservedBlocks`: how many blocks of Pod addresses the scenario's nodes take. */
export const controllersFor = (reservedBlocks: number): readonly Component[] => [
  namespaceController,
  serviceAccountController,
  rootCaPublisher,
  deploymentController,
  replicaSetController,
  replicationController,
  daemonSetController,
  statefulSetController,
  jobController,
  cronJobController,
  ttlAfterFinishedController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  disruptionController,
  horizontalPodAutoscalerController,
  garbageCollectorController,
  podGcController,
  nodeIpamController(reservedBlocks) as unknown as Component,
  nodeLifecycleController,
  taintEvictionController,
  resourceQuotaController,
  customResourceDefinitionController,
  autoregisterController,
  remoteAvailabilityController,
  persistentVolumeController,
  attachDetachController,
  expandController,
  ephemeralVolumeController,
  claimProtectionController,
  volumeProtectionController,
  attributesProtectionController,
  clusterRoleAggregationController,
  tokenController,
];

/** The same for a cluster without nodes. */
export const CONTROLLERS: readonly Component[] = controllersFor(0);

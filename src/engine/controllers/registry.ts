/** All controllers of kube-controller-manager that are simulated, in starting order. */
import type { Component } from '../client/component';
import { deploymentController } from './deployment/deployment-controller';
import { disruptionController } from './disruption/disruption-controller';
import { endpointSliceController } from './endpointslice/endpointslice-controller';
import { garbageCollectorController } from './garbage-collector/garbage-collector-controller';
import { namespaceController } from './namespace/namespace-controller';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle-controller';
import { podGcController } from './pod-gc/pod-gc-controller';
import { replicaSetController } from './replicaset/replicaset-controller';
import { rootCaPublisher } from './serviceaccount/root-ca-publisher';
import { serviceAccountController } from './serviceaccount/serviceaccount-controller';
import { taintEvictionController } from './taint-eviction/taint-eviction-controller';

/** Every controller. */
export const CONTROLLERS: readonly Component[] = [
  namespaceController,
  serviceAccountController,
  rootCaPublisher,
  deploymentController,
  replicaSetController,
  endpointSliceController,
  disruptionController,
  garbageCollectorController,
  podGcController,
  nodeLifecycleController,
  taintEvictionController,
];

import { expect, it } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import type { PodTemplateSpec } from '../../engine/api/types';
import { clockAt, objectReader } from '../../testing/object-reader';
import { manifests } from '../../testing/world';
import { podTemplateLines } from './pod-template';
import { describe } from './registry';

const OBJECTS = manifests(`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: default
  uid: web-uid
  creationTimestamp: "2026-01-01T00:00:00Z"
  labels: {tier: front, app: web}
  annotations:
    deployment.kubernetes.io/revision: "2"
    kubectl.kubernetes.io/last-applied-configuration: "{}"
    lines: "one\\ntwo\\n"
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 1}}
  template: &new
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.9.1
        ports: [{containerPort: 80, protocol: TCP}]
        resources: {limits: {memory: 128Mi, cpu: 500m}}
status:
  replicas: 4
  updatedReplicas: 2
  availableReplicas: 3
  unavailableReplicas: 1
  conditions:
  - {type: Available, status: "True", reason: MinimumReplicasAvailable}
  - {type: Progressing, status: "True", reason: ReplicaSetUpdated}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-new
  namespace: default
  uid: new-uid
  creationTimestamp: "2026-01-01T01:00:00Z"
  labels: {app: web, pod-template-hash: new}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: web-uid, controller: true}]
spec:
  replicas: 2
  selector: {matchLabels: {app: web, pod-template-hash: new}}
  template:
    metadata: {labels: {app: web, pod-template-hash: new}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.9.1
        ports: [{containerPort: 80, protocol: TCP}]
        resources: {limits: {memory: 128Mi, cpu: 500m}}
status: {replicas: 2, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-old
  namespace: default
  uid: old-uid
  creationTimestamp: "2026-01-01T00:00:00Z"
  labels: {app: web}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: web-uid, controller: true}]
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: nginx, image: nginx:1.7.9}]}}}
status: {replicas: 2}
---
apiVersion: v1
kind: Pod
metadata:
  name: web-new-a
  namespace: default
  labels: {app: web, pod-template-hash: new}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-new, uid: new-uid, controller: true}]
spec: {containers: []}
status: {phase: Running}
---
apiVersion: v1
kind: Pod
metadata:
  name: web-new-b
  namespace: default
  labels: {app: web, pod-template-hash: new}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-new, uid: new-uid, controller: true}]
spec: {containers: []}
status: {phase: Pending}
---
apiVersion: v1
kind: Event
metadata: {name: two, namespace: default}
involvedObject: {kind: Deployment, namespace: default, name: web, uid: web-uid}
type: Normal
reason: ScalingReplicaSet
message: Scaled down replica set web-old from 3 to 2
source: {component: deployment-controller}
firstTimestamp: "2026-01-01T01:00:00Z"
lastTimestamp: "2026-01-01T01:50:00Z"
count: 2
---
apiVersion: v1
kind: Event
metadata: {name: one, namespace: default}
involvedObject: {kind: Deployment, namespace: default, name: web, uid: web-uid}
type: Normal
reason: ScalingReplicaSet
message: Scaled up replica set web-new from 0 to 1
source: {component: deployment-controller}
firstTimestamp: "2026-01-01T01:00:00Z"
lastTimestamp: "2026-01-01T01:00:00Z"
count: 1
`);

const clock = clockAt('2026-01-01T02:00:00Z');

function described(name: string): string {
  const object = OBJECTS.find(({ metadata }) => metadata.name === name) as KubeObject;
  return describe(object.kind, object, objectReader(OBJECTS), clock);
}

it('describes a Deployment', () => {
  expect(described('web')).toBe(`Name:                   web
Namespace:              default
CreationTimestamp:      Thu, 01 Jan 2026 00:00:00 +0000
Labels:                 app=web
                        tier=front
Annotations:            deployment.kubernetes.io/revision: 2
                        lines:
                          one
                          two
Selector:               app=web
Replicas:               3 desired | 2 updated | 4 total | 3 available | 1 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  25% max unavailable, 1 max surge
Pod Template:
  Labels:  app=web
  Containers:
   nginx:
    Image:      nginx:1.9.1
    Port:       80/TCP
    Host Port:  0/TCP
    Limits:
      cpu:         500m
      memory:      128Mi
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      True    MinimumReplicasAvailable
  Progressing    True    ReplicaSetUpdated
OldReplicaSets:  web-old (2/2 replicas created)
NewReplicaSet:   web-new (2/2 replicas created)
Events:
  Type    Reason             Age                From                   Message
  ----    ------             ----               ----                   -------
  Normal  ScalingReplicaSet  60m                deployment-controller  Scaled up replica set web-new from 0 to 1
  Normal  ScalingReplicaSet  10m (x2 over 60m)  deployment-controller  Scaled down replica set web-old from 3 to 2
`);
});

it('describes a ReplicaSet', () => {
  expect(described('web-new')).toBe(`Name:           web-new
Namespace:      default
Selector:       app=web,pod-template-hash=new
Labels:         app=web
                pod-template-hash=new
Annotations:    <none>
Controlled By:  Deployment/web
Replicas:       2 current / 2 desired
Pods Status:    1 Running / 1 Waiting / 0 Succeeded / 0 Failed
Pod Template:
  Labels:  app=web
           pod-template-hash=new
  Containers:
   nginx:
    Image:      nginx:1.9.1
    Port:       80/TCP
    Host Port:  0/TCP
    Limits:
      cpu:         500m
      memory:      128Mi
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type             Status  Reason
  ----             ------  ------
  ReplicaFailure   True    FailedCreate
Events:            <none>
`);
});

it('describes a Pod template by itself, with tabs', () => {
  const { template } = (OBJECTS[0] as KubeObject).spec as { template: PodTemplateSpec };
  expect(podTemplateLines(template)).toBe(`Pod Template:
  Labels:\tapp=web
  Containers:
   nginx:
    Image:\tnginx:1.9.1
    Port:\t80/TCP
    Host Port:\t0/TCP
    Limits:
      cpu:\t500m
      memory:\t128Mi
    Environment:\t<none>
    Mounts:\t<none>
  Volumes:\t<none>
  Node-Selectors:\t<none>
  Tolerations:\t<none>
`);
});

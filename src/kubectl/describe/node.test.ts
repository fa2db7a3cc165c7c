import { expect, it, describe as suite } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { clockAt, objectReader } from '../../testing/object-reader';
import { manifests } from '../../testing/world';
import { describe } from './registry';

const OBJECTS = manifests(`
apiVersion: v1
kind: Node
metadata: {name: node-1, uid: node-uid, creationTimestamp: "2026-01-01T00:00:00Z", labels: {node-role.kubernetes.io/worker: ""}}
spec:
  podCIDR: 10.244.1.0/24
  podCIDRs: [10.244.1.0/24]
  unschedulable: true
  taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}, {key: gpu, value: "true", effect: NoExecute}]
status:
  capacity: {cpu: "4", memory: 8Gi, pods: "110", ephemeral-storage: 100Gi}
  allocatable: {cpu: "4", memory: 8Gi, pods: "110", ephemeral-storage: 100Gi, nvidia.com/gpu: "2"}
  conditions:
  - {type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status, lastHeartbeatTime: "2026-01-01T01:00:00Z", lastTransitionTime: "2026-01-01T00:00:05Z"}
  addresses: [{type: InternalIP, address: 10.0.0.1}, {type: Hostname, address: node-1}]
  nodeInfo: {machineID: m, systemUUID: s, bootID: b, kernelVersion: "6.1", osImage: Debian, containerRuntimeVersion: "containerd://2.1", kubeletVersion: v1.36.3, operatingSystem: linux, architecture: amd64}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: node-1, namespace: kube-node-lease}
spec: {holderIdentity: node-1, renewTime: "2026-01-01T01:59:50.000000Z"}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: default, creationTimestamp: "2026-01-01T01:00:00Z"}
spec:
  nodeName: node-1
  overhead: {cpu: 10m}
  initContainers: [{name: i, resources: {requests: {cpu: "1"}}}, {name: s, restartPolicy: Always, resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}}]
  containers: [{name: c, resources: {requests: {cpu: 250m, memory: 64Mi, nvidia.com/gpu: "1"}, limits: {cpu: 500m, memory: 128Mi}}}]
status: {phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: small, namespace: kube-system, creationTimestamp: "2026-01-01T01:00:00Z"}
spec: {nodeName: node-1, containers: [{name: c, resources: {requests: {memory: 1G}}}]}
status: {phase: Pending}
---
apiVersion: v1
kind: Pod
metadata: {name: done, namespace: default}
spec: {nodeName: node-1, containers: [{name: c, resources: {requests: {cpu: "1"}}}]}
status: {phase: Succeeded}
---
apiVersion: v1
kind: Event
metadata: {name: a, namespace: default}
involvedObject: {kind: Node, name: node-1, uid: node-1}
type: Normal
reason: Starting
message: "Starting kubelet."
source: {component: kubelet}
firstTimestamp: "2026-01-01T00:00:00Z"
lastTimestamp: "2026-01-01T00:00:00Z"
---
apiVersion: v1
kind: Event
metadata: {name: b, namespace: default}
involvedObject: {kind: Node, name: node-1, uid: node-uid}
type: Normal
reason: RegisteredNode
message: "Node node-1 event: Registered Node node-1 in Controller"
source: {component: node-controller}
firstTimestamp: "2026-01-01T00:00:06Z"
lastTimestamp: "2026-01-01T00:00:06Z"
`);

suite('kubectl describe node', () => {
  it('shows its state, its Pods and what they ask for together', () => {
    const node = OBJECTS[0] as KubeObject;
    expect(
      describe('Node', node, objectReader(OBJECTS), clockAt('2026-01-01T02:00:00Z')),
    ).toBe(`Name:               node-1
Roles:              worker
Labels:             node-role.kubernetes.io/worker=
Annotations:        <none>
CreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000
Taints:             gpu=true:NoExecute
                    node.kubernetes.io/unschedulable:NoSchedule
Unschedulable:      true
Lease:
  HolderIdentity:  node-1
  AcquireTime:     <unset>
  RenewTime:       Thu, 01 Jan 2026 01:59:50 +0000
Conditions:
  Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message
  ----    ------  -----------------                 ------------------                ------         -------
  Ready   True    Thu, 01 Jan 2026 01:00:00 +0000   Thu, 01 Jan 2026 00:00:05 +0000   KubeletReady   kubelet is posting ready status
Addresses:
  InternalIP:  10.0.0.1
  Hostname:    node-1
Capacity:
  cpu:                4
  ephemeral-storage:  100Gi
  memory:             8Gi
  pods:               110
Allocatable:
  cpu:                4
  ephemeral-storage:  100Gi
  memory:             8Gi
  nvidia.com/gpu:     2
  pods:               110
System Info:
  Machine ID:                 m
  System UUID:                s
  Boot ID:                    b
  Kernel Version:             6.1
  OS Image:                   Debian
  Operating System:           linux
  Architecture:               amd64
  Container Runtime Version:  containerd://2.1
  Kubelet Version:            v1.36.3
PodCIDR:                      10.244.1.0/24
PodCIDRs:                     10.244.1.0/24
Non-terminated Pods:          (2 in total)
  Namespace                   Name     CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----     ------------  ----------  ---------------  -------------  ---
  default                     web      1010m (25%)   510m (12%)  64Mi (0%)        192Mi (2%)     60m
  kube-system                 small    0 (0%)        0 (0%)      1G (11%)         0 (0%)         60m
Allocated resources:
  (Total limits may be over 100 percent, i.e., overcommitted.)
  Resource           Requests          Limits
  --------           --------          ------
  cpu                1010m (25%)       510m (12%)
  memory             1067108864 (12%)  192Mi (2%)
  ephemeral-storage  0 (0%)            0 (0%)
  nvidia.com/gpu     1                 0
Events:
  Type    Reason          Age   From             Message
  ----    ------          ----  ----             -------
  Normal  Starting        120m  kubelet          Starting kubelet.
  Normal  RegisteredNode  119m  node-controller  Node node-1 event: Registered Node node-1 in Controller
`);
  });
  it('says that there is no Lease', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare' }, spec: {}, status: {} };
    const text = describe('Node', node, objectReader([]), clockAt('2026-01-01T02:00:00Z'));
    expect(text).toMatch(/^Lease: +Failed to get lease: leases.coordination.k8s.io "bare" not found$/m);
    expect(text).toMatch(/^Non-terminated Pods: +\(0 in total\)$/m);
    expect(text).toContain('  cpu                0 (0%)    0 (0%)\n');
  });
});

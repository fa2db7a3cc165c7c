import { expect, it, describe as suite } from 'vitest';
import { clockAt, objectReader } from '../../testing/object-reader';
import { manifests } from '../../testing/world';
import { describe } from './registry';

const RUNNING = `
apiVersion: v1
kind: Pod
metadata:
  name: web-abcde
  namespace: default
  uid: pod-uid
  labels: {app: web}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: rs, controller: true}]
spec:
  priority: 0
  serviceAccountName: default
  nodeName: node-1
  nodeSelector: {disk: ssd}
  initContainers:
  - {name: init, image: busybox, command: [sh, -c, "echo a\\necho b"]}
  containers:
  - name: nginx
    image: nginx:1.9.1
    ports: [{containerPort: 80, protocol: TCP, name: http}, {containerPort: 443, hostPort: 8443, protocol: TCP}]
    resources: {limits: {cpu: 500m, memory: 128Mi}, requests: {cpu: 250m}}
    livenessProbe: {httpGet: {path: "/health z?", port: http, scheme: HTTP}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}
    readinessProbe: {exec: {command: [cat, /ready]}, initialDelaySeconds: 5, timeoutSeconds: 1, periodSeconds: 5, successThreshold: 1, failureThreshold: 3}
    startupProbe: {tcpSocket: {port: 80}, timeoutSeconds: 1, periodSeconds: 5, successThreshold: 1, failureThreshold: 30}
    envFrom: [{prefix: P_, secretRef: {name: sec, optional: true}}, {configMapRef: {name: cm}}]
    env:
    - {name: PLAIN, value: "1"}
    - {name: POD, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}
    - {name: IP, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
    - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: requests.memory}}}
    - {name: KEY, valueFrom: {secretKeyRef: {name: sec, key: k}}}
    volumeMounts: [{name: token, mountPath: /var/token, readOnly: true}, {name: data, mountPath: /data, subPath: x}]
  volumes:
  - {name: data, emptyDir: {medium: Memory, sizeLimit: 1Gi}}
  - {name: host, hostPath: {path: /x, type: ""}}
  - {name: claim, persistentVolumeClaim: {claimName: pvc}}
  - name: token
    projected: {sources: [{serviceAccountToken: {expirationSeconds: 3607, path: token}}, {configMap: {name: ca}}, {downwardAPI: {}}]}
  - {name: down, downwardAPI: {items: [{path: l, fieldRef: {fieldPath: metadata.labels}}]}}
  - {name: csi, csi: {driver: d, volumeAttributes: {b: "2", a: "1"}}}
  tolerations:
  - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
  - {operator: Exists}
  - {key: gpu, value: "true"}
  topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]
status:
  phase: Running
  startTime: "2026-01-01T00:00:00Z"
  hostIP: 10.0.0.1
  podIP: 10.244.1.5
  podIPs: [{ip: 10.244.1.5}]
  qosClass: Burstable
  conditions: [{type: PodScheduled, status: "True"}, {type: Ready, status: "False"}]
  initContainerStatuses:
  - {name: init, image: busybox, imageID: id, containerID: "containerd://0", ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed, startedAt: "2026-01-01T00:00:01Z", finishedAt: "2026-01-01T00:00:02Z"}}}
  containerStatuses:
  - name: nginx
    image: nginx
    imageID: id
    containerID: containerd://1
    ready: false
    restartCount: 4
    state: {waiting: {reason: CrashLoopBackOff}}
    lastState: {terminated: {exitCode: 137, signal: 9, reason: Error, message: bad, startedAt: "2026-01-01T00:10:00Z", finishedAt: "2026-01-01T00:11:00Z"}}
---
apiVersion: v1
kind: Event
metadata: {name: e, namespace: default}
involvedObject: {kind: Pod, namespace: default, name: web-abcde, uid: pod-uid, fieldPath: "spec.containers{nginx}"}
type: Warning
reason: BackOff
message: Back-off restarting failed container
reportingComponent: kubelet
eventTime: "2026-01-01T00:20:00.000000Z"
series: {count: 7, lastObservedTime: "2026-01-01T01:59:00.000000Z"}
`;

const PENDING = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: default, uid: u, deletionTimestamp: "2026-01-01T01:59:00Z", deletionGracePeriodSeconds: 30}
spec: {containers: [{name: c, image: i}], readinessGates: [{conditionType: x}]}
status: {phase: Pending, reason: Because, message: of that}
`;

function described(text: string): string {
  const objects = manifests(text);
  const [pod] = objects;
  if (!pod) throw new Error('no Pod');
  return describe('Pod', pod, objectReader(objects), clockAt('2026-01-01T02:00:00Z'));
}

suite('kubectl describe pod', () => {
  it('shows a running Pod', () => {
    expect(described(RUNNING)).toBe(`Name:             web-abcde
Namespace:        default
Priority:         0
Service Account:  default
Node:             node-1/10.0.0.1
Start Time:       Thu, 01 Jan 2026 00:00:00 +0000
Labels:           app=web
Annotations:      <none>
Status:           Running
IP:               10.244.1.5
IPs:
  IP:           10.244.1.5
Controlled By:  ReplicaSet/web
Init Containers:
  init:
    Container ID:  containerd://0
    Image:         busybox
    Image ID:      id
    Port:          <none>
    Host Port:     <none>
    Command:
      sh
      -c
      echo a
      echo b
    State:          Terminated
      Reason:       Completed
      Exit Code:    0
      Started:      Thu, 01 Jan 2026 00:00:01 +0000
      Finished:     Thu, 01 Jan 2026 00:00:02 +0000
    Ready:          True
    Restart Count:  0
    Environment:    <none>
    Mounts:         <none>
Containers:
  nginx:
    Container ID:   containerd://1
    Image:          nginx:1.9.1
    Image ID:       id
    Ports:          80/TCP (http), 443/TCP
    Host Ports:     0/TCP (http), 8443/TCP
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Message:      bad
      Exit Code:    137
      Signal:       9
      Started:      Thu, 01 Jan 2026 00:10:00 +0000
      Finished:     Thu, 01 Jan 2026 00:11:00 +0000
    Ready:          False
    Restart Count:  4
    Limits:
      cpu:     500m
      memory:  128Mi
    Requests:
      cpu:      250m
    Liveness:   http-get http://:http/health%20z%3F delay=0s timeout=1s period=10s #success=1 #failure=3
    Readiness:  exec [cat /ready] delay=5s timeout=1s period=5s #success=1 #failure=3
    Startup:    tcp-socket :80 delay=0s timeout=1s period=5s #success=1 #failure=30
    Environment Variables from:
      sec  Secret with prefix 'P_'  Optional: true
      cm   ConfigMap                Optional: false
    Environment:
      PLAIN:   1
      POD:     web-abcde (v1:metadata.name)
      IP:       (v1:status.podIP)
      CPU:     500 (limits.cpu)
      MEMORY:  0 (requests.memory)
      KEY:     <set to the key 'k' in secret 'sec'>  Optional: false
    Mounts:
      /data from data (rw,path="x")
      /var/token from token (ro)
Conditions:
  Type           Status
  PodScheduled   True 
  Ready          False 
Volumes:
  data:
    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:     Memory
    SizeLimit:  1Gi
  host:
    Type:          HostPath (bare host directory volume)
    Path:          /x
    HostPathType:  
  claim:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  pvc
    ReadOnly:   false
  token:
    Type:                    Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:           ca
    Optional:                false
    DownwardAPI:             true
  down:
    Type:  DownwardAPI (a volume populated by information about the pod)
    Items:
      metadata.labels -> l
  csi:
    Type:                     CSI (a Container Storage Interface (CSI) volume source)
    Driver:                   d
    FSType:                   
    ReadOnly:                 false
    VolumeAttributes:             a=1
                                  b=2
QoS Class:                    Burstable
Node-Selectors:               disk=ssd
Tolerations:                  op=Exists
                              gpu=true
                              node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Topology Spread Constraints:  zone:DoNotSchedule when max skew 1 is exceeded for selector app=web
Events:
  Type     Reason   Age                 From     Message
  ----     ------   ----                ----     -------
  Warning  BackOff  60s (x7 over 100m)  kubelet  spec.containers{nginx}: Back-off restarting failed container
`);
  });
  it('shows one that is being deleted before it ran', () => {
    expect(described(PENDING)).toBe(`Name:                      web
Namespace:                 default
Node:                      <none>
Labels:                    <none>
Annotations:               <none>
Status:                    Terminating (lasts 60s)
Termination Grace Period:  30s
Reason:                    Because
Message:                   of that
IP:                        
IPs:                       <none>
Containers:
  c:
    Image:        i
    Port:         <none>
    Host Port:    <none>
    Environment:  <none>
    Mounts:       <none>
Readiness Gates:
  Type           Status
  x              <none> 
Volumes:         <none>
QoS Class:       BestEffort
Node-Selectors:  <none>
Tolerations:     <none>
Events:          <none>
`);
  });
});

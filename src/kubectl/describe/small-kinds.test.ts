import { expect, it, describe as suite } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { clockAt, objectReader } from '../../testing/object-reader';
import { manifests } from '../../testing/world';
import { labelFor } from './generic';
import { describe } from './registry';

function described(text: string): string {
  const objects = manifests(text);
  const object = objects[0] as KubeObject;
  return describe(object.kind, object, objectReader(objects), clockAt('2026-01-01T02:00:00Z'));
}

const SLICE = (name: string, endpoints: string) => `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}, namespace: default, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}, {name: admin, port: 9000, protocol: TCP}]
endpoints: ${endpoints}
`;

suite('kubectl describe', () => {
  it('service', () => {
    const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  type: NodePort
  selector: {app: web}
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10]
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  sessionAffinity: None
  externalTrafficPolicy: Cluster
  internalTrafficPolicy: Cluster
  ports: [{name: http, port: 80, protocol: TCP, targetPort: 8080, nodePort: 30080}, {name: admin, port: 81, protocol: TCP, targetPort: adm}]
`;
    const slices =
      SLICE(
        'web-1',
        '[{addresses: [10.0.0.1]}, {addresses: [10.0.0.2], conditions: {ready: false}}, {addresses: [10.0.0.3]}]',
      ) + SLICE('web-2', '[{addresses: [10.0.1.1], conditions: {ready: true}}, {addresses: [10.0.1.2]}]');
    expect(described(service + slices)).toBe(`Name:                     web
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 app=web
Type:                     NodePort
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.96.0.10
IPs:                      10.96.0.10
Port:                     http  80/TCP
TargetPort:               8080/TCP
NodePort:                 http  30080/TCP
Endpoints:                10.0.0.1:8080,10.0.0.3:8080,10.0.1.1:8080 + 1 more...
Port:                     admin  81/TCP
TargetPort:               adm/TCP
Endpoints:                10.0.0.1:9000,10.0.0.3:9000,10.0.1.1:9000 + 1 more...
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>
`);
    expect(described(service)).toContain('Endpoints:                <none>\n');
  });
  it('endpointslice', () => {
    const text = SLICE(
      'web-1',
      '[{addresses: [10.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: p}, nodeName: node-1}, {addresses: [a]}]',
    );
    expect(described(text.slice(5))).toBe(`Name:         web-1
Namespace:    default
Labels:       kubernetes.io/service-name=web
Annotations:  <none>
AddressType:  IPv4
Ports:
  Name   Port  Protocol
  ----   ----  --------
  http   8080  TCP
  admin  9000  TCP
Endpoints:
  - Addresses:  10.0.0.1
    Conditions:
      Ready:    true
    Hostname:   <unset>
    TargetRef:  Pod/p
    NodeName:   node-1
    Zone:       <unset>
  - Addresses:  a
    Conditions:
      Ready:   <unset>
    Hostname:  <unset>
    NodeName:  <unset>
    Zone:      <unset>
Events:        <none>
`);
  });
  it('configmap', () => {
    const text =
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: mysql, namespace: default}, data: {db.port: "3306", db.host: localhost}, binaryData: {b: AAEC}}';
    expect(described(text)).toBe(`Name:         mysql
Namespace:    default
Labels:       <none>
Annotations:  <none>

Data
====
db.host:
----
localhost

db.port:
----
3306


BinaryData
====
b: 3 bytes

Events:  <none>
`);
  });
  it('secret', () => {
    const text =
      '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: default}, type: Opaque, data: {password: d29yZHByZXNz, empty: ""}}';
    expect(described(text)).toBe(`Name:         s
Namespace:    default
Labels:       <none>
Annotations:  <none>

Type:  Opaque

Data
====
empty:     0 bytes
password:  9 bytes
`);
  });
  it('namespace', () => {
    const text = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}
status:
  phase: Terminating
  conditions: [{type: NamespaceContentRemaining, status: "True", reason: SomeResourcesRemain, message: Some remain, lastTransitionTime: "2026-01-01T00:00:00Z"}]
`;
    expect(described(text)).toBe(`Name:         shop
Labels:       kubernetes.io/metadata.name=shop
Annotations:  <none>
Status:       Terminating
Conditions:
  Type                       Status  LastTransitionTime               Reason               Message
  ----                       ------  ------------------               ------               -------
  NamespaceContentRemaining  True    Thu, 01 Jan 2026 00:00:00 +0000  SomeResourcesRemain  Some remain

No resource quota.

No LimitRange resource.
`);
  });
  it('namespace, resourcequota and limitrange', () => {
    const quota = `
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: q, namespace: shop}
spec: {scopes: [BestEffort]}
status: {hard: {pods: "2", limits.memory: 1Gi}, used: {pods: "1", limits.memory: "0"}}
`;
    const range = `
---
apiVersion: v1
kind: LimitRange
metadata: {name: l, namespace: shop}
spec: {limits: [{type: Container, max: {cpu: "1"}, default: {cpu: 200m, memory: 1Mi}}]}
`;
    expect(
      described(`{apiVersion: v1, kind: Namespace, metadata: {name: shop}}${quota}${range}`),
    ).toBe(`Name:         shop
Labels:       <none>
Annotations:  <none>
Status:       

Resource Quotas
  Name:    q
  Scopes:  BestEffort
  * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.
  Resource       Used  Hard
  --------       ---   ---
  limits.memory  0     1Gi
  pods           1     2

Resource Limits
 Type       Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
 ----       --------  ---  ---  ---------------  -------------  -----------------------
 Container  cpu       -    1    -                200m           -
 Container  memory    -    -    -                1Mi            -
`);
    expect(described(quota)).toBe(`Name:       q
Namespace:  shop
Scopes:     BestEffort
 * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.
Resource       Used  Hard
--------       ----  ----
limits.memory  0     1Gi
pods           1     2
`);
    expect(described(range).split('\n')[2]).toBe(
      'Type        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio',
    );
  });
  it('priorityclass', () => {
    const text = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\n';
    expect(
      described(`${text}value: 1000\npreemptionPolicy: Never\ndescription: Goes first.`),
    ).toBe(`Name:              high
Value:             1000
GlobalDefault:     false
PreemptionPolicy:  Never
Description:       Goes first.
Annotations:       <none>
Events:            <none>
`);
  });

  it('serviceaccount', () => {
    const text =
      '{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa, namespace: default}, imagePullSecrets: [{name: one}, {name: two}]}';
    expect(described(text)).toBe(`Name:                sa
Namespace:           default
Labels:              <none>
Annotations:         <none>
Image pull secrets:  one
                     two
Events:              <none>
`);
  });
  it('poddisruptionbudget', () => {
    const text =
      '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: pdb, namespace: default}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}, status: {disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3}}';
    expect(described(text)).toBe(`Name:             pdb
Namespace:        default
Max unavailable:  1
Selector:         app=web
Status:
    Allowed disruptions:  1
    Current:              3
    Desired:              2
    Total:                3
Events:                   <none>
`);
  });
  it('other kinds, field by field', () => {
    const text = `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: node-1, namespace: kube-node-lease, uid: u, ownerReferences: [{kind: Node, name: node-1}], finalizers: [a, b]}
spec: {holderIdentity: node-1, leaseDurationSeconds: 40, acquireTime: null}
`;
    expect(described(text)).toBe(`Name:         node-1
Namespace:    kube-node-lease
Labels:       <none>
Annotations:  <none>
API Version:  coordination.k8s.io/v1
Kind:         Lease
Metadata:
  Finalizers:
    a
    b
  Owner References:
    Kind:  Node
    Name:  node-1
  UID:     u
Spec:
  Acquire Time:            <nil>
  Holder Identity:         node-1
  Lease Duration Seconds:  40
Events:                    <none>
`);
  });
});

it.each([
  ['creationTimestamp', 'Creation Timestamp'],
  ['apiVersion', 'API Version'],
  ['uid', 'UID'],
  ['kind', 'Kind'],
  ['leaseDurationSeconds', 'Lease Duration Seconds'],
  ['podCIDR', 'Pod CIDR'],
  ['example.com/key', 'example.com/key'],
])('a field named %s is labelled %s', (name, label) => {
  expect(labelFor(name)).toBe(label);
});

import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { findResource } from '../../engine/api/scheme';
import { clockAt } from '../../testing/object-reader';
import { manifests } from '../../testing/world';
import type { TableOptions } from '../command';
import { printTable } from './registry';

const clock = clockAt('2026-01-01T02:00:00Z');
const AGE = 'creationTimestamp: "2026-01-01T00:00:00Z"';

function table(text: string, options: Partial<TableOptions> = {}): string[] {
  const objects = manifests(text);
  return printTable(findResource(objects[0]?.kind as string)!, objects, { ...clock, ...options })
    .split('\n')
    .slice(0, -1);
}

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, ${AGE}, labels: {app: web, tier.example.com/name: front}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: NotIn, values: [b, a]}]}
  template: {spec: {containers: [{name: nginx, image: "nginx:1.25"}, {name: log, image: busybox}]}}
status: {replicas: 4, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 1}
`;

const SERVICE = (spec: string, status = '{}') =>
  `{apiVersion: v1, kind: Service, metadata: {name: web, ${AGE}}, spec: ${spec}, status: ${status}}`;

describe('printTable', () => {
  it('prints a Deployment', () => {
    expect(table(DEPLOYMENT)).toEqual([
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE',
      'web    3/3     2            1           120m',
    ]);
  });
  it('adds what the flags ask for', () => {
    expect(
      table(DEPLOYMENT, {
        allNamespaces: true,
        showKind: true,
        showLabels: true,
        labelColumns: ['tier.example.com/name', 'x'],
      }),
    ).toEqual([
      'NAMESPACE   NAME                  READY   UP-TO-DATE   AVAILABLE   AGE    NAME    X     LABELS',
      'shop        deployment.apps/web   3/3     2            1           120m   front         app=web,tier.example.com/name=front',
    ]);
    expect(table(DEPLOYMENT, { wide: true, noHeaders: true })).toEqual([
      'web   3/3   2     1     120m   nginx,log   nginx:1.25,busybox   app=web,tier notin (a,b)',
    ]);
  });
  it('prints a ReplicaSet', () => {
    const text = DEPLOYMENT.replace('kind: Deployment', 'kind: ReplicaSet');
    expect(table(text, { wide: true })).toEqual([
      'NAME   DESIRED   CURRENT   READY   AGE    CONTAINERS   IMAGES               SELECTOR',
      'web    3         4         3       120m   nginx,log    nginx:1.25,busybox   app=web,tier notin (a,b)',
    ]);
  });
  it.each([
    [
      '{type: NodePort, clusterIPs: [10.96.0.9], ports: [{port: 80, nodePort: 30892, protocol: TCP}]}',
      '{}',
      'web    NodePort   10.96.0.9    <none>        80:30892/TCP   120m',
    ],
    [
      '{type: ClusterIP, clusterIPs: [None], externalIPs: [1.2.3.4]}',
      '{}',
      'web    ClusterIP   None         1.2.3.4       <none>    120m',
    ],
    [
      '{type: ExternalName, externalName: db.example}',
      '{}',
      'web    ExternalName   <none>       db.example    <none>    120m',
    ],
    [
      '{type: LoadBalancer, clusterIPs: [10.96.0.9], ports: [{port: 80, protocol: TCP}, {port: 53, protocol: UDP}]}',
      '{}',
      'web    LoadBalancer   10.96.0.9    <pending>     80/TCP,53/UDP   120m',
    ],
    [
      '{type: LoadBalancer, externalIPs: [9.9.9.9]}',
      '{loadBalancer: {ingress: [{hostname: b}, {ip: 1.1.1.1}, {hostname: b}]}}',
      'web    LoadBalancer   <none>       1.1.1.1,b,9.9.9.9   <none>    120m',
    ],
  ])('prints a Service %s', (spec, status, expected) => {
    expect(table(SERVICE(spec, status))[1]).toBe(expected);
  });
  it('prints Nodes', () => {
    const text = `
apiVersion: v1
kind: Node
metadata: {name: node-1, ${AGE}, labels: {node-role.kubernetes.io/worker: "", node-role.kubernetes.io/control-plane: ""}}
spec: {unschedulable: true}
status:
  conditions: [{type: Ready, status: "True"}]
  addresses: [{type: InternalIP, address: 10.0.0.1}]
  nodeInfo: {kubeletVersion: v1.36.3, osImage: Debian, kernelVersion: "6.1", architecture: amd64, containerRuntimeVersion: "containerd://2.1"}
---
{apiVersion: v1, kind: Node, metadata: {name: node-2, ${AGE}}, status: {conditions: [{type: Ready, status: Unknown}]}}
---
{apiVersion: v1, kind: Node, metadata: {name: node-3, ${AGE}}}
`;
    expect(table(text)).toEqual([
      'NAME     STATUS                     ROLES                  AGE    VERSION',
      'node-1   Ready,SchedulingDisabled   control-plane,worker   120m   v1.36.3',
      'node-2   NotReady                   <none>                 120m   ',
      'node-3   Unknown                    <none>                 120m   ',
    ]);
    expect(table(text, { wide: true })[1]).toBe(
      'node-1   Ready,SchedulingDisabled   control-plane,worker   120m   v1.36.3   10.0.0.1      <none>        Debian      6.1 (amd64)      containerd://2.1',
    );
  });
  it('prints Events', () => {
    const event = (fields: string) =>
      `{apiVersion: v1, kind: Event, metadata: {name: e, ${AGE}}, involvedObject: {kind: Pod, name: web}, type: Normal, reason: Started, ${fields}}`;
    const text = [
      event(
        'firstTimestamp: "2026-01-01T01:00:00Z", lastTimestamp: "2026-01-01T01:59:55Z", count: 3, message: "two\\nlines", source: {component: kubelet, host: node-1}',
      ),
      event('eventTime: "2026-01-01T01:30:00.000000Z", message: new, reportingComponent: sched'),
      event(
        'eventTime: "2026-01-01T01:30:00.000000Z", series: {count: 5, lastObservedTime: "2026-01-01T01:59:00.000000Z"}, message: series',
      ),
      event('message: timeless'),
    ].join('\n---\n');
    expect(table(text)).toEqual([
      'LAST SEEN   TYPE     REASON    OBJECT    MESSAGE',
      '5s          Normal   Started   pod/web   two...',
      '30m         Normal   Started   pod/web   new',
      '60s         Normal   Started   pod/web   series',
      '<unknown>   Normal   Started   pod/web   timeless',
    ]);
    expect(table(text, { wide: true, showKind: true }).slice(0, 4)).toEqual([
      'LAST SEEN   TYPE     REASON    OBJECT    SUBOBJECT   SOURCE            MESSAGE    FIRST SEEN   COUNT   NAME',
      '5s          Normal   Started   pod/web               kubelet, node-1   two...     60m          3       event/e',
      '30m         Normal   Started   pod/web               sched             new        30m          1       event/e',
      '60s         Normal   Started   pod/web                                 series     30m          5       event/e',
    ]);
  });
  it.each([
    [
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, AGE}, data: {x: "1"}, binaryData: {y: AA==}}',
      'NAME   DATA   AGE',
      'a      2      120m',
    ],
    [
      '{apiVersion: v1, kind: Secret, metadata: {name: a, AGE}, type: Opaque, data: {x: AA==}}',
      'NAME   TYPE     DATA   AGE',
      'a      Opaque   1      120m',
    ],
    [
      '{apiVersion: v1, kind: Namespace, metadata: {name: a, AGE}, status: {phase: Active}}',
      'NAME   STATUS   AGE',
      'a      Active   120m',
    ],
    ['{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, AGE}}', 'NAME   AGE', 'a      120m'],
    [
      '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a, AGE}, value: 5}',
      'NAME   VALUE   GLOBAL-DEFAULT   AGE    PREEMPTIONPOLICY',
      'a      5       false            120m   ',
    ],
    [
      '{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: a, AGE}, spec: {holderIdentity: me}}',
      'NAME   HOLDER   AGE',
      'a      me       120m',
    ],
    [
      '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a, AGE}, spec: {maxUnavailable: 1}, status: {disruptionsAllowed: 1}}',
      'NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE',
      'a      N/A             1                 1                     120m',
    ],
    [
      '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a, AGE}, spec: {minAvailable: 50%}}',
      'NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE',
      'a      50%             N/A               0                     120m',
    ],
    [
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a, AGE}, addressType: IPv4, ports: [{port: 80}, {name: x}, {}], endpoints: [{addresses: [a, b]}, {addresses: [c]}, {addresses: [d]}]}',
      'NAME   ADDRESSTYPE   PORTS    ENDPOINTS             AGE',
      'a      IPv4          80,x,*   a,b,c + 1 more...     120m',
    ],
    [
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a, AGE}, addressType: IPv4, ports: []}',
      'NAME   ADDRESSTYPE   PORTS     ENDPOINTS   AGE',
      'a      IPv4          <unset>   <unset>     120m',
    ],
  ])('prints %s', (text, header, row) => {
    expect(table(text.replace('AGE', AGE)).map((line) => line.replace(/ +/g, ' '))).toEqual(
      [header, row].map((line) => line.replace(/ +/g, ' ')),
    );
  });
  it('prints nothing at all without objects', () => {
    expect(printTable(findResource('Pod')!, [] as KubeObject[], clock)).toBe('');
  });
});

import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { ingressRow } from './row-makers/network';
import { jobRow } from './row-makers/workload';
import { rowOf } from './row-of';
import type { NodeRow, PodRow, Row, ServiceRow, WorkloadRow } from './rows';

interface PodCase {
  readonly what: string;
  readonly phase?: string;
  readonly node?: string;
  readonly ready?: boolean;
  readonly deleting?: boolean;
  readonly state?: object;
  readonly init?: object;
  readonly look: string;
  readonly status: string;
}

const PODS: readonly PodCase[] = [
  { what: 'no node yet', phase: 'Pending', look: 'pending', status: 'Pending' },
  {
    what: 'being created',
    phase: 'Pending',
    node: 'node-1',
    state: { waiting: { reason: 'ContainerCreating' } },
    look: 'creating',
    status: 'ContainerCreating',
  },
  {
    what: 'running, unready',
    phase: 'Running',
    node: 'node-1',
    state: { running: {} },
    look: 'notReady',
    status: 'Running',
  },
  { what: 'ready', phase: 'Running', node: 'node-1', ready: true, look: 'ready', status: 'Running' },
  {
    what: 'terminating',
    phase: 'Running',
    node: 'node-1',
    ready: true,
    deleting: true,
    look: 'terminating',
    status: 'Terminating',
  },
  {
    what: 'crash loop',
    phase: 'Running',
    node: 'node-1',
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    look: 'failed',
    status: 'CrashLoopBackOff',
  },
  {
    what: 'wrong image',
    phase: 'Pending',
    node: 'node-1',
    state: { waiting: { reason: 'ErrImagePull' } },
    look: 'failed',
    status: 'ErrImagePull',
  },
  {
    what: 'ended without a reason',
    phase: 'Running',
    node: 'node-1',
    state: { terminated: { exitCode: 3 } },
    look: 'failed',
    status: 'ExitCode:3',
  },
  {
    what: 'failed',
    phase: 'Failed',
    node: 'node-1',
    state: { terminated: { reason: 'Error' } },
    look: 'failed',
    status: 'Error',
  },
  {
    what: 'completed',
    phase: 'Succeeded',
    node: 'node-1',
    state: { terminated: { reason: 'Completed', exitCode: 0 } },
    look: 'succeeded',
    status: 'Completed',
  },
  {
    what: 'initializing',
    phase: 'Pending',
    node: 'node-1',
    init: { waiting: { reason: 'CrashLoopBackOff' } },
    look: 'failed',
    status: 'Init:CrashLoopBackOff',
  },
];

function podOf({ phase, node, ready, deleting, state, init }: PodCase): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      uid: 'u',
      ...(deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true }],
    },
    spec: {
      nodeName: node,
      containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '250m', memory: '64Mi' } } }],
    },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: state ? [{ ready, restartCount: 2, state }] : [],
      initContainerStatuses: init ? [{ state: init }] : [],
    },
  };
}

test.each(PODS)('a Pod that is $what', (pod) => {
  const row = rowOf(podOf(pod)) as PodRow;
  expect([row.look, row.status]).toEqual([pod.look, pod.status]);
});

test('a Pod says who owns it, where it is and what it asks for', () => {
  const row = rowOf(podOf(PODS[2]!)) as PodRow;
  expect(row).toMatchObject({
    id: 'Pod/shop/web-1',
    owner: 'ReplicaSet/shop/web',
    node: 'node-1',
    restarts: 2,
    cpuMilli: 250,
    memoryBytes: 64 * 2 ** 20,
  });
});

test('a Node whose kubelet is silent is Unknown, not False', () => {
  const node = (status: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1' },
    spec: { unschedulable: true, taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] },
    status: { conditions: [{ type: 'Ready', status }], allocatable: { cpu: '4', memory: '1Gi', pods: '110' } },
  });
  expect((rowOf(node('Unknown')) as NodeRow).ready).toBe('Unknown');
  expect(rowOf(node('True'))).toMatchObject({
    id: 'Node/node-1',
    ready: 'True',
    unschedulable: true,
    taints: ['gpu=true:NoSchedule'],
    cpuMilli: 4000,
    pods: 110,
  });
});

test('anything with a Pod template is a workload, a headless Service is called so, the rest is only there', () => {
  const base = { apiVersion: 'v1', metadata: { name: 'x', namespace: 'default' } };
  const deployment = rowOf({
    ...base,
    kind: 'Deployment',
    spec: { replicas: 3, template: {} },
    status: {},
  }) as WorkloadRow;
  expect([deployment.workload, deployment.desired]).toEqual([true, 3]);
  const service = rowOf({ ...base, kind: 'Service', spec: { clusterIP: 'None' } }) as ServiceRow;
  expect(service.type).toBe('Headless');
  expect(rowOf({ ...base, kind: 'ConfigMap' })).toMatchObject({ other: true });
  expect(rowOf({ ...base, kind: 'Event' })).toBeUndefined();
});

/** The row of an object in namespace `shop`. */
function rowIn(apiVersion: string, kind: string, name: string, rest: object, metadata: object = {}): Row {
  const object = { apiVersion, kind, metadata: { name, namespace: 'shop', uid: 'u', ...metadata }, ...rest };
  return rowOf(object as KubeObject) as Row;
}

const BASE = { id: 'x', kind: 'x', namespace: 'shop', name: 'x', uid: 'u', owner: undefined };

const TEMPLATE = {
  metadata: { labels: { app: 'db' } },
  spec: {
    containers: [{ name: 'db', image: 'postgres' }],
    volumes: [{ name: 'config', persistentVolumeClaim: { claimName: 'config' } }],
  },
};

test('a StatefulSet says its revisions without its own name, and how its claims are called', () => {
  const row = rowIn('apps/v1', 'StatefulSet', 'db', {
    spec: {
      replicas: 3,
      template: TEMPLATE,
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    },
    status: { replicas: 3, readyReplicas: 2, updatedReplicas: 1, currentRevision: 'db-aaa', updateRevision: 'db-bbb' },
  });
  expect(row).toMatchObject({
    desired: 3,
    ready: 2,
    updated: 1,
    claims: ['PersistentVolumeClaim/shop/config'],
    claimStems: ['PersistentVolumeClaim/shop/data-db-'],
    statefulSet: { current: 'aaa', update: 'bbb', partition: 2, isOnDelete: false },
  });
});

test('a Pod of a StatefulSet has its ordinal, its revision and its claims', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 's', controller: true };
  const labels = { 'apps.kubernetes.io/pod-index': '10', 'controller-revision-hash': 'db-aaa' };
  const volumes = [
    { name: 'data', persistentVolumeClaim: { claimName: 'data-db-10' } },
    { name: 'scratch', ephemeral: { volumeClaimTemplate: {} } },
    { name: 'other', emptyDir: {} },
  ];
  const row = rowIn('v1', 'Pod', 'db-10', { spec: { volumes } }, { ownerReferences: [owner], labels });
  expect(row).toMatchObject({
    index: 10,
    revision: 'aaa',
    claims: ['PersistentVolumeClaim/shop/data-db-10', 'PersistentVolumeClaim/shop/db-10-scratch'],
  });
});

test.each([
  ['running', {}, [], { state: 'running', reason: undefined }],
  ['suspended', { suspend: true }, [], { state: 'suspended', reason: undefined }],
  ['complete', {}, [{ type: 'Complete', status: 'True', reason: 'CompletionsReached' }], { state: 'complete' }],
  ['failing', {}, [{ type: 'FailureTarget', status: 'True', reason: 'BackoffLimitExceeded' }], { state: 'running' }],
  [
    'failed',
    {},
    [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }],
    { state: 'failed', reason: 'DeadlineExceeded' },
  ],
])('a Job that is %s', (_what, spec, conditions, job) => {
  const status = { active: 1, succeeded: 2, failed: 3, conditions };
  const row = jobRow(BASE, { spec: { completions: 5, template: TEMPLATE, ...spec }, status } as unknown as KubeObject);
  expect(row).toMatchObject({ desired: 5, ready: 2, current: 1, job: { active: 1, failed: 3, ...job } });
});

test('a claim that is bound says to what and how large; one that is not, what it asks for', () => {
  const spec = {
    resources: { requests: { storage: '5Gi' } },
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
  };
  const claim = (more: object, status: object, metadata = {}) =>
    rowIn('v1', 'PersistentVolumeClaim', 'data', { spec: { ...spec, ...more }, status }, metadata);
  expect(claim({}, { phase: 'Pending' })).toMatchObject({
    look: 'pending',
    size: '5Gi',
    volume: undefined,
    modes: 'RWO',
  });
  const bound = { phase: 'Bound', capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] };
  expect(claim({ volumeName: 'pv003' }, bound)).toMatchObject({
    look: 'bound',
    size: '10Gi',
    volume: 'PersistentVolume/pv003',
    modes: 'RWO,RWX',
    storageClass: 'fast',
  });
  expect(claim({ volumeName: 'pv003' }, { phase: 'Lost' })).toMatchObject({ look: 'failed', status: 'Lost' });
  const ending = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(claim({}, bound, ending)).toMatchObject({ look: 'terminating', status: 'Terminating' });
});

test.each([
  ['Available', undefined, 'available'],
  ['Bound', 'data', 'bound'],
  ['Released', 'data', 'released'],
  ['Failed', 'data', 'failed'],
])('a volume that is %s', (phase, claim, look) => {
  const claimRef = claim && { namespace: 'shop', name: claim };
  const row = rowOf({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv' },
    spec: { capacity: { storage: '1Gi' }, claimRef, persistentVolumeReclaimPolicy: 'Retain' },
    status: { phase },
  } as KubeObject);
  const claimed = claim && 'PersistentVolumeClaim/shop/data';
  expect(row).toMatchObject({ id: 'PersistentVolume/pv', look, claim: claimed, size: '1Gi', reclaimPolicy: 'Retain' });
});

test('an autoscaler says what it scales, what it measures as kubectl does, and what is in its way', () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const cpu = (averageUtilization: number) => ({
    name: 'cpu',
    [averageUtilization > 50 ? 'current' : 'target']: { type: 'Utilization', averageUtilization },
  });
  const row = rowIn('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef, minReplicas: 3, maxReplicas: 6, metrics: [{ type: 'Resource', resource: cpu(20) }] },
    status: {
      currentReplicas: 3,
      desiredReplicas: 6,
      currentMetrics: [{ type: 'Resource', resource: cpu(98) }],
      conditions: [
        { type: 'AbleToScale', status: 'True', reason: 'SucceededRescale' },
        { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
        { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' },
      ],
    },
  });
  expect(row).toMatchObject({
    target: 'Deployment/shop/web',
    min: 3,
    max: 6,
    current: 3,
    desired: 6,
    targets: 'cpu: 98%/20%',
    trouble: undefined,
    limit: 'TooManyReplicas',
  });
});

test('a quota has a line per resource, with its share', () => {
  const status = { hard: { 'requests.cpu': '2', pods: '4' }, used: { 'requests.cpu': '500m', pods: '4' } };
  expect(rowIn('v1', 'ResourceQuota', 'q', { spec: { hard: status.hard }, status })).toMatchObject({
    lines: [
      { resource: 'pods', used: '4', hard: '4', share: 1 },
      { resource: 'requests.cpu', used: '500m', hard: '2', share: 0.25 },
    ],
  });
});

test('an Ingress names its hosts and each Service once', () => {
  const path = (name: string) => ({
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name, port: { number: 80 } } },
  });
  const rules = [
    { host: 'a.example', http: { paths: [path('web'), path('api')] } },
    { host: 'b.example', http: { paths: [path('web')] } },
  ];
  expect(ingressRow(BASE, { spec: { rules, tls: [{}] } } as unknown as KubeObject)).toMatchObject({
    hosts: 'a.example, b.example',
    tls: true,
    services: ['Service/shop/web', 'Service/shop/api'],
  });
});

test('of APIServices only those that others serve are named', () => {
  const service = { name: 'metrics-server', namespace: 'kube-system' };
  const listed = (spec: object) => {
    const metadata = { name: 'v1beta1.metrics.k8s.io', uid: 'a', resourceVersion: '1' };
    const row = rowOf({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata, spec } as KubeObject);
    return (row as { listed?: boolean }).listed;
  };
  expect([listed({ group: 'metrics.k8s.io', version: 'v1beta1' }), listed({ service })]).toEqual([false, true]);
});

test('revisions, Endpoints and slices are named where they are nobody’s', () => {
  const listed = (apiVersion: string, kind: string, metadata: object) => {
    const object = {
      apiVersion,
      kind,
      metadata: { name: 'a', namespace: 'shop', uid: 'a', resourceVersion: '1', ...metadata },
    };
    return (rowOf(object as KubeObject) as { listed?: boolean }).listed;
  };
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'b' }];
  const made = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };
  expect([
    listed('apps/v1', 'ControllerRevision', {}),
    listed('apps/v1', 'ControllerRevision', { ownerReferences }),
  ]).toEqual([true, false]);
  expect([listed('v1', 'Endpoints', {}), listed('v1', 'Endpoints', { labels: made })]).toEqual([true, false]);
  const slice = 'discovery.k8s.io/v1';
  expect(listed(slice, 'EndpointSlice', {})).toBe(true);
  expect(listed(slice, 'EndpointSlice', { labels: { 'kubernetes.io/service-name': 'web' } })).toBeUndefined();
});

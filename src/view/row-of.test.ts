import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { rowOf } from './row-of';
import type { NodeRow, PodRow, ServiceRow, WorkloadRow } from './rows';

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

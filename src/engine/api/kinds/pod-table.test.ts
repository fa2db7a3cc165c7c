import { describe, expect, it } from 'vitest';
import { clockAt } from '../../../testing/object-reader';
import { podStatusText } from '../pod-status-text';
import type { Container, ContainerStatus, Pod, PodStatus } from '../types';
import { podTable } from './pod-table';

const clock = clockAt('2026-01-01T02:00:00Z');

/** `name state [ready] [xN]`: `running`, `waiting:Reason`, `ended:code[:Reason]`; xN = restarts, the last end an hour ago. */
function status(text: string): ContainerStatus {
  const [name = '', state = '', ...flags] = text.split(' ');
  const [what, first = '', reason] = state.split(':');
  const restarts = Number(flags.find((flag) => flag.startsWith('x'))?.slice(1) ?? 0);
  const terminated = { exitCode: Number(first), reason, signal: flags.includes('signal') ? 9 : undefined };
  return {
    name,
    image: '',
    imageID: '',
    ready: flags.includes('ready'),
    started: flags.includes('ready'),
    restartCount: restarts,
    state: what === 'running' ? { running: {} } : what === 'waiting' ? { waiting: { reason: first } } : { terminated },
    lastState: restarts > 0 ? { terminated: { exitCode: 1, finishedAt: '2026-01-01T01:00:00Z' } } : {},
  };
}

interface Case {
  readonly init?: readonly string[];
  readonly main?: readonly string[];
  readonly sidecar?: boolean;
  readonly pod?: Partial<PodStatus>;
  readonly deleted?: boolean;
}

function pod({ init = [], main = [], sidecar, pod: given, deleted }: Case): Pod {
  const container = (text: string): Container => ({ name: text.split(' ')[0] as string });
  const initContainers = init.map(container).map((each, index) => {
    return sidecar && index === 0 ? { ...each, restartPolicy: 'Always' } : each;
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(deleted ? { deletionTimestamp: '2026-01-01T02:00:10Z' } : {}),
    },
    spec: { initContainers, containers: main.length > 0 ? main.map(container) : [{ name: 'c' }] },
    status: {
      phase: 'Running',
      initContainerStatuses: init.map(status),
      containerStatuses: main.map(status),
      ...given,
    },
  };
}

const READY: Partial<PodStatus> = { conditions: [{ type: 'Ready', status: 'True' }] };
const INITIALIZED: Partial<PodStatus> = { conditions: [{ type: 'Initialized', status: 'True' }] };

const CASES: readonly (readonly [string, string, string, Case])[] = [
  ['Pending', '0/1', '0', { pod: { phase: 'Pending' } }],
  [
    'SchedulingGated',
    '0/1',
    '0',
    { pod: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] } },
  ],
  ['ContainerCreating', '0/1', '0', { main: ['c waiting:ContainerCreating'] }],
  ['ErrImagePull', '0/1', '0', { main: ['c waiting:ErrImagePull'] }],
  ['Running', '1/1', '0', { main: ['c running ready'] }],
  ['Running', '1/1', '2 (60m ago)', { main: ['c running ready x2'] }],
  ['CrashLoopBackOff', '0/1', '3 (60m ago)', { main: ['c waiting:CrashLoopBackOff x3'] }],
  ['Completed', '0/1', '0', { main: ['c ended:0:Completed'], pod: { phase: 'Succeeded' } }],
  ['OOMKilled', '0/1', '0', { main: ['c ended:137:OOMKilled'], pod: { phase: 'Failed' } }],
  ['ExitCode:3', '0/1', '0', { main: ['c ended:3'], pod: { phase: 'Failed' } }],
  ['Signal:9', '0/1', '0', { main: ['c ended:137 signal'], pod: { phase: 'Failed' } }],
  ['Evicted', '0/1', '0', { pod: { phase: 'Failed', reason: 'Evicted' } }],
  ['NotReady', '1/2', '0', { main: ['a ended:0:Completed', 'b running ready'] }],
  ['Running', '1/2', '0', { main: ['a ended:0:Completed', 'b running ready'], pod: READY }],
  ['Error', '0/2', '0', { main: ['a ended:0:Completed', 'b ended:2:Error'] }],
  ['CrashLoopBackOff', '1/2', '0', { main: ['a waiting:CrashLoopBackOff', 'b running ready'] }],
  ['Init:0/2', '0/1', '0', { init: ['i running', 'j waiting:PodInitializing'] }],
  ['Init:1/2', '0/1', '0', { init: ['i ended:0:Completed', 'j running'] }],
  ['Init:Error', '0/1', '2 (60m ago)', { init: ['i ended:1:Error x2', 'j waiting:PodInitializing'] }],
  ['Init:ExitCode:4', '0/1', '0', { init: ['i ended:4'] }],
  ['Init:CrashLoopBackOff', '0/1', '1 (60m ago)', { init: ['i waiting:CrashLoopBackOff x1'] }],
  ['PodInitializing', '0/1', '0', { init: ['i ended:0 x2'], main: ['c waiting:PodInitializing'], pod: INITIALIZED }],
  [
    'Running',
    '2/2',
    '3 (60m ago)',
    { init: ['s running ready x2', 'i ended:0 x5'], sidecar: true, main: ['c running ready x1'] },
  ],
  ['Init:0/2', '0/2', '0', { init: ['s running', 'i waiting:PodInitializing'], sidecar: true }],
  ['Terminating', '1/1', '0', { main: ['c running ready'], deleted: true }],
  ['Completed', '0/1', '0', { main: ['c ended:0:Completed'], pod: { phase: 'Succeeded' }, deleted: true }],
  ['NodeLost', '1/1', '0', { main: ['c running ready'], pod: { reason: 'NodeLost' } }],
  ['Unknown', '1/1', '0', { main: ['c running ready'], pod: { reason: 'NodeLost' }, deleted: true }],
];

describe('a Pod as a row', () => {
  it.each(CASES)('%s %s %s', (statusText, ready, restarts, given) => {
    expect(podTable.row(pod(given), clock).slice(0, 5)).toEqual(['web', ready, statusText, restarts, '120m']);
    expect(podStatusText(pod(given))).toBe(statusText);
  });
  it('shows where it runs', () => {
    const placed = pod({ main: ['c running ready'], pod: { podIPs: [{ ip: '10.0.0.7' }], nominatedNodeName: 'b' } });
    const gated = {
      ...placed,
      spec: { ...placed.spec, nodeName: 'a', readinessGates: [{ conditionType: 'x' }, { conditionType: 'Ready' }] },
      status: { ...placed.status, ...READY },
    };
    expect(podTable.row(gated, clock).slice(5)).toEqual(['10.0.0.7', 'a', 'b', '1/2']);
    expect(podTable.row(pod({}), clock).slice(5)).toEqual(['<none>', '<none>', '<none>', '<none>']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '../api/types';
import { containersToStart, containersToStop, isInitialized } from './lifecycle';
import { podPhase } from './pod-phase';
import { type ContainerRecord, newContainerRecords, type PodRecord } from './records';

/**
 * A Pod in short: `i` init, `s` sidecar, `m` app container, each with its condition: `-` never created, `+` running, `?` running
 * but not started, an exit code, or an exit code in brackets while it waits to be started again.
 */
function pod(text: string, restartPolicy: string, phase: PodRecord['phase'] = 'syncing'): PodRecord {
  const words = text.split(' ');
  const specs = words.map(
    (word, index): Container => ({ name: `c${index}`, ...(word[0] === 's' ? { restartPolicy: 'Always' } : {}) }),
  );
  const inits = words.filter((word) => word[0] !== 'm').length;
  const spec = { initContainers: specs.slice(0, inits), containers: specs.slice(inits), restartPolicy };
  const object = { metadata: { name: 'p', uid: 'u' }, spec, status: {} } as unknown as Pod;
  const containers = newContainerRecords(object).map((container, index): ContainerRecord => {
    const condition = (words[index] as string).slice(1);
    if (condition === '-') return container;
    const created = { ...container, attempt: 1 };
    if (condition === '+') return { ...created, stage: 'running', started: true };
    if (condition === '?') return { ...created, stage: 'running' };
    const exitCode = Number(condition.replace(/[()]/g, ''));
    const exit = { exitCode, reason: '', startedAt: '', finishedAt: '', finishedAtMs: 0, containerID: '' };
    const waiting = condition.startsWith('(') ? { reason: 'CrashLoopBackOff' } : undefined;
    return { ...created, stage: 'exited', exit, ...(waiting ? { waiting } : {}) };
  });
  const rest = {
    startTime: '',
    startedMs: 0,
    probedFromMs: 0,
    ip: '',
    sandbox: true,
    busyWith: -1,
    orphan: false,
    syncToken: 0,
    mountFailures: 0,
  };
  return { uid: 'u', pod: object, phase, containers, ...rest, requests: { cpuMilli: 0, memoryBytes: 0 } };
}

describe('podPhase', () => {
  it.each([
    ['m-', 'Always', 'Pending'],
    ['m+ m-', 'Always', 'Pending'],
    ['m+ m+', 'Always', 'Running'],
    ['m+ m1', 'Always', 'Running'],
    ['m1', 'Always', 'Running'],
    ['m(1)', 'Always', 'Running'],
    ['m0', 'Always', 'Running'],
    ['m0', 'OnFailure', 'Succeeded'],
    ['m1', 'OnFailure', 'Running'],
    ['m0 m1', 'Never', 'Failed'],
    ['m0 m0', 'Never', 'Succeeded'],
    ['m+ m1', 'Never', 'Running'],
    ['i- m-', 'Always', 'Pending'],
    ['i+ m-', 'Always', 'Pending'],
    ['i1 m-', 'Always', 'Pending'],
    ['i1 m-', 'Never', 'Failed'],
    ['i0 m+', 'Always', 'Running'],
    ['s? m-', 'Always', 'Pending'],
    ['s+ m+', 'Always', 'Running'],
    ['s1 m+', 'Always', 'Running'],
  ])('%s with %s is %s', (text, policy, phase) => {
    expect(podPhase(pod(text, policy))).toBe(phase);
  });

  it.each([
    ['m0 m0', 'Succeeded'],
    ['m0 m143', 'Failed'],
    ['m-', 'Pending'],
    ['i143 m-', 'Pending'],
  ])('%s is %s once the Pod is over', (text, phase) => {
    expect(podPhase(pod(text, 'Always', 'terminated'))).toBe(phase);
  });
});

describe('what to start next', () => {
  it.each([
    ['m- m-', 'Always', [0, 1]],
    ['m+ m1', 'Always', [1]],
    ['m0', 'OnFailure', []],
    ['m1', 'OnFailure', [0]],
    ['m1', 'Never', []],
    ['i- m-', 'Always', [0]],
    ['i+ m-', 'Always', []],
    ['i0 i- m-', 'Always', [1]],
    ['i1 m-', 'Always', [0]],
    ['i1 m-', 'Never', []],
    ['s- m-', 'Always', [0]],
    ['s? m-', 'Always', []],
    ['s+ i- m-', 'Always', [1]],
    ['s+ i0 m-', 'Always', [2]],
    ['s1 i0 m+', 'Never', [0]],
    ['i0 m- m-', 'Always', [1, 2]],
  ])('%s with %s: %j', (text, policy, indexes) => {
    expect(containersToStart(pod(text, policy))).toEqual(indexes);
  });
});

describe('what to stop next', () => {
  it.each([
    ['s+ s+ m+ m+', [2, 3]],
    ['s+ s+ m0 m1', [1]],
    ['s+ s0 m0', [0]],
    ['s0 m0', []],
  ])('%s: %j', (text, indexes) => {
    expect(containersToStop(pod(text, 'Always'))).toEqual(indexes);
  });
});

it.each([
  ['i0 s+ m-', true],
  ['i0 s? m-', false],
  ['i1 m-', false],
  ['s1 m+', true],
])('%s is initialized: %s', (text, expected) => {
  expect(isInitialized(pod(text, 'Always'))).toBe(expected);
});

import { expect, test } from 'vitest';
import type { Pod } from '../engine/api/types';
import { containerLines } from './container-lines';

const pod = {
  spec: {
    initContainers: [
      { name: 'prepare', image: 'busybox' },
      { name: 'proxy', image: 'envoy', restartPolicy: 'Always' },
    ],
    containers: [
      { name: 'app', image: 'nginx' },
      { name: 'late', image: 'x' },
    ],
    ephemeralContainers: [{ name: 'debugger', image: 'busybox' }],
  },
  status: {
    ephemeralContainerStatuses: [{ name: 'debugger', restartCount: 0, state: { running: {} } }],
    initContainerStatuses: [
      { name: 'prepare', restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      { name: 'proxy', restartCount: 0, ready: false, state: { running: {} } },
    ],
    containerStatuses: [
      {
        name: 'app',
        restartCount: 2,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
    ],
  },
} as unknown as Pod;

test('containers in the order in which they run, each with its state and how it ended before', () => {
  expect(
    containerLines(pod).map(({ name, role, state, look, restarts, last }) => [name, role, state, look, restarts, last]),
  ).toEqual([
    ['prepare', 'init', 'Terminated: Completed (0)', 'succeeded', 0, undefined],
    ['proxy', 'sidecar', 'Running', 'notReady', 0, undefined],
    ['app', 'app', 'Waiting: CrashLoopBackOff', 'failed', 2, 'Terminated: OOMKilled (137)'],
    ['late', 'app', 'Waiting', 'pending', 0, undefined],
    ['debugger', 'ephemeral', 'Running', 'ready', 0, undefined],
  ]);
});

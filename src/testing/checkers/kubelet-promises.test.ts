import { expect, it } from 'vitest';
import type { Pod } from '../../engine/api/types';
import { ClusterState, type History } from './history';
import { kubeletPromises } from './kubelet-promises';

const ENDED = { terminated: { exitCode: 0 } };
const BEGINS = { waiting: { reason: 'ContainerCreating' } };

/** A Pod that somebody looks into by a container `look`. */
const podWith = (look: object, main: object): Pod =>
  ({
    metadata: { name: 'a', namespace: 'default' },
    spec: {},
    status: {
      containerStatuses: [{ name: 'main', restartCount: 0, ...main }],
      ephemeralContainerStatuses: [{ name: 'look', restartCount: 0, state: look }],
    },
  }) as unknown as Pod;

function complaints(previous: Pod, value: Pod): string[] {
  const found: string[] = [];
  const watcher = kubeletPromises.begin((what) => found.push(what), {} as never);
  const change = { kind: 'Pod', key: 'default/a', revision: 2, step: 2, atMs: 0, value, previous };
  watcher.change?.(change as History['changes'][number], {} as ClusterState, undefined);
  return found;
}

it('sees that a container which was to look once rises again', () => {
  const running = { containerID: 'containerd://1', state: { running: {} } };
  expect(complaints(podWith(ENDED, running), podWith(BEGINS, running))[0]).toMatch(/look of .* rose again/);
});

it('knows that a node which has forgotten a Pod begins all of it anew', () => {
  const again = { containerID: 'containerd://1', state: BEGINS };
  expect(complaints(podWith(ENDED, again), podWith(BEGINS, { state: BEGINS }))).toEqual([]);
});

it('counts what a node has allocated when it has told of all its Pods', () => {
  const podOf = (name: string, cpu: string, phase: string): Pod =>
    ({
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'n' },
      status: { phase, allocatedResources: { cpu } },
    }) as unknown as Pod;
  const found = (phaseAtLast: string): string[] => {
    const said: string[] = [];
    const state = new ClusterState();
    const watcher = kubeletPromises.begin((what) => said.push(what), {} as never);
    const node = { kind: 'Node', metadata: { name: 'n' }, status: { allocatable: { cpu: '300m' } } };
    const write = (kind: string, key: string, value: object, previous?: object): void => {
      const change = { kind, key, revision: 1, step: 1, atMs: 0, value, previous } as never;
      state.apply(change);
      watcher.change?.(change, state, undefined);
    };
    write('Node', 'n', node);
    write('Pod', 'default/done', podOf('done', '100m', 'Running'));
    write('Pod', 'default/large', podOf('large', '300m', 'Running'), podOf('large', '100m', 'Running'));
    write('Pod', 'default/done', podOf('done', '100m', phaseAtLast), podOf('done', '100m', 'Running'));
    watcher.step?.({} as never, state);
    return said;
  };
  expect(found('Succeeded')).toEqual([]);
  expect(found('Running')[0]).toMatch(/has 300 of cpu and has allocated 400/);
});

/** Where Pods run: bound once, to a Node that exists, is open to them and has room for what they ask. */
import { keyOf } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import { podRequests, resourceAmount } from '../../engine/api/pod-resources';
import { toleratesTaint } from '../../engine/api/taint';
import type { Node, Pod } from '../../engine/api/types';
import { type Checker, nameOf, podsOn, waitsForVolumes } from './history';

/** How long the scheduler may act on an older view of a Node. */
const STALE_MS = 100;

interface HostPort {
  readonly port: string;
  /** '' is every address of the Node. */
  readonly address: string;
}

function hostPorts({ spec }: Pod): HostPort[] {
  const ports = spec.containers.flatMap((container) => container.ports ?? []).filter((port) => port.hostPort);
  return ports.map(({ protocol = 'TCP', hostPort, hostIP = '' }) => ({
    port: `${protocol} ${hostPort}`,
    address: hostIP === '0.0.0.0' ? '' : hostIP,
  }));
}

/** What a Pod holds of its Node: while a resize waits for room, what it had before. */
function heldBy(pod: Pod): Iterable<readonly [string, number]> {
  const { conditions = [], allocatedResources = {} } = pod.status ?? {};
  if (!conditions.some(({ type }) => type === 'PodResizePending')) return podRequests(pod);
  return Object.entries(allocatedResources).map(([name, amount]) => [name, resourceAmount(name, amount)] as const);
}

function crowding(node: Node, pods: readonly Pod[]): string[] {
  const found: string[] = [];
  const sums = new Map<string, number>([['pods', pods.length]]);
  const taken: (HostPort & { holder: string })[] = [];
  for (const pod of pods) {
    for (const [name, amount] of heldBy(pod)) sums.set(name, (sums.get(name) ?? 0) + amount);
    for (const { port, address } of hostPorts(pod)) {
      const other = taken.find(
        (one) => one.port === port && (one.address === address || one.address === '' || address === ''),
      );
      if (other) found.push(`${nameOf(pod)} and ${other.holder} share host port ${port}`);
      taken.push({ port, address, holder: nameOf(pod) });
    }
  }
  for (const [name, sum] of sums) {
    const allocatable = node.status?.allocatable?.[name];
    const most = allocatable === undefined ? 0 : resourceAmount(name, allocatable);
    if (sum > most) found.push(`${nameOf(node)} has ${most} of ${name}, its Pods ask for ${sum}`);
  }
  return found;
}

const isResized = (before: Pod | undefined, after: Pod): boolean =>
  before?.spec.nodeName !== undefined &&
  before.spec.containers !== after.spec.containers &&
  !deepEqual(before.spec.containers, after.spec.containers);

export const bindings: Checker = {
  name: 'bindings',
  begin: (complain) => {
    const nodeChangedMs = new Map<string, number>();
    const resizedMs = new Map<string, number>();
    return {
      change: (change, state, step) => {
        const { value, previous, kind, key, atMs } = change;
        if (kind === 'Node') {
          const before = previous as Node | undefined;
          const after = value as Node | undefined;
          if (!before || !after || !deepEqual(before.spec, after.spec)) nodeChangedMs.set(key, atMs);
        }
        if (kind !== 'Pod' || !value) return;
        const pod = value as Pod;
        if (isResized(previous as Pod | undefined, pod)) resizedMs.set(pod.spec.nodeName ?? '', atMs);
        const before = (previous as Pod | undefined)?.spec.nodeName;
        const { nodeName } = pod.spec;
        if (before && before !== nodeName) complain(`${nameOf(pod)} moved from ${before} to ${nodeName}`);
        if (before || !nodeName || step?.actor !== 'default-scheduler') return;
        const node = state.find<Node>('Node', nodeName);
        const isFresh = atMs - (nodeChangedMs.get(nodeName) ?? -STALE_MS) < STALE_MS;
        if (!node) {
          if (!isFresh && !waitsForVolumes(pod)) complain(`${keyOf(pod)} was bound to ${nodeName}, which isn't there`);
          return;
        }
        const isResizing = atMs - (resizedMs.get(nodeName) ?? -STALE_MS) < STALE_MS;
        for (const what of isResizing ? [] : crowding(node, podsOn(state, nodeName)))
          complain(`${what} (binding ${keyOf(pod)})`);
        if (isFresh || waitsForVolumes(pod)) return;
        const mayBeCordoned = pod.spec.tolerations?.some(({ key }) => key === 'node.kubernetes.io/unschedulable');
        if (node.spec?.unschedulable && !mayBeCordoned) complain(`${nameOf(pod)} was bound to cordoned ${nodeName}`);
        for (const taint of node.spec?.taints ?? []) {
          const isTolerated = (pod.spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, taint));
          if (taint.effect !== 'PreferNoSchedule' && !isTolerated)
            complain(`${nameOf(pod)} doesn't tolerate ${taint.key} of ${nodeName}`);
        }
      },
    };
  },
};

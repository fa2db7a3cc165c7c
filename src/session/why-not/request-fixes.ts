/** Changes to what a Pod asks for, where nodes have too little of one resource, and to what nodes have. */

import type { KubeObject } from '../../engine/api/meta';
import { resourceAmount } from '../../engine/api/pod-resources';
import type { Container, Pod } from '../../engine/api/types';
import { isExtendedResource } from '../../engine/api/validation/resources';
import { OWN_LABELS } from '../../engine/apiserver/admission/node-restriction';
import type { Input, NodeConfig } from '../../engine/simulation';
import { asPart, changeOfSpec, specOf } from './change-pod';
import { amountText, type Obstacles, type Room, reasonsOf } from './node-room';
import { type Candidate, command, say, type World } from './said';
import { podsOf, targetOf } from './world';

/** See the header: what one resource that is short needs; nothing where several are. `others`: so much else may be against a node. */
export function requestCandidates(
  world: World,
  pod: Pod,
  root: KubeObject,
  obstacles: readonly Obstacles[],
  others: number,
): Candidate[] {
  const usable = obstacles.filter(
    (each) => each.short.length > 0 && reasonsOf(each).length === each.short.length + others,
  );
  const resources = new Set(usable.flatMap(({ short }) => short.map(({ resource }) => resource)));
  const [first] = usable;
  if (resources.size !== 1 || !first) return [];
  const { resource, need } = first.short[0] as Room;
  const largest = largestContainer(specOf(root, pod).containers, resource);
  const offered = isExtendedResource(resource) ? [offering(first, resource, need)] : [];
  if (!largest) return offered;
  const frees = usable.map(({ short }) => short[0]!.free).sort((a, b) => b - a);
  const waiting = Math.max(1, podsOf(world, root).filter(({ spec }) => !spec.nodeName).length);
  const amounts = new Set([frees[0] ?? 0, shared(frees, waiting)]);
  const asked = [...amounts].flatMap((amount) => asking(root, largest, resource, largest.amount - (need - amount)));
  return [...asked, ...offered];
}

/** Less of it for one container; of what no node has nothing at all. */
function asking(root: KubeObject, largest: Largest, resource: string, to: number): Candidate[] {
  const { container, index, amount } = largest;
  const isExtended = isExtendedResource(resource);
  if (to <= 0 && !isExtended) return [];
  const text = to > 0 ? amountText(resource, to) : undefined;
  const { requests, limits, ...others } = container.resources ?? {};
  // What is no CPU and no memory is had whole: requests and limits are the same.
  const value = {
    ...others,
    requests: { ...requests, [resource]: text },
    ...(limits ? { limits: isExtended ? { ...limits, [resource]: text } : limits } : {}),
  };
  const input = changeOfSpec(root, [{ op: 'add', path: `/containers/${index}/resources`, value }]);
  if (!input) return [];
  const values = { container: container.name, resource };
  if (text === undefined) return [{ said: say('fix.without', values), input }];
  return [{ said: say('fix.request', { ...values, from: amountText(resource, amount), to: text }), input }];
}

/** The largest amount of which so many fit into what is left. */
function shared(frees: readonly number[], count: number): number {
  const tries = frees.flatMap((free) => Array.from({ length: count }, (_, index) => Math.floor(free / (index + 1))));
  const fits = (amount: number) => frees.reduce((sum, free) => sum + Math.floor(free / amount), 0) >= count;
  return Math.max(0, ...tries.filter((amount) => amount > 0 && fits(amount)));
}

interface Largest {
  readonly container: Container;
  readonly index: number;
  readonly amount: number;
}

/** Who asks for a limit only asks for as much. */
function largestContainer(containers: readonly Container[], resource: string): Largest | undefined {
  const asking = containers.flatMap((container, index) => {
    const { requests, limits } = container.resources ?? {};
    const text = requests?.[resource] ?? limits?.[resource];
    return text === undefined ? [] : [{ container, index, amount: resourceAmount(resource, text) }];
  });
  return asking.sort((a, b) => b.amount - a.amount || a.index - b.index)[0];
}

/** A node offers what a device plugin on it would. */
function offering({ node }: Obstacles, resource: string, need: number): Candidate {
  const { name } = node.metadata;
  const [amount, part] = [amountText(resource, need), asPart(resource)];
  const patch = ['capacity', 'allocatable'].map((list) => ({
    op: 'add',
    path: `/status/${list}/${part}`,
    value: amount,
  }));
  const text = `patch node ${name} --subresource=status --type=json -p '${JSON.stringify(patch)}'`;
  return { said: say('fix.advertise', { node: name, amount, resource }), input: command(text) };
}

/** One node more, as large as one where it would fit if there were nobody else. */
export function moreNodes(obstacles: readonly Obstacles[]): Candidate[] {
  const isRoomy = (each: Obstacles): boolean =>
    reasonsOf(each).length === each.short.length + Number(each.podsFull !== undefined) &&
    each.short.every(({ need, full, resource }) => need <= full && !isExtendedResource(resource)) &&
    (each.podsFull?.full ?? 1) > 0 &&
    each.short.length + Number(each.podsFull !== undefined) > 0;
  const like = obstacles.find(isRoomy)?.node;
  if (!like) return [];
  const { capacity = {} } = like.status ?? {};
  const labels = Object.entries(like.metadata.labels ?? {}).filter(([key]) => !OWN_LABELS.has(key));
  const payload: NodeConfig = { name: `${like.metadata.name}-too`, labels: Object.fromEntries(labels), capacity };
  const input: Input = { to: 'user', kind: 'join', payload };
  return [{ said: say('fix.node', { node: like.metadata.name }), input }];
}

/** What somebody else has and it wants: the other goes, or it makes do without. */
export function portCandidates(root: KubeObject, pod: Pod, each: Obstacles, isOwn: (holder: Pod) => boolean) {
  const candidates: Candidate[] = [];
  const holders = new Map(each.ports.map(({ holder, port }) => [holder.metadata.uid, { holder, port }]));
  const [only] = holders.values();
  if (only && holders.size === 1 && !isOwn(only.holder)) {
    const { name, namespace = 'default' } = only.holder.metadata;
    const said = say('fix.free', { pod: name, port: only.port });
    candidates.push({ said, input: command(`delete pod ${name} -n ${namespace} --wait=false`) });
  }
  if (pod.spec.hostNetwork) return candidates;
  const input = changeOfSpec(
    root,
    each.ports.map(({ container, place }) => ({
      op: 'remove',
      path: `/containers/${container}/ports/${place}/hostPort`,
    })),
  );
  const ports = [...new Set(each.ports.map(({ port }) => port))].join(', ');
  if (input) candidates.push({ said: say('fix.hostPort', { target: targetOf(root), ports }), input });
  return candidates;
}

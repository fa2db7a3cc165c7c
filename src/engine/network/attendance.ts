/** Who could send at which moments of the last seconds: nodes while they had power, Pods while one of their containers ran there. */
import { type LabelRequirement, matchesRequirements, parseLabelSelector } from '../api/selector';
import type { Pod } from '../api/types';
import type { MachineContainer } from '../machine/records';
import { covers, machineOfNode, type Network } from './plan';
import type { RequestSource } from './request';

/** One who could send. */
export interface Attendant {
  readonly source: RequestSource;
  /** The first station of its requests. */
  readonly name: string;
  /** What others see its connections come from. */
  readonly address: string;
  isThere(atMs: number): boolean;
}

/** Who is meant. */
export type Attendants =
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'pods'; readonly namespace: string; readonly selector: string };

/** See the header. */
export function attendantsOf(network: Network, who: Attendants): Attendant[] {
  if (who.kind === 'node') return [nodeAttendant(network, who.node)];
  return podAttendants(network, who.namespace, parseLabelSelector(who.selector));
}

/** A node. */
function nodeAttendant(network: Network, node: string): Attendant {
  const powerCut = machineOfNode(network, node)?.memory.powerCut;
  const isThere = (atMs: number): boolean => !covers(powerCut, atMs);
  return { source: { kind: 'node', node }, name: `Node ${node}`, address: node, isThere };
}

function ran({ startedAt, startedAtMs, state, finishedAtMs }: MachineContainer, atMs: number): boolean {
  return startedAt !== '' && startedAtMs <= atMs && (state === 'running' || atMs < finishedAtMs);
}

/** The Pods that a selector finds, by their names; also those that have gone a moment ago. */
function podAttendants(network: Network, namespace: string, wanted: readonly LabelRequirement[]): Attendant[] {
  const { context, plan } = network;
  const found = new Map<string, { readonly pod: Pod; readonly node: string; readonly list: MachineContainer[] }>();
  for (const { name: node } of plan.inOrder) {
    const memory = machineOfNode(network, node)?.memory;
    if (!memory) continue;
    const { sandboxes, containers, departed } = memory;
    const own = [...sandboxes.values()].map((sandbox) => ({
      sandbox,
      containers: sandbox.containers.flatMap((id) => containers.get(id) ?? []),
    }));
    for (const { sandbox, containers: all } of [...own, ...departed]) {
      const { uid = '', name } = sandbox.pod.metadata;
      if (sandbox.pod.metadata.namespace !== namespace) continue;
      const known = context.lister.get<Pod>('Pod', namespace, name);
      const pod = known?.metadata.uid === uid ? known : sandbox.pod;
      if (!matchesRequirements(wanted, pod.metadata.labels)) continue;
      const list = all.filter((one) => pod.spec.containers.some((spec) => spec.name === one.name));
      found.set(uid, { pod, node, list: [...(found.get(uid)?.list ?? []), ...list] });
    }
  }
  const byName = [...found].sort(([a, { pod: one }], [b, { pod: other }]) => {
    const [first, second] = [`${one.metadata.name} ${a}`, `${other.metadata.name} ${b}`];
    return first < second ? -1 : 1;
  });
  return byName.map(([uid, { pod, node, list }]) => {
    const powerCut = machineOfNode(network, node)?.memory.powerCut;
    return {
      source: { kind: 'pod', uid, node },
      name: `Pod ${namespace}/${pod.metadata.name}`,
      address: uid,
      isThere: (atMs) => !covers(powerCut, atMs) && list.some((one) => ran(one, atMs)),
    };
  });
}

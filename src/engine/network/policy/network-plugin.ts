/**
 * A network plugin that enforces NetworkPolicies, for scenarios whose `components` say so (`network-plugin: {enforces-network-policy: true}`).
 * Simplified: policies, labels and namespaces have their effect as soon as they are stored, for connections that are made from then on; an
 * Ingress controller without Pods counts as a Pod that has its chart's labels, in the namespace of its name.
 */
import type { KubeObject } from '../../api/meta';
import type { NetworkPolicy, Pod } from '../../api/types';
import { type Component, type Context, cacheOf, type Memory, type WatchEvent } from '../../client/component';
import type { MachineSandbox } from '../../machine/records';
import { CLUSTER_DNS_ADDRESS } from '../dns/cluster-dns';
import type { Network } from '../plan';
import type { NetworkRequest } from '../request';
import { type Sender, sourceAddress } from '../sender';
import { type Direction, type End, forbidding, type Target } from './rules';

/** The component's name. */
export const NETWORK_PLUGIN = 'network-plugin';

interface PluginMemory extends Memory {
  /** The steps that wrote the policies, by key. */
  readonly steps: Map<string, number>;
}

const component: Component<PluginMemory> = {
  name: NETWORK_PLUGIN,
  process: NETWORK_PLUGIN,
  watches: [
    { kind: 'NetworkPolicy', on: ({ memory }, { key, step }: WatchEvent) => void memory.steps.set(key, step) },
    ...['Pod', 'Namespace'].map(cacheOf),
  ],
  initial: () => ({ steps: new Map() }),
  handle: () => undefined,
};

/** See the header. */
export const networkPlugin = component as unknown as Component;

/** Why a connection is dropped. */
export interface Dropped {
  readonly because: string;
  readonly cause: number | null;
}

function endOf({ lister }: Context<PluginMemory>, sandbox: MachineSandbox): End {
  const { namespace = '', name } = sandbox.pod.metadata;
  const labels = (lister.get<Pod>('Pod', namespace, name) ?? sandbox.pod).metadata.labels ?? {};
  return { address: sandbox.ip, namespace, labels, namespaceLabels: namespaceLabels(lister, namespace) };
}

function namespaceLabels(lister: Context['lister'], namespace: string): Readonly<Record<string, string>> {
  return lister.get<KubeObject>('Namespace', undefined, namespace)?.metadata.labels ?? {};
}

function judge(
  plugin: Context<PluginMemory>,
  direction: Direction,
  [own, other]: readonly [End, End],
  target: Target,
): Dropped | undefined {
  const policies = plugin.lister.list<NetworkPolicy>('NetworkPolicy', own.namespace);
  const policy = forbidding(policies, direction, own, other, target);
  if (!policy) return undefined;
  const { namespace, name } = policy.metadata;
  const what =
    direction === 'Ingress'
      ? `lets nothing in from ${other.name ?? other.address}`
      : `lets nothing out to ${other.address}`;
  const because = `NetworkPolicy ${namespace}/${name} ${what} on port ${target.port}: packets are dropped`;
  return { because, cause: plugin.memory.steps.get(`${namespace}/${name}`) ?? null };
}

/** The Pod that an Ingress controller sends from: the scenario's own one, or else one as its chart makes it, in a namespace of that name. */
function controllerEnd({ lister }: Context<PluginMemory>, name: string, nodeAddress: string): End {
  const chart = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
  const own = lister
    .list<Pod>('Pod')
    .find(
      ({ metadata, status }) => metadata.labels?.['app.kubernetes.io/name'] === name && status?.phase === 'Running',
    );
  const namespace = own?.metadata.namespace ?? name;
  return {
    address: own?.status?.podIP ?? nodeAddress,
    name,
    namespace,
    labels:
      own?.metadata.labels ??
      (name === 'ingress-nginx' ? { ...chart, 'app.kubernetes.io/component': 'controller' } : chart),
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels(lister, namespace) },
  };
}

/** The Pod that a connection is made from; undefined: it is made by a node, by a Pod in the network of one, or from outside. */
function senderEnd(
  plugin: Context<PluginMemory>,
  { sandbox, node }: Sender,
  { source }: Pick<NetworkRequest, 'source'>,
): End | undefined {
  if (source.kind === 'node' && source.controller !== undefined)
    return controllerEnd(plugin, source.controller, node?.address ?? '');
  return sandbox && !sandbox.pod.spec.hostNetwork ? endOf(plugin, sandbox) : undefined;
}

const pluginOf = ({ context }: Network): Context<PluginMemory> | undefined =>
  context.peer(NETWORK_PLUGIN) as unknown as Context<PluginMemory> | undefined;

/** Whether policies drop a connection from a sender to a Pod; undefined when they let it through, or nobody enforces them. */
export function dropped(
  network: Network,
  sender: Sender,
  to: MachineSandbox,
  port: number,
  request: Pick<NetworkRequest, 'client' | 'scheme' | 'source'>,
): Dropped | undefined {
  const plugin = pluginOf(network);
  const { client, scheme } = request;
  if (!plugin || sender.sandbox === to) return undefined;
  const from = senderEnd(plugin, sender, request);
  // A node's own packets always reach its Pods, and a Pod's itself; Pods in the node's network have no policies.
  if (!from && sender.kind === 'node' && sender.machine?.memory.sandboxes.get(to.pod.metadata.uid ?? '') === to)
    return undefined;
  const there: End = to.pod.spec.hostNetwork ? { address: to.ip } : endOf(plugin, to);
  const here: End = from ?? { address: sourceAddress(sender, client) };
  const target: Target = { port, protocol: scheme === 'udp' ? 'UDP' : 'TCP', pod: to.pod };
  const out = from && judge(plugin, 'Egress', [from, there], target);
  return out ?? (there.namespace === undefined ? undefined : judge(plugin, 'Ingress', [there, here], target));
}

/** Whether policies keep a Pod from asking cluster DNS, whose Pods are taken to have the labels that kubeadm gives them. */
export function dnsDropped(network: Network, sandbox: MachineSandbox): Dropped | undefined {
  const plugin = pluginOf(network);
  if (!plugin || sandbox.pod.spec.hostNetwork) return undefined;
  const dns: End = {
    address: CLUSTER_DNS_ADDRESS,
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    namespaceLabels: namespaceLabels(plugin.lister, 'kube-system'),
  };
  return judge(plugin, 'Egress', [endOf(plugin, sandbox), dns], { port: 53, protocol: 'UDP' });
}

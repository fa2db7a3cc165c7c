/**
 * One request over the cluster's network, from its sender to whoever answers: name, rules of the node where it enters, destination, process. It
 * may lie some seconds back; then everything is asked as it was at that time. What a kernel remembers of it (turns, affinity) is noted.
 * Simplified: a hop takes no time, a connection is made for each request of a client that kept none, and what leaves the cluster reaches nobody.
 */
import { faultsAt } from '../client/environment';
import { isTakingConnections } from '../machine/connections';
import type { KernelNetwork } from '../machine/packet-rules';
import type { MachineContainer, MachineContext } from '../machine/records';
import { askServer } from './api-server-answer';
import { type Arrival, answerAt, arriveAt } from './arrival';
import type { AskedOfOther, AskOthers } from './asks-others';
import { lookUpFrom } from './dns/lookup-from';
import { whyUnknown } from './dns/resolver';
import { viaIngress } from './ingress/via-ingress';
import { kubeletAnswer } from './kubelet-answer';
import { covers, isAddress, machineOfNode, type Network, type NodePlan } from './plan';
import { dropped } from './policy/network-plugin';
import { noteConnection } from './proxy/balance';
import { type Forwarding, forward } from './proxy/forward';
import { type AgentAnswer, healthAnswer } from './proxy/health-check';
import type { Connection, NetworkRequest, RequestFailure, RequestOutcome } from './request';
import { hostOf, type Sender, senderOf } from './sender';

/** Latency of an answer beyond what the program takes. */
const NETWORK_MS = 1;
/** After so long a kernel gives up on an address that nobody has. */
const NO_ROUTE_MS = 3000;
/** After so long a resolver gives up on a server that is silent: two tries of five seconds. */
const DNS_TIMEOUT_MS = 10_000;

/** Why a request did not arrive. */
interface Failing {
  readonly failure: RequestFailure;
  readonly because: string;
  readonly cause: number | null;
  readonly latencyMs: number;
  readonly path: readonly string[];
  readonly podUid?: string;
}

const fails = (
  failure: RequestFailure,
  latencyMs: number,
  path: readonly string[],
  because: string,
  cause: number | null = null,
): Failing => ({ failure, latencyMs, path, because, cause });

const silent = (
  { timeoutMs }: NetworkRequest,
  path: readonly string[],
  because: string,
  cause: number | null = null,
): Failing => fails('timeout', timeoutMs, path, because, cause);

/** Why nothing passes between two machines, or a machine and the world outside; undefined when it does. */
function severed(
  from: MachineContext | undefined,
  to: MachineContext,
  node: NodePlan,
  atMs: number,
): { readonly because: string; readonly cause: number | null } | undefined {
  const { powerCut, partition } = to.memory;
  if (node.joinsAtMs > atMs) return { because: `Node ${node.name} has not joined yet`, cause: null };
  if (covers(powerCut, atMs)) return { because: `Node ${node.name} is dead: nobody answers`, cause: powerCut.step };
  if (from === to) return undefined;
  if (covers(partition, atMs))
    return { because: `Node ${node.name} is cut off from the network`, cause: partition.step };
  const own = from?.memory.partition;
  if (covers(own, atMs)) return { because: 'the node it comes from is cut off from the network', cause: own.step };
  return undefined;
}

/** The address that a host stands for. */
function addressOf(network: Network, sender: Sender, request: NetworkRequest): string | Failing {
  const { host, atMs } = request;
  if (isAddress(host)) return host;
  const node = sender.kind === 'outside' ? network.plan.nodes.get(host) : undefined;
  if (node) return node.address;
  const own = hostOf(sender, host);
  if (own !== undefined) return own;
  const found = lookUpFrom(network, sender, sender.resolver, host, atMs);
  switch (found.kind) {
    case 'found':
      return found.addresses[Math.floor(request.draw * 7919) % found.addresses.length] as string;
    case 'silent':
      return fails(
        'dns',
        Math.min(request.timeoutMs, DNS_TIMEOUT_MS),
        [],
        `${host} can't be looked up: ${found.because}`,
        found.cause,
      );
    default: {
      const { because, cause } = whyUnknown(network, sender.resolver, host, atMs);
      return fails('dns', NETWORK_MS, [], because, cause);
    }
  }
}

/** What an agent of a node answers itself; undefined when the address is not the node's, or nobody is asked there. */
function agentAnswer(
  { context }: Network,
  machine: MachineContext,
  { name, address }: NodePlan,
  { address: asked, port, isLoopback, sandbox }: Forwarding,
  request: NetworkRequest,
): AgentAnswer | undefined {
  const isNodes = asked === address || (isLoopback && (sandbox === undefined || sandbox.pod.spec.hostNetwork === true));
  if (!isNodes || request.scheme === 'udp') return undefined;
  return (
    kubeletAnswer(context, name, port, request, isLoopback) ?? healthAnswer(context, machine, name, port, request.atMs)
  );
}

/** Sends a request that needs no rules to a machine's own address or a Pod's. */
function direct(network: Network, sender: Sender, request: NetworkRequest, forwarding: Forwarding): RequestOutcome {
  const { atMs, timeoutMs } = request;
  const { node, path } = forwarding;
  if (forwarding.isApiServer) return askApiServer(network, sender, request, path);
  const machine = node && machineOfNode(network, node.name);
  if (!node || !machine) return silent(request, path, `nobody in the cluster has the address ${forwarding.address}`);
  const cut = severed(forwarding.from ?? sender.machine, machine, node, atMs);
  if (cut)
    return {
      ...silent(request, path, cut.because, cut.cause),
      ...(forwarding.podUid ? { podUid: forwarding.podUid } : {}),
    };
  const agent = agentAnswer(network, machine, node, forwarding, request);
  if (agent) {
    const { status, body, station } = agent;
    const said = request.scheme === 'tcp' ? {} : { status, body };
    const failed = said.status === undefined || status < 400 ? {} : { failure: `http-${status}` as const };
    const because = failed.failure ? agent.because : '';
    return { ...said, ...failed, latencyMs: NETWORK_MS, path: [...path, station], because, cause: null };
  }
  const arrival = arriveAt(machine, node, forwarding, request);
  if (!arrival) {
    const because = `no Pod has the address ${forwarding.address} any more`;
    if (timeoutMs < NO_ROUTE_MS) return silent(request, path, because, forwarding.step);
    return fails('unreachable', NO_ROUTE_MS, path, because, forwarding.step);
  }
  const { sandbox, podUid, label } = arrival;
  const forbidden =
    sandbox && !forwarding.isLoopback && dropped(network, sender, sandbox, arrival.port ?? forwarding.port, request);
  if (forbidden) {
    const stations = label === path[path.length - 1] ? path : [...path, label];
    return { ...silent(request, stations, forbidden.because, forbidden.cause), ...(podUid ? { podUid } : {}) };
  }
  return outcome(network, request, forwarding, arrival, machine);
}

/** What the API server answers to somebody in the network. */
function askApiServer(
  { context }: Network,
  { sandbox }: Sender,
  request: NetworkRequest,
  stations: readonly string[],
): RequestOutcome {
  const { scheme, atMs } = request;
  for (const { type, component, step } of faultsAt(context.environment, atMs)) {
    const isDown = type === 'api-server-down' || (type === 'component-down' && component === 'kube-apiserver');
    if (isDown) return fails('refused', NETWORK_MS, stations, 'the API server is down', step);
  }
  const arrived = { latencyMs: NETWORK_MS, path: [...stations, 'kube-apiserver'], cause: null };
  if (scheme === 'tcp') return { ...arrived, because: '' };
  if (scheme === 'http')
    return { ...arrived, failure: 'http-400', status: 400, because: 'the API server speaks TLS only' };
  const { status, body } = askServer(context.client, request, sandbox?.pod);
  if (status === 200) return { ...arrived, status, because: '', body };
  const because =
    { 401: 'the API server does not know the token', 403: 'the API server does not let who asks' }[status] ??
    'the API server has no answer to it';
  return { ...arrived, failure: `http-${status}`, status, because, body };
}

/** An outcome while it is put together. */
type Filling = { -readonly [key in keyof RequestOutcome]: RequestOutcome[key] };

/** How programs on a node ask others, at the moment at which they are asked themselves. */
function askOther(
  network: Network,
  { atMs, draw }: NetworkRequest,
  node: NodePlan | undefined,
  uid: string,
  asked: AskedOfOther,
): RequestOutcome {
  const source = { kind: 'pod', uid, ...(node ? { node: node.name } : {}) } as const;
  const usual = { method: 'GET', path: '/', headers: {}, client: uid };
  return sendRequest(network, { ...usual, ...asked, atMs, source, draw: (draw * 7919) % 1 });
}

/** What the process that was reached answers. */
function outcome(
  network: Network,
  request: NetworkRequest,
  { path: before, port: asked, node }: Pick<Forwarding, 'path' | 'port' | 'node'>,
  arrival: Arrival,
  machine: MachineContext,
): RequestOutcome {
  const { label, podUid } = arrival;
  const ask: AskOthers = (uid, other) => askOther(network, request, node, uid, other);
  const answer = answerAt(machine, arrival, request, asked, ask);
  const path = [...before, ...(label === before[before.length - 1] ? [] : [label]), ...(answer.via ?? [])];
  const { failure, status, because, cause, body, containerId, location, server, range } = answer;
  const latencyMs = answer.latencyMs + NETWORK_MS;
  const result: Filling = { latencyMs, path, because, cause };
  if (podUid !== undefined) result.podUid = podUid;
  if (containerId !== undefined) result.containerId = containerId;
  if ((failure === undefined || status !== undefined) && latencyMs >= request.timeoutMs) {
    result.failure = 'timeout';
    result.latencyMs = request.timeoutMs;
    result.because = answer.isLost
      ? because
      : `${label} takes ${answer.latencyMs} ms to answer, and ${request.waiting ?? 'the client'} waits ${request.timeoutMs} ms`;
    return result;
  }
  if (failure !== undefined) result.failure = failure;
  if (status !== undefined) result.status = status;
  if (body !== undefined) result.body = body;
  if (location !== undefined) result.location = location;
  if (server !== undefined) result.server = server;
  if (range !== undefined) result.range = range;
  const isKept = status !== undefined && podUid !== undefined && containerId !== undefined && node !== undefined;
  if (isKept) result.connection = { node: node.name, podUid, containerId, port: arrival.port ?? asked, path };
  return result;
}

function containerOf({ memory }: MachineContext, id: string): MachineContainer | undefined {
  const departed = () => memory.departed.flatMap(({ containers }) => containers).find((one) => one.id === id);
  return memory.containers.get(id) ?? departed();
}

/** Sends over a connection that is open still; undefined when it was closed. */
function onConnection(network: Network, connection: Connection, request: NetworkRequest): RequestOutcome | undefined {
  const { node: name, containerId, podUid, port, path } = connection;
  const { atMs } = request;
  const node = network.plan.nodes.get(name);
  const machine = machineOfNode(network, name);
  const container = machine && containerOf(machine, containerId);
  if (!node || !machine || !container || !isTakingConnections(container, atMs)) return undefined;
  if (container.state === 'exited' && container.finishedAtMs <= atMs) return undefined;
  const cut = severed(undefined, machine, node, atMs);
  if (cut) return { ...silent(request, path, cut.because, cut.cause), podUid };
  const label = path[path.length - 1] ?? '';
  const result = outcome(network, request, { port, path, node }, { label, podUid, containers: [container] }, machine);
  if (result.failure !== 'reset') return result;
  // Who loses power doesn't say so.
  const dark = severed(undefined, machine, node, atMs + result.latencyMs);
  return dark ? { ...silent(request, path, dark.because, dark.cause), podUid } : result;
}

function remember(
  kernel: KernelNetwork | undefined,
  { chosen, rules }: Forwarding,
  request: NetworkRequest,
  { latencyMs }: RequestOutcome,
): void {
  if (kernel && chosen && rules) noteConnection(kernel, rules, chosen, request, request.atMs + latencyMs);
}

/**
 * Sends a request and says what becomes of it. The component whose context the network holds must declare {@link NETWORK_READS}.
 * @throws never for what a scenario says
 */
export function sendRequest(network: Network, request: NetworkRequest): RequestOutcome {
  const { connection } = request;
  const kept = connection && onConnection(network, connection, request);
  if (kept) return kept;
  const sender = senderOf(network, request);
  if (!sender) return fails('unreachable', 0, [], 'the Pod that sends it is not running');
  const address = addressOf(network, sender, request);
  if (typeof address !== 'string')
    return (address.failure === 'dns' && viaIngress(network, request, sendRequest)) || address;
  const forwarding = forward(network, sender, request, address);
  if ('failure' in forwarding) {
    const { failure, because, step, path } = forwarding;
    return fails(failure, failure === 'timeout' ? request.timeoutMs : NETWORK_MS, path, because, step);
  }
  // An address that no machine has may be one that an Ingress controller publishes.
  const entered = forwarding.node || forwarding.isApiServer ? undefined : viaIngress(network, request, sendRequest);
  if (entered) return entered;
  const result = direct(network, sender, request, forwarding);
  remember(forwarding.from?.memory.network, forwarding, request, result);
  return result;
}

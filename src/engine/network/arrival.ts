/**
 * What a packet finds where it arrives: the Pod that has the address, or the node's own network, and the process that listens there. Everything as it was
 * at a moment.
 */
import type { Pod } from '../api/types';
import { bodyOf, fourLetters, serverOf } from '../machine/bodies';
import { isTakingConnections } from '../machine/connections';
import { logFailure, logNoRequest, logRequest } from '../machine/container-output';
import { partOf } from '../machine/content-range';
import { keepFiles, visibleFiles } from '../machine/filesystem';
import { answerHttp, isListening, listenerOf } from '../machine/listeners';
import type { MachineContainer, MachineContext, MachineSandbox } from '../machine/records';
import { answerIn } from '../machine/shell/accept';
import { isForRedis, redisTakes } from '../machine/shell/redis';
import type { Listening } from '../machine/shell/results';
import { hostAsked } from '../machine/sites';
import { type AskOthers, afterOthers } from './asks-others';
import type { NodePlan } from './plan';
import type { Forwarding } from './proxy/forward';
import type { NetworkRequest, RequestFailure } from './request';

/** What a server of the web takes for the beginning of a request. */
const IS_REQUEST = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/;

/** Who has the address. */
export interface Arrival {
  /** `Pod shop/web-x`, or the node. */
  readonly label: string;
  readonly podUid: string | undefined;
  readonly containers: readonly MachineContainer[];
  readonly sandbox?: MachineSandbox;
  /** A host port leads to another one in the Pod. */
  readonly port?: number;
}

/** What was answered, or why nothing was. */
export interface Answered {
  readonly failure?: RequestFailure;
  readonly status?: number;
  readonly latencyMs: number;
  readonly because: string;
  readonly cause: number | null;
  readonly containerId?: string;
  readonly body?: string | undefined;
  readonly location?: string;
  /** `nginx/1.29.3`, where the server tells it. */
  readonly server?: string;
  readonly range?: string;
  /** The stations that it asked in turn. */
  readonly via?: readonly string[];
  /** Somebody else is the reason of its failure. */
  readonly isLost?: true;
}

const labelOf = ({ metadata }: Pod): string => `Pod ${metadata.namespace}/${metadata.name}`;

/** So long the runtime needs to take down the network of a sandbox: until then the kernel answers for its address. */
const TAKEN_DOWN_MS = 1000;

function wasThere({ madeAtMs, stoppedAtMs }: MachineSandbox, atMs: number, afterwardsMs = 0): boolean {
  return madeAtMs <= atMs && (stoppedAtMs === undefined || atMs < stoppedAtMs + afterwardsMs);
}

function ofPod({ memory }: MachineContext, sandbox: MachineSandbox): Arrival {
  const { pod, containers } = sandbox;
  const there: MachineContainer[] = [];
  for (const id of containers) {
    const container = memory.containers.get(id);
    if (container) there.push(container);
  }
  return { label: labelOf(pod), podUid: pod.metadata.uid, containers: there, sandbox };
}

function podWithAddress(machine: MachineContext, { address, numeric }: Forwarding, atMs: number): Arrival | undefined {
  const { memory } = machine;
  const current = memory.sandboxes.get(memory.addresses.get(numeric) ?? '');
  if (current && wasThere(current, atMs)) return ofPod(machine, current);
  for (const sandbox of memory.sandboxes.values())
    if (sandbox.ip === address && wasThere(sandbox, atMs, TAKEN_DOWN_MS)) return ofPod(machine, sandbox);
  const departed = memory.departed.find(
    ({ sandbox }) => sandbox.ip === address && wasThere(sandbox, atMs, TAKEN_DOWN_MS),
  );
  if (!departed) return undefined;
  const { pod } = departed.sandbox;
  return { label: labelOf(pod), podUid: pod.metadata.uid, containers: departed.containers, sandbox: departed.sandbox };
}

function hostPortOf({ pod }: MachineSandbox, port: number, isUdp: boolean): number | undefined {
  for (const { ports } of pod.spec.containers) {
    const found = ports?.find(({ hostPort, protocol }) => hostPort === port && (protocol === 'UDP') === isUdp);
    if (found) return found.containerPort;
  }
  return undefined;
}

const isConcerned = ({ behaviour }: MachineContainer, port: number): boolean =>
  behaviour.listeners.some((listener) => listener.port === port);

/** Whoever listens in the node's own network, or has asked for one of its ports. */
function onNode(machine: MachineContext, node: NodePlan, port: number, atMs: number, isUdp: boolean): Arrival {
  const sandboxes = [...machine.memory.sandboxes.values(), ...machine.memory.departed.map(({ sandbox }) => sandbox)];
  const there = sandboxes.filter((sandbox) => wasThere(sandbox, atMs));
  for (const sandbox of there) {
    const inside = sandbox.pod.spec.hostNetwork ? undefined : hostPortOf(sandbox, port, isUdp);
    if (inside !== undefined) return { ...ofPod(machine, sandbox), port: inside };
  }
  const own = there.filter(({ pod }) => pod.spec.hostNetwork).map((sandbox) => ofPod(machine, sandbox));
  const listening = own.find(({ containers }) => containers.some((one) => isListening(one, port, atMs, isUdp)));
  // Who would listen there tells why nobody does.
  const wanted = own.findLast(({ containers }) => containers.some((one) => isConcerned(one, port)));
  return listening ?? wanted ?? { label: `Node ${node.name}`, podUid: undefined, containers: [] };
}

/** Who has the address of a packet; undefined when nobody has. */
export function arriveAt(
  machine: MachineContext,
  node: NodePlan,
  forwarding: Forwarding,
  { atMs, scheme }: Pick<NetworkRequest, 'atMs' | 'scheme'>,
): Arrival | undefined {
  const { address, port, isLoopback, sandbox } = forwarding;
  if (isLoopback && sandbox && !sandbox.pod.spec.hostNetwork) return ofPod(machine, sandbox);
  if (isLoopback || address === node.address) return onNode(machine, node, port, atMs, scheme === 'udp');
  return podWithAddress(machine, forwarding, atMs);
}

/** Why nobody takes the connection, from what is known of those who might have. */
function refusal({ containers, label }: Arrival, port: number, atMs: number): Answered {
  const refused = (because: string, cause: number | null): Answered => ({
    failure: 'refused',
    latencyMs: 0,
    because,
    cause,
  });
  const concerned = containers.filter((container) => isConcerned(container, port));
  for (const container of concerned.toReversed()) {
    const { startedStep = null, stopAskedMs, stopAskedStep = null, state, finishedAtMs, servingSinceMs } = container;
    const told = `${label} refuses the connection`;
    if (stopAskedMs !== undefined && !isTakingConnections(container, atMs))
      return refused(
        `${told}: container ${container.name} was told to end ${atMs - stopAskedMs} ms before`,
        stopAskedStep,
      );
    if (state === 'exited' && finishedAtMs <= atMs)
      return refused(
        `${told}: container ${container.name} ended ${atMs - finishedAtMs} ms before with ${container.exitCode}`,
        container.endedStep ?? null,
      );
    if (servingSinceMs === undefined || servingSinceMs > atMs)
      return refused(
        `${told}: container ${container.name} does not listen ${container.hasServed ? 'any more' : 'yet'}`,
        startedStep,
      );
    return refused(`${told}: container ${container.name} does not listen on port ${port} yet`, startedStep);
  }
  return refused(`${label} refuses the connection: nothing listens on port ${port}`, null);
}

/** The connection breaks when the process that holds it ends before it has answered. */
function broken(
  container: MachineContainer,
  { atMs }: NetworkRequest,
  latencyMs: number,
  label: string,
): Answered | undefined {
  const { state, finishedAtMs, endedStep = null, name, id } = container;
  if (state !== 'exited' || finishedAtMs >= atMs + latencyMs) return undefined;
  const because = `container ${name} of ${label} ended before it had answered: the connection is reset`;
  return { failure: 'reset', latencyMs: finishedAtMs - atMs, because, cause: endedStep, containerId: id };
}

/** What the processes that were reached answer. */
export function answerAt(
  machine: MachineContext,
  arrival: Arrival,
  request: NetworkRequest,
  asked: number,
  ask: AskOthers,
): Answered {
  const { atMs, scheme, path } = request;
  const { containers, label } = arrival;
  const port = arrival.port ?? asked;
  for (const container of containers) {
    const { id } = container;
    const isUdp = scheme === 'udp';
    const program = request.wantsBody ? listenerOf(container, port, isUdp, atMs) : undefined;
    if (program) return taken(machine, container, program, request);
    if (isUdp || scheme === 'tcp') {
      if (!isListening(container, port, atMs, isUdp)) continue;
      const body = isUdp ? undefined : (fourLetters(port, request.text ?? '') ?? ofRedis(machine, container, request));
      const plain = { latencyMs: 0, because: '', cause: null, containerId: id };
      if (body) return { ...plain, body };
      const server =
        isUdp || !request.text?.includes('\n') || IS_REQUEST.test(request.text) ? undefined : serverOf(container);
      if (server === undefined) return plain;
      const page = bodyFrom(machine, container, request, port, 400, undefined);
      logNoRequest({ context: machine }, container, request, page.length);
      return { ...plain, status: 400, server, body: page };
    }
    const { method, headers } = request;
    const asked = { method, host: hostAsked(request) };
    const answer = answerHttp(container, port, path, atMs, () => visibleFiles(machine, container), asked);
    if (!answer) continue;
    const given = afterOthers(answer, arrival, request, ask);
    const { latencyMs, tls, lost, location, via } = given;
    const reset = broken(container, request, latencyMs, label);
    if (reset) return reset;
    if (scheme === 'https' && !tls)
      return { failure: 'reset', latencyMs, because: `${label} does not speak TLS on this port`, cause: null };
    // Go's servers say 400 to whoever speaks plain HTTP where TLS is spoken.
    const whole = scheme === 'http' && tls ? 400 : given.status;
    const server = serverOf(container);
    const page = (of: number): string => given.text ?? bodyFrom(machine, container, request, port, of, given.file);
    const sent = request.wantsBody ? page(whole) : undefined;
    const wanted = server && whole === 200 && request.method === 'GET' ? request.headers.range : undefined;
    const part = partOf(wanted, sent ?? '');
    const status = part?.status ?? whole;
    const body = part?.status === 416 ? page(416) : (part?.body ?? sent);
    // Of load and probes no lines are kept: there are too many of them.
    if (body !== undefined) {
      const { client } = request;
      const agent = headers['user-agent'] ?? '-';
      if (lost?.logged)
        logFailure({ context: machine }, container, { logged: lost.logged, client, method, path, host: asked.host });
      logRequest({ context: machine }, container, { client, method, path, status, bytes: body.length, agent });
    }
    if (status < 400 && !request.wantsBody && location === undefined && !via)
      return { status, latencyMs, because: '', cause: null, containerId: id };
    const onwards = {
      ...(location === undefined ? {} : { location }),
      ...(server === undefined ? {} : { server }),
      ...(part ? { range: part.range } : {}),
      ...(via ? { via } : {}),
      ...(lost ? { isLost: true as const } : {}),
    };
    if (status < 400) return { status, latencyMs, because: '', cause: null, containerId: id, body, ...onwards };
    const { because, cause } = lost ?? { because: `${label} answers ${status}`, cause: null };
    return { failure: `http-${status}`, status, latencyMs, because, cause, containerId: id, body, ...onwards };
  }
  return refusal(arrival, port, atMs);
}

/** What a Redis answers, which keeps what it is told. */
function ofRedis(
  machine: MachineContext,
  container: MachineContainer,
  { text = '' }: NetworkRequest,
): string | undefined {
  if (!isForRedis(text)) return undefined;
  const before = visibleFiles(machine, container);
  const answer = redisTakes(text, before, container.behaviour.settings);
  if (answer.files !== before)
    machine.memory.containers.set(container.id, { ...container, files: keepFiles(machine, container, answer.files) });
  return answer.text;
}

/** A program of a shell takes the connection: it reads what is sent when it goes on, and has said before what it answers. */
function taken(
  machine: MachineContext,
  { id, token }: MachineContainer,
  { port, isUdp, reply }: Listening,
  { scheme, method, path, headers, text = '' }: NetworkRequest,
): Answered {
  const isHttp = scheme === 'http' || scheme === 'https';
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const sent = isHttp ? `${method} ${path} HTTP/1.1\n${lines.join('')}\n${text}` : text;
  const container = machine.memory.containers.get(id) as MachineContainer;
  const arrived = [...(container.arrived ?? []), { port, isUdp, text: sent }];
  machine.memory.containers.set(id, { ...container, arrived });
  machine.after(0, 'shell', `${id}/${token}`);
  if (!isHttp) return { latencyMs: 0, because: '', cause: null, containerId: id, body: reply };
  const { status, body } = answerIn(reply);
  return {
    status,
    latencyMs: 0,
    because: '',
    cause: null,
    containerId: id,
    body,
    ...(status < 400 ? {} : { failure: `http-${status}` as const }),
  };
}

function bodyFrom(
  machine: MachineContext,
  container: MachineContainer,
  request: NetworkRequest,
  port: number,
  status: number,
  file: string | undefined,
): string {
  const sandbox = machine.memory.sandboxes.get(container.podUid);
  if (!sandbox) return '';
  const filesOf = () => visibleFiles(machine, container);
  const { pod, ip: address } = sandbox;
  const { now } = machine;
  return bodyOf({ ...request, container, pod, address, port, now, status, filesOf, file });
}

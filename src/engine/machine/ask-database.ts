/** What a Pod answers its kubelet. Programs that ask their database before do so over the network of their Pod, as they would for anybody. */
import type { HttpAnswer } from './cri';
import { visibleFiles } from './filesystem';
import { answerHttp } from './listeners';
import type { ShellNetwork } from './network-face';
import { passOn } from './pass-on';
import type { Machine, MachineContainer } from './records';
import { CLIENTS_GIVE_UP_MS } from './shell/network-options';
import { DATABASE_TIMEOUT_MS, type DatabaseAddress } from './wordpress';

/** After how many ms a program knows that its database is not to be had; undefined when it is. */
function missedAfterMs(network: ShellNetwork, { host, port }: DatabaseAddress): number | undefined {
  const found = network.lookUp(host);
  if (found.kind !== 'found') return found.kind === 'silent' ? CLIENTS_GIVE_UP_MS : 1;
  const [address = ''] = found.addresses;
  const request = { scheme: 'tcp', address, port, method: 'GET', path: '/', headers: {} } as const;
  const { failure, latencyMs } = network.send({ ...request, timeoutMs: DATABASE_TIMEOUT_MS });
  return failure === undefined ? undefined : latencyMs;
}

/** What a program of a Pod answers once it has asked its database, or whom it passes the request on to, if it has to. */
function afterOthers(
  { context, node, surroundings }: Machine,
  podUid: string,
  answer: HttpAnswer,
  path: string,
): HttpAnswer {
  const { database, pass, ...rest } = answer;
  const pod = (database ?? pass) && context.memory.sandboxes.get(podUid)?.pod;
  if (!pod) return rest;
  const network = surroundings.networkOf(context, pod, node);
  if (pass) {
    const asked = { method: 'GET', path, headers: { host: '' }, draw: 0 };
    const { status, latencyMs } = passOn(pass, asked, (request) => network.send(request));
    return { status, latencyMs: rest.latencyMs + latencyMs, tls: rest.tls };
  }
  if (!database) return rest;
  const missed = missedAfterMs(network, database);
  if (missed === undefined) return rest;
  return { status: 500, latencyMs: rest.latencyMs + missed, tls: rest.tls };
}

/** The answer of the first of a Pod's containers that has one; undefined: connection refused. */
export function answerFrom(
  machine: Machine,
  podUid: string,
  containers: readonly MachineContainer[],
  port: number,
  path: string,
): HttpAnswer | undefined {
  const { context } = machine;
  for (const container of containers) {
    const answer = answerHttp(container, port, path, context.nowMs, () => visibleFiles(context, container));
    if (answer) return afterOthers(machine, podUid, answer, path);
  }
  return undefined;
}

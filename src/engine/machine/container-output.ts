/** What containers print: kept in their logs, told to those who wait for it; the lines of the image's own program. */
import type { StreamWake } from '../api/pod-streams';
import type { Context } from '../client/component';
import { type BindFailure, bindFailure } from './bind-failures';
import { type LogStream, printed } from './container-log';
import { isPythonServer } from './file-servers';
import {
  accessLine,
  entrypointOutput,
  formsOf,
  type LoggedRequest,
  type OutputMoment,
  pythonLines,
  serverOutput,
  warningText,
  withoutEntrypoint,
} from './image-output';
import { podHostname } from './pod-hostname';
import type { Machine, MachineContainer } from './records';

/** Wakes whoever waits for what a container prints. */
export function tellFollowers({ context }: Pick<Machine, 'context'>, id: string): void {
  const { followers } = context.memory;
  for (const { actor, kind, key } of followers.get(id) ?? []) context.wake(actor, kind, key);
  followers.delete(id);
}

/** Adds to what a container has printed. */
export function print(machine: Pick<Machine, 'context'>, id: string, stream: LogStream, text: string): void {
  const { memory, nowMs } = machine.context;
  const container = memory.containers.get(id);
  if (!container || text === '') return;
  memory.containers.set(id, { ...container, log: printed(container.log, stream, text, nowMs) });
  tellFollowers(machine, id);
}

/** The present moment as the program of a container would print it. */
export function momentOf(
  { context, surroundings, node = '' }: Pick<Machine, 'context'> & Partial<Machine>,
  { podUid, behaviour, worker }: MachineContainer,
): OutputMoment {
  const { ip: own, pod } = context.memory.sandboxes.get(podUid) ?? {};
  // What has the node's network has its address.
  const ip = own || (surroundings?.networkOf(context as unknown as Context, pod, node).address ?? '');
  const ports = behaviour.listeners.map(({ port }) => port);
  return {
    now: context.now,
    ms: context.nowMs % 1000,
    ip,
    host: pod ? podHostname(pod) : '',
    ports,
    tag: behaviour.tag,
    ...(worker === undefined ? {} : { worker }),
  };
}

/** Prints what the image's own program says at a moment of its life. */
export function printServer(machine: Machine, container: MachineContainer, when: 'start' | 'failed' | 'stop'): void {
  const { catalogueName, warnings } = container.behaviour;
  if (catalogueName === undefined) return;
  const moment = momentOf(machine, container);
  const said = serverOutput(catalogueName, when, moment);
  // A command in place of the entrypoint leaves that silent; where it is run as a script it has spoken.
  const isBare = container.spec.command?.length || container.behaviour.command;
  const isWarned = warnings && when === 'start';
  if (isWarned) {
    if (!isBare) print(machine, container.id, 'stdout', entrypointOutput(catalogueName, moment));
    print(machine, container.id, 'stderr', warningText(warnings, moment));
  }
  if (said) print(machine, container.id, said.stream, isBare || isWarned ? withoutEntrypoint(said.text) : said.text);
}

/** Prints what a container's own program says of a port that another has, and tells how it ends. */
export function printBindFailure(machine: Machine, container: MachineContainer, port: number): BindFailure {
  const { id, spec, behaviour } = container;
  const { programs, catalogueName = '' } = behaviour;
  const moment = momentOf(machine, container);
  const failure = bindFailure(programs.servers[0] ?? '', port, programs.base, moment);
  if (!spec.command?.length) print(machine, id, 'stdout', entrypointOutput(catalogueName, moment));
  print(machine, id, 'stdout', failure.output ?? '');
  print(machine, id, 'stderr', failure.errors ?? '');
  return failure;
}

/** Writes a request into the access log of the image's own server, if that keeps one. */
export function logRequest(
  machine: Pick<Machine, 'context'>,
  container: MachineContainer,
  request: LoggedRequest,
): void {
  const { catalogueName, command } = container.behaviour;
  if (isPythonServer(command)) {
    print(machine, container.id, 'stderr', pythonLines(request, momentOf(machine, container)));
    return;
  }
  if (catalogueName === undefined) return;
  const line = accessLine(catalogueName, request, momentOf(machine, container));
  if (line) print(machine, container.id, 'stdout', line);
}

/** Who sends what is no request stands in the access log all the same, with the line that was sent. */
export function logNoRequest(
  machine: Pick<Machine, 'context'>,
  container: MachineContainer,
  { client, text = '' }: { readonly client: string; readonly text?: string },
  bytes: number,
): void {
  const sent = text.split(/\r?\n/)[0] ?? '';
  logRequest(machine, container, { method: '', path: '', agent: '-', client, status: 400, bytes, sent });
}

/** Writes into the error log of nginx why a request that it passed on came to nothing. */
export function logFailure(
  machine: Pick<Machine, 'context'>,
  container: MachineContainer,
  { logged, client, method, path, host }: Readonly<Record<'logged' | 'client' | 'method' | 'path' | 'host', string>>,
): void {
  if (!container.behaviour.catalogueName?.startsWith('nginx')) return;
  const { slashed, worker } = formsOf(momentOf(machine, container));
  const line = `${slashed} [error] ${worker}#${worker}: *1 ${logged}, client: ${client}, request: "${method} ${path} HTTP/1.1", host: "${host}"\n`;
  print(machine, container.id, 'stderr', line);
}

/** Has somebody woken, once, when a container prints or ends. */
export function follow({ context }: Machine, id: string, follower: StreamWake): void {
  const { followers } = context.memory;
  const others = (followers.get(id) ?? []).filter(({ actor, key }) => actor !== follower.actor || key !== follower.key);
  followers.set(id, [...others, follower]);
}

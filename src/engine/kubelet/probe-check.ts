/**
 * One probe against one simulated container: what it answers at this moment, with the real prober's words.
 * Follows pkg/kubelet/prober/prober.go and pkg/probe/{http,tcp,exec,grpc}. Answers come at once, unless slower than the timeout;
 * TLS is spoken by nobody.
 */
import type { Container, HTTPGetAction, Pod, Probe } from '../api/types';
import { COMMANDS, type ShellHost } from '../machine/shell/commands';
import { compileCommand, compileShell } from '../machine/shell/program';
import { runShell, SHELL_START } from '../machine/shell/shell';
import type { Behaviour, Listener } from './image-behaviour';
import type { ContainerRecord } from './records';

/** What a probe sees. */
export interface ProbeTarget {
  readonly pod: Pod;
  readonly spec: Container;
  readonly container: ContainerRecord;
  readonly ip: string;
  readonly nowMs: number;
  /** A shell inside the container. */
  readonly host: ShellHost;
}

/** The answer; `message` is what the Unhealthy Event says after the colon. */
export interface ProbeAnswer {
  readonly ok: boolean;
  readonly message: string;
}

const OK: ProbeAnswer = { ok: true, message: '' };
const failed = (message: string): ProbeAnswer => ({ ok: false, message });

/** The number of a port given by number or by name. */
export function resolvePort(port: number | string, spec: Container): number | undefined {
  if (typeof port === 'number') return port;
  return spec.ports?.find((candidate) => candidate.name === port)?.containerPort ?? (Number(port) || undefined);
}

/** The listener that takes a request now, if any. */
function findListener(container: ContainerRecord, port: number, nowMs: number, path?: string): Listener | undefined {
  const since = container.servingSinceMs;
  if (since === undefined || !container.behaviour) return undefined;
  const open = container.behaviour.listeners.filter((entry) => entry.port === port && nowMs >= since + entry.afterMs);
  if (path === undefined) return open[0];
  const bare = path.split('?')[0];
  const exact = open.find((entry) => entry.path === bare) ?? open.find((entry) => entry.path === undefined);
  return exact ?? (open[0] && { ...open[0], status: 404 });
}

function statusOf(listener: Listener, behaviour: Behaviour, container: ContainerRecord, path: string): number {
  if (behaviour.webRoot === undefined || listener.path !== undefined || listener.status !== 200) return listener.status;
  const plain = path.split('?')[0] as string;
  if (plain === '/') return 200;
  return container.files[`${behaviour.webRoot}${plain}`] === undefined ? 404 : 200;
}

/** HTTP status of a GET on the container's own address, or why there is none. */
export function answerHttp(
  container: ContainerRecord,
  port: number,
  path: string,
  nowMs: number,
): { status: number; latencyMs: number } | undefined {
  const listener = findListener(container, port, nowMs, path);
  if (!listener || !container.behaviour) return undefined;
  return { status: statusOf(listener, container.behaviour, container, path), latencyMs: listener.latencyMs };
}

function checkHttp(action: HTTPGetAction, timeoutMs: number, target: ProbeTarget): ProbeAnswer {
  const port = resolvePort(action.port, target.spec);
  if (port === undefined) return failed(`couldn't find port: ${action.port}`);
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const host = action.host || target.ip;
  const path = (action.path ?? '/').startsWith('/') ? (action.path ?? '/') : `/${action.path}`;
  const url = `Get "${scheme}://${host}:${port}${path}"`;
  const own = host === target.ip || host === 'localhost' || host === '127.0.0.1';
  if (!own && scheme === 'https') return failed(`${url}: http: server gave HTTP response to HTTPS client`);
  if (!own) return failed(`${url}: dial tcp: lookup ${host}: no such host`);
  const answer = answerHttp(target.container, port, path, target.nowMs);
  if (!answer) return failed(`${url}: dial tcp ${host}:${port}: connect: connection refused`);
  if (scheme === 'https') return failed(`${url}: http: server gave HTTP response to HTTPS client`);
  if (answer.latencyMs >= timeoutMs) {
    return failed(`${url}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`);
  }
  if (answer.status >= 200 && answer.status < 400) return OK;
  return failed(`HTTP probe failed with statuscode: ${answer.status}`);
}

function checkTcp(port: number | string, host: string | undefined, target: ProbeTarget): ProbeAnswer {
  const number = resolvePort(port, target.spec);
  if (number === undefined) return failed(`couldn't find port: ${port}`);
  const address = host || target.ip;
  if (address !== target.ip && address !== 'localhost') return failed(`dial tcp: lookup ${address}: no such host`);
  if (findListener(target.container, number, target.nowMs)) return OK;
  return failed(`dial tcp ${address}:${number}: connect: connection refused`);
}

/** What a command run inside a container comes to: exit code, output, and how long it took. */
export interface ExecResult {
  readonly code: number;
  readonly output: string;
  readonly tookMs: number;
}

/** Runs a command inside a container to its end, or until `limitMs` have passed. */
export function execInContainer(command: readonly string[], host: ShellHost, limitMs: number): ExecResult {
  const isShellText = /(^|\/)(sh|bash|ash|dash)$/.test(command[0] ?? '') && /^-\w*c$/.test(command[1] ?? '');
  const code = isShellText ? compileShell(command[2] ?? '') : compileCommand(command);
  if (!code) return { code: 2, output: 'sh: syntax error', tookMs: 0 };
  const name = (command[0] ?? '').split('/').pop() as string;
  if (!isShellText && host.bare && !COMMANDS.has(name)) {
    const output = `exec: "${command[0]}": executable file not found in $PATH`;
    return { code: 127, output, tookMs: 0 };
  }
  let state = SHELL_START;
  let output = '';
  let tookMs = 0;
  for (let runs = 0; runs < 1000; runs++) {
    const run = runShell(code, state, host);
    output += run.output;
    state = run.state;
    // A program nobody knows (redis-cli ping, mysqladmin …) is taken to succeed.
    if (run.effect.kind === 'server') return { code: 0, output, tookMs };
    if (run.effect.kind === 'exit') return { code: run.effect.code, output, tookMs };
    if (run.effect.kind === 'forever') break;
    tookMs += run.effect.ms;
    if (tookMs >= limitMs) break;
  }
  return { code: 137, output, tookMs: limitMs };
}

function checkExec(command: readonly string[], timeoutMs: number, target: ProbeTarget): ProbeAnswer {
  const result = execInContainer(command, target.host, timeoutMs);
  if (result.tookMs >= timeoutMs) {
    return failed(`command timed out: ${JSON.stringify(command.join(' '))} timed out after ${timeoutMs / 1000}s`);
  }
  return result.code === 0 ? OK : failed(result.output);
}

/** Asks a probe once. */
export function checkProbe(probe: Probe, target: ProbeTarget): ProbeAnswer {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return checkExec(probe.exec.command ?? [], timeoutMs, target);
  if (probe.httpGet) return checkHttp(probe.httpGet, timeoutMs, target);
  if (probe.tcpSocket) return checkTcp(probe.tcpSocket.port, probe.tcpSocket.host, target);
  if (probe.grpc) {
    if (findListener(target.container, probe.grpc.port, target.nowMs)) return OK;
    const address = `${target.ip}:${probe.grpc.port}`;
    return failed(
      `timeout: failed to connect service "${address}" within ${timeoutMs / 1000}s: context deadline exceeded`,
    );
  }
  return OK;
}

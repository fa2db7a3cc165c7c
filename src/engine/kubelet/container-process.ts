/**
 * The process inside a container: its shell program or its server, hooks that run beside it, and its end.
 * The simulated stand-in for the container runtime; follows what containerd reports (exit codes, reasons) to pkg/kubelet/kuberuntime.
 */
import type { EndpointSlice, LifecycleHandler, Service } from '../api/types';
import type { ShellHost } from '../machine/shell/commands';
import { compileCommand, compileShell, type Instruction } from '../machine/shell/program';
import { runShell, SHELL_START, type ShellState } from '../machine/shell/shell';
import type { Kubelet } from './api-writes';
import { isOffline } from './api-writes';
import { containerEnvironment } from './config-references';
import { answerHttp, execInContainer, resolvePort } from './probe-check';
import {
  type ContainerRecord,
  containerSpec,
  freshToken,
  type PodRecord,
  putContainer,
  type Termination,
} from './records';

/** Reason of an exit code, unless something else (OOMKilled) is known. */
function exitReason(code: number): string {
  return code === 0 ? 'Completed' : 'Error';
}

/** The key of a container's timers. */
export function timerKey(record: PodRecord, index: number, token: number): string {
  return `${record.uid}/${index}/${token}`;
}

/** Whether a Service by that DNS name exists, and answers on a port if one is given. */
function reaches(kubelet: Kubelet, record: PodRecord, host: string, port: number | undefined): boolean {
  if (isOffline(kubelet)) return false;
  const { client } = kubelet.context;
  const [name = '', namespace = record.pod.metadata.namespace] = host.split('.');
  if (!client.find<Service>('Service', namespace, name)) return false;
  if (port === undefined) return true;
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const slices = client.list<EndpointSlice>('EndpointSlice', { namespace, labelSelector });
  return slices.some((slice) => slice.endpoints?.some((endpoint) => endpoint.conditions?.ready !== false));
}

/** A shell inside a container. Files that its commands change are read back from `host.files`. */
export function shellHost(kubelet: Kubelet, record: PodRecord, index: number): ShellHost {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  return {
    files: container.files,
    get environment() {
      if (isOffline(kubelet)) return {};
      const found = containerEnvironment(context.client, record.pod, containerSpec(record, index));
      return 'values' in found ? found.values : {};
    },
    hostname: record.pod.spec.hostname ?? record.pod.metadata.name,
    now: context.now,
    servers: container.behaviour?.servers ?? [],
    bare: container.behaviour?.bare ?? false,
    reaches: (host, port) => reaches(kubelet, record, host, port),
  };
}

/** The instructions of a container's command line, compiled once. */
function programOf(kubelet: Kubelet, argv: readonly string[]): readonly Instruction[] | undefined {
  const flag = argv.findIndex((argument, position) => position > 0 && /^-\w*c$/.test(argument));
  const isText = /(^|\/)(sh|bash|ash|dash|zsh)$/.test(argv[0] ?? '') && flag > 0;
  if (!isText) return compileCommand(argv);
  const text = argv[flag + 1] ?? '';
  return kubelet.context.derived.memo('programs', text, [], () => compileShell(text));
}

/** Lets the container's process run from where it stands until it waits, ends or serves. Sets the timer for what comes next. */
export function runProcess(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const behaviour = container.behaviour;
  if (!behaviour) return record;
  const key = timerKey(record, index, container.token);
  const serving = { servingSinceMs: context.nowMs };
  if (!behaviour.command) {
    if (behaviour.exit) context.after(behaviour.exit.afterMs, 'ended', `${key}/${behaviour.exit.code}`);
    return putContainer(context.memory, record, index, serving);
  }
  const code = programOf(kubelet, behaviour.command);
  if (!code) return putContainer(context.memory, record, index, serving);
  const host = shellHost(kubelet, record, index);
  const { state, effect } = runShell(code, container.shell ?? SHELL_START, host);
  const change: { shell: ShellState; files: ContainerRecord['files']; servingSinceMs?: number } = {
    shell: state,
    files: host.files,
    ...(effect.kind === 'server' ? serving : {}),
  };
  if (effect.kind === 'sleep') context.after(effect.ms, 'shell', key);
  if (effect.kind === 'exit') context.after(0, 'ended', `${key}/${effect.code}`);
  return putContainer(context.memory, record, index, change);
}

/** What running a hook comes to: how long it takes and whether it failed. */
export interface HookResult {
  readonly record: PodRecord;
  readonly tookMs: number;
  readonly failure?: string;
}

/** Runs a postStart or preStop handler inside a container, at most for `limitMs`. */
export function runHook(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  handler: LifecycleHandler,
  limitMs: number,
): HookResult {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  if (handler.sleep) return { record, tookMs: Math.min(limitMs, handler.sleep.seconds * 1000) };
  if (handler.httpGet) {
    const port = resolvePort(handler.httpGet.port, containerSpec(record, index));
    const answer =
      port === undefined ? undefined : answerHttp(container, port, handler.httpGet.path ?? '/', context.nowMs);
    const failure = answer ? undefined : `dial tcp ${record.ip}:${port}: connect: connection refused`;
    return { record, tookMs: Math.min(limitMs, answer?.latencyMs ?? 0), ...(failure ? { failure } : {}) };
  }
  if (!handler.exec) return { record, tookMs: 0 };
  const host = shellHost(kubelet, record, index);
  const command = handler.exec.command ?? [];
  const result = execInContainer(command, host, limitMs);
  const changed =
    host.files === container.files ? record : putContainer(context.memory, record, index, { files: host.files });
  if (result.code === 0 || result.tookMs >= limitMs) return { record: changed, tookMs: result.tookMs };
  const failure = `command '${command.join(' ')}' exited with ${result.code}: ${result.output}`;
  return { record: changed, tookMs: result.tookMs, failure };
}

/** The process has ended: remembers how. */
export function recordExit(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  exitCode: number,
  reason = exitReason(exitCode),
): PodRecord {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const exit: Termination = {
    exitCode,
    reason,
    startedAt: container.startedAt,
    finishedAt: context.now,
    finishedAtMs: context.nowMs,
    containerID: container.containerID,
  };
  // A container stopped to be restarted is held back by the end of the instance before it, as the kubelet then has not seen its own yet.
  const crashedAtMs = container.restarting ? container.last?.finishedAtMs : context.nowMs;
  const { servingSinceMs: _serving, shell: _shell, restarting: _restarting, ...rest } = container;
  const ended: ContainerRecord = {
    ...rest,
    stage: 'exited',
    token: freshToken(context.memory),
    exit,
    started: false,
    ready: container.kind === 'init' && exitCode === 0,
    crashedAtMs,
  };
  const containers = record.containers.slice();
  containers[index] = ended;
  const changed = { ...record, containers };
  context.memory.pods.set(record.uid, changed);
  return changed;
}

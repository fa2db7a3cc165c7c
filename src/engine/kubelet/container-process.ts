/**
 * What the kubelet does with a container's process through the runtime: hooks that run beside it, and taking note of its end.
 * Follows pkg/kubelet/lifecycle/handlers.go and what the runtime reports to pkg/kubelet/kuberuntime.
 */
import type { LifecycleHandler } from '../api/types';
import type { ContainerStatus } from '../machine/cri';
import type { Kubelet } from './api-writes';
import { makeObjects } from './made-objects';
import { resolvePort } from './probe-check';
import { type ContainerRecord, containerSpec, freshToken, type PodRecord, type Termination } from './records';

/** The key of a container's timers. */
export function timerKey(record: PodRecord, index: number, token: number): string {
  return `${record.uid}/${index}/${token}`;
}

/** `web-0_default(1b4e…)`, as kubelet messages name a Pod. */
export function podTitle(record: PodRecord): string {
  return `${record.pod.metadata.name}_${record.pod.metadata.namespace}(${record.uid})`;
}

/** What running a hook comes to: how long it takes and why it failed, if it did. */
export interface HookResult {
  readonly tookMs: number;
  readonly failure?: string;
}

/** The words for a hook that failed, in the waiting message of its container. Follows pkg/kubelet/lifecycle/handlers.go. */
export function hookFailureText({ exec, httpGet }: LifecycleHandler, subject: string, failure: string): string {
  if (exec) return `Exec lifecycle hook ([${(exec.command ?? []).join(' ')}]) ${subject} failed - error: ${failure}`;
  return `HTTP lifecycle hook (${httpGet?.path ?? '/'}) ${subject} failed - error: ${failure}`;
}

/** Runs a postStart or preStop handler of a container, at most for `limitMs`. */
export function runHook(
  { runtime }: Kubelet,
  record: PodRecord,
  index: number,
  handler: LifecycleHandler,
  limitMs: number,
): HookResult {
  if (handler.sleep) return { tookMs: Math.min(limitMs, handler.sleep.seconds * 1000) };
  if (handler.httpGet) {
    const port = resolvePort(handler.httpGet.port, containerSpec(record, index));
    const answer = port === undefined ? undefined : runtime.httpGet(record.uid, port, handler.httpGet.path ?? '/');
    if (!answer) return { tookMs: 0, failure: `dial tcp ${record.ip}:${port}: connect: connection refused` };
    return { tookMs: Math.min(limitMs, answer.latencyMs) };
  }
  if (!handler.exec) return { tookMs: 0 };
  const command = handler.exec.command ?? [];
  const result = runtime.execSync(record.containers[index]?.instance ?? '', command, limitMs);
  if (result.code === 0 || result.tookMs >= limitMs) return { tookMs: result.tookMs };
  return {
    tookMs: result.tookMs,
    failure:
      result.error ??
      `command '${command.join(' ')}' exited with ${result.code}: , message: ${JSON.stringify(result.output)}`,
  };
}

/** An instance as statuses name it: with its runtime. */
export const containerIDOf = (instance: string): string => `containerd://${instance}`;

/** The end of an instance as the kubelet remembers it. */
export function terminationOf(status: ContainerStatus): Termination {
  const { id, exitCode, reason, message, startedAt, finishedAt, finishedAtMs } = status;
  const ended = { exitCode, reason, startedAt, finishedAt, finishedAtMs, containerID: containerIDOf(id) };
  return message ? { ...ended, message } : ended;
}

/** A container of which it is known that it has ended. */
export function asEnded(container: ContainerRecord): ContainerRecord {
  if (!container.exit || container.stage !== 'exited') return container;
  return { ...container, started: false, ready: container.kind === 'init' && container.exit.exitCode === 0 };
}

/** A container's process has ended: remembers how. Where its Pod ends nobody hears of it, its probes neither, until all have (SyncTerminatingPod). */
export function recordExit(kubelet: Kubelet, record: PodRecord, index: number, exit: Termination): PodRecord {
  const { memory } = kubelet.context;
  const container = record.containers[index] as ContainerRecord;
  if (exit.exitCode === 0) makeObjects(kubelet, record, index, false);
  // A container stopped to be restarted is held back by the end of the instance before it, as the kubelet then has not seen its own yet.
  const crashedAtMs = container.restarting ? container.last?.finishedAtMs : exit.finishedAtMs;
  const {
    restarting,
    hookFailure: _hook,
    hookUntilMs: _until,
    hookOver: _over,
    awaitsTurnUntilMs: _turn,
    isBrief: _brief,
    ...rest
  } = container;
  const gone: ContainerRecord = { ...rest, stage: 'exited', token: freshToken(memory), exit, crashedAtMs };
  const ended = record.phase === 'terminating' ? gone : asEnded(gone);
  const containers = record.containers.slice();
  containers[index] = ended;
  // The sync that stopped it starts it too, however it ended.
  if (restarting) containers[index] = { ...ended, unseen: container.started ? 'started' : true, rerun: true };
  const changed = { ...record, containers, ...(record.stuck ? { sandbox: false } : {}) };
  memory.pods.set(record.uid, changed);
  return changed;
}

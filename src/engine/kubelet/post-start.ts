/** The postStart hook of a container: it runs beside its process, and until it is over the container counts as waiting. Follows startContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go. */
import type { Kubelet } from './api-writes';
import { hookFailureText, podTitle, runHook, timerKey } from './container-process';
import { startProbes } from './probes';
import { containerSpec, type PodRecord, putContainer } from './records';

/** Runs the hook; a timer says when it is over. */
export function runPostStart(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context } = kubelet;
  const handler = containerSpec(record, index).lifecycle?.postStart;
  if (!handler) return record;
  const hook = runHook(kubelet, record, index, handler, Number.MAX_SAFE_INTEGER);
  const token = record.containers[index]?.token ?? 0;
  context.after(hook.tookMs, 'hooked', `${timerKey(record, index, token)}/${hook.failure ? 'failed' : 'ok'}`);
  const subject = `for Container "${record.containers[index]?.name}" in Pod "${podTitle(record)}"`;
  const change = hook.failure ? { hookFailure: hookFailureText(handler, subject, hook.failure) } : {};
  return putContainer(context.memory, record, index, change, { busyWith: index });
}

/** The postStart hook is over. */
export function postStartOver(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const over = putContainer(kubelet.context.memory, record, index, { stage: 'running' }, { busyWith: -1 });
  return noteRunning(kubelet, over, index);
}

/** A container runs: its probes begin, those of an app container once the sync that has started it is over, as its status is known then. */
export function noteRunning(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  if (record.containers[index]?.kind !== 'main') return startProbes(kubelet, record, index);
  return putContainer(kubelet.context.memory, record, index, { news: 'start' });
}

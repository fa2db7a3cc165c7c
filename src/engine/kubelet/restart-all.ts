/**
 * Restarting all containers of a Pod in place because one of them ended with an exit code whose rule asks for it: those that run are stopped,
 * all are removed, and the Pod begins with its first init container again, in the same sandbox and with the same volumes.
 * Follows ContainersToReset in pkg/kubelet/kuberuntime/kuberuntime_manager.go and convertToAPIContainerStatuses in
 * pkg/kubelet/kubelet_pods.go (KEP-5532). Simplified: all that run are stopped at once.
 */
import { type Kubelet, writeStatus } from './api-writes';
import { stopContainer } from './container-stop';
import { restartRule } from './lifecycle';
import { type ContainerRecord, containerSpec, freshToken, isAlive, type PodRecord, putPod } from './records';

const REASON = 'RestartingAllContainers';
const MESSAGE = 'The container is removed because RestartAllContainers in place';

/** Whether the end of a container asks for all of them to be started again. */
export function asksForAll(record: PodRecord, index: number): boolean {
  const { exit } = record.containers[index] as ContainerRecord;
  return (
    exit !== undefined && restartRule(containerSpec(record, index), exit.exitCode)?.action === 'RestartAllContainers'
  );
}

/** Ephemeral containers stay as they are. */
const isToEnd = (container: ContainerRecord): boolean => isAlive(container) && container.kind !== 'ephemeral';

/** Begins it, or goes on with it when one more container has ended. Returns the Pod once it is to be synced from its beginning. */
export function restartAll(kubelet: Kubelet, record: PodRecord): PodRecord | undefined {
  const { memory } = kubelet.context;
  if (record.restartingAll) {
    return record.containers.some(isToEnd) ? undefined : removeAll(kubelet, record);
  }
  let current = putPod(memory, { ...withoutPlans(kubelet, record), restartingAll: true });
  writeStatus(kubelet, current);
  for (const [index, { stage, kind }] of record.containers.entries()) {
    if ((stage !== 'running' && stage !== 'hook') || kind === 'ephemeral') continue;
    current = stopContainer(kubelet, current, index, { message: 'killing', graceMs: 0, restart: false });
  }
  return current.containers.some(isToEnd) ? undefined : removeAll(kubelet, current);
}

/** What the worker was about to start is not started now. */
function withoutPlans({ context, runtime }: Kubelet, record: PodRecord): PodRecord {
  const containers = record.containers.map((container): ContainerRecord => {
    if (container.stage !== 'pulling' && container.stage !== 'starting') return container;
    if (container.stage === 'starting') runtime.removeContainer(container.instance);
    return { ...container, stage: container.exit ? 'exited' : 'idle', token: freshToken(context.memory) };
  });
  return { ...record, containers, busyWith: -1, syncToken: freshToken(context.memory) };
}

function removeAll(kubelet: Kubelet, record: PodRecord): PodRecord {
  const { context, runtime } = kubelet;
  const stays = new Set(record.containers.flatMap(({ kind, name }) => (kind === 'ephemeral' ? [name] : [])));
  for (const { id, name } of runtime.listContainers(record.uid)) if (!stays.has(name)) runtime.removeContainer(id);
  const removed = putPod(context.memory, {
    ...record,
    restartingAll: false,
    containers: record.containers.map((container) =>
      container.kind === 'ephemeral' ? container : removedContainer(container, { reason: REASON, message: MESSAGE }),
    ),
  });
  writeStatus(kubelet, removed);
  const { name } = record.pod.metadata;
  context.say(
    'restart',
    record.pod,
    `All containers of Pod ${name} are removed and started again, as one of them asked`,
  );
  const begun = removed.containers.map((container): ContainerRecord => {
    const { waiting: _waiting, ...rest } = container;
    return container.kind === 'ephemeral' ? container : rest;
  });
  return putPod(context.memory, { ...removed, containers: begun });
}

function removedContainer(container: ContainerRecord, why: { reason: string; message: string }): ContainerRecord {
  const { exit: _exit, crashBackoff: _crash, crashedAtMs: _at, pullBackoff: _pull, ...rest } = container;
  if (container.attempt === 0) return { ...rest, stage: 'idle', waiting: why };
  const last = { exitCode: 137, ...why, startedAt: '', finishedAt: '', finishedAtMs: 0, containerID: '' };
  return {
    ...rest,
    stage: 'idle',
    instance: '',
    rerun: true,
    removed: true,
    retryAtMs: 0,
    started: false,
    last,
    waiting: why,
  };
}

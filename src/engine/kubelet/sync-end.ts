/**
 * The rest of a sync that had to wait for something. Upstream's SyncPod is not broken off: it starts all app containers that it has found
 * missing, and what has come up meanwhile, of containers and of the Pod, is known to the next sync only.
 */
import { type Kubelet, writeStatus } from './api-writes';
import { startContainer } from './container-start';
import { restartContainer } from './container-stop';
import { handleDeadline } from './deadline';
import { containersToStart } from './lifecycle';
import { beginTermination } from './pod-termination';
import { strike } from './probe-outcome';
import { startProbes } from './probes';
import { type ContainerRecord, type PodRecord, putContainer, putPod } from './records';

/** Starts a container and remembers how far the sync has come. */
export function startInTurn(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const isMain = record.containers[index]?.kind === 'main';
  return startContainer(kubelet, isMain ? putPod(kubelet.context.memory, { ...record, upTo: index }) : record, index);
}

/** Goes on with a sync to its end, then sees to what has come up. Undefined: the worker has something else to do than to sync. */
export function finishSync(kubelet: Kubelet, record: PodRecord): PodRecord | undefined {
  const { context } = kubelet;
  let current = record;
  for (const index of record.upTo === undefined ? [] : containersToStart(record)) {
    const { kind, retryAtMs } = record.containers[index] as ContainerRecord;
    if (index <= (current.upTo ?? 0) || kind !== 'main' || retryAtMs > context.nowMs) continue;
    current = startInTurn(kubelet, current, index);
    if (current.busyWith < 0) continue;
    describeStart(kubelet, record, current);
    return undefined;
  }
  const { upTo: _upTo, endsNext, ...rest } = current;
  const over = putPod(context.memory, rest);
  if (!endsNext) return hearNews(kubelet, over);
  if (endsNext.graceSeconds === undefined) handleDeadline(kubelet, over.uid);
  else beginTermination(kubelet, over, endsNext.graceSeconds);
  return undefined;
}

function hearNews(kubelet: Kubelet, record: PodRecord): PodRecord | undefined {
  const { memory } = kubelet.context;
  const told = record.containers.filter(({ news }) => news);
  if (told.length === 0) return record;
  const containers = record.containers.map(({ news: _news, ...rest }) => rest);
  let current = putPod(memory, { ...record, containers });
  if (told.some(({ news }) => news !== 'start')) writeStatus(kubelet, current);
  for (const { name, news, stage } of told) {
    const index = containers.findIndex((one) => one.name === name);
    if (stage !== 'running' || !news) continue;
    if (news === 'start') current = startProbes(kubelet, current, index);
    else if (news === 'image') current = stopOutdated(kubelet, current, index);
    else if (current.busyWith >= 0) putContainer(memory, current, index, { news });
    else if (news !== 'end') strike(kubelet, current, index, news);
    current = memory.pods.get(record.uid) ?? current;
  }
  return current.busyWith >= 0 ? undefined : current;
}

/** Stops a container whose image has been changed, or has it stopped once the worker is free. */
export function stopOutdated(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  if (record.busyWith >= 0) return putContainer(kubelet.context.memory, record, index, { news: 'image' });
  const words = (name: string) => `Container ${name} definition changed, will be restarted`;
  return restartContainer(kubelet, record, index, words);
}

/** One sentence for the step in which a sync began something. */
export function describeStart(kubelet: Kubelet, before: PodRecord, after: PodRecord): void {
  const container = after.busyWith < 0 ? undefined : after.containers[after.busyWith];
  if (!container || after.containers === before.containers) return;
  const { name } = after.pod.metadata;
  const again = container.exit ? ' again' : '';
  if (container.stage === 'pulling') {
    kubelet.context.say(
      'pull',
      after.pod,
      `Pod ${name} waits for the image of container ${container.name} to be pulled`,
    );
  } else if (container.stage === 'starting') {
    kubelet.context.say(
      'create',
      after.pod,
      `Created container ${container.name} of Pod ${name}${again}; its image is on the node`,
    );
  }
}

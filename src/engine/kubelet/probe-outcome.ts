/**
 * What a probe leads to: a status, a sync after a startup probe, or a restart. Follows pkg/kubelet/kubelet.go (handleProbeSync). The sync waits for
 * the next look at the containers (GetNewerThan of pkg/kubelet/container/cache.go), which is half a period away on average.
 */
import { type Kubelet, reportReadiness, writeStatus } from './api-writes';
import { RELIST_MS } from './container-start';
import { restartContainer, stopContainer } from './container-stop';
import { probeSpec, runProbe } from './probes';
import {
  type ContainerRecord,
  containerSpec,
  isAlive,
  type PodRecord,
  type ProbeKind,
  putContainer,
  putPod,
} from './records';
import { syncAfter } from './sync-timer';

/** Tells at once what a probe has changed: all else of a Pod that ends, or that its worker is busy with, waits for the end of that. */
function tell(kubelet: Kubelet, record: PodRecord, index: number): void {
  if (record.busyWith < 0 && record.phase === 'syncing') writeStatus(kubelet, record);
  else reportReadiness(kubelet, record, index);
}

/** The time of a probe has come. */
export function handleProbe(kubelet: Kubelet, key: string): void {
  const [uid = '', position, kind, sequence, news] = key.split('/');
  const known = kubelet.context.memory.pods.get(uid);
  if (!known) return;
  const index = Number(position);
  const probeKind = kind as ProbeKind;
  const { record, verdict, answer } = runProbe(kubelet, known, index, probeKind, Number(sequence), news);
  const container = record.containers[index];
  if (verdict === 'not-started') tell(kubelet, record, index);
  if (!answer || !container) return;
  const { name } = record.pod.metadata;
  const subject = `${probeKind} probe of container ${container.name} in Pod ${name}`;
  if (!answer.ok)
    kubelet.context.say('probe', record.pod, `The ${subject} failed: ${(answer.error ?? answer.message).trim()}`);
  if (verdict === 'nothing') return;
  if (answer.ok) kubelet.context.say('probe', record.pod, `The ${subject} succeeded`);
  if (verdict === 'status-changed') {
    tell(kubelet, record, index);
    if (probeKind === 'startup') syncAfter(kubelet, record, RELIST_MS / 2);
    return;
  }
  // A worker that is busy hears of it when its sync is over.
  if (record.busyWith < 0) strike(kubelet, record, index, probeKind);
  else putContainer(kubelet.context.memory, record, index, { news: probeKind });
}

/**
 * Stops a container that has failed a probe. Its policy decides whether it is restarted, and rules about exit codes don't, since it has none
 * yet; where nothing else runs or is to be started, the whole Pod is stopped: then rules find nothing to run in where the Pod never restarts. Follows computePodActions of kuberuntime_manager.go.
 */
export function strike(kubelet: Kubelet, record: PodRecord, index: number, kind: ProbeKind): void {
  const grace = probeSpec(record, index, kind)?.terminationGracePeriodSeconds;
  const container = record.containers[index] as ContainerRecord;
  const { restartPolicy = record.pod.spec.restartPolicy } = containerSpec(record, index);
  const what = `${container.kind === 'main' ? 'Container' : 'Init container'} ${container.name} failed ${kind} probe`;
  if (container.kind !== 'main' || restartPolicy !== 'Never') {
    restartContainer(
      kubelet,
      record,
      index,
      () => (container.kind === 'main' ? `${what}, will be restarted` : what),
      grace,
    );
    return;
  }
  const isAlone = !record.containers.some((one, place) => place !== index && one.kind === 'main' && isAlive(one));
  const seconds = (isAlone ? undefined : grace) ?? record.pod.spec.terminationGracePeriodSeconds ?? 30;
  const message = isAlone ? `Stopping container ${container.name}` : what;
  const stopping = stopContainer(kubelet, record, index, { message, graceMs: seconds * 1000, restart: false });
  const isOver = isAlone && record.pod.spec.restartPolicy === 'Never';
  if (isOver) putPod(kubelet.context.memory, { ...stopping, stuck: true });
}

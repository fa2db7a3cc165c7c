/** What a probe leads to: a status, the first sync after a startup probe, or a restart. Follows pkg/kubelet/kubelet.go (handleProbeSync). */
import { type Kubelet, writeStatus } from './api-writes';
import { restartContainer } from './container-stop';
import { syncPod } from './pod-worker';
import { probeSpec, runProbe } from './probes';
import type { ProbeKind } from './records';

/** The time of a probe has come. */
export function handleProbe(kubelet: Kubelet, key: string): void {
  const [uid = '', position, kind, sequence] = key.split('/');
  const known = kubelet.context.memory.pods.get(uid);
  if (!known) return;
  const index = Number(position);
  const probeKind = kind as ProbeKind;
  const { record, verdict, answer } = runProbe(kubelet, known, index, probeKind, Number(sequence));
  const container = record.containers[index];
  if (!answer || !container) return;
  const { name } = record.pod.metadata;
  const subject = `${probeKind} probe of container ${container.name} in Pod ${name}`;
  if (!answer.ok) kubelet.context.say('probe', record.pod, `The ${subject} failed: ${answer.message.trim()}`);
  if (verdict === 'nothing') return;
  if (answer.ok) kubelet.context.say('probe', record.pod, `The ${subject} succeeded`);
  if (verdict === 'status-changed') {
    if (record.busyWith < 0) writeStatus(kubelet, record);
    if (probeKind === 'startup') syncPod(kubelet, record);
    return;
  }
  const grace = probeSpec(record, index, probeKind)?.terminationGracePeriodSeconds;
  const message =
    container.kind === 'main'
      ? `Container ${container.name} failed ${probeKind} probe, will be restarted`
      : `Init container ${container.name} failed ${probeKind} probe`;
  restartContainer(kubelet, record, index, () => message, grace);
}

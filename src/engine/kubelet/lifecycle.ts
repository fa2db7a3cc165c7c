/**
 * Which container of a Pod is to be started next. Pure: records in, decision out.
 * Follows computePodActions and computeInitContainerActions in pkg/kubelet/kuberuntime/kuberuntime_manager.go: init containers one by
 * one, sidecars once the one before has started, then all app containers; what ended is started again as the restart policy says.
 */
import { initializationFailed, isInitialized } from './pod-phase';
import { type ContainerRecord, containerSpec, isAlive, type PodRecord } from './records';

/** Whether a container that has ended is to run again. */
export function shouldRestart(record: PodRecord, index: number): boolean {
  const container = record.containers[index] as ContainerRecord;
  if (!container.exit) return true;
  if (container.kind === 'sidecar') return true;
  const failed = container.exit.exitCode !== 0;
  if (container.kind === 'init') return failed && record.pod.spec.restartPolicy !== 'Never';
  const policy = containerSpec(record, index).restartPolicy ?? record.pod.spec.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && failed);
}

function wantsStart(record: PodRecord, index: number): boolean {
  const { stage } = record.containers[index] as ContainerRecord;
  return stage === 'idle' || (stage === 'exited' && shouldRestart(record, index));
}

/** Indexes of the containers that should be running but are not, in the order in which they are to be started. */
export function containersToStart(record: PodRecord): number[] {
  if (initializationFailed(record)) return [];
  const wanted: number[] = [];
  const initialized = isInitialized(record);
  for (let index = 0; index < record.containers.length; index++) {
    const container = record.containers[index] as ContainerRecord;
    if (container.kind === 'init' && initialized) continue;
    if (container.kind === 'main' && !initialized) return wanted;
    if (wantsStart(record, index)) wanted.push(index);
    const done =
      container.kind === 'init' ? container.stage === 'exited' && container.exit?.exitCode === 0 : container.started;
    if (!initialized && container.kind !== 'main' && !done) return wanted;
  }
  return wanted;
}

/** Containers to end next when the Pod ends: app containers all at once, then sidecars one by one, the last first. */
export function containersToStop(record: PodRecord): number[] {
  const alive = record.containers.flatMap((container, index) => (isAlive(container) ? [index] : []));
  const plain = alive.filter((index) => record.containers[index]?.kind !== 'sidecar');
  return plain.length > 0 ? plain : alive.slice(-1);
}

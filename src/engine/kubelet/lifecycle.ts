/**
 * Which container of a Pod is to be started next. Pure: records in, decision out.
 * Follows computePodActions and computeInitContainerActions in pkg/kubelet/kuberuntime/kuberuntime_manager.go: init containers one by
 * one, sidecars once the one before has started, then all app containers; what ended is started again as the restart policy says.
 */
import type { Container, ContainerRestartRule, Pod } from '../api/types';
import { type ContainerRecord, containerSpec, isAlive, type PodRecord } from './records';

/** The first rule of a container that speaks of an exit code. Follows FindMatchingContainerRestartRule in pkg/api/v1/pod/util.go. */
export function restartRule(spec: Container, exitCode: number): ContainerRestartRule | undefined {
  return spec.restartPolicyRules?.find(({ exitCodes }) => {
    if (!exitCodes) return false;
    const isListed = exitCodes.values?.includes(exitCode) ?? false;
    return exitCodes.operator === 'In' ? isListed : exitCodes.operator === 'NotIn' && !isListed;
  });
}

/** Whether a policy wants another run after an exit code. */
function wantsAnother(policy: string, exitCode: number): boolean {
  return policy === 'OnFailure' ? exitCode !== 0 : policy !== 'Never';
}

/** Whether the end of a container is to be followed by another run: by its rules, its own policy, or the Pod's. */
export function restartsAfter(pod: Pod, spec: Container, exitCode: number): boolean {
  if (spec.restartPolicy === undefined) return wantsAnother(pod.spec.restartPolicy ?? 'Always', exitCode);
  return restartRule(spec, exitCode) !== undefined || wantsAnother(spec.restartPolicy, exitCode);
}

/** Whether a container that has ended is to run again. */
export function shouldRestart(record: PodRecord, index: number): boolean {
  const container = record.containers[index] as ContainerRecord;
  if (container.kind === 'ephemeral') return false;
  if (!container.exit || container.rerun || container.kind === 'sidecar') return true;
  const { exitCode } = container.exit;
  // An init container that has done its part does not run again, whatever its policy says.
  if (container.kind === 'init' && exitCode === 0) return false;
  return restartsAfter(record.pod, containerSpec(record, index), exitCode);
}

/** True when an init container has failed and is not to be tried again. */
export function initializationFailed(record: PodRecord): boolean {
  return record.containers.some(
    (container, index) =>
      container.kind === 'init' &&
      container.stage === 'exited' &&
      container.exit?.exitCode !== 0 &&
      !shouldRestart(record, index),
  );
}

function wantsStart(record: PodRecord, index: number): boolean {
  const { stage } = record.containers[index] as ContainerRecord;
  return stage === 'idle' || (stage === 'exited' && shouldRestart(record, index));
}

/** Indexes of the containers that should be running but are not, in the order in which they are to be started. */
export function containersToStart(record: PodRecord): number[] {
  if (record.stuck || initializationFailed(record)) return [];
  // Those that look into the Pod come first, as nothing that fails in it may hold them back.
  const wanted = record.containers.flatMap(({ kind, stage }, index) =>
    kind === 'ephemeral' && stage === 'idle' ? [index] : [],
  );
  const initialized = isInitialized(record);
  for (let index = 0; index < record.containers.length; index++) {
    const container = record.containers[index] as ContainerRecord;
    if (container.kind === 'ephemeral') break;
    if (container.kind === 'init' && initialized) continue;
    if (container.kind === 'main' && !initialized) return wanted;
    if (wantsStart(record, index)) wanted.push(index);
    const done = container.kind === 'init' ? hasDoneItsPart(container) : container.started;
    if (!initialized && container.kind !== 'main' && !done) return wanted;
  }
  return wanted;
}

/** True for an init container that ended well. */
export function hasDoneItsPart(container: ContainerRecord): boolean {
  return container.stage === 'exited' && container.exit?.exitCode === 0 && !container.rerun;
}

/** True once an app container has run. */
export function hasAppRun({ containers }: PodRecord): boolean {
  return containers.some(({ kind, attempt, rerun }) => kind === 'main' && attempt > 0 && !rerun);
}

/** True once every init container has done its part, or an app container has run. */
export function isInitialized(record: PodRecord): boolean {
  if (hasAppRun(record)) return true;
  for (const container of record.containers) {
    if (container.kind === 'init' && !hasDoneItsPart(container)) return false;
    if (container.kind === 'sidecar' && !container.started) return false;
  }
  return true;
}

/** Containers to end next when the Pod ends: app containers all at once, then sidecars one by one, the last first. */
export function containersToStop(record: PodRecord): number[] {
  const alive = record.containers.flatMap((container, index) => (isAlive(container) ? [index] : []));
  const plain = alive.filter((index) => record.containers[index]?.kind !== 'sidecar');
  return plain.length > 0 ? plain : alive.slice(-1);
}

/** The record as it is when what the last sync found out is told: why containers wait. */
export function withToldWaits(record: PodRecord): PodRecord {
  if (!record.containers.some(({ nextWaiting }) => nextWaiting)) return record;
  const containers = record.containers.map(({ nextWaiting, ...rest }) =>
    nextWaiting ? { ...rest, waiting: nextWaiting } : rest,
  );
  return { ...record, containers };
}

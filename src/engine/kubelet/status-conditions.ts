/**
 * The conditions of a Pod that its kubelet owns, with upstream's reasons and messages.
 * Follows pkg/kubelet/status/generate.go.
 */
import type { Container, PodCondition } from '../api/types';
import { withoutRoom } from '../kernel/in-one-piece';
import { hasDoneItsPart, isInitialized } from './lifecycle';
import { type ContainerRecord, containersOf, isCounted, type PodRecord } from './records';
import type { PodResize, ResizeCondition } from './resize-record';

type Draft = Pick<PodCondition, 'type' | 'status'> & { reason?: string; message?: string };

const names = (containers: readonly ContainerRecord[]): string =>
  containers.map((container) => container.name).join(' ');

function initialized(record: PodRecord, phase: string): Draft {
  const type = 'Initialized';
  if (phase === 'Succeeded') return { type, status: 'True', reason: 'PodCompleted' };
  if (isInitialized(record)) return { type, status: 'True' };
  const incomplete = record.containers.filter((container) => {
    if (container.kind === 'main' || container.kind === 'ephemeral') return false;
    if (container.kind === 'sidecar') return !container.started;
    return !hasDoneItsPart(container);
  });
  const message = `containers with incomplete status: [${names(incomplete)}]`;
  return { type, status: 'False', reason: 'ContainersNotInitialized', message };
}

function containersReady(record: PodRecord, phase: string): Draft {
  const type = 'ContainersReady';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const unready = record.containers.filter((container) => isCounted(container) && !container.ready);
  if (unready.length === 0) return { type, status: 'True' };
  const message = `containers with unready status: [${names(unready)}]`;
  return { type, status: 'False', reason: 'ContainersNotReady', message };
}

function ready(record: PodRecord, old: readonly PodCondition[], containers: Draft): Draft {
  if (containers.status !== 'True') return { ...containers, type: 'Ready' };
  const problems: string[] = [];
  for (const { conditionType } of record.pod.spec.readinessGates ?? []) {
    const condition = old.find((other) => other.type === conditionType);
    if (!condition) problems.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (condition.status !== 'True') {
      problems.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`);
    }
  }
  if (problems.length === 0) return { type: 'Ready', status: 'True' };
  return { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}

const hasRuleForAll = ({ restartPolicyRules }: Container): boolean =>
  restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers') ?? false;

function restartingAll(record: PodRecord, phase: string): Draft {
  const type = 'AllContainersRestarting';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  if (!record.restartingAll) return { type, status: 'False' };
  const message = 'container exited with restart policy rule';
  return { type, status: 'True', reason: 'RestartAllContainersStarted', message };
}

/** Said by whoever ends a Pod for the sake of others: of an eviction once it is over. */
const DISRUPTION_TARGET = 'DisruptionTarget';
/** Conditions that belong to the kubelet, in upstream's order. */
const OWNED = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'AllContainersRestarting',
  'PodResizePending',
  'PodResizeInProgress',
];

/** One stored condition: a draft, with the time since when it has had its status. */
function condition(
  draft: Draft,
  old: readonly PodCondition[],
  generation: number | undefined,
  now: string,
): PodCondition {
  const before = old.find((other) => other.type === draft.type);
  const since = before?.status === draft.status ? before.lastTransitionTime : undefined;
  const stored: PodCondition & { lastProbeTime: null | undefined } = {
    type: draft.type,
    status: draft.status,
    lastProbeTime: null as unknown as undefined,
    lastTransitionTime: since ?? now,
  };
  if (generation) stored.observedGeneration = generation;
  if (draft.reason) stored.reason = draft.reason;
  if (draft.message) stored.message = draft.message;
  return stored;
}

function resizeCondition(type: string, resize: ResizeCondition | undefined): PodCondition[] {
  if (!resize) return [];
  const { reason, message, generation, since, probedAt } = resize;
  const stored: PodCondition = { type, status: 'True', lastProbeTime: probedAt, lastTransitionTime: since };
  if (generation) stored.observedGeneration = generation;
  if (reason) stored.reason = reason;
  if (message) stored.message = message;
  return [stored];
}

function resizeConditions({ pending, progress }: PodResize): PodCondition[] {
  return [...resizeCondition('PodResizePending', pending), ...resizeCondition('PodResizeInProgress', progress)];
}

/** All conditions of a Pod: those of others as they are, then the kubelet's own. `isHeld`: its final phase is not told yet. */
export function podConditions(
  record: PodRecord,
  old: readonly PodCondition[],
  phase: string,
  now: string,
  isHeld: boolean,
): PodCondition[] {
  const containers = containersReady(record, phase);
  const { generation } = record.pod.metadata;
  const { failure } = record;
  const disrupted = failure?.isDisruption && !isHeld ? failure.message : undefined;
  const others = old.filter(
    ({ type }) => !OWNED.includes(type) && (type !== DISRUPTION_TARGET || disrupted === undefined),
  );
  if (record.resize && phase !== 'Succeeded' && phase !== 'Failed') others.push(...resizeConditions(record.resize));
  const own = (draft: Draft) => condition(draft, old, generation, now);
  others.push(
    own({ type: 'PodReadyToStartContainers', status: record.sandbox ? 'True' : 'False' }),
    own(initialized(record, phase)),
    own(ready(record, old, containers)),
    own(containers),
    own({ type: 'PodScheduled', status: 'True' }),
  );
  if (containersOf(record.pod).some(hasRuleForAll)) others.push(own(restartingAll(record, phase)));
  if (disrupted !== undefined) {
    others.push(own({ type: DISRUPTION_TARGET, status: 'True', reason: 'TerminationByKubelet', message: disrupted }));
  }
  return withoutRoom(others);
}

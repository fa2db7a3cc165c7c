/**
 * Which Pods of a node a drain moves, and what stops it: the checks in their order, as data with reasons.
 * Follows staging/src/k8s.io/kubectl/pkg/drain/filters.go.
 */
import { controllerOf } from '../engine/api/meta';
import { isPodTerminal, MIRROR_POD } from '../engine/api/pod';
import { findResource } from '../engine/api/scheme';
import type { Pod } from '../engine/api/types';
import type { Clock, CommandIo } from './command';

/** What judging needs of the world. */
type DrainIo = Clock & Pick<CommandIo, 'client'>;

/** What drain was told. */
export interface DrainSettings {
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  readonly skipWaitSeconds: number;
}

/** A verdict on one Pod. */
export interface PodVerdict {
  readonly pod: Pod;
  readonly delete: boolean;
  readonly reason: 'Okay' | 'Skip' | 'Warning' | 'Error';
  readonly message: string;
}

type Verdict = Omit<PodVerdict, 'pod'>;

const OKAY: Verdict = { delete: true, reason: 'Okay', message: '' };
const SKIP: Verdict = { delete: false, reason: 'Skip', message: '' };

function warning(deletes: boolean, message: string): Verdict {
  return { delete: deletes, reason: 'Warning', message };
}

function failure(message: string): Verdict {
  return { delete: false, reason: 'Error', message };
}

/** True when the Pod has been marked for deletion for longer than the drain is willing to wait. */
export function isStuckDeleting(pod: Pod, settings: DrainSettings, io: DrainIo): boolean {
  const { deletionTimestamp } = pod.metadata;
  if (settings.skipWaitSeconds <= 0 || !deletionTimestamp) return false;
  return Math.floor((io.nowMs - io.timeOf(deletionTimestamp)) / 1_000) > settings.skipWaitSeconds;
}

function daemonSetVerdict(pod: Pod, settings: DrainSettings, io: DrainIo): Verdict {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || isPodTerminal(pod)) return OKAY;
  const isThere = findResource('DaemonSet') && io.client.find('DaemonSet', pod.metadata.namespace, owner.name);
  if (!isThere) {
    const message = `daemonsets.apps ${JSON.stringify(owner.name)} not found`;
    return settings.force ? warning(true, message) : failure(message);
  }
  if (!settings.ignoreDaemonSets) return failure('DaemonSet-managed Pods (use --ignore-daemonsets to ignore)');
  return warning(false, 'ignoring DaemonSet-managed Pods');
}

function localStorageVerdict(pod: Pod, settings: DrainSettings): Verdict {
  const isLocal = (pod.spec.volumes ?? []).some((volume) => volume.emptyDir !== undefined);
  if (!isLocal || isPodTerminal(pod)) return OKAY;
  if (!settings.deleteEmptyDirData) return failure('Pods with local storage (use --delete-emptydir-data to override)');
  return warning(true, 'deleting Pods with local storage');
}

function unmanagedVerdict(pod: Pod, settings: DrainSettings): Verdict {
  if (isPodTerminal(pod) || controllerOf(pod)) return OKAY;
  if (settings.force) return warning(true, 'deleting Pods that declare no controller');
  return failure('Pods that declare no controller (use --force to override)');
}

function verdictOn(pod: Pod, settings: DrainSettings, io: DrainIo): Verdict {
  const checks = [
    () => (isStuckDeleting(pod, settings, io) ? SKIP : OKAY),
    () => daemonSetVerdict(pod, settings, io),
    () => (pod.metadata.annotations?.[MIRROR_POD] === undefined ? OKAY : SKIP),
    () => localStorageVerdict(pod, settings),
    () => unmanagedVerdict(pod, settings),
  ];
  let verdict = OKAY;
  for (const check of checks) {
    verdict = check();
    if (!verdict.delete) return verdict;
  }
  return verdict;
}

/** The verdicts on a node's Pods. A later check overrides the warning of an earlier one, as in kubectl. */
export function judgePods(pods: readonly Pod[], settings: DrainSettings, io: DrainIo): PodVerdict[] {
  return pods.map((pod) => ({ pod, ...verdictOn(pod, settings, io) }));
}

function grouped(verdicts: readonly PodVerdict[], reason: PodVerdict['reason']): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const verdict of verdicts) {
    if (verdict.reason !== reason) continue;
    const names = groups.get(verdict.message) ?? [];
    groups.set(verdict.message, [...names, `${verdict.pod.metadata.namespace}/${verdict.pod.metadata.name}`]);
  }
  return groups;
}

/** One line for everything that is worth a warning, or ''. */
export function warningsOf(verdicts: readonly PodVerdict[]): string {
  return [...grouped(verdicts, 'Warning')].map(([message, pods]) => `${message}: ${pods.join(', ')}`).join('; ');
}

/** What stops the drain, one text per reason. */
export function errorsOf(verdicts: readonly PodVerdict[]): string[] {
  return [...grouped(verdicts, 'Error')].map(([message, pods]) => `cannot delete ${message}: ${pods.join(', ')}`);
}

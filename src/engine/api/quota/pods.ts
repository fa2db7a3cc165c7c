/** What Pods use. Follows pkg/quota/v1/evaluator/core/pods.go; what is resized in place counts as its spec says. */
import { putIn } from '../plain';
import { isPodTerminal } from '../pod';
import { podResourceList } from '../pod-resource-list';
import { qosClass } from '../pod-resources';
import { meetsOperator } from '../selector';
import { addSeconds } from '../timestamp';
import type { Container, Pod, PodAffinityTerm } from '../types';
import { isExtendedResource } from '../validation/resources';
import type { QuotaEvaluator, Scope } from './measure';
import type { ResourceList } from './resource-list';

const COUNT = 'count/pods';
const PLAIN = ['cpu', 'memory', 'ephemeral-storage'];
const NAMES = new Set([
  COUNT,
  'pods',
  ...['', 'requests.', 'limits.'].flatMap((prefix) => PLAIN.map((name) => prefix + name)),
]);
/** Every container must say how much it wants of these once they are limited. */
const DEMANDED = new Set(['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']);

function isPodResource(name: string): boolean {
  if (NAMES.has(name) || /^(requests\.)?hugepages-/.test(name)) return true;
  return name.startsWith('requests.') && name.includes('/') && !name.includes('kubernetes.io/');
}

/** A Pod that is over, or should be gone for as long as it had to go, is not charged. */
function isCharged(pod: Pod, now: string): boolean {
  if (isPodTerminal(pod)) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (!deletionTimestamp || deletionGracePeriodSeconds === undefined) return true;
  return now <= addSeconds(deletionTimestamp, deletionGracePeriodSeconds);
}

function charge(requests: ResourceList, limits: ResourceList): Record<string, string> {
  const usage: Record<string, string> = { pods: '1' };
  for (const name in requests) {
    const amount = requests[name] as string;
    if (PLAIN.includes(name) || name.startsWith('hugepages-')) putIn(usage, name, amount);
    if (name in usage || isExtendedResource(name)) putIn(usage, `requests.${name}`, amount);
  }
  for (const name of PLAIN) if (limits[name] !== undefined) usage[`limits.${name}`] = limits[name];
  return usage;
}

function usageOf(pod: Pod, now: string): ResourceList {
  if (!isCharged(pod, now)) return { [COUNT]: '1' };
  return { [COUNT]: '1', ...charge(podResourceList(pod.spec, 'requests'), podResourceList(pod.spec, 'limits')) };
}

/** `must specify …`: which containers don't say how much of which they want. */
function missing(names: readonly string[], { spec }: Pod): string | undefined {
  if (spec.resources && Object.keys({ ...spec.resources.requests, ...spec.resources.limits }).length > 0)
    return undefined;
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const lacks = (name: string, { resources }: Container) =>
    charge(resources?.requests ?? {}, resources?.limits ?? {})[name] === undefined;
  const texts = names
    .filter((name) => DEMANDED.has(name))
    .sort()
    .flatMap((name) => {
      const lacking = containers.filter((container) => lacks(name, container)).map((container) => container.name ?? '');
      return lacking.length > 0 ? [`${name} for: ${[...new Set(lacking)].sort().join(',')}`] : [];
    });
  return texts.length > 0 ? `must specify ${texts.join('; ')}` : undefined;
}

function isTerminating({ spec }: Pod): boolean {
  return (spec.activeDeadlineSeconds ?? -1) >= 0;
}

function looksBeyondNamespace({ spec }: Pod): boolean {
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  return [podAffinity, podAntiAffinity].some((affinity) => {
    const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const terms: readonly PodAffinityTerm[] = [
      ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...preferred.map(({ podAffinityTerm }) => podAffinityTerm),
    ];
    return terms.some(({ namespaces, namespaceSelector }) => namespaces?.length || namespaceSelector);
  });
}

function matchesScope(scope: Scope, pod: Pod): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return qosClass(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(pod) !== 'BestEffort';
    case 'PriorityClass':
      return meetsOperator(scope, pod.spec.priorityClassName || undefined);
    default:
      return scope.scopeName === 'CrossNamespacePodAffinity' && looksBeyondNamespace(pod);
  }
}

/** Pods. */
export const podEvaluator: QuotaEvaluator = {
  matching: (names) => names.filter(isPodResource),
  matchesScope: (scope, object) => matchesScope(scope, object as Pod),
  usage: (object, now) => usageOf(object as Pod, now),
  missing: (names, object) => missing(names, object as Pod),
  handlesUpdate: (object, old) => isTerminating(object as Pod) !== isTerminating(old as Pod),
  replenishes: (old, object) =>
    isTerminating(old as Pod) !== isTerminating(object as Pod) ||
    isPodTerminal(old as Pod) !== isPodTerminal(object as Pod),
};

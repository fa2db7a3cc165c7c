/**
 * What a failed Pod means to its Job. Pure.
 * Follows pkg/controller/job/pod_failure_policy.go.
 */
import type {
  ContainerStatus,
  Job,
  Pod,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyRule,
} from '../../api/types';

/** The verdict about one failed Pod. */
export interface FailureVerdict {
  /** Whether the failure counts towards the limits. */
  readonly counts: boolean;
  /** What the first matching rule does, and its number. */
  readonly action?: string;
  readonly rule?: number;
  /** Why the Job fails at once. */
  readonly failJobMessage?: string;
}

const COUNTS: FailureVerdict = { counts: true };

/** The verdict of the first rule that matches; without one the failure counts. */
export function judgeFailure({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const verdict = judgeByRule(rule, index, pod);
    if (verdict) return verdict;
  }
  return COUNTS;
}

function judgeByRule(rule: PodFailurePolicyRule, index: number, pod: Pod): FailureVerdict | undefined {
  const { action } = rule;
  const why = rule.onExitCodes ? exitCodeMatch(pod, rule.onExitCodes) : conditionMatch(pod, rule);
  if (why === undefined) return undefined;
  const verdict = { counts: action !== 'Ignore', action, rule: index };
  return action === 'FailJob'
    ? { ...verdict, failJobMessage: `${why} matching FailJob rule at index ${index}` }
    : verdict;
}

function exitCodeMatch(pod: Pod, requirement: PodFailurePolicyOnExitCodesRequirement): string | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status;
  const status = [...containerStatuses, ...initContainerStatuses].find((one) => isExitMatched(one, requirement));
  const { namespace, name } = pod.metadata;
  const code = status?.state?.terminated?.exitCode;
  return status && `Container ${status.name} for pod ${namespace}/${name} failed with exit code ${code}`;
}

function isExitMatched(
  { name, state }: ContainerStatus,
  { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement,
): boolean {
  const code = state?.terminated?.exitCode;
  if (!code || (containerName !== undefined && containerName !== name)) return false;
  return operator === 'In' ? values.includes(code) : operator === 'NotIn' && !values.includes(code);
}

function conditionMatch(pod: Pod, { onPodConditions = [] }: PodFailurePolicyRule): string | undefined {
  const { namespace, name } = pod.metadata;
  const found = pod.status.conditions?.find(({ type, status }) =>
    onPodConditions.some((pattern) => pattern.type === type && pattern.status === status),
  );
  return found && `Pod ${namespace}/${name} has condition ${found.type}`;
}

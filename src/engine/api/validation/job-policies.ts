/**
 * When a Pod's end ends the Job: podFailurePolicy, successPolicy, podReplacementPolicy.
 * Follows pkg/apis/batch/validation/validation.go (validatePodFailurePolicy, validateSuccessPolicy and what they call).
 */
import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../types';
import {
  duplicate,
  type FieldErrors,
  invalid,
  notSupported,
  quoteGo,
  required,
  tooLong,
  tooMany,
} from './field-errors';
import { countIndexes } from './job-indexes';
import { validateQualifiedName } from './labels';
import { validateNonNegative } from './probe';

const MAX_RULES = 20;
const MAX_PATTERNS = 20;
const MAX_EXIT_CODES = 255;
const MAX_INDEXES_BYTES = 64 * 1024;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** An error about a value that is not shown. */
export function invalidUnseen(field: string, detail: string): FieldErrors[number] {
  return { type: 'FieldValueInvalid', field, message: `Invalid value: ${detail}` };
}

/** A text out of a list that must be given. */
function validateChoice(
  errors: FieldErrors,
  field: string,
  value: string | undefined,
  choices: readonly string[],
): void {
  if (!value) errors.push(required(field, `valid values: [${choices.map(quoteGo).join(' ')}]`));
  else if (!choices.includes(value)) errors.push(notSupported(field, value, choices));
}

/** The rules by which failed Pods are judged. */
export function validatePodFailurePolicy(errors: FieldErrors, field: string, spec: JobSpec): void {
  const rules = spec.podFailurePolicy?.rules ?? [];
  if (rules.length > MAX_RULES) errors.push(tooMany(`${field}.rules`, rules.length, MAX_RULES));
  for (const [index, rule] of rules.entries()) validateFailureRule(errors, `${field}.rules[${index}]`, rule, spec);
}

function validateFailureRule(errors: FieldErrors, field: string, rule: PodFailurePolicyRule, spec: JobSpec): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  if (action !== 'FailIndex') validateChoice(errors, `${field}.action`, action, ACTIONS);
  else if (spec.backoffLimitPerIndex === undefined) {
    errors.push(invalid(`${field}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  }
  if (onExitCodes) validateExitCodes(errors, `${field}.onExitCodes`, onExitCodes, spec);
  if (onPodConditions.length > 0) validatePatterns(errors, `${field}.onPodConditions`, onPodConditions);
  if (onExitCodes && onPodConditions.length > 0) {
    errors.push(invalidUnseen(field, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (!onExitCodes && onPodConditions.length === 0) {
    errors.push(invalidUnseen(field, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
}

function validatePatterns(
  errors: FieldErrors,
  field: string,
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
): void {
  if (patterns.length > MAX_PATTERNS) errors.push(tooMany(field, patterns.length, MAX_PATTERNS));
  for (const [index, { type, status }] of patterns.entries()) {
    validateQualifiedName(errors, `${field}[${index}].type`, type ?? '');
    validateChoice(errors, `${field}[${index}].status`, status, STATUSES);
  }
}

function validateExitCodes(
  errors: FieldErrors,
  field: string,
  { operator, containerName, values = [] }: PodFailurePolicyOnExitCodesRequirement,
  { template }: JobSpec,
): void {
  validateChoice(errors, `${field}.operator`, operator, OPERATORS);
  const { containers = [], initContainers = [] } = template.spec ?? {};
  if (containerName !== undefined && ![...containers, ...initContainers].some(({ name }) => name === containerName)) {
    const why = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(`${field}.containerName`, containerName, why));
  }
  if (values.length === 0) errors.push(invalid(`${field}.values`, values, 'at least one value is required'));
  else if (values.length > MAX_EXIT_CODES) errors.push(tooMany(`${field}.values`, values.length, MAX_EXIT_CODES));
  for (const [index, value] of values.entries()) {
    const at = `${field}.values[${index}]`;
    if (operator === 'In' && value === 0) errors.push(invalid(at, value, 'must not be 0 for the In operator'));
    if (values.indexOf(value) < index) errors.push(duplicate(at, value));
  }
  if (values.some((value, index) => index > 0 && (values[index - 1] as number) > value)) {
    errors.push(invalid(`${field}.values`, values, 'must be ordered'));
  }
}

/** The rules by which an Indexed Job is a success before all indexes are. */
export function validateSuccessPolicy(errors: FieldErrors, field: string, spec: JobSpec): void {
  const rules = spec.successPolicy?.rules ?? [];
  if (rules.length === 0) {
    const why = 'at least one rules must be specified when the successPolicy is specified';
    errors.push(required(`${field}.rules`, why));
  }
  if (rules.length > MAX_RULES) errors.push(tooMany(`${field}.rules`, rules.length, MAX_RULES));
  for (const [index, rule] of rules.entries()) {
    validateSuccessRule(errors, `${field}.rules[${index}]`, rule, spec.completions ?? 0);
  }
}

function validateSuccessRule(errors: FieldErrors, field: string, rule: SuccessPolicyRule, completions: number): void {
  const { succeededIndexes: indexes, succeededCount: count } = rule;
  if (count === undefined && indexes === undefined) {
    errors.push(required(field, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let total = 0;
  if (indexes !== undefined) {
    const at = `${field}.succeededIndexes`;
    if (indexes.length > MAX_INDEXES_BYTES) errors.push(tooLong(at, MAX_INDEXES_BYTES));
    const counted = countIndexes(indexes, completions);
    if (typeof counted === 'number') total = counted;
    else errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${counted.problem}`));
  }
  if (count === undefined) return;
  const at = `${field}.succeededCount`;
  const tooLarge = (limit: number, what: string): void => {
    errors.push(invalid(at, count, `must be less than or equal to ${limit} (the number of ${what})`));
  };
  validateNonNegative(errors, at, count);
  if (count > completions) tooLarge(completions, 'specified completions');
  if (indexes !== undefined && count > total) tooLarge(total, 'indexes in the specified succeededIndexes field');
}

/** When a Pod that goes is replaced. */
export function validatePodReplacementPolicy(errors: FieldErrors, field: string, spec: JobSpec): void {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  const choices = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (policy !== undefined && !choices.includes(policy)) errors.push(notSupported(field, policy, choices));
}

/**
 * Labels, annotations and label selectors.
 * Follows apimachinery/pkg/apis/meta/v1/validation/validation.go and pkg/api/validation/objectmeta.go.
 */
import type { LabelSelector, LabelSelectorRequirement } from '../types';
import {
  type FieldErrors,
  forbiddenField,
  invalid,
  invalidTyped,
  pushInvalid,
  required,
  tooLong,
} from './field-errors';
import { byteLength, isLabelValue, isQualifiedName } from './names';

const MAX_ANNOTATION_BYTES = 256 * 1024;

/** A text that must be a label key. */
export function validateQualifiedName(errors: FieldErrors, field: string, name: string): void {
  pushInvalid(errors, field, name, isQualifiedName(name));
}

/** Keys and values of labels. */
export function validateLabels(
  errors: FieldErrors,
  field: string,
  labels: Readonly<Record<string, string>> | undefined,
): void {
  for (const key in labels) {
    pushInvalid(errors, field, key, isQualifiedName(key));
    const value = labels[key] as string;
    pushInvalid(errors, field, value, isLabelValue(value));
  }
}

/** Keys and total size of annotations. */
export function validateAnnotations(
  errors: FieldErrors,
  field: string,
  annotations: Readonly<Record<string, string>> | undefined,
): void {
  let bytes = 0;
  for (const key in annotations) {
    pushInvalid(errors, field, key, isQualifiedName(key.toLowerCase()));
    bytes += byteLength(key) + byteLength(annotations[key] as string);
  }
  if (bytes > MAX_ANNOTATION_BYTES) errors.push(tooLong(field, MAX_ANNOTATION_BYTES));
}

/** The selector of a controller: one that would select every Pod is refused. `kind` is how upstream's message calls it. */
export function validateSelectsSomething(errors: FieldErrors, selector: LabelSelector, kind: string): void {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (Object.keys(matchLabels).length + matchExpressions.length > 0) return;
  errors.push(invalid('spec.selector', printableSelector(selector), `empty selector is invalid for ${kind}`));
}

/** A label selector; absent is valid here. */
export function validateLabelSelector(errors: FieldErrors, field: string, selector: LabelSelector | undefined): void {
  if (!selector) return;
  validateLabels(errors, `${field}.matchLabels`, selector.matchLabels);
  const expressions = selector.matchExpressions ?? [];
  for (const [index, expression] of expressions.entries()) {
    validateRequirement(errors, `${field}.matchExpressions[${index}]`, expression);
  }
}

function validateRequirement(errors: FieldErrors, field: string, requirement: LabelSelectorRequirement): void {
  const { key, operator, values = [] } = requirement;
  validateOperator(errors, field, operator, values);
  validateQualifiedName(errors, `${field}.key`, key ?? '');
  for (const [index, value] of values.entries()) {
    pushInvalid(errors, `${field}.values[${index}]`, value, isLabelValue(value));
  }
}

function validateOperator(errors: FieldErrors, field: string, operator: string, values: readonly string[]): void {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        errors.push(
          forbiddenField(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      }
      break;
    default:
      errors.push(invalidTyped(`${field}.operator`, operator ?? '', 'not a valid selector operator'));
  }
}

/** Whether a selector can be evaluated at all; what cannot is reported apart from its details. */
export function isUsableSelector(selector: LabelSelector | undefined): boolean {
  if (!selector) return true;
  const errors: FieldErrors = [];
  validateLabelSelector(errors, '', selector);
  return errors.length === 0;
}

/** A selector for printing in an error, its fields in upstream's order and its map sorted. */
export function printableSelector(selector: LabelSelector): unknown {
  const { matchLabels, matchExpressions } = selector;
  const keys = Object.keys(matchLabels ?? {}).sort((a, b) => (a < b ? -1 : 1));
  const labels = Object.fromEntries(keys.map((key) => [key, matchLabels?.[key]]));
  const expressions = matchExpressions?.map(({ key, operator, values }) => ({
    key: key ?? '',
    operator: operator ?? '',
    ...(values && values.length > 0 ? { values } : {}),
  }));
  return {
    ...(keys.length > 0 ? { matchLabels: labels } : {}),
    ...(expressions && expressions.length > 0 ? { matchExpressions: expressions } : {}),
  };
}

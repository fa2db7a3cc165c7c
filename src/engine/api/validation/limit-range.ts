/**
 * LimitRanges.
 * Follows pkg/apis/core/validation/validation.go (ValidateLimitRange).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { compareQuantities, quantityMilli } from '../quantity';
import type { LimitRange, LimitRangeItem } from '../types';
import { duplicate, type FieldErrors, forbiddenField, invalid, pushInvalid, required } from './field-errors';
import { type MetadataRules, validateObjectMeta } from './metadata';
import { isDns1123Subdomain, isQualifiedName } from './names';
import { isOvercommitAllowed, validateContainerResourceName, validateResourceName } from './resources';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** A LimitRange that is to be created, or what an update makes of one. */
export function validateLimitRange(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as LimitRange;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, METADATA);
  const seen = new Set<string>();
  for (const [index, item] of (spec.limits ?? []).entries()) {
    const field = `spec.limits[${index}]`;
    validateType(errors, `${field}.type`, item.type ?? '');
    if (seen.has(item.type)) errors.push(duplicate(`${field}.type`, item.type));
    seen.add(item.type);
    validateItem(errors, field, item);
  }
  return errors;
}

function validateType(errors: FieldErrors, field: string, type: string): void {
  const problems = isQualifiedName(type);
  pushInvalid(errors, field, type, problems);
  if (problems.length > 0 || type.includes('/') || TYPES.includes(type)) return;
  errors.push(invalid(field, type, 'must be a standard limit type or fully qualified'));
}

function validateItem(errors: FieldErrors, field: string, item: LimitRangeItem): void {
  const isOfPod = item.type === 'Pod';
  const validateName = isOfPod || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  const names = new Set<string>();
  for (const list of LISTS) {
    const isUnbounded = item.type === 'PersistentVolumeClaim' && !item.min?.storage && !item.max?.storage;
    if (isUnbounded && list === 'maxLimitRequestRatio') {
      const detail = 'either minimum or maximum storage value is required, but neither was provided';
      errors.push(required(`${field}.limits`, detail));
    }
    if (isOfPod && (list === 'default' || list === 'defaultRequest')) {
      if (Object.keys(item[list] ?? {}).length === 0) continue;
      errors.push(forbiddenField(`${field}.${list}`, "may not be specified when `type` is 'Pod'"));
    } else {
      for (const name in item[list]) {
        validateName(errors, `${field}.${list}[${name}]`, name);
        names.add(name);
      }
    }
  }
  for (const name of names)
    validateBounds(errors, field, isOfPod ? { ...item, default: {}, defaultRequest: {} } : item, name);
}

/** What must not be greater than what, where the error is shown, and with which of the two amounts. */
const ORDER = [
  ['min', 'max', 'min', 'min', 'min value', 'max value'],
  ['min', 'defaultRequest', 'defaultRequest', 'defaultRequest', 'min value', 'default request value'],
  ['defaultRequest', 'max', 'defaultRequest', 'defaultRequest', 'default request value', 'max value'],
  ['defaultRequest', 'default', 'defaultRequest', 'defaultRequest', 'default request value', 'default limit value'],
  ['min', 'default', 'default', 'min', 'min value', 'default value'],
  ['default', 'max', 'default', 'max', 'default value', 'max value'],
] as const;

function validateBounds(errors: FieldErrors, field: string, item: LimitRangeItem, name: string): void {
  for (const [small, large, where, shown, smallName, largeName] of ORDER) {
    const [low, high] = [item[small]?.[name], item[large]?.[name]];
    if (low === undefined || high === undefined || compareQuantities(low, high) <= 0) continue;
    const detail = `${smallName} ${low} is greater than ${largeName} ${high}`;
    errors.push(invalid(`${field}.${where}[${name}]`, item[shown]?.[name], detail));
  }
  validateRatio(errors, `${field}.maxLimitRequestRatio[${name}]`, item, name);
  const [limit, request] = [item.default?.[name], item.defaultRequest?.[name]];
  if (isOvercommitAllowed(name) || limit === undefined || request === undefined) return;
  if (compareQuantities(limit, request) === 0) return;
  const detail = `default value ${limit} must equal to defaultRequest value ${request} in ${name}`;
  errors.push(invalid(`${field}.defaultRequest[${name}]`, request, detail));
}

function validateRatio(errors: FieldErrors, field: string, item: LimitRangeItem, name: string): void {
  const [ratio, min, max] = [item.maxLimitRequestRatio?.[name], item.min?.[name], item.max?.[name]];
  if (ratio === undefined) return;
  if (compareQuantities(ratio, '1') < 0) errors.push(invalid(field, ratio, `ratio ${ratio} is less than 1`));
  if (min === undefined || max === undefined) return;
  const most = quantityMilli(max) / quantityMilli(min);
  if (quantityMilli(ratio) / 1000 <= most) return;
  errors.push(invalid(field, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`));
}

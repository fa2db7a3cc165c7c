/**
 * The scale subresource by the paths that a kind gives for it.
 * Follows apiextensions-apiserver/pkg/registry/customresource/etcd.go (scaleFromCustomResource) and
 * registry/customresource/validator.go (ValidateScaleSpec, ValidateScaleStatus).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { invalid } from '../validation/field-errors';
import { type Fields, isFields } from './json-schema';

/** Where an object keeps its replicas (`.spec.replicas`), those that exist, and the selector of them as text. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/** Where built-in kinds keep them. */
export const DEFAULT_SCALE: ScalePaths = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
};

const MAX_REPLICAS = 2 ** 31 - 1;

function namesOf(path: string): string[] {
  return path.replace(/^\./, '').split('.');
}

function at(object: KubeObject, path: string): unknown {
  let value: unknown = object;
  for (const name of namesOf(path)) value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** spec.replicas of an object's scale; undefined when it has none. */
export function replicasOf(object: KubeObject, paths: ScalePaths): number | undefined {
  const value = at(object, paths.specReplicasPath);
  return typeof value === 'number' ? value : undefined;
}

/** status.replicas and status.selector of an object's scale. */
export function scaleStatusOf(object: KubeObject, paths: ScalePaths): { replicas: number; selector: string } {
  const replicas = at(object, paths.statusReplicasPath);
  const selector = paths.labelSelectorPath ? at(object, paths.labelSelectorPath) : '';
  return {
    replicas: typeof replicas === 'number' ? replicas : 0,
    selector: typeof selector === 'string' ? selector : '',
  };
}

/** The object with another number of replicas; parts that don't change are shared. */
export function withReplicas(object: KubeObject, paths: ScalePaths, replicas: number): KubeObject {
  return replaced(object, namesOf(paths.specReplicasPath), replicas) as KubeObject;
}

function replaced(value: unknown, names: readonly string[], replicas: number): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return replicas;
  const fields: Fields = isFields(value) ? { ...value } : {};
  fields[name] = replaced(fields[name], rest, replicas);
  return fields;
}

function validateCount(errors: FieldError[], object: KubeObject, path: string): void {
  const value = at(object, path);
  if (value === undefined) return;
  if (typeof value !== 'number') {
    const found = typeof value === 'string' ? 'string' : typeof value;
    errors.push(invalid(path, 0, `${path} accessor error: ${String(value)} is of the type ${found}, expected int64`));
  } else if (value < 0) errors.push(invalid(path, value, 'should be a non-negative integer'));
  else if (value > MAX_REPLICAS) errors.push(invalid(path, value, `should be less than or equal to ${MAX_REPLICAS}`));
}

/** What is wrong with the numbers that a scale shows. */
export function validateScale(object: KubeObject, paths: ScalePaths | undefined, statusOnly = false): FieldError[] {
  const errors: FieldError[] = [];
  if (!paths) return errors;
  if (!statusOnly) validateCount(errors, object, paths.specReplicasPath);
  validateCount(errors, object, paths.statusReplicasPath);
  const selector = paths.labelSelectorPath ? at(object, paths.labelSelectorPath) : undefined;
  if (selector !== undefined && typeof selector !== 'string') {
    const path = paths.labelSelectorPath as string;
    errors.push(invalid(path, '', `${path} accessor error: ${JSON.stringify(selector)} is not a string`));
  }
  return errors;
}

/**
 * Object metadata at creation and at updates.
 * Follows apimachinery/pkg/api/validation/objectmeta.go and the common checks of apiserver/pkg/registry/rest.
 * Left out: managedFields, which are not stored with objects.
 */
import { FOREGROUND_FINALIZER, finalizerProblem, ORPHAN_FINALIZER } from '../finalizers';
import type { ObjectMeta, OwnerReference } from '../meta';
import { deepEqual } from '../plain';
import { type FieldErrors, forbiddenField, invalid, pushInvalid, quoteGo, required } from './field-errors';
import { validateAnnotations, validateLabels, validateQualifiedName } from './labels';
import { isDns1123Label } from './names';

/** The message of every field that may not change. */
export const FIELD_IS_IMMUTABLE = 'field is immutable';

/** A check of a name's format. */
export type NameCheck = (name: string) => readonly string[];

/** What a kind's metadata must satisfy. */
export interface MetadataRules {
  readonly namespaced: boolean;
  readonly name: NameCheck;
  /** Finalizers need not be qualified (kinds outside the oldest groups). */
  readonly anyFinalizer?: boolean;
}

/** A trailing dash is fine in a prefix, since more follows; upstream shortens by two for the check. */
function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

/** Metadata of an object that is to be created. */
export function validateObjectMeta(errors: FieldErrors, meta: ObjectMeta, rules: MetadataRules): void {
  const field = 'metadata';
  if (meta.generateName) {
    pushInvalid(errors, `${field}.generateName`, meta.generateName, rules.name(maskTrailingDash(meta.generateName)));
  }
  if (!meta.name) errors.push(required(`${field}.name`, 'name or generateName is required'));
  else pushInvalid(errors, `${field}.name`, meta.name, rules.name(meta.name));
  validateNamespaceField(errors, meta.namespace, rules.namespaced);
  validateLabels(errors, `${field}.labels`, meta.labels);
  validateAnnotations(errors, `${field}.annotations`, meta.annotations);
  validateOwnerReferences(errors, `${field}.ownerReferences`, meta.ownerReferences);
  validateFinalizers(errors, `${field}.finalizers`, meta.finalizers);
  if (meta.finalizers && !rules.anyFinalizer) validateKnownFinalizers(errors, meta.finalizers);
}

function validateNamespaceField(errors: FieldErrors, namespace: string | undefined, namespaced: boolean): void {
  const field = 'metadata.namespace';
  if (!namespaced) {
    if (namespace) errors.push(forbiddenField(field, 'not allowed on this type'));
  } else if (!namespace) errors.push(required(field));
  else pushInvalid(errors, field, namespace, isDns1123Label(namespace));
}

function validateOwnerReferences(
  errors: FieldErrors,
  field: string,
  references: readonly OwnerReference[] | undefined,
): void {
  let firstController = '';
  for (const reference of references ?? []) {
    validateOwnerReference(errors, field, reference);
    if (reference.controller !== true) continue;
    const controller = `${reference.kind}/${reference.name}`;
    if (firstController) {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${firstController} and ${controller}`;
      errors.push(invalid(field, references?.map(printableReference), detail));
    } else firstController = controller;
  }
}

/** The fields in the order in which upstream prints them. */
function printableReference({ apiVersion, kind, name, uid, ...rest }: OwnerReference): unknown {
  const { controller, blockOwnerDeletion } = rest;
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}

function validateOwnerReference(errors: FieldErrors, field: string, reference: OwnerReference): void {
  const { apiVersion = '', kind = '', name = '', uid = '' } = reference;
  if (apiVersion === '') errors.push(invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'));
  if (kind === '') errors.push(invalid(`${field}.kind`, kind, 'must not be empty'));
  if (name === '') errors.push(invalid(`${field}.name`, name, 'must not be empty'));
  if (uid === '') errors.push(invalid(`${field}.uid`, uid, 'must not be empty'));
  if (apiVersion === 'v1' && kind === 'Event') {
    errors.push(invalid(field, printableReference(reference), '/v1, Kind=Event is disallowed from being an owner'));
  }
}

function validateFinalizers(errors: FieldErrors, field: string, finalizers: readonly string[] | undefined): void {
  if (!finalizers) return;
  for (const finalizer of finalizers) validateQualifiedName(errors, field, finalizer);
  if (finalizers.includes(ORPHAN_FINALIZER) && finalizers.includes(FOREGROUND_FINALIZER)) {
    errors.push(invalid(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
}

/** Finalizers that carry no domain must be those that Kubernetes itself knows. */
function validateKnownFinalizers(errors: FieldErrors, finalizers: readonly string[]): void {
  for (const [index, finalizer] of finalizers.entries()) {
    const problem = finalizerProblem(finalizer);
    if (problem) errors.push(invalid(`metadata.finalizers[${index}]`, finalizer, problem));
  }
}

/** Metadata of an update. Fields the server itself keeps (uid, timestamps) are restored before and not checked again. */
export function validateObjectMetaUpdate(
  errors: FieldErrors,
  meta: ObjectMeta,
  old: ObjectMeta,
  rules?: MetadataRules,
): void {
  if (old.deletionTimestamp) validateNoNewFinalizers(errors, meta.finalizers, old.finalizers);
  validateImmutable(errors, 'metadata.name', meta.name, old.name);
  validateImmutable(errors, 'metadata.namespace', meta.namespace, old.namespace);
  if (meta.labels !== old.labels) validateLabels(errors, 'metadata.labels', meta.labels);
  if (meta.annotations !== old.annotations) validateAnnotations(errors, 'metadata.annotations', meta.annotations);
  if (meta.ownerReferences !== old.ownerReferences) {
    validateOwnerReferences(errors, 'metadata.ownerReferences', meta.ownerReferences);
  }
  if (!meta.finalizers || meta.finalizers === old.finalizers) return;
  validateFinalizers(errors, 'metadata.finalizers', meta.finalizers);
  if (!rules?.anyFinalizer) validateKnownFinalizers(errors, meta.finalizers);
}

function validateNoNewFinalizers(
  errors: FieldErrors,
  finalizers: readonly string[] | undefined,
  old: readonly string[] | undefined,
): void {
  const extra = [...new Set(finalizers)].filter((finalizer) => !old?.includes(finalizer)).sort();
  if (extra.length === 0) return;
  const list = `[]string{${extra.map(quoteGo).join(', ')}}`;
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
  errors.push(forbiddenField('metadata.finalizers', why));
}

/** A field that must stay as it was. `printable` is the new value as upstream prints it, when that differs. */
export function validateImmutable(
  errors: FieldErrors,
  field: string,
  value: unknown,
  old: unknown,
  printable: unknown = value,
): void {
  if (!deepEqual(value, old)) errors.push(invalid(field, printable, FIELD_IS_IMMUTABLE));
}

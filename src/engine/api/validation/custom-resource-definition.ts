/**
 * CustomResourceDefinitions. As upstream, what all versions have in common is checked (and named) at the top of spec: a
 * definition with one version is told of `spec.validation.openAPIV3Schema`.
 * Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go and v1/conversion.go.
 * Left out: rules in CEL and their cost; webhooks of conversion are checked only for being there.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual, putIn } from '../plain';
import type {
  CustomResourceConversion,
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
} from '../types';
import { validateNames } from './custom-resource-names';
import { type VersionParts, validateVersionParts } from './custom-resource-version';
import { type FieldErrors, forbiddenField, invalid, notSupported, required } from './field-errors';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1035Label, isDns1123Subdomain } from './names';

const APPROVAL = 'api-approved.kubernetes.io';

function rulesFor({ spec }: CustomResourceDefinition): MetadataRules {
  const wanted = `${spec.names.plural}.${spec.group}`;
  return {
    namespaced: false,
    anyFinalizer: true,
    name: (name) => {
      const messages = isDns1123Subdomain(name);
      return name === wanted ? messages : [...messages, 'must be spec.names.plural+"."+spec.group'];
    },
  };
}

/** A definition that is to be created. */
export function validateCustomResourceDefinition(object: KubeObject): readonly FieldError[] {
  const definition = object as CustomResourceDefinition;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, definition.metadata, rulesFor(definition));
  validateSpec(errors, definition.spec);
  validateStoredVersions(errors, definition);
  validateApproval(errors, definition, undefined);
  validatePreserveUnknownFields(errors, definition, undefined);
  return errors;
}

/** An update of a definition: once it is established, scope and kind stay. */
export function validateCustomResourceDefinitionUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const [definition, before] = [object as CustomResourceDefinition, old as CustomResourceDefinition];
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, definition.metadata, before.metadata, rulesFor(definition));
  validateSpec(errors, definition.spec);
  const isEstablished = before.status?.conditions?.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
  if (isEstablished) {
    validateImmutable(errors, 'spec.scope', definition.spec.scope, before.spec.scope);
    validateImmutable(errors, 'spec.names.kind', definition.spec.names.kind, before.spec.names.kind);
  }
  validateImmutable(errors, 'spec.group', definition.spec.group, before.spec.group);
  validateImmutable(errors, 'spec.names.plural', definition.spec.names.plural, before.spec.names.plural);
  validateStoredVersions(errors, definition);
  validateApproval(errors, definition, before);
  validatePreserveUnknownFields(errors, definition, before);
  return errors;
}

/** An update of a definition's status. */
export function validateCustomResourceDefinitionStatus(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const { metadata, status } = object as CustomResourceDefinition;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata, { ...rulesFor(old as CustomResourceDefinition) });
  if (status?.acceptedNames) validateNames(errors, 'status.acceptedNames', status.acceptedNames);
  return errors;
}

function validateSpec(errors: FieldErrors, spec: CustomResourceDefinitionSpec): void {
  validateGroup(errors, spec.group ?? '');
  if (!spec.scope) errors.push(required('spec.scope'));
  else if (!SCOPES.includes(spec.scope)) errors.push(notSupported('spec.scope', spec.scope, SCOPES));
  const versions = spec.versions ?? [];
  const common = commonParts(versions);
  for (const [index, version] of versions.entries()) {
    if (!version.schema?.openAPIV3Schema && !common.parts.schema?.openAPIV3Schema) {
      errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`));
    }
  }
  validateVersions(errors, versions, common);
  const { names } = spec;
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!names[name]) errors.push(required(`spec.names.${name}`));
  }
  validateNames(errors, 'spec.names', names);
  const places = { schema: 'spec.validation', base: 'spec' };
  const hasStatus = versions.some((version) => version.subresources?.status !== undefined);
  validateVersionParts(errors, places, common.parts, hasStatus);
  validateConversion(errors, spec.conversion);
}

const SCOPES = ['Cluster', 'Namespaced'];

function validateGroup(errors: FieldErrors, group: string): void {
  const messages = isDns1123Subdomain(group);
  if (!group) errors.push(required('spec.group'));
  else if (messages.length > 0) errors.push(invalid('spec.group', group, messages.join(',')));
  else if (!group.includes('.')) errors.push(invalid('spec.group', group, 'should be a domain with at least one dot'));
}

/** What all versions say alike, and which parts these are. */
interface Common {
  readonly parts: VersionParts;
  readonly isCommon: Readonly<Record<keyof VersionParts, boolean>>;
}

const PARTS = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;

function commonParts(versions: readonly CustomResourceDefinitionVersion[]): Common {
  const parts: Record<string, unknown> = {};
  const isCommon: Record<string, boolean> = {};
  for (const part of PARTS) {
    putIn(
      isCommon,
      part,
      versions.every((version) => deepEqual(version[part], versions[0]?.[part])),
    );
    if (isCommon[part]) putIn(parts, part, versions[0]?.[part]);
  }
  return { parts: parts as VersionParts, isCommon: isCommon as Common['isCommon'] };
}

function ownParts(version: CustomResourceDefinitionVersion, { isCommon }: Common): VersionParts {
  const parts: Record<string, unknown> = {};
  for (const part of PARTS) if (!isCommon[part]) putIn(parts, part, version[part]);
  return parts as VersionParts;
}

/** The versions as upstream prints them. */
function printable(versions: readonly CustomResourceDefinitionVersion[], common: Common): unknown {
  return versions.map((version) => {
    const { schema, subresources, additionalPrinterColumns, selectableFields } = ownParts(version, common);
    return {
      Name: version.name,
      Served: version.served,
      Storage: version.storage,
      Deprecated: version.deprecated ?? false,
      DeprecationWarning: version.deprecationWarning ?? null,
      Schema: schema ?? null,
      Subresources: subresources ?? null,
      AdditionalPrinterColumns: additionalPrinterColumns ?? null,
      SelectableFields: selectableFields ?? null,
    };
  });
}

function validateVersions(
  errors: FieldErrors,
  versions: readonly CustomResourceDefinitionVersion[],
  common: Common,
): void {
  for (const [index, version] of versions.entries()) {
    const field = `spec.versions[${index}]`;
    const messages = isDns1035Label(version.name ?? '');
    if (messages.length > 0) errors.push(invalid(`${field}.name`, version.name ?? '', messages.join(',')));
    validateDeprecation(errors, `${field}.deprecationWarning`, version);
    const places = { schema: `${field}.schema`, base: field };
    validateVersionParts(errors, places, ownParts(version, common), version.subresources?.status !== undefined);
  }
  const names = versions.map(({ name }) => name);
  const all = printable(versions, common);
  if (new Set(names).size < names.length) {
    errors.push(invalid('spec.versions', all, 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    const shown = versions.length === 0 ? null : all;
    errors.push(invalid('spec.versions', shown, 'must have exactly one version marked as storage version'));
  }
  // The first name is also read as the field of v1beta1 that it once was.
  const [first = ''] = names;
  const messages = first === '' ? [] : isDns1035Label(first);
  if (messages.length > 0) errors.push(invalid('spec.version', first, messages.join(',')));
}

function validateDeprecation(errors: FieldErrors, field: string, version: CustomResourceDefinitionVersion): void {
  const { deprecated, deprecationWarning } = version;
  if (deprecationWarning === undefined) return;
  const refuse = (detail: string): unknown => errors.push(invalid(field, deprecationWarning, detail));
  if (!deprecated) refuse('can only be set for deprecated versions');
  else if (deprecationWarning.length > 256) refuse('must be <= 256 characters long');
  else if (deprecationWarning.length === 0) refuse('must not be an empty string');
  else {
    const bad = deprecationWarning.search(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u);
    if (bad >= 0) {
      refuse(`must only contain printable UTF-8 characters; non-printable character found at index ${bad}`);
    }
  }
}

const STRATEGIES = ['None', 'Webhook'];

function validateConversion(errors: FieldErrors, conversion: CustomResourceConversion | undefined): void {
  if (!conversion) return;
  const { strategy, webhook } = conversion;
  if (!strategy) errors.push(required('spec.conversion.strategy'));
  else if (!STRATEGIES.includes(strategy)) errors.push(notSupported('spec.conversion.strategy', strategy, STRATEGIES));
  const field = 'spec.conversion.webhookClientConfig';
  if (strategy !== 'Webhook') {
    const detail = 'should not be set when strategy is not set to Webhook';
    if (webhook?.clientConfig) errors.push(forbiddenField(field, detail));
    if (webhook?.conversionReviewVersions?.length) {
      errors.push(forbiddenField('spec.conversion.conversionReviewVersions', detail));
    }
    return;
  }
  if (!webhook?.clientConfig) errors.push(required(field, 'required when strategy is set to Webhook'));
  else if ((webhook.clientConfig.url === undefined) === (webhook.clientConfig.service === undefined)) {
    errors.push(required(field, 'exactly one of url or service is required'));
  }
  if (!webhook?.conversionReviewVersions?.length) errors.push(required('spec.conversion.conversionReviewVersions'));
}

function validateStoredVersions(errors: FieldErrors, { spec, status }: CustomResourceDefinition): void {
  const stored = status?.storedVersions ?? [];
  const field = 'status.storedVersions';
  if (stored.length === 0) {
    errors.push(invalid(field, stored.length === 0 ? null : stored, 'must have at least one stored version'));
    return;
  }
  const left = new Set(stored);
  for (const { name, storage } of spec.versions ?? []) {
    // A second version of the same name finds none left.
    if (!left.delete(name) && storage) errors.push(invalid(field, stored, `must have the storage version ${name}`));
  }
  for (const [index, name] of stored.entries()) {
    if (spec.versions?.some((version) => version.name === name)) continue;
    const detail = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    errors.push(invalid(`${field}[${index}]`, name, detail));
  }
}

/** Groups of Kubernetes itself need a word of approval. */
function validateApproval(
  errors: FieldErrors,
  definition: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
): void {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(definition.spec.group ?? '')) return;
  const approval = definition.metadata.annotations?.[APPROVAL] ?? '';
  if (old && (old.metadata.annotations?.[APPROVAL] ?? '') === approval) return;
  const field = `metadata.annotations[${APPROVAL}]`;
  const more = ', see https://github.com/kubernetes/enhancements/pull/1111';
  const need = `protected groups must have approval annotation "${APPROVAL}"`;
  if (!approval) errors.push(required(field, need + more));
  else if (!approval.startsWith('unapproved') && !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(approval)) {
    errors.push(invalid(field, approval, `${need} with either a URL or a reason starting with "unapproved"${more}`));
  }
}

function validatePreserveUnknownFields(
  errors: FieldErrors,
  { spec }: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
): void {
  if (!spec.preserveUnknownFields || old?.spec.preserveUnknownFields) return;
  const detail =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  errors.push(invalid('spec.preserveUnknownFields', true, detail));
}

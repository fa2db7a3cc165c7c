/**
 * What one version of a custom kind (or all of them alike) says: schema, subresources, columns, selectable fields.
 * Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
 */
import { isFields, propertyOf, type Schema, valueSchemaOf } from '../custom-resources/json-schema';
import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresourceScale,
  CustomResourceSubresources,
  CustomResourceValidation,
  SelectableField,
} from '../types';
import { type RuleCosts, totalCostErrors } from './custom-resource-rules';
import { validateOpenApiSchema } from './custom-resource-schema';
import { duplicate, type FieldErrors, forbiddenField, invalid, required, tooMany } from './field-errors';
import { validateSchemaDefaults } from './schema-defaults';
import { validateStructural } from './structural-schema';

/** The parts. */
export interface VersionParts {
  readonly schema?: CustomResourceValidation;
  readonly subresources?: CustomResourceSubresources;
  readonly additionalPrinterColumns?: readonly CustomResourceColumnDefinition[];
  readonly selectableFields?: readonly SelectableField[];
}

/** Where the parts stand: the schema's parent, and the parent of the others. */
export interface PartPlaces {
  readonly schema: string;
  readonly base: string;
}

/** Everything wrong with the parts. */
export function validateVersionParts(
  errors: FieldErrors,
  places: PartPlaces,
  parts: VersionParts,
  hasStatus: boolean,
): void {
  const schema = parts.schema?.openAPIV3Schema;
  if (schema) validateSchema(errors, `${places.schema}.openAPIV3Schema`, schema, hasStatus);
  const { scale } = parts.subresources ?? {};
  if (scale) validateScalePaths(errors, `${places.base}.subresources`, scale);
  for (const [index, column] of (parts.additionalPrinterColumns ?? []).entries()) {
    validateColumn(errors, `${places.base}.additionalPrinterColumns[${index}]`, column);
  }
  validateSelectableFields(errors, `${places.base}.selectableFields`, parts.selectableFields ?? [], schema);
}

/** Fields that a root schema may have beside a status subresource, by their names here and upstream. */
const AT_ROOT: ReadonlySet<string> = new Set([
  ...['description', 'type', 'format', 'title', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'multipleOf', 'required', 'items'],
  ...['properties', 'externalDocs', 'example', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-validations'],
]);
const AT_ROOT_NAMES =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations';

function validateSchema(errors: FieldErrors, field: string, schema: Schema, hasStatus: boolean): void {
  const before = errors.length;
  if (hasStatus) validateRootWithStatus(errors, field, schema);
  if (schema.nullable) errors.push(forbiddenField(`${field}.nullable`, 'nullable cannot be true at the root'));
  const unsupported = unsupportedPart(schema);
  const sound = errors.length;
  if (!unsupported) {
    const structural = validateStructural(schema, field);
    errors.push(...(structural.length > 0 ? structural : validateSchemaDefaults(schema, field)));
  }
  const costs: RuleCosts | undefined = !unsupported && errors.length === sound ? { total: 0, dearest: [] } : undefined;
  validateOpenApiSchema(errors, schema, field, {
    isRoot: true,
    defaultsForbidden: undefined,
    insideMeta: false,
    costs,
    count: 1,
  });
  if (unsupported && errors.length === before) errors.push(invalid(field, '', unsupported));
  if (costs) errors.push(...totalCostErrors(costs, field));
}

function validateRootWithStatus(errors: FieldErrors, field: string, schema: Schema): void {
  for (const name of Object.keys(schema)) {
    if (name === 'type' && schema.type !== 'object') {
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      errors.push(invalid(`${field}.type`, schema.type, detail));
      return;
    }
    if (!AT_ROOT.has(name)) {
      const detail = `only [${AT_ROOT_NAMES}] fields are allowed at the root of the schema if the status subresource is enabled`;
      errors.push(invalid(field, schema, detail));
      return;
    }
  }
}

/** What makes a schema no structural one at all. */
function unsupportedPart(schema: Schema): string | undefined {
  const says = (name: string): string => `OpenAPIV3Schema '${name}' is not supported`;
  if (Array.isArray(schema.items)) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  if (schema.id) return says('id');
  if (schema.$schema) return says('schema');
  if (schema.$ref) return says('$ref');
  for (const name of ['patternProperties', 'dependencies', 'definitions'] as const) {
    if (Object.keys(schema[name] ?? {}).length > 0) return says(name);
  }
  if (schema.additionalItems !== undefined) return says('additionalItems');
  const inner = [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})];
  for (const each of inner) {
    const found = isFields(each) ? unsupportedPart(each as Schema) : undefined;
    if (found) return found;
  }
  return undefined;
}

function pathProblem(path: string): string | undefined {
  return path.startsWith('.') ? undefined : 'must be a simple json path starting with .';
}

function validateScalePath(errors: FieldErrors, field: string, path: string, roots: readonly string[]): void {
  const problem = pathProblem(path);
  if (problem) errors.push(invalid(field, path, problem));
  else if (!roots.some((root) => path.startsWith(root))) {
    const where = roots.length > 1 ? 'either .spec or .status' : (roots[0] as string).replace(/\.$/, '');
    errors.push(invalid(field, path, `should be a json path under ${where}`));
  }
}

function validateScalePaths(errors: FieldErrors, field: string, scale: CustomResourceSubresourceScale): void {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  if (!specReplicasPath) errors.push(required(`${field}.scale.specReplicasPath`));
  else validateScalePath(errors, `${field}.scale.specReplicasPath`, specReplicasPath, ['.spec.']);
  if (!statusReplicasPath) errors.push(required(`${field}.scale.statusReplicasPath`));
  else validateScalePath(errors, `${field}.scale.statusReplicasPath`, statusReplicasPath, ['.status.']);
  if (labelSelectorPath) {
    validateScalePath(errors, `${field}.scale.labelSelectorPath`, labelSelectorPath, ['.spec.', '.status.']);
  }
}

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

function validateColumn(errors: FieldErrors, field: string, column: CustomResourceColumnDefinition): void {
  const types = `must be one of ${COLUMN_TYPES.join()}`;
  if (!column.name) errors.push(required(`${field}.name`));
  if (!column.type) errors.push(required(`${field}.type`, types));
  else if (!COLUMN_TYPES.includes(column.type)) errors.push(invalid(`${field}.type`, column.type, types));
  if (column.format && !COLUMN_FORMATS.includes(column.format)) {
    errors.push(invalid(`${field}.format`, column.format, `must be one of ${COLUMN_FORMATS.join()}`));
  }
  if (!column.jsonPath) errors.push(required(`${field}.JSONPath`));
  else {
    const problem = pathProblem(column.jsonPath);
    if (problem) errors.push(invalid(`${field}.JSONPath`, column.jsonPath, problem));
  }
}

const MAX_SELECTABLE_FIELDS = 8;

/** The field at a path, or what is wrong with the path, in the words of ValidFieldPath of apiserver/schema/cel. */
function fieldAt(schema: Schema | undefined, path: string): Schema | string {
  const tokens = path.match(/[.[\]]|[^.[\]]+/g) ?? [];
  let at = schema ?? {};
  for (let index = 0; index < tokens.length; index += 2) {
    const name = tokens[index + 1];
    if (tokens[index] === '[') return 'array notation is not allowed';
    if (tokens[index] !== '.') return `expected [ or . but got: ${tokens[index]}`;
    if (name === undefined) return 'unexpected end of JSON path';
    const next = at.properties ? propertyOf(at, name) : valueSchemaOf(at);
    if (!next) return 'does not refer to a valid field';
    at = next;
  }
  return at;
}

function validateSelectableFields(
  errors: FieldErrors,
  field: string,
  fields: readonly SelectableField[],
  schema: Schema | undefined,
): void {
  const seen = new Set<string>();
  for (const [index, { jsonPath = '' }] of fields.entries()) {
    const at = `${field}[${index}].jsonPath`;
    const target = fieldAt(schema, jsonPath);
    if (!jsonPath) errors.push(required(at));
    else if (typeof target === 'string') errors.push(invalid(at, jsonPath, `is an invalid path: ${target}`));
    else if (/^\.metadata\b/.test(jsonPath)) errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    else if (!['string', 'boolean', 'integer'].includes(target.type ?? '')) {
      const why =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(at, jsonPath, why));
    } else if (seen.has(jsonPath)) errors.push(duplicate(at, jsonPath));
    seen.add(jsonPath);
  }
  if (seen.size > MAX_SELECTABLE_FIELDS) errors.push(tooMany(field, seen.size, MAX_SELECTABLE_FIELDS));
}

/**
 * Field selectors (`status.phase!=Running`): parsing, checking against what a kind offers, and matching.
 * Follows apimachinery/pkg/fields/selector.go, pkg/apis/core/v1/conversion.go and the kinds' ToSelectableFields in
 * pkg/registry.
 */
import type { KindDefinition } from './kinds/definition';
import type { KubeObject } from './meta';

/** One term of a field selector. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

const COMMON = ['metadata.name', 'metadata.namespace'];

/** What selecting needs to know of a kind; part of its definition. */
export type Selectable = Pick<KindDefinition, 'kind' | 'namespaced' | 'selectableFields'>;

/** Splits at commas that no backslash escapes. */
function splitTerms(text: string): string[] {
  return text.match(/(?:\\[\s\S]?|[^,\\])+/g) ?? [];
}

function unescapeValue(value: string): string {
  let plain = '';
  for (let index = 0; index < value.length; index++) {
    const character = value[index]!;
    if (character === '=' || character === ',') {
      throw new Error(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    }
    if (character !== '\\') {
      plain += character;
      continue;
    }
    const escaped = value[++index] ?? '';
    if (escaped !== '\\' && escaped !== ',' && escaped !== '=') {
      throw new Error(`invalid field selector: invalid escape sequence: \\${escaped}`);
    }
    plain += escaped;
  }
  return plain;
}

/** Parses a field selector; throws an Error with upstream's message when the text is not one. */
export function parseFieldSelector(text: string): FieldRequirement[] {
  return splitTerms(text)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((term) => {
      const match = /^(.*?)(!=|==|=)([\s\S]*)$/.exec(term);
      if (!match) throw new Error(`invalid selector: '${text}'; can't understand '${term}'`);
      return { field: match[1]!, operator: match[2] === '!=' ? '!=' : '=', value: unescapeValue(match[3]!) };
    });
}

/** What is wrong with a field selector for a kind, in upstream's words; undefined when it can be used. */
export function fieldSelectorError(kind: Selectable, text: string): string | undefined {
  let requirements: FieldRequirement[];
  try {
    requirements = parseFieldSelector(text);
  } catch (error) {
    return (error as Error).message;
  }
  const { namespaced, selectableFields } = kind;
  for (const { field } of requirements) {
    const isCommon = field === 'metadata.name' || (field === 'metadata.namespace' && (namespaced || !selectableFields));
    if (isCommon || selectableFields?.includes(field)) continue;
    if (kind.kind === 'Job') return `field label ${JSON.stringify(field)} not supported for Job`;
    if (selectableFields) return `field label not supported: ${field}`;
    return `"${field}" is not a known field selector: only ${COMMON.map((name) => JSON.stringify(name)).join(', ')}`;
  }
  return undefined;
}

function read(object: KubeObject, path: string): unknown {
  let value: unknown = object;
  for (const name of path.split('.')) {
    const fields = value as Record<string, unknown> | null | undefined;
    value = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  }
  return value;
}

/** The value of a selectable field as text; absent is ''. */
function fieldValue(object: KubeObject, field: string): string {
  if (field === 'spec.host') return fieldValue(object, 'spec.nodeName');
  if (field === 'spec.hostNetwork' || field === 'spec.unschedulable') return String(read(object, field) ?? false);
  if (field === 'status.podIPs') return '';
  if (field === 'status.successful') return String(read(object, 'status.succeeded') ?? 0);
  if (object.kind === 'Event' && field === 'source') {
    return String(read(object, 'source.component') || read(object, 'reportingComponent') || '');
  }
  const value = read(object, field);
  return value === undefined || value === null ? '' : String(value);
}

/** Whether the object matches the text of a field selector. Throws when the text is not a selector. */
export function matchesFieldSelector(text: string, object: KubeObject): boolean {
  return matchesFields(parseFieldSelector(text), object);
}

/** {@link matchesFieldSelector} with the text parsed already. */
export function matchesFields(requirements: readonly FieldRequirement[], object: KubeObject): boolean {
  return requirements.every(
    ({ field, operator, value }) => (fieldValue(object, field) === value) === (operator === '='),
  );
}

/**
 * An object held against the fields of its kind as Kubernetes' OpenAPI has them, before it is sent: only items of a v1 List are. Any value
 * may stand where a text is wanted. Follows kube-openapi/pkg/util/proto/validation/types.go. Custom kinds are left to the server.
 */
import { isJsonObject, type JsonObject, sortedKeys } from '../engine/api/go-text';
import type { Documentation, TypeDocumentation } from './explain/documentation';

/** What is wrong with an object that says what it is; nothing where its kind is not known. */
export function modelProblems(object: JsonObject, documentation: Documentation | undefined): string[] {
  const { apiVersion, kind } = object;
  const name = `${apiVersion}/${kind}`;
  const kinds = documentation?.kinds ?? {};
  if (!documentation || !Object.hasOwn(kinds, name)) return [];
  const problems: string[] = [];
  const check: Check = { types: documentation.types, problems };
  visit(check, object, `#${kinds[name]}`, String(kind), '');
  return problems;
}

interface Check {
  readonly types: Documentation['types'];
  readonly problems: string[];
}

const complain = ({ problems }: Check, path: string, why: string): void =>
  void problems.push(`ValidationError(${path}): ${why}`);

/** Where the types of a group are defined. */
function definitionOf(type: string): string {
  const [group = ''] = type.split('.');
  if (['api', 'runtime', 'util'].includes(group)) return `io.k8s.apimachinery.pkg.${type}`;
  if (group === 'meta') return `io.k8s.apimachinery.pkg.apis.${type}`;
  if (group === 'apiextensions') return `io.k8s.apiextensions-apiserver.pkg.apis.${type}`;
  if (group === 'apiregistration') return `io.k8s.kube-aggregator.pkg.apis.${type}`;
  return `io.k8s.api.${type}`;
}

/** Types without fields that are written as one text or number. */
const TEXTS: readonly string[] = ['api.resource.Quantity', 'util.intstr.IntOrString'];

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'map' : typeof value;
}

/** `path`: where the value stands; `place`: where the schema has it. */
function visit(check: Check, value: unknown, type: string, path: string, place: string): void {
  const wrong = (expected: string, at = place): void =>
    complain(check, path, `invalid type for ${at}: got "${kindOf(value)}", expected "${expected}"`);
  const nothing = (at: string): string => `unknown object type "nil" in ${at}`;
  if (type.startsWith('[]')) {
    if (!Array.isArray(value)) wrong('array');
    else {
      for (const [index, item] of value.entries()) {
        const at = `${path}[${index}]`;
        if (item === null) complain(check, path, nothing(at));
        else visit(check, item, type.slice(2), at, place);
      }
    }
  } else if (type.startsWith('{}')) {
    if (!isJsonObject(value)) wrong('map');
    else {
      for (const key of sortedKeys(value)) {
        const at = `${path}.${key}`;
        if (value[key] === null) check.problems.push(nothing(at));
        else visit(check, value[key], type.slice(2), at, place);
      }
    }
  } else if (!type.startsWith('#')) visitPrimitive(value, type, wrong);
  else {
    const name = type.slice(1);
    const known = check.types[name];
    if (!known) return;
    const definition = definitionOf(name);
    const primitive = known.t ?? (TEXTS.includes(name) ? 'string' : '');
    if (primitive) visitPrimitive(value, primitive, (expected) => wrong(expected, definition));
    else if (!known.f) return;
    else if (isJsonObject(value)) visitFields(check, value, known, path, definition);
    else wrong('map', definition);
  }
}

function visitPrimitive(value: unknown, type: string, wrong: (expected: string) => void): void {
  const kind = kindOf(value);
  const isWhole = kind !== 'array' && kind !== 'map';
  const isNumber = kind === 'integer' || kind === 'number';
  const fits = type === 'string' ? isWhole : type === 'boolean' ? kind === 'boolean' : isNumber;
  if (!fits && type !== 'Object') wrong(type);
}

function visitFields(
  check: Check,
  value: JsonObject,
  { f = {}, q = [] }: TypeDocumentation,
  path: string,
  place: string,
): void {
  for (const key of sortedKeys(value)) {
    if (value[key] === null || value[key] === undefined) continue;
    const field = Object.hasOwn(f, key) ? f[key] : undefined;
    if (field) visit(check, value[key], field[0], `${path}.${key}`, `${place}.${key}`);
    else complain(check, path, `unknown field "${key}" in ${place}`);
  }
  for (const key of q) {
    if ((value[key] ?? null) === null) complain(check, path, `missing required field "${key}" in ${place}`);
  }
}

/** JSON as Go writes objects of its own types: their fields stand in the order of these, not of their names. Follows encoding/json. */
import { isJsonObject, sortedKeys } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { typeSchema } from '../../engine/api/schema';

/** An object of a type as its kind's list has it, whose items do not name their kind. */
export function asItem(object: KubeObject, type: string): unknown {
  const { kind: _kind, apiVersion: _version, ...item } = object;
  return inTypeOrder(item, type);
}

/** A value with its fields as the type's struct has them; then those that it has not, maps and what has no such type by name. */
export function inTypeOrder(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item) => inTypeOrder(item, type));
  if (!isJsonObject(value)) return value;
  const schema = typeSchema(type);
  const known = [...(schema?.keys() ?? [])].filter((name) => value[name] !== undefined);
  const others = sortedKeys(value).filter((name) => !schema?.has(name));
  const entries = [...known, ...others].map((name) => {
    const field = schema?.get(name);
    const inner = field?.type === 'struct' ? field.typeName : '';
    return [name, (field?.container === 'map' ? mapOf : inTypeOrder)(value[name], inner)] as const;
  });
  return Object.fromEntries(entries);
}

function mapOf(value: unknown, type: string): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, inTypeOrder(value[key], type)]));
}

/** What kubectl prints of an object that it made itself, indented by four. */
export function typedJson(object: KubeObject): string {
  return typedText(inTypeOrder(object, object.kind));
}

/** {@link typedJson} of what is in its order already. */
export function typedText(value: unknown): string {
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  const text = JSON.stringify(value, null, 4);
  return `${text.replace(/[<>&]/g, (character) => escapes[character] as string)}\n`;
}

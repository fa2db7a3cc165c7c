/** JSON of objects that kubectl made itself: their fields stand in the order of their Go types, not of their names. Follows encoding/json. */
import { isJsonObject, sortedKeys } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { typeSchema } from '../../engine/api/schema';

function ordered(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, type));
  if (!isJsonObject(value)) return value;
  const schema = typeSchema(type);
  if (!schema) return Object.fromEntries(sortedKeys(value).map((key) => [key, ordered(value[key], '')]));
  const entries = [...schema.values()].flatMap(({ name, container, typeName, type: kind }) => {
    if (!Object.hasOwn(value, name)) return [];
    const isMap = container === 'map';
    return [[name, ordered(value[name], !isMap && kind === 'struct' ? typeName : '')] as const];
  });
  return Object.fromEntries(entries);
}

/** Indented by four, as kubectl prints it. */
export function typedJson(object: KubeObject): string {
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  const text = JSON.stringify(ordered(object, object.kind), null, 4);
  return `${text.replace(/[<>&]/g, (character) => escapes[character] as string)}\n`;
}

/**
 * Which fields strategic merge treats specially: lists merged by a key or as a set, maps replaced whole, maps whose
 * absent keys go. Everything else, unknown fields included, follows the rule: maps are merged, lists replaced.
 */
import { fieldSchema } from '../schema';

/** How one field is patched, and the type its value (or its list's elements) has. */
export interface PatchField {
  /** The type of the value, for the fields inside it. */
  readonly type: string | undefined;
  readonly strategy: 'merge' | 'replace' | undefined;
  /** For merged lists of maps: the field that identifies an element. */
  readonly mergeKey: string | undefined;
  readonly retainKeys: boolean;
}

const ORDINARY: PatchField = { type: undefined, strategy: undefined, mergeKey: undefined, retainKeys: false };

/** How a field of a type is patched; a kind is the type of the same name. */
export function patchFieldOf(type: string | undefined, field: string): PatchField {
  const schema = type === undefined ? undefined : fieldSchema(type, field);
  if (!schema) return ORDINARY;
  const { patchStrategy, patchMergeKey, retainKeys, container, typeName } = schema;
  const inner = schema.type === 'struct' && container !== 'map' ? typeName : undefined;
  return { type: inner, strategy: patchStrategy, mergeKey: patchMergeKey, retainKeys };
}

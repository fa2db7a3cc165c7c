/**
 * What expressions may know of the objects of built-in types. Follows SchemaDeclType in apiserver/pkg/cel/common/schemas.go over the types' OpenAPI
 * schemas: quantities and what holds them are fields that an expression does not have. A type within itself is anything.
 */
import { type FieldSchema, typeSchema } from '../schema';
import type { CelShape } from './check';

const SCALARS: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int',
  int64: 'int',
  float64: 'double',
  IntOrString: 'dyn',
  JSONSchema: 'dyn',
  Time: 'timestamp',
  MicroTime: 'timestamp',
};

function fieldShape({ container, type, typeName }: FieldSchema, above: readonly string[]): CelShape | undefined {
  const of = SCALARS[type];
  const one = type === 'struct' ? typeShape(typeName, above) : of === undefined ? {} : { type: of };
  return container === 'none' ? one : { kind: container, each: one };
}

/** The fields of a type; undefined where nothing is known of it. */
export function typeShape(type: string, above: readonly string[] = []): CelShape | undefined {
  const schema = above.includes(type) ? undefined : typeSchema(type);
  if (!schema) return undefined;
  const known = [...schema].filter(([, field]) => field.type !== 'Quantity');
  return { fields: new Map(known.map(([name, field]) => [name, fieldShape(field, [...above, type])])) };
}

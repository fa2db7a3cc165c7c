/**
 * What decoding and strategic merge patch need to know of every field of every simulated type, read from the compact
 * lines of schema.generated.ts. A line is `Type field:code …`; a code is, in this order,
 *   `*` when absent and empty are different things (a Go pointer), `[]` list or `{}` map (`{Name}` a named map type),
 *   one letter for a scalar, `'Name` for a named string type, or the name of a struct type,
 *   `!` when it is written even if empty, `^` for the retainKeys strategy, `~key` (or `~`) for merge, `=` for replace.
 * `@Name` says that the fields after it come from an embedded Go struct, `@` that they no longer do.
 * Follows the struct tags of k8s.io/api's types.go files.
 */
import { SCHEMA_LINES } from './schema.generated';
import { SUBRESOURCE_LINES } from './subresource-schema';

const SCALARS = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  f: 'float64',
  x: 'IntOrString',
  q: 'Quantity',
  t: 'Time',
  u: 'MicroTime',
  y: 'bytes',
  r: 'raw',
  j: 'JSONSchema',
} as const;

/** What a value is, leaving lists and maps around it aside. */
export type ValueType = (typeof SCALARS)[keyof typeof SCALARS] | 'struct';

/** One field of a type. */
export interface FieldSchema {
  readonly name: string;
  readonly container: 'none' | 'list' | 'map';
  readonly type: ValueType;
  /** The struct's name, the Go name of a named string type, or ''. */
  readonly typeName: string;
  /** The Go name of a named map type, or ''. */
  readonly mapName: string;
  /** Absent and empty are different things. */
  readonly pointer: boolean;
  /** Written even when empty. */
  readonly always: boolean;
  /** The Go struct that the field is embedded through, or ''. */
  readonly embedded: string;
  /** What strategic merge patch does; undefined: maps are merged and lists replaced. */
  readonly patchStrategy: 'merge' | 'replace' | undefined;
  /** For lists of objects with strategy merge: the field that identifies an element. */
  readonly patchMergeKey: string | undefined;
  readonly retainKeys: boolean;
}

/** The fields of a type by name. */
export type TypeSchema = ReadonlyMap<string, FieldSchema>;

const FIELD = /^([^:]+):(\*?)(\[\]|\{\w*\})?('?)([\w.]+)(!?)(\^?)(?:(=)|(~)(\w*))?$/;

function parseField(text: string, embedded: string): FieldSchema {
  const match = FIELD.exec(text);
  if (!match) throw new Error(`malformed field in schema.generated.ts: ${text}`);
  const [, name, pointer, wrap, quote, code, always, retain, replace, merge, mergeKey] = match;
  const scalar = quote ? 'string' : SCALARS[code as keyof typeof SCALARS];
  return {
    name: name!,
    container: wrap === undefined ? 'none' : wrap === '[]' ? 'list' : 'map',
    type: scalar ?? 'struct',
    typeName: scalar && !quote ? '' : code!,
    mapName: wrap?.startsWith('{') ? wrap.slice(1, -1) : '',
    pointer: pointer !== '',
    always: always !== '',
    embedded,
    patchStrategy: merge ? 'merge' : replace ? 'replace' : undefined,
    patchMergeKey: mergeKey || undefined,
    retainKeys: retain !== '',
  };
}

function parseLine(line: string): [string, TypeSchema] {
  const [type, ...tokens] = line.split(' ');
  const fields = new Map<string, FieldSchema>();
  let embedded = '';
  for (const token of tokens) {
    if (token.startsWith('@')) embedded = token.slice(1);
    else {
      const field = parseField(token, embedded);
      fields.set(field.name, field);
    }
  }
  return [type!, fields];
}

const TYPES: ReadonlyMap<string, TypeSchema> = new Map(
  [...SCHEMA_LINES.trim().split('\n'), ...SUBRESOURCE_LINES.trim().split('\n')].map(parseLine),
);

/** The fields of a type (a kind is the type of the same name), or undefined when there is no such type. */
export function typeSchema(type: string): TypeSchema | undefined {
  return TYPES.get(type);
}

/** One field of a type, or undefined when the type has no such field. */
export function fieldSchema(type: string, field: string): FieldSchema | undefined {
  return TYPES.get(type)?.get(field);
}

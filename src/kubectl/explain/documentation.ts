/**
 * What `kubectl explain` knows of kinds: their fields with types, values and texts. Of built-in kinds from Kubernetes' own OpenAPI
 * (scripts/field-docs.mjs), which is loaded when it is asked for; of custom kinds from their schemas.
 */
import type { KindDefinition, ResourceInfo } from '../../engine/api/kinds/definition';
import { putIn } from '../../engine/api/plain';
import { apiVersionOf } from '../../engine/api/scheme';
import type { JSONSchemaProps } from '../../engine/api/types';

/** A field: its type, its text, and the values it can have. A type is `string`, `#Name`, or these after `[]` and `{}`. */
export type FieldDocumentation = readonly [type: string, text: string, values?: readonly string[]];

/** A type: d its text, t what it is when it is no object, q its required fields, f its fields. */
export interface TypeDocumentation {
  readonly d?: string;
  readonly t?: string;
  readonly q?: readonly string[];
  readonly f?: Readonly<Record<string, FieldDocumentation>>;
}

/** Types by name, and the type of each kind by `apiVersion/Kind`. */
export interface Documentation {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeDocumentation>>;
}

/** Hands out the documentation of built-in kinds; undefined where it can't be had. */
export type ReadDocumentation = () => Documentation | undefined;

const META = 'meta.v1.ObjectMeta';
const CUSTOM_TEXTS: Readonly<Record<string, FieldDocumentation>> = {
  apiVersion: [
    'string',
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest ' +
      'internal value, and may reject unrecognized values. More info: ' +
      'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  ],
  kind: [
    'string',
    'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client ' +
      'submits requests to. Cannot be updated. In CamelCase. More info: ' +
      'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
  ],
  metadata: [
    `#${META}`,
    "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
  ],
};

/** Adds the type of what a list or map of a custom kind holds, whose text is its own. */
function addInner(types: Record<string, TypeDocumentation>, schema: JSONSchemaProps, place: string): string {
  const type = addSchema(types, schema, place);
  const { description } = schema;
  if (!description) return type;
  if (type === `#${place}`) putIn(types, place, { d: description, ...types[place] });
  else if (/^[[{]/.test(type)) return type;
  else putIn(types, place, { d: description, t: type });
  return `#${place}`;
}

/** Adds the types of a custom kind's schema, each named by its place; returns how a field refers to it. A field itself has its text. */
function addSchema(types: Record<string, TypeDocumentation>, schema: JSONSchemaProps, place: string): string {
  if (schema.items) return `[]${addInner(types, schema.items as JSONSchemaProps, place)}`;
  if (typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null) {
    return `{}${addInner(types, schema.additionalProperties as JSONSchemaProps, place)}`;
  }
  if (!schema.properties) return schema.type === 'object' ? 'Object' : (schema.type ?? 'Object');
  const fields = Object.entries(schema.properties as Readonly<Record<string, JSONSchemaProps>>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const documentations = fields.map(([name, field]): [string, FieldDocumentation] => {
    const type = addSchema(types, field, `${place}.${name}`);
    const values = field.enum as readonly string[] | undefined;
    return [name, values ? [type, field.description ?? '', values] : [type, field.description ?? '']];
  });
  putIn(types, place, { q: schema.required, f: Object.fromEntries(documentations) });
  return `#${place}`;
}

/** The documentation that a kind is found in, and the name of its type there; undefined when nothing is known of it. */
export function documented(
  kind: ResourceInfo & Partial<Pick<KindDefinition, 'schema'>>,
  builtIn: Documentation | undefined,
): { readonly types: Documentation['types']; readonly type: string } | undefined {
  if (!kind.schema) {
    const type = builtIn?.kinds[`${apiVersionOf(kind)}/${kind.kind}`];
    return type === undefined ? undefined : { types: (builtIn as Documentation).types, type };
  }
  const types: Record<string, TypeDocumentation> = { ...builtIn?.types };
  addSchema(types, kind.schema, kind.kind);
  const { q, f } = types[kind.kind] ?? {};
  const fields = { ...f, ...CUSTOM_TEXTS };
  const sorted = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  putIn(types, kind.kind, { d: kind.schema.description, q, f: sorted });
  return { types, type: kind.kind };
}

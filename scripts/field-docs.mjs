/**
 * Writes src/kubectl/explain/documentation.generated.json, what `kubectl explain` says of built-in kinds, from the OpenAPI of Kubernetes:
 *   node scripts/field-docs.mjs DIRECTORY
 * The directory holds what a server answers to `kubectl get --raw /openapi/v3/…`, named as in api/openapi-spec/v3 of Kubernetes' source, whose
 * own documents don't name the values of fields.
 * Texts are whole. `types` by name: d what it is, t what it is written as unless an object, q its required fields, f its fields, each
 * [type, text, values?]; a type is `string`, `integer` …, `#Name` of another, `[]` or `{}` before it for lists and maps. `kinds`:
 * apiVersion/Kind → type.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = process.argv[2];
if (!directory) throw new Error('the directory of the OpenAPI documents is missing');

const SERVED = /^(?:api__v1|apis__.+__v[12])_openapi\.json$/;
const schemas = new Map();
const kinds = {};
for (const file of readdirSync(directory)
  .filter((name) => SERVED.test(name))
  .sort()) {
  const { components, paths } = JSON.parse(readFileSync(join(directory, file), 'utf8'));
  for (const [name, schema] of Object.entries(components.schemas)) schemas.set(name, schema);
  for (const methods of Object.values(paths)) {
    // Some kinds are only created.
    const gvk = (methods.get ?? methods.post)?.['x-kubernetes-group-version-kind'];
    if (!gvk) continue;
    const found = Object.entries(components.schemas).find(([, { 'x-kubernetes-group-version-kind': all = [] }]) =>
      all.some(({ group, version, kind }) => group === gvk.group && version === gvk.version && kind === gvk.kind),
    );
    if (found) kinds[`${gvk.group ? `${gvk.group}/` : ''}${gvk.version}/${gvk.kind}`] = found[0];
  }
}

const short = (name) =>
  name.replace(
    /^io\.k8s\.(?:api|apimachinery\.pkg\.apis|apimachinery\.pkg|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\./,
    '',
  );
const types = {};

function typeOf(schema) {
  if (schema.items) return `[]${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `{}${typeOf(schema.additionalProperties)}`;
  if (schema.allOf?.length === 1 && !schema.properties) return typeOf(schema.allOf[0]);
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    add(name);
    return `#${short(name)}`;
  }
  return schema.type === 'object' ? 'Object' : (schema.type ?? 'Object');
}

function add(name) {
  const key = short(name);
  if (types[key]) return;
  const schema = schemas.get(name);
  const entry = {};
  types[key] = entry;
  if (schema.description) entry.d = schema.description;
  if (schema.type && schema.type !== 'object') entry.t = schema.type;
  if (schema.required) entry.q = schema.required;
  const fields = Object.keys(schema.properties ?? {}).sort();
  if (fields.length > 0) {
    entry.f = Object.fromEntries(
      fields.map((field) => {
        const { description = '', enum: values, ...rest } = schema.properties[field];
        return [field, values ? [typeOf(rest), description, values] : [typeOf(rest), description]];
      }),
    );
  }
}

for (const name of Object.values(kinds)) add(name);
const named = Object.fromEntries(
  Object.entries(kinds)
    .sort()
    .map(([kind, name]) => [kind, short(name)]),
);
const sorted = Object.fromEntries(
  Object.keys(types)
    .sort()
    .map((key) => [key, types[key]]),
);
writeFileSync(
  new URL('../src/kubectl/explain/documentation.generated.json', import.meta.url),
  `${JSON.stringify({ kinds: named, types: sorted })}\n`,
);

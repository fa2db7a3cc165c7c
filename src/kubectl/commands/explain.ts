/**
 * kubectl explain. Follows staging/src/k8s.io/kubectl/pkg/cmd/explain/explain.go, pkg/explain/explain.go and
 * pkg/explain/v2/templates/plaintext.tmpl.
 */
import type { KindDefinition, ResourceInfo } from '../../engine/api/kinds/definition';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { documented, type FieldDocumentation, type TypeDocumentation } from '../explain/documentation';
import { explanationV2 } from '../explain/openapi-v2';
import { indented, wordWrap } from '../explain/word-wrap';
import { flag } from '../flag-sets';
import { findListedKind, findNamedKind } from '../named-kind';
import { qualified } from '../rest-mapping';
import { UNSIMULATED } from '../unsimulated';

type Types = Readonly<Record<string, TypeDocumentation>>;

const baseOf = (type: string): string => type.replace(/^(?:\[\]|\{\})+/, '');

/** The type that a field's refers to, through lists and maps. */
function referredBy(types: Types, type: string): TypeDocumentation | undefined {
  const base = baseOf(type);
  return base.startsWith('#') ? types[base.slice(1)] : undefined;
}

/** `[]ContainerPort`, `map[string]string`. */
function typeText(types: Types, type: string): string {
  if (type.startsWith('[]')) return `[]${typeText(types, type.slice(2))}`;
  if (type.startsWith('{}')) return `map[string]${typeText(types, type.slice(2))}`;
  if (!type.startsWith('#')) return type;
  const referred = types[type.slice(1)];
  if (referred?.t) return referred.t;
  const name = type.slice(type.lastIndexOf('.') + 1).replace(/^#/, '');
  return /^[a-z]/.test(name) ? 'Object' : name;
}

const valueText = (value: string): string => (value === '' ? '""' : String(value));

/** At most so many values are shown in a list of fields. */
const SHOWN_VALUES = 4;

function valuesLine(values: readonly string[] | undefined, indent: number): string {
  if (!values) return '';
  const shown = values.slice(0, SHOWN_VALUES).map(valueText).join(', ');
  return `\n${' '.repeat(indent)}enum: ${shown}${values.length > SHOWN_VALUES ? ', ....' : ''}`;
}

interface Listing {
  readonly types: Types;
  readonly recursive: boolean;
}

/** The fields of a type, one below the other; types that are being listed already are left out. */
function fieldList(
  { types, recursive }: Listing,
  type: TypeDocumentation,
  level: number,
  above: ReadonlySet<TypeDocumentation>,
): string {
  const indent = level * 2;
  const inside = new Set(above).add(type);
  return Object.entries(type.f ?? {})
    .map(([name, [kind, text, values]]) => {
      const required = type.q?.includes(name) ? ' -required-' : '';
      const head = `${indented(indent, name)}\t<${typeText(types, kind)}>${required}${valuesLine(values, indent)}\n`;
      if (!recursive) return `${head}${indented(indent + 2, wordWrap(text || '<no description>', 78 - indent))}\n\n`;
      const inner = referredBy(types, kind);
      return head + (inner && !inside.has(inner) ? fieldList({ types, recursive }, inner, level + 1, inside) : '');
    })
    .join('');
}

/** Texts of what a field is and of the types behind it. */
function descriptionOf(
  types: Types,
  type: TypeDocumentation | undefined,
  field: FieldDocumentation | undefined,
): string {
  const behind = field && referredBy(types, field[0]);
  const texts = field ? [field[1], behind?.d] : [type?.d];
  return texts.map((text) => (text ? `${text}\n` : '')).join('');
}

/** Everything that is said of a kind or a field. Throws when there is no such field. */
function explanation(listing: Listing, start: string, path: readonly string[]): string {
  const { types } = listing;
  let type = types[start];
  let field: FieldDocumentation | undefined;
  for (const name of path) {
    const found: FieldDocumentation | undefined = type?.f && Object.hasOwn(type.f, name) ? type.f[name] : undefined;
    if (!found) throw new KubectlError(`field ${JSON.stringify(path.at(-1))} does not exist`);
    field = found;
    type = referredBy(types, found[0]);
  }
  const values = (field?.[2] ?? []).map((value) => `\n    ${valueText(value)}`).join('');
  const head = field
    ? `FIELD: ${path.at(-1)} <${typeText(types, field[0])}>\n${values ? `ENUM:${values}` : ''}\n\n`
    : '';
  const description = descriptionOf(types, type, field) || '<empty>';
  const fields = type?.f ? `FIELDS:\n${fieldList(listing, type, 1, new Set())}` : '';
  return `${head}DESCRIPTION:\n${indented(4, wordWrap(description, 76))}\n${fields}`;
}

/** A kind by its names; only those that are simulated have more. */
type Named = ResourceInfo & Partial<Pick<KindDefinition, 'schema'>>;

const V2 = 'plaintext-openapiv2';

/** The kind in the version that `--api-version` names. */
function inVersion(call: Call, found: Named): Named {
  const wanted = call.flags.text('api-version');
  if (/\/.*\//.test(wanted)) throw new KubectlError(`unexpected GroupVersion string: ${wanted}`);
  const { kind, plural } = found;
  const discovery = call.io.client.discovery();
  const other =
    discovery.findKind(wanted, kind) ?? UNSIMULATED.find((one) => one.kind === kind && apiVersionOf(one) === wanted);
  if (other) return other;
  const isOlder = call.flags.text('output') === V2;
  const named = `${wanted}, ${isOlder ? `Kind=${kind}` : `Resource=${plural}`}`;
  throw new KubectlError(
    !isOlder && discovery.served.some((one) => apiVersionOf(one) === wanted)
      ? `GVR (${named}) not found in OpenAPI schema`
      : `couldn't find resource for ${JSON.stringify(named)}`,
  );
}

/** The fields of a path after its first word; an index or a wildcard is none. */
function fieldsIn(path: string, which = 'first node must be field node'): string[] {
  const [, ...names] = path.replace(/\.$/, '').split('.');
  if (/[[\],$@{}*]/.test(path) || names.includes('')) throw new KubectlError(`invalid jsonpath syntax, ${which}`);
  return names;
}

/** What is asked about: a kind, by its name or with its group where that is how it begins, and the way to a field. */
function asked(call: Call, argument: string): [kind: Named, path: readonly string[]] {
  const discovery = call.io.client.discovery();
  if (argument === '') throw new KubectlError('a resource must be present, got: /, Resource=');
  const [resource = ''] = argument.split(/[.[]/);
  if (resource === '') fieldsIn('..');
  const found: Named | undefined = findNamedKind(call, resource) ?? findListedKind(call, resource);
  if (!found)
    throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(resource)}`, { bare: true });
  if (call.flags.text('api-version'))
    return [inVersion(call, found), fieldsIn(argument, 'all nodes must be field nodes')];
  const preferred: readonly Named[] = [
    ...discovery.served.filter((one) => discovery.find(one.id) === one),
    ...UNSIMULATED,
  ];
  const named = preferred.find((one) => one.plural === found.plural && argument.startsWith(qualified(one)));
  if (!named) return [found, fieldsIn(argument)];
  return [named, fieldsIn(argument.slice(qualified(named).length).replace(/^\.\.(?!\.)/, '.'))];
}

function run(call: Call): Turn {
  const { args, flags } = call;
  if (args.length === 0) {
    const how = 'Use "kubectl api-resources" for a complete list of supported resources.';
    throw new KubectlError(`You must specify the type of resource to explain. ${how}\n`);
  }
  if (args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE\n');
  const output = flags.text('output');
  const [kind, path] = asked(call, args[0] as string);
  if (!/^plaintext(?:-openapiv2)?$/.test(output)) throw new KubectlError(`unrecognized format: ${output}`);
  const found = documented(kind, call.io.documentation());
  if (!found) throw new KubectlError(`kubestep: the documentation of ${kind.kind} could not be loaded`, { bare: true });
  const recursive = flags.bool('recursive');
  if (output === V2) {
    call.out(explanationV2(found.types, found.type, path, kind, recursive));
    return undefined;
  }
  call.out(
    `${kind.group ? `GROUP:      ${kind.group}\n` : ''}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`,
  );
  call.out(`${explanation({ types: found.types, recursive }, found.type, path)}\n`);
  return undefined;
}

/** kubectl explain. */
export const explain: Command = {
  path: 'explain',
  use: 'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  reads: true,
  flags: [
    flag.bool('recursive', 'R'),
    flag.text('api-version'),
    { name: 'output', short: 'o', type: 'string', default: 'plaintext' },
  ],
  run,
};

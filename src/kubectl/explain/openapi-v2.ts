/**
 * `explain --output=plaintext-openapiv2`: the older wording. Follows kubectl/pkg/explain/{explain,field_lookup,model_printer,
 * fields_printer,recursive_fields_printer,formatter,typename}.go.
 */
import { apiVersionOf } from '../../engine/api/scheme';
import { KubectlError } from '../errors';
import type { TypeDocumentation } from './documentation';

type Types = Readonly<Record<string, TypeDocumentation>>;

/** A type, or a field's with its text. */
interface Schema {
  readonly type: string;
  readonly text?: string;
}

const NUMBER_OR_TEXT = new Set(['#api.resource.Quantity', '#util.intstr.IntOrString']);
const ANYTHING = /^#apiextensions\.v1\.JSON(SchemaPropsOr.*)?$/;

const fieldsOf = (types: Types, type: string): TypeDocumentation | undefined =>
  type.startsWith('#') ? types[type.slice(1)] : undefined;

/** `[]Object`, `map[string]string`. */
function typeText(types: Types, type: string): string {
  if (type.startsWith('[]')) return `[]${typeText(types, type.slice(2))}`;
  if (type.startsWith('{}')) return `map[string]${typeText(types, type.slice(2))}`;
  if (NUMBER_OR_TEXT.has(type)) return 'string';
  if (ANYTHING.test(type)) return '';
  const named = fieldsOf(types, type);
  if (named?.f) return 'Object';
  return named || type === 'Object' ? (named?.t ?? 'map[string]') : type;
}

const BULLET = /^(\d+\.?|-|\*)\s/;

/** Lines of a width; lines that belong together are joined, code, empty lines and lists stay. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let last = '';
  const flush = (): void => {
    if (line.length === 0) return;
    last = '';
    lines.push(line.join(' '));
    line = [];
  };
  for (const each of text.split('\n')) {
    const trimmed = each.trim();
    const isCode = each.startsWith('    ');
    if (isCode || (lines.length > 0 && trimmed === '')) {
      flush();
      lines.push(isCode ? each : '');
      continue;
    }
    if (last.endsWith(':') || trimmed === '' || BULLET.test(trimmed)) flush();
    for (const word of trimmed.split(/\s+/).filter(Boolean)) {
      last = word;
      if (line.length > 0 && [...line, word].join(' ').length > width) flush();
      line.push(word);
    }
  }
  flush();
  return lines;
}

const WIDTH = 80;

/** A text at its place; empty lines are not indented. */
function block(text: string, indent: number): string {
  return wrapped(text, WIDTH - indent)
    .map((line) => (line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`))
    .join('');
}

function fieldList(types: Types, type: TypeDocumentation): string {
  return Object.entries(type.f ?? {})
    .map(([name, [kind, text]]) => {
      const required = type.q?.includes(name) ? ' -required-' : '';
      return `   ${name}\t<${typeText(types, kind)}>${required}\n${block(text, 5)}\n`;
    })
    .join('');
}

const baseOf = (type: string): string => type.replace(/^(?:\[\]|\{\})+/, '');

/** Fields with theirs below them; types that are being listed already are left out. */
function fieldTree(types: Types, type: TypeDocumentation, indent: number, above: ReadonlySet<string>): string {
  return Object.entries(type.f ?? {})
    .map(([name, [kind]]) => {
      const base = baseOf(kind);
      const inner = above.has(base) ? undefined : fieldsOf(types, base);
      const below = inner ? fieldTree(types, inner, indent + 3, new Set(above).add(base)) : '';
      return `${' '.repeat(indent)}${name}\t<${typeText(types, kind)}>\n${below}`;
    })
    .join('');
}

/** What a path leads to. A plain value is where it ends, whatever is asked for below it; of a list or map of such it is one of them. */
function lookUp(types: Types, start: string, path: readonly string[]): Schema {
  let found: Schema = { type: `#${start}` };
  for (const name of path) {
    const base = baseOf(found.type);
    const fields = fieldsOf(types, base)?.f;
    if (!fields) {
      if (base !== found.type) found = { type: base };
      break;
    }
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw new KubectlError(`field ${JSON.stringify(name)} does not exist`);
    found = { type: field[0], text: field[1] };
  }
  return found;
}

/** Texts with a line between them: of the field, of the lists and maps around a type, of the type. One without fields is a map of itself. */
function descriptionOf(types: Types, { type, text }: Schema): string {
  const base = baseOf(type);
  const own = fieldsOf(types, base)?.d;
  const texts = text === undefined ? [] : [text];
  if (text === undefined || base !== type || base.startsWith('#')) texts.push(own ?? '');
  if (base.startsWith('#') && typeText(types, base) === 'map[string]') texts.push(own ?? '');
  const shown = texts.map((one, at) => (one ? `${at > 0 ? '\n' : ''}${block(one, 5)}` : '')).join('');
  return `DESCRIPTION:\n${shown || block('<empty>', 5)}`;
}

/** Everything that is said of a kind or a field. Throws when there is no such field. */
export function explanationV2(
  types: Types,
  start: string,
  path: readonly string[],
  kind: { readonly group: string; readonly version: string; readonly kind: string },
  recursive: boolean,
): string {
  const found = lookUp(types, start, path);
  const head = `KIND:     ${kind.kind}\nVERSION:  ${apiVersionOf(kind)}\n\n`;
  const inner = fieldsOf(types, baseOf(found.type));
  const type = typeText(types, found.type);
  const description = descriptionOf(types, found);
  if (inner?.f) {
    const name = path.length > 0 ? `RESOURCE: ${path.at(-1)} <${type}>\n\n` : '';
    const fields = recursive ? fieldTree(types, inner, 3, new Set()) : fieldList(types, inner);
    return `${head}${name}${description}\nFIELDS:\n${fields}`;
  }
  // What may be anything is not said to be of a type.
  const isAnything = type === '' || type.endsWith('map[string]');
  return `${head}${isAnything ? '' : `FIELD:    ${path.at(-1)} <${type}>\n\n`}${description}`;
}

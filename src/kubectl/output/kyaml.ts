/** `-o kyaml`: YAML in flow style with quoted strings and trailing commas. Follows sigs.k8s.io/yaml/kyaml (kyaml.go), without comments. */
import { isJsonObject, sortedKeys } from '../../engine/api/go-text';

const FOLD = '\\\n';

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '\v': '\\v',
  '\0': '\\0',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (PRINTABLE.test(character)) return character;
  if (NAMED[character]) return NAMED[character];
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code < 0x20 || code === 0x7f ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).padStart(digits as number, '0')}`;
}

/** A value's text; several lines are folded so that they stand below one another. */
function stringText(text: string, indent: string): string {
  if (!text.includes('\n')) return `"${[...text].map((each) => (each === '\t' ? each : escaped(each))).join('')}"`;
  let out = `"${FOLD}`;
  for (const character of text) {
    if (out.endsWith('\n')) out += indent + (/[^\S\n]/.test(character) ? '\\' : ' ');
    if (character === '\n') out += `\\n${FOLD}`;
    else out += character === '\t' ? character : escaped(character);
  }
  return `${out}${out.endsWith('\n') ? '' : FOLD}${indent}"`;
}

/** Words that YAML could take for something else than text. */
function isAmbiguous(text: string): boolean {
  if (/^(?:null|~|true|false|t|f|y|n|yes|no|on|off|[01]|[-+]?\.inf|\.nan)$/i.test(text)) return true;
  const plain = text.replaceAll('_', '');
  if (/^[-+]?(?:0x[\da-f]+|0b[01]+|0o?[0-7]+|\d+)$/i.test(plain)) return true;
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) || /^[-+]?(?:inf|infinity|nan)$/i.test(plain))
    return true;
  return /^[-+]?[1-9][\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text) || /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/.test(text);
}

function keyText(key: string): string {
  const isPlain = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(key);
  if (isPlain && !isAmbiguous(key)) return key;
  return `"${[...key].map((each) => ({ '\n': '\\n', '\t': '\\t' })[each] ?? escaped(each)).join('')}"`;
}

type KeysOf = (object: Record<string, unknown>) => readonly string[];

function valueText(value: unknown, indent: string, keysOf: KeysOf): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return stringText(value, inner);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const isCuddled = value.every((item) => typeof item === 'object' && item !== null);
    if (isCuddled) return `[${value.map((item) => valueText(item, indent, keysOf)).join(', ')}]`;
    return `[\n${value.map((item) => `${inner}${valueText(item, inner, keysOf)},\n`).join('')}${indent}]`;
  }
  if (!isJsonObject(value)) return String(value);
  const keys = keysOf(value);
  if (keys.length === 0) return '{}';
  const lines = keys.map((key) => `${inner}${keyText(key)}: ${valueText(value[key], inner, keysOf)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** A document; the keys of objects are sorted unless another order is asked for. */
export function kyamlText(value: unknown, keysOf: KeysOf = sortedKeys): string {
  return `---\n${valueText(value, '', keysOf)}\n`;
}

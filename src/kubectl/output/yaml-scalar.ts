/**
 * How a text is written in YAML: plain, quoted or as a block, folded at 80 columns. Follows go.yaml.in/yaml/v2 (encode.go, resolve.go,
 * emitterc.go), which kubectl prints with.
 */

/** Where a text is written. */
export interface ScalarPlace {
  /** The column at which it begins. */
  readonly column: number;
  /** Of lines after the first. */
  readonly indent: number;
  readonly isKey?: boolean;
}

const WIDTH = 80;
const WORDS = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null']
    .flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)])
    .concat(['', '~', '.nan', '.NaN', '.NAN', ...['', '+', '-'].flatMap((s) => [`${s}.inf`, `${s}.Inf`, `${s}.INF`])]),
);
const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?)?$/;

function isInteger(text: string): boolean {
  const match = INTEGER.exec(text);
  if (!match) return false;
  const digits = (match[2] as string).replace(/^0[oO]?(?=[0-7])/, '0o');
  const value = BigInt(digits);
  return value < 2n ** (match[1] === '' ? 64n : 63n);
}

function isTime(text: string): boolean {
  const match = TIME.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const [hour, minute, second] = match.slice(match[4] === undefined ? 7 : 4).map((part) => Number(part ?? 0));
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  return isDay && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
}

/** Whether the text without quotes would be read as something else than text. */
function needsQuotes(text: string): boolean {
  if (WORDS.has(text) || BASE_60.test(text)) return true;
  if (!/^[-+.\d]/.test(text)) return false;
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  return isInteger(plain) || isTime(text) || (FLOAT.test(plain) && Number.isFinite(Number(plain)));
}

const BREAK = /[\r\n\u0085\u2028\u2029]/;
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\ufefe\uff00-\ufffd]|[\ud800-\udfff]/;
const INDICATOR_FIRST = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t\r\n\u0085\u2028\u2029]|$))/;
const INDICATOR_INSIDE = /:(?:[ \t\r\n\u0085\u2028\u2029]|$)|[ \t\r\n\u0085\u2028\u2029]#/;

/** Which styles a text allows. */
interface Allowed {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

function allowedStyles(text: string): Allowed {
  const isSpecial = UNPRINTABLE.test(text) || / [\r\n\u0085\u2028\u2029]/.test(text);
  const hasBreakSpace = /[\r\n\u0085\u2028\u2029] /.test(text);
  const hasEdge = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/.test(text);
  const hasIndicator = INDICATOR_FIRST.test(text) || INDICATOR_INSIDE.test(text.slice(1)) || /^[ \t]#/.test(text);
  return {
    plain: !isSpecial && !hasBreakSpace && !hasEdge && !BREAK.test(text) && !hasIndicator,
    single: !isSpecial && !hasBreakSpace,
    block: text !== '' && !isSpecial && !text.endsWith(' '),
  };
}

/** Writes the characters, with a new line instead of a single space once the line is full. */
function folded(units: readonly string[], place: ScalarPlace, start: number, isQuoted: boolean): string {
  let text = '';
  let column = start;
  let afterSpace = false;
  for (const [at, unit] of units.entries()) {
    const isEdge = isQuoted && (at === 0 || at === units.length - 1);
    const mayFold = unit === ' ' && !place.isKey && !afterSpace && column > WIDTH && !isEdge;
    if (mayFold && units[at + 1] !== ' ') {
      text += `\n${' '.repeat(place.indent)}`;
      column = place.indent;
    } else {
      text += unit;
      column += [...unit].length;
    }
    afterSpace = unit === ' ';
  }
  return text;
}

function singleQuoted(text: string, place: ScalarPlace): string {
  const units = [...text].map((character) => (character === "'" ? "''" : character));
  return `'${folded(units, place, place.column + 1, true)}'`;
}

const ESCAPES = new Map(
  Object.entries({
    '\0': '0',
    '\u0007': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
    '\u001b': 'e',
    '"': '"',
    '\\': '\\',
    '\u0085': 'N',
    '\u00a0': '_',
    '\u2028': 'L',
    '\u2029': 'P',
  }),
);

function escaped(character: string): string {
  const isPlain = !UNPRINTABLE.test(character) && !BREAK.test(character);
  if (isPlain && character !== '"' && character !== '\\') return character;
  const short = ESCAPES.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) as number;
  const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : (['U', 8] as const);
  return `\\${letter}${code
    .toString(16)
    .toUpperCase()
    .padStart(digits as number, '0')}`;
}

/** Between double quotes even one of several spaces may become a new line, which a backslash then guards. */
function doubleQuoted(text: string, place: ScalarPlace): string {
  const units = [...text].map(escaped);
  let quoted = '"';
  let column = place.column + 1;
  let afterSpace = false;
  for (const [at, unit] of units.entries()) {
    const isInside = at > 0 && at < units.length - 1;
    if (unit === ' ' && !place.isKey && !afterSpace && column > WIDTH && isInside) {
      const guard = units[at + 1] === ' ' ? '\\' : '';
      quoted += `\n${' '.repeat(place.indent)}${guard}`;
      column = place.indent + guard.length;
    } else {
      quoted += unit;
      column += [...unit].length;
    }
    afterSpace = unit === ' ';
  }
  return `${quoted}"`;
}

function literal(text: string, place: ScalarPlace): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(place.indent) + line));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}

/** The text in YAML. */
export function scalarText(text: string, place: ScalarPlace): string {
  const allowed = allowedStyles(text);
  if (text.includes('\n')) {
    return allowed.block && !place.isKey ? literal(text, place) : doubleQuoted(text, place);
  }
  if (needsQuotes(text)) return doubleQuoted(text, place);
  if (allowed.plain) return folded([...text], place, place.column, false);
  return allowed.single ? singleQuoted(text, place) : doubleQuoted(text, place);
}

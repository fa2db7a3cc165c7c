/**
 * Values as YAML, as kubectl prints them: keys in natural order, lists not indented below their key. Follows go.yaml.in/yaml/v2
 * (encode.go, sorter.go, emitterc.go) as used by sigs.k8s.io/yaml. Keys longer than 128 characters are written like others.
 */
import { isJsonObject, type JsonObject } from '../../engine/api/go-text';
import { scalarText } from './yaml-scalar';

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** The number that begins here; a digit inside a number that has begun counts as following a 1. */
function numberAt(
  text: readonly string[],
  at: number,
  start: number,
): { readonly value: number; readonly end: number } {
  let value = start;
  let end = at;
  for (; end < text.length && DIGIT.test(text[end] as string); end++) value = value * 10 + Number(text[end]);
  return { value, end };
}

/** Whether digits before this place belong to a number that does not begin with zeros. */
function isInsideNumber(text: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && DIGIT.test(text[before] as string); before--) {
    if (text[before] !== '0') return true;
  }
  return false;
}

function differsAt(a: readonly string[], b: readonly string[], at: number): number {
  const one = a[at] as string;
  const other = b[at] as string;
  const plain = one < other ? -1 : 1;
  const oneIsLetter = LETTER.test(one);
  const otherIsLetter = LETTER.test(other);
  if (oneIsLetter && otherIsLetter) return plain;
  if (oneIsLetter || otherIsLetter) return otherIsLetter ? -1 : 1;
  const start = (one === '0' || other === '0') && isInsideNumber(a, at) ? 1 : 0;
  const left = numberAt(a, at, start);
  const right = numberAt(b, at, start);
  if (left.value !== right.value) return left.value - right.value;
  return left.end === right.end ? plain : left.end - right.end;
}

/** Order of keys: signs before letters, numbers by value. */
export function compareKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at++) {
    if (left[at] !== right[at]) return differsAt(left, right, at);
  }
  return left.length - right.length;
}

function keysOf(object: JsonObject): string[] {
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort(compareKeys);
}

function scalar(value: unknown, column: number, indent: number): string {
  if (typeof value === 'string') return scalarText(value, { column, indent });
  return String(value ?? null);
}

/** A value after `key:` or `-`, with the space or line break before it. `indent` is that of what holds it. */
function valueText(value: unknown, column: number, indent: number, inSequence: boolean): string {
  if (Array.isArray(value) && value.length > 0) {
    return inSequence ? ` ${sequenceText(value, indent + 2)}` : `\n${' '.repeat(indent)}${sequenceText(value, indent)}`;
  }
  if (isJsonObject(value) && keysOf(value).length > 0) {
    return inSequence
      ? ` ${mappingText(value, indent + 2)}`
      : `\n${' '.repeat(indent + 2)}${mappingText(value, indent + 2)}`;
  }
  if (Array.isArray(value)) return ' []';
  return isJsonObject(value) ? ' {}' : ` ${scalar(value, column + 1, indent + 2)}`;
}

function sequenceText(items: readonly unknown[], indent: number): string {
  const texts = items.map((item) => `-${valueText(item, indent + 1, indent, true)}`);
  return texts.join(`\n${' '.repeat(indent)}`);
}

function mappingText(object: JsonObject, indent: number): string {
  const texts = keysOf(object).map((key) => {
    const name = scalarText(key, { column: indent, indent: indent + 2, isKey: true });
    return `${name}:${valueText(object[key], indent + [...name].length + 1, indent, false)}`;
  });
  return texts.join(`\n${' '.repeat(indent)}`);
}

/** The value as a YAML document, ending in a newline. */
export function yamlText(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) return `${sequenceText(value, 0)}\n`;
  if (isJsonObject(value) && keysOf(value).length > 0) return `${mappingText(value, 0)}\n`;
  if (Array.isArray(value)) return '[]\n';
  return isJsonObject(value) ? '{}\n' : `${scalar(value, 0, 2)}\n`;
}

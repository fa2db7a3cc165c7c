/**
 * What kubectl says of YAML that can't be read, in the words of its own parser. Problems it would say nothing comparable of
 * keep the words the editor shows.
 * Follows go.yaml.in/yaml/v2 (scannerc.go, and fail in decode.go, which names no line when it is the first).
 */
import type { Problem } from './yaml';

const TWO_COLONS = /Nested mappings are not allowed|Implicit keys need to be on a single line/;
const BAD_START = /Tabs are not allowed as indentation|Plain value cannot start with reserved character/;

/** Words of problems that come up after the text has been read: they name no line. */
const DECODING = [
  'map merge requires',
  'value contains itself',
  'cannot decode !!',
  '!!binary value',
  'no number that JSON',
  'invalid map key',
];

function decodingError(message: string): string {
  const infinite = /^([-+]?)\.(inf|nan)/i.exec(message);
  if (!infinite) return `yaml: ${message.replace(/ \(a key must be plain text, .*$/, '')}`;
  const value = infinite[2]?.toLowerCase() === 'nan' ? 'NaN' : `${infinite[1] === '-' ? '-' : '+'}Inf`;
  return `json: unsupported value: ${value}`;
}

function at(line: number, words: string): string {
  return line > 1 ? `yaml: line ${line}: ${words}` : `yaml: ${words}`;
}

function aliasError(name: string, text: string): string {
  if (/^[\w-]/.test(name)) return `yaml: unknown anchor '${name}' referenced`;
  const line = text.split('\n').findIndex((one) => one.includes(`*${name}`)) + 1;
  return at(line, 'did not find expected alphabetic or numeric character');
}

/** The error of a text with problems, from `yaml: ` on. */
export function yamlError(problems: readonly Problem[], text: string): string {
  const [first] = problems as [Problem];
  const decoding = DECODING.find((words) => first.message.includes(words));
  if (decoding !== undefined) return decodingError(first.message);
  const { line, message } = first;
  if (TWO_COLONS.test(message)) {
    const lines = problems.filter((problem) => TWO_COLONS.test(problem.message)).map(({ endLine }) => endLine);
    return at(Math.max(...lines.slice(0, 2)), 'mapping values are not allowed in this context');
  }
  if (BAD_START.test(message)) return at(line, 'found character that cannot start any token');
  if (message.includes('Unexpected alias')) return at(line, 'did not find expected alphabetic or numeric character');
  const alias = /^Unresolved alias .*: (.*)$/.exec(message)?.[1];
  if (alias !== undefined) return aliasError(alias, text);
  if (message.includes('Missing closing')) return at(line, 'found unexpected end of stream');
  return `yaml: line ${line}: ${message}`;
}

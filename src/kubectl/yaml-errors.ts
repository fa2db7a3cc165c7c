/**
 * What kubectl says of YAML whose values can't be read, in the words of its own parser (go-yaml says what it has to say of the syntax).
 * Problems it would say nothing comparable of keep the words the editor shows.
 * Follows go.yaml.in/yaml/v2 (decode.go).
 */
import type { Problem } from './yaml';

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

/** The error of a text with problems, from `yaml: ` on. */
export function yamlError(problems: readonly Problem[]): string {
  const [first] = problems as [Problem];
  const decoding = DECODING.find((words) => first.message.includes(words));
  if (decoding !== undefined) return decodingError(first.message);
  const { line, message } = first;
  const alias = /^Unresolved alias .*: (.*)$/.exec(message)?.[1];
  if (alias !== undefined) return `yaml: unknown anchor '${alias}' referenced`;
  return `yaml: line ${line}: ${message}`;
}

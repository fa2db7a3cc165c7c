/** What is wrong with a YAML text, in words that help someone who is learning. Codes are those of the `yaml` package. */
import type { Problem } from './yaml';

const MESSAGES = new Map([
  ['TAB_AS_INDENT', 'YAML is indented with spaces; there is a tab here'],
  ['BAD_INDENT', 'the indentation is wrong: lines of one level must begin in the same column'],
  ['MULTILINE_IMPLICIT_KEY', 'a key must stand on one line; perhaps a colon or a quote is missing above'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    'there is a second ": " on this line, or the indentation is wrong; quote the value if it contains a colon',
  ],
  ['MISSING_CHAR', 'something is missing here: a closing quote or bracket, a comma, or the space after ":"'],
  ['UNEXPECTED_TOKEN', 'this does not belong here; perhaps a quote, bracket or colon before it is missing'],
  ['BAD_ALIAS', 'this refers to an anchor (&name) that does not exist or may not stand here'],
  ['BAD_SCALAR_START', 'a plain value may not begin with this character; put the value in quotes'],
  ['BAD_DQ_ESCAPE', 'this is no escape that YAML knows; double the backslash or use single quotes'],
  ['MULTIPLE_DOCS', 'a second document begins here without "---" before it'],
]);

/** Of a value that is nested too deeply. */
export const TOO_DEEP = 'this is nested too deeply to be read';

/** The sentence for a parser error; the parser's own words follow in brackets where ours are general. */
export function yamlProblem(code: string, original: string): string {
  const message = MESSAGES.get(code);
  return message ? `${message} (${original})` : original;
}

/** A text that is too long to be read. */
export function tooLong(length: number, limit: number): Problem {
  const megabytes = (value: number): string => `${(value / 1024 / 1024).toFixed(1)} MB`;
  const message = `the text is too long: ${megabytes(length)} of at most ${megabytes(limit)}`;
  return { line: 1, column: 1, endLine: 1, endColumn: 2, message };
}

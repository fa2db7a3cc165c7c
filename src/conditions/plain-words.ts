/** What is wrong with a condition, in plain words with its place: cel-go's own words are Kubernetes' answer to rules and policies, not a reader's. */

const MISTAKE = /^ERROR: <input>:(\d+):(\d+): (.*)$/;

type Saying = readonly [pattern: RegExp, say: (...parts: string[]) => string];

/** Words of other languages for what has a sign in this one. */
const SIGNS = new Map([
  ['=', '=='],
  ['&', '&&'],
  ['|', '||'],
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['is', '=='],
  ['===', '=='],
]);

const unknownSign = (sign: string): string =>
  SIGNS.has(sign) ? `write ${SIGNS.get(sign)} instead of ${sign}` : `${sign} means nothing here`;

const missing = (wanted: string): string => {
  if (wanted === 'IDENTIFIER') return 'a name';
  return wanted.startsWith('{') ? 'a value' : wanted.replaceAll("'", '');
};

const SAYINGS: readonly Saying[] = [
  [
    /^Syntax error: (?:mismatched input '<EOF>' expecting (.*)|missing (.*) at '<EOF>'|no viable alternative at input '.')$/,
    (wanted, sign) => `it ends too early, ${missing(wanted ?? sign ?? 'IDENTIFIER')} is missing`,
  ],
  [/^Syntax error: missing (.*) at '(.*)'$/, (wanted, found) => `${found} stands where ${missing(wanted!)} belongs`],
  [/^Syntax error: no viable alternative at input '.(.*)'$/, (found) => `${found} stands where a name belongs`],
  [
    /^Syntax error: (?:mismatched|extraneous) input '(.*)' expecting (.*)$/,
    (found, wanted) => {
      if (SIGNS.has(found!)) return unknownSign(found!);
      return wanted === '<EOF>' ? `${found} is one too many` : `${found} stands where ${missing(wanted!)} belongs`;
    },
  ],
  [/^Syntax error: token recognition error at: '["'].*\\[^\\]'$/, () => 'no character can be written so'],
  [/^Syntax error: token recognition error at: '(["'].*)'$/, () => 'a text begins here and does not end'],
  [/^Syntax error: token recognition error at: '(.*)'$/, (sign) => unknownSign(sign!.slice(0, 1))],
  [/^undeclared reference to '(.*)' \(in container ''\)$/, (name) => `${name} is not known here`],
  [
    /^found no matching overload for '_?(.*?)_?' applied to '\(?(.*?)\)?'$/,
    (name, types) => `${name} cannot be used with ${types}`,
  ],
  [/^type '(.*)' does not support field selection$/, (type) => `${type} has no fields`],
  [/^undefined field '(.*)'$/, (field) => `there is no field ${field}`],
  [/^reserved identifier: (.*)$/, (name) => `${name} is a word that cannot be used as a name`],
  [/^invalid argument to has\(\) macro$/, () => 'has() takes a field, such as has(a.b)'],
  [/^invalid (.*) argument$/, (name) => `${name} takes a regular expression, which this is not`],
];

function plain(message: string): string {
  for (const [pattern, say] of SAYINGS) {
    const match = pattern.exec(message);
    if (match) return say(...match.slice(1));
  }
  return message;
}

/** A span of time beside a number, on either side of an operator. */
const SPAN_AND_NUMBER = /applied to '\((?:(duration), (?:u?int|double)|(?:u?int|double), duration)\)'$/;

/** So far around an operator its number is looked for. */
const NEAR = 20;

/** What to write where a number stands for seconds: CEL compares spans of time with spans alone. */
function spanInstead(message: string, line: string, column: number): string {
  const match = SPAN_AND_NUMBER.exec(message);
  if (!match) return '';
  const [, number] =
    (match[1]
      ? /^\S{1,2}\s*(\d[\d.]*)/.exec(line.slice(column - 1, column + NEAR))
      : /(\d[\d.]*)\s*$/.exec(line.slice(Math.max(0, column - NEAR), column - 1))) ?? [];
  return number === undefined
    ? ": write duration('5s') for 5 seconds"
    : `: write duration('${number}s') instead of ${number}`;
}

/** Upstream puts what is wrong with a call at its parenthesis; whoever reads looks for its name. */
function whereNamed(line: string, column: number): number {
  const call = /[\p{L}_][\p{L}\p{N}_]*\s*$/u.exec(line.slice(0, column - 1));
  return call && line[column - 1] === '(' ? call.index + 1 : column;
}

/** The mistakes that compiling a condition found in its text. */
export function inPlainWords(problem: string, text: string): string {
  const lines = text.split('\n');
  const mistakes = problem.split('\n').flatMap((line) => {
    const [, row, column, message] = MISTAKE.exec(line) ?? [];
    if (message === undefined) return [];
    const isSyntax = message.startsWith('Syntax error');
    const written = lines[Number(row) - 1] ?? '';
    const at = isSyntax ? column : whereNamed(written, Number(column));
    const place = row === '1' ? `character ${at}` : `line ${row}, character ${at}`;
    return [{ said: `${place}: ${plain(message)}${spanInstead(message, written, Number(column))}`, isSyntax }];
  });
  // What follows a mistake of syntax often comes of it.
  if (mistakes[0]?.isSyntax) return mistakes[0].said;
  return mistakes.length > 0 ? mistakes.map(({ said }) => said).join('; ') : problem;
}

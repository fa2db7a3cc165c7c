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
    /^Syntax error: mismatched input '<EOF>' expecting (.*)$/,
    (wanted) => `it ends too early, ${missing(wanted!)} is missing`,
  ],
  [
    /^Syntax error: mismatched input '(.*)' expecting (.*)$/,
    (found, wanted) => {
      if (SIGNS.has(found!)) return unknownSign(found!);
      return wanted === '<EOF>' ? `${found} is one too many` : `${found} stands where ${missing(wanted!)} belongs`;
    },
  ],
  [/^Syntax error: token recognition error at: '(["'].*)'$/, () => 'a text begins here and does not end'],
  [/^Syntax error: token recognition error at: '(.*)'$/, (sign) => unknownSign(sign!)],
  [/^Syntax error: token recognition error$/, () => 'no character can be written so'],
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

/** The mistakes that compiling a condition found. */
export function inPlainWords(problem: string): string {
  const mistakes = problem.split('\n').flatMap((line) => {
    const [, row, column, message] = MISTAKE.exec(line) ?? [];
    if (message === undefined) return [];
    const place = row === '1' ? `character ${column}` : `line ${row}, character ${column}`;
    return [`${place}: ${plain(message)}`];
  });
  return mistakes.length > 0 ? mistakes.join('; ') : problem;
}

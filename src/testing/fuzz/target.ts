/** What a fuzz target is, and what no input may bring about: an exception, a stopped simulation, JavaScript's words in a message. */
import { isCommandResult } from '../../session/run-command';
import type { Session } from '../../session/session';
import type { Dice } from './dice';

/** One kind of input: how to draw it, and what is wrong with how it was taken. */
export interface FuzzTarget {
  readonly name: string;
  draw(dice: Dice): string;
  /** Complaints; an exception is one too, and so is taking too long (which whoever calls watches). */
  judge(input: string): readonly string[];
}

const SCRIPT_WORDS = new RegExp(
  [
    // CEL says "undefined field", as the real one does.
    '\\b(undefined(?! field)|NaN|TypeError|RangeError|ReferenceError|SyntaxError)\\b',
    '\\[object \\w+\\]',
    'is not (a function|iterable|defined|valid JSON)',
    'Cannot (read|set|destructure|convert|access)',
    'Maximum call stack|Invalid (string|array) length|Unexpected (token|end of JSON)',
  ].join('|'),
);

/** A complaint when a message speaks of the program that made it; words that the input itself has are its own. */
export function scriptWordsIn(message: string, input: string): string[] {
  const found = SCRIPT_WORDS.exec(message);
  if (!found || input.includes(found[0])) return [];
  return [`says "${found[0]}": ${message.slice(Math.max(0, found.index - 80), found.index + 120)}`];
}

/** Runs a session to a time; complaints about stopping and about what its commands and steps say. */
export function runComplaints({ simulation }: Session, timeMs: number, input: string): string[] {
  const { stopped, message = '' } = simulation.run({ timeMs });
  if (stopped === 'failed') return [`the simulation stopped: ${message}`];
  const complaints: string[] = [];
  for (let step = 1; step <= simulation.step; step++) {
    const detail = simulation.detailAt(step);
    const said = isCommandResult(detail) ? `${detail.stdout}\n${detail.stderr}` : '';
    complaints.push(...scriptWordsIn(`${simulation.traceAt(step).message}\n${said}`, input));
  }
  return complaints;
}

/** A word that is odd to programs: names of inherited properties, other alphabets, numbers at the edges. */
export function oddWord(dice: Dice): string {
  return dice.pick([
    ...[
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      '',
      ' ',
      '-',
      '--',
      '.',
      '..',
      '/',
      '*',
      '=',
      ',',
      ':',
      '@',
    ],
    ...[
      'null',
      'true',
      '0',
      '-1',
      '1e3',
      '99999999999999999999',
      '2147483648',
      '0x10',
      '1.5',
      '.5',
      '1Gi',
      '5m',
      '-1h',
    ],
    ...[
      'é',
      '名',
      '🙂',
      'a'.repeat(300),
      'a/b/c',
      'a=b=c',
      '{}',
      '[]',
      '{',
      '$(x)',
      '%s',
      '\\',
      '"',
      "'",
      '\u0000',
      '\n',
    ],
  ]);
}

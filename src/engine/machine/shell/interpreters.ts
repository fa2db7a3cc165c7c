/**
 * What python, perl and node make of a text that they are given on their command line: the plain part of it, which is what it prints as it stands
 * there, how long it sleeps and how it ends; of Python conditions too. Anything else, as a file or a module, is a program that runs for ever.
 */

import type { ioOf } from './io';
import { pythonEnd } from './python';
import type { CommandResult } from './results';

const OPTIONS: Readonly<Record<string, RegExp>> = {
  python: /^-c$/,
  perl: /^-\w*[eE]$/,
  node: /^(-e|-p|--eval|--print)$/,
};
const ENDLESS = /while\s*\(?\s*(True|true|1)\b|serve_forever|\.listen\(|setInterval|HTTPServer/;
const PRINTED =
  /\b(?:print|say|console\.(?:log|error)|sys\.stdout\.write)\s*\(?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|bpi\((\d+)\)|(\d+(?:\.\d+)?)(?=\s*[),;]|\s*$))/g;
/** Digits of pi take their time: a few milliseconds each. */
const DIGIT_MS = 3;
const MAX_DIGITS = 5_000;

/** arctan(1/x), times 10 to the power of so many digits. */
function arctan(x: bigint, unit: bigint): bigint {
  let power = unit / x;
  let sum = power;
  for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / n;
  }
  return sum;
}

/** Pi with so many digits, the last of them rounded. */
export function piText(digits: number): string {
  const guard = 10;
  const unit = 10n ** BigInt(digits - 1 + guard);
  const pi = 4n * (4n * arctan(5n, unit) - arctan(239n, unit));
  const half = 10n ** BigInt(guard) / 2n;
  const text = String((pi + half) / 10n ** BigInt(guard));
  return digits > 1 ? `${text[0]}.${text.slice(1)}` : text;
}

const unescaped = (text: string): string =>
  text
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\(["'\\])/g, '$1');

/** The name of an interpreter without its version; undefined for any other program. */
export function interpreterOf(name: string): string | undefined {
  const plain = name.replace(/[\d.]+$/, '').replace(/^nodejs$/, 'node');
  return Object.hasOwn(OPTIONS, plain) ? plain : undefined;
}

/** Whether what runs the scripts of a package of node runs one that serves: what else these do is over soon. */
export const isPackageServer = (name: string, [what = '', script = '']: readonly string[]): boolean =>
  /^(npm|yarn|pnpm)$/.test(name) && /^(start|dev|serve)$/.test(/^run(-script)?$/.test(what) ? script : what);

/** Node's console.log of one sum, product or text, which Python writes and reckons alike. */
function sumOf(language: string, text: string): ReturnType<typeof pythonEnd> {
  const [, sum] = /^console\.log\(([\w\s"'.+*()-]*)\);?$/.exec(text.trim()) ?? [];
  return language === 'node' && sum ? pythonEnd(`print(${sum})`, () => undefined) : undefined;
}

/** See the header. */
export function interpret(words: readonly string[], io: ReturnType<typeof ioOf>, language: string): CommandResult {
  if (words.includes('--version') || words.includes('-V') || words.includes('-v')) return 0;
  const at = words.findIndex((word) => OPTIONS[language]?.test(word));
  const text = at < 0 ? undefined : words[at + 1];
  if (text === undefined || ENDLESS.test(text)) return words.length > 1 ? 'server' : 0;
  const known = language === 'python' ? pythonEnd(text, io.variable) : sumOf(language, text);
  if (known) {
    const { sleepMs, ...then } = known;
    if (sleepMs > 0) return { sleepMs, then };
    io.output += then.output;
    io.errors += then.errors ?? '';
    return then.status;
  }
  const end = language === 'perl' && !/^-\w*l/.test(words[at] as string) ? '' : '\n';
  let sleepMs = 0;
  let output = '';
  for (const [whole, double, single, digits, number] of text.matchAll(PRINTED)) {
    const count = Math.min(MAX_DIGITS, Number(digits ?? 0));
    if (count > 0) sleepMs += count * DIGIT_MS;
    const shown = count > 0 ? piText(count) : (number ?? unescaped(double ?? single ?? ''));
    output += `${shown}${/^(say|sys)/.test(whole) ? (whole.startsWith('say') ? '\n' : '') : end}`;
  }
  for (const [, seconds] of text.matchAll(/sleep\s*\(?\s*(\d+(?:\.\d+)?)/g)) sleepMs += Number(seconds) * 1000;
  const asked = /\bexit\s*\(?\s*(\d+)/.exec(text)?.[1];
  const status = asked === undefined ? (/\b(raise|throw|die)\b/.test(text) ? 1 : 0) : Number(asked) % 256;
  const then = { output, status };
  if (sleepMs > 0) return { sleepMs, then };
  io.output += output;
  return status;
}

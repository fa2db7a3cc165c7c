/**
 * Flags as kubectl takes them: `--name value`, `--name=value`, `-n value`, `-nvalue`, bundled short ones, `--` as the end.
 * Follows github.com/spf13/pflag and cobra, with their words for mistakes.
 */

import { parseDuration } from '../engine/api/duration';
import type { Flag } from './command';
import { KubectlError, usageError } from './errors';

/** The flags of one command line. Absent flags read as their defaults. */
export interface ParsedFlags {
  /** True when the flag was on the command line. */
  given(name: string): boolean;
  text(name: string): string;
  bool(name: string): boolean;
  int(name: string): number;
  /** A duration in ms. */
  ms(name: string): number;
  /** All values of a repeatable flag. */
  list(name: string): readonly string[];
  /** What was given, in order, for `--record`. */
  readonly order: readonly { readonly name: string; readonly value: string }[];
}

/** Arguments and flags of a command line. */
export interface ParsedArguments {
  readonly args: readonly string[];
  readonly argsBeforeDash: number;
  readonly flags: ParsedFlags;
}

interface Scan {
  readonly path: string;
  readonly byName: ReadonlyMap<string, Flag>;
  readonly byShort: ReadonlyMap<string, Flag>;
  readonly order: { name: string; value: string }[];
}

/** Reads the words after the command's own. Throws KubectlError in pflag's words. */
export function parseFlags(path: string, known: readonly Flag[], words: readonly string[]): ParsedArguments {
  const scan: Scan = {
    path,
    byName: new Map(known.map((flag) => [flag.name, flag])),
    byShort: new Map(known.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : []))),
    order: [],
  };
  const args: string[] = [];
  let argsBeforeDash = -1;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') {
      argsBeforeDash = args.length;
      args.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) at += takeLong(scan, word, words[at + 1]) ? 1 : 0;
    else if (word.startsWith('-') && word.length > 1) at += takeShort(scan, word, words[at + 1]) ? 1 : 0;
    else args.push(word);
  }
  const flags = reader(scan.byName, scan.order);
  if (!flags.given('help')) requireFlags(known, flags);
  return { args, argsBeforeDash: argsBeforeDash < 0 ? args.length : argsBeforeDash, flags };
}

function fail(scan: Scan, message: string): KubectlError {
  // For diff, 1 would say that it found differences.
  if (scan.path === 'diff') return new KubectlError(usageError(scan.path, message).message, { code: 2 });
  return new KubectlError(`${message}\nSee 'kubectl ${scan.path}${scan.path ? ' ' : ''}--help' for usage.`);
}

function set(scan: Scan, flag: Flag, value: string): void {
  const problem = valueProblem(flag, value);
  const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
  if (problem) throw fail(scan, `invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${problem}`);
  scan.order.push({ name: flag.name, value });
}

/** Takes `--name`, `--name=value` or `--name value`; true when the next word was used. */
function takeLong(scan: Scan, word: string, next: string | undefined): boolean {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  if (name === '' || name.startsWith('-')) throw fail(scan, `bad flag syntax: ${word}`);
  const flag = scan.byName.get(name) ?? (name === 'help' ? HELP : undefined);
  if (!flag) throw fail(scan, `unknown flag: --${name}`);
  const bare = bareValue(flag);
  if (equals >= 0) set(scan, flag, word.slice(equals + 1));
  else if (bare !== undefined) set(scan, flag, bare);
  else if (next === undefined) throw fail(scan, `flag needs an argument: --${name}`);
  else {
    set(scan, flag, next);
    return true;
  }
  return false;
}

/** Takes `-n value`, `-nvalue`, `-n=value` and bundles (`-Aw`); true when the next word was used. */
function takeShort(scan: Scan, word: string, next: string | undefined): boolean {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] as string;
    const flag = scan.byShort.get(letter) ?? (letter === 'h' ? HELP : undefined);
    const rest = word.slice(at + 1);
    if (!flag) throw fail(scan, `unknown shorthand flag: '${letter}' in -${word.slice(at)}`);
    const bare = bareValue(flag);
    if (rest.startsWith('=')) {
      set(scan, flag, rest.slice(1));
      return false;
    }
    if (bare !== undefined) {
      set(scan, flag, bare);
      continue;
    }
    if (rest === '' && next === undefined) {
      throw fail(scan, `flag needs an argument: '${letter}' in -${word.slice(at)}`);
    }
    set(scan, flag, rest === '' ? (next as string) : rest);
    return rest === '';
  }
  return false;
}

/** `-h`, which every command takes. */
export const HELP: Flag = { name: 'help', short: 'h', type: 'bool' };

function bareValue(flag: Flag): string | undefined {
  return flag.bare ?? (flag.type === 'bool' ? 'true' : undefined);
}

const TRUE_TEXTS = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE_TEXTS = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/** A Go boolean, or undefined when the text is none. */
export function parseBool(text: string): boolean | undefined {
  if (TRUE_TEXTS.includes(text)) return true;
  return FALSE_TEXTS.includes(text) ? false : undefined;
}

function valueProblem(flag: Flag, value: string): string | undefined {
  if (flag.type === 'bool' && parseBool(value) === undefined) {
    return `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
  }
  if (flag.type === 'int' || flag.type === 'int32') {
    const why = integerProblem(value, flag.type === 'int' ? 64n : 32n);
    if (why) return `strconv.ParseInt: parsing ${JSON.stringify(value)}: ${why}`;
  }
  if (flag.type === 'int' && Math.abs(Number(value)) >= 2 ** 63) {
    return `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`;
  }
  if (flag.type === 'duration') {
    const parsed = parseDuration(value);
    if ('problem' in parsed) return parsed.problem;
  }
  return undefined;
}

const INTEGER = /^([-+]?)(0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?\d)*)$/;

/** The value of a text as Go's strconv.ParseInt(text, 0, 64) reads it; undefined when it is no integer. */
function parseInteger(text: string): bigint | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const digits = (match[2] as string).replaceAll('_', '').replace(/^0(?=[0-7])/, '0o');
  return match[1] === '-' ? -BigInt(digits) : BigInt(digits);
}

function integerProblem(text: string, bits: bigint): string | undefined {
  const value = parseInteger(text);
  if (value === undefined) return 'invalid syntax';
  const limit = 2n ** (bits - 1n);
  return value >= -limit && value < limit ? undefined : 'value out of range';
}

function requireFlags(known: readonly Flag[], flags: ParsedFlags): void {
  const missing = known.filter((flag) => flag.required && !flags.given(flag.name)).map((flag) => `"${flag.name}"`);
  if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.sort().join(', ')} not set`);
}

function reader(byName: ReadonlyMap<string, Flag>, order: readonly { name: string; value: string }[]): ParsedFlags {
  const values = new Map<string, string[]>();
  for (const { name, value } of order) {
    const isList = byName.get(name)?.type === 'strings';
    // As pflag reads a line of CSV: nothing in it is no value, not an empty one.
    const parts = !isList ? [value] : value === '' ? [] : value.split(',');
    values.set(name, [...(values.get(name) ?? []), ...parts]);
  }
  const text = (name: string): string => values.get(name)?.at(-1) ?? byName.get(name)?.default ?? '';
  return {
    order,
    given: (name) => values.has(name),
    text,
    bool: (name) => parseBool(text(name)) === true,
    int: (name) => Number(parseInteger(text(name)) ?? 0n),
    ms: (name) => {
      const parsed = parseDuration(text(name) || '0');
      return 'ms' in parsed ? parsed.ms : 0;
    },
    list: (name) => values.get(name) ?? [],
  };
}

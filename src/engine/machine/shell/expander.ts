/** What expanding needs of a shell: its variables, by their names and by arithmetic. */
import { arithmetic, type Variables } from './arithmetic';
import { quotedForShell } from './format-commands';
import type { ShellKind } from './held-programs';
import { type Budget, ShellFault } from './host';

/** Thrown by a word that needs what a command prints. */
export class Unsubstituted extends Error {
  constructor(readonly source: string) {
    super(source);
  }
}

/** What expanding needs of a shell. */
export interface Expander {
  readonly budget: Budget;
  /** A variable or special parameter; undefined when it is not set. */
  get(name: string): string | undefined;
  /** The elements of an array by their keys, in order. */
  elements(name: string): readonly (readonly [key: string, value: string])[];
  /** Whether the keys of an array are texts. */
  isMap(name: string): boolean;
  /** Whether what is assigned is worked out (`declare -i`). */
  isInteger(name: string): boolean;
  readonly args: readonly string[];
  /** Set by expansions, to be taken over when all has gone well. */
  readonly assigned: Map<string, string>;
  /** What the substitutions of the command have printed, in order; those that are used up are counted. */
  readonly results: readonly string[];
  used: number;
  /** `set -u`. */
  readonly isStrict: boolean;
  /** Which shell it is: bash alone has words in braces and arrays. */
  readonly kind: ShellKind;
  /** What becomes of a pattern that nothing fits: bash's nullglob and failglob. */
  readonly unfitting?: 'gone' | 'fault' | undefined;
  /** Paths that a pattern fits, sorted; undefined: paths are not expanded. */
  paths(pattern: string): readonly string[];
}

/** The value of a variable, as it will be when all has gone well. */
export function lookUp(name: string, shell: Expander): string | undefined {
  return shell.assigned.get(name) ?? shell.get(name);
}

/** What arithmetic reads and sets: `x` and `x[1]`. */
export function numbersOf(shell: Expander): Variables {
  const keyed = (text: string): string => {
    const [name = '', index] = text.split(/[[\]]/);
    return index === undefined ? text : keyOf(name, index, shell);
  };
  return {
    isDash: shell.kind === 'dash',
    get: (name) => lookUp(keyed(name), shell) ?? '',
    set: (name, value) => shell.assigned.set(keyed(name), value),
  };
}

/** Under which name an element is kept. */
export function keyOf(name: string, index: string, shell: Expander): string {
  if (shell.kind !== 'bash') throw new ShellFault('sh: syntax error: bad substitution', 2);
  if (shell.isMap(name)) return `${name}[${index}]`;
  const number = Number(arithmetic(index, numbersOf(shell)));
  const last = number < 0 ? Number(shell.elements(name).at(-1)?.[0] ?? -1) : 0;
  const at = number < 0 ? last + 1 + number : number;
  return at === 0 ? name : `${name}[${at}]`;
}

/** What stands between the arguments in `"$*"`. */
export const joiner = (shell: Expander): string => (lookUp('IFS', shell) ?? ' ').slice(0, 1);

/** `${x^}`, `${x,,}`, `${x@Q}` and the like. */
export function changedBy(form: string, text: string): string {
  if (form === '@Q') return /\p{Cc}/u.test(text) ? quotedForShell(text) : `'${text.replaceAll("'", "'\\''")}'`;
  const end = /^(\^\^|,,|@[UL])/.test(form) ? text.length : 1;
  const head = text.slice(0, end);
  return (/^(\^|@u)/i.test(form) ? head.toUpperCase() : head.toLowerCase()) + text.slice(end);
}

/** What `from:count` leaves of a text or a list. */
export function sliced<T extends string | readonly unknown[]>(whole: T, range: string, shell: Expander): T {
  const [from = '0', length] = range.split(/:(.*)/s);
  const number = (text: string): number => Number(arithmetic(text, numbersOf(shell)));
  const start = number(from);
  const begin = start < 0 ? Math.max(0, whole.length + start) : start;
  const count = length === undefined ? whole.length : number(length);
  const end = count < 0 ? Math.max(begin, whole.length + count) : begin + count;
  return whole.slice(begin, end) as T;
}

/** With what bash ends whose variable is not set, when it was given a text; else with 1. */
export const UNSET = 127;

/** The fault of a variable that is not set. */
export const unset = (name: string, why: string, { kind }: Expander): ShellFault =>
  new ShellFault(`sh: ${name}: ${why}`, kind === 'bash' ? UNSET : 2);

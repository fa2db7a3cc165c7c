/**
 * Expands words: parameters, substitutions, arithmetic, the splitting into fields, paths. Follows POSIX.1-2017, Shell Command Language, 2.6.
 * What a substitution prints must be known: a word whose substitutions have not run yet throws {@link Unsubstituted}, and is expanded again
 * from its beginning when they have, so that what it sets is only set at the end.
 */
import { arithmetic } from './arithmetic';
import { unfolded } from './braces';
import { type Budget, charge, MAX_MEMORY, outOfMemory, ShellFault } from './host';
import { isPattern, quoted, replaced, trimmed, unquoted } from './pattern';
import type { Word, WordPart } from './syntax';

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
  readonly args: readonly string[];
  /** Set by expansions, to be taken over when all has gone well. */
  readonly assigned: Map<string, string>;
  /** What the substitutions of the command have printed, in order; those that are used up are counted. */
  readonly results: readonly string[];
  used: number;
  /** `set -u`. */
  readonly isStrict: boolean;
  /** Words in braces are several, as in bash. */
  readonly hasBraces: boolean;
  /** Paths that a pattern fits, sorted; undefined: paths are not expanded. */
  paths(pattern: string): readonly string[];
}

/** A part of a field: its text, and the same as a pattern. */
interface Piece {
  readonly text: string;
  readonly pattern: string;
}

function lookUp(name: string, shell: Expander): string | undefined {
  return shell.assigned.get(name) ?? shell.get(name);
}

function substitute(source: string, shell: Expander): string {
  const result = shell.results[shell.used];
  if (result === undefined) throw new Unsubstituted(source);
  shell.used++;
  return result;
}

function compute(parts: Word, shell: Expander): string {
  return arithmetic(expandText(parts, shell), {
    get: (name) => lookUp(name, shell) ?? '',
    set: (name, value) => shell.assigned.set(name, value),
  });
}

/** `${x:-…}` and the like. */
function alternative(
  part: Extract<WordPart, { kind: 'variable' }>,
  value: string | undefined,
  shell: Expander,
): string {
  const { form = '', name, word = [] } = part;
  const counts = form.startsWith(':') ? (value ?? '') !== '' : value !== undefined;
  switch (form.at(-1)) {
    case '-':
      return counts ? (value ?? '') : expandText(word, shell);
    case '+':
      return counts ? expandText(word, shell) : '';
    case '=': {
      if (counts) return value ?? '';
      const made = expandText(word, shell);
      shell.assigned.set(name, made);
      return made;
    }
    default: {
      if (counts) return value ?? '';
      const why = expandText(word, shell) || (form === '?' ? 'parameter not set' : 'parameter not set or null');
      throw new ShellFault(`sh: ${name}: ${why}`, 2);
    }
  }
}

function substring(value: string, range: string, shell: Expander): string {
  const [from = '0', length] = range.split(/:(.*)/s);
  const number = (text: string): number =>
    Number(arithmetic(text, { get: (name) => lookUp(name, shell) ?? '', set: () => undefined }));
  const start = number(from);
  const begin = start < 0 ? Math.max(0, value.length + start) : start;
  if (length === undefined) return value.slice(begin);
  const count = number(length);
  return count < 0 ? value.slice(begin, Math.max(begin, value.length + count)) : value.slice(begin, begin + count);
}

/** What stands between the arguments of `"$*"`: the first character of IFS. */
const joint = ({ name, quoted }: Extract<WordPart, { kind: 'variable' }>, shell: Expander): string =>
  name === '*' && quoted ? (lookUp('IFS', shell) ?? ' ').slice(0, 1) : ' ';

function formed(part: Extract<WordPart, { kind: 'variable' }>, shell: Expander): string {
  const { name, form, word = [] } = part;
  const value = '@*'.includes(name) ? shell.args.join(joint(part, shell)) : lookUp(name, shell);
  if (form !== undefined && /^:?[-=?+]$/.test(form)) return alternative(part, value, shell);
  if (value === undefined && shell.isStrict && !'@*'.includes(name)) {
    throw new ShellFault(`sh: ${name}: parameter not set`, 2);
  }
  const text = value ?? '';
  if (form === undefined) return text;
  charge(shell.budget, text.length * 4);
  if (form === 'length') return String('@*'.includes(name) ? shell.args.length : text.length);
  if (form === ':') return substring(text, expandText(word, shell), shell);
  if (/^[\^,]/.test(form)) {
    const end = form.length > 1 ? text.length : 1;
    const head = text.slice(0, end);
    return (form.startsWith('^') ? head.toUpperCase() : head.toLowerCase()) + text.slice(end);
  }
  if (form.startsWith('/')) {
    const whole = expandPattern(word, shell);
    const slash = whole.search(/(?<!\\)\//);
    const pattern = slash < 0 ? whole : whole.slice(0, slash);
    limitWork(text.length * text.length);
    return replaced(text, pattern, slash < 0 ? '' : unquoted(whole.slice(slash + 1)), form === '//');
  }
  limitWork(text.length * text.length);
  return trimmed(text, expandPattern(word, shell), form);
}

/** Cutting up texts by patterns costs the square of their length. */
function limitWork(work: number): void {
  if (work > 25_000_000) throw outOfMemory();
}

function expandPart(part: WordPart, shell: Expander): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return formed(part, shell);
    case 'arithmetic':
      return compute(part.parts, shell);
    case 'command':
      return substitute(part.source, shell);
  }
}

/** Expands a word to one text. */
export function expandText(whole: Word, shell: Expander): string {
  const word = atHome(whole, shell);
  let text = '';
  for (const part of word) {
    const piece = expandPart(part, shell);
    if (text.length + piece.length > MAX_MEMORY) throw outOfMemory();
    text += piece;
  }
  charge(shell.budget, text.length);
  return text;
}

/** Expands a word to a pattern: what is quoted in it stands for itself. */
export function expandPattern(word: Word, shell: Expander): string {
  let pattern = '';
  for (const part of word) {
    const piece = expandPart(part, shell);
    if (pattern.length + piece.length > MAX_MEMORY) throw outOfMemory();
    pattern += part.quoted ? quoted(piece) : piece;
  }
  charge(shell.budget, pattern.length);
  return pattern;
}

/** Fields while they are put together. */
interface Fields {
  readonly done: Piece[];
  current: Piece;
  isOpen: boolean;
}

function close(fields: Fields): void {
  if (fields.isOpen) fields.done.push(fields.current);
  fields.current = { text: '', pattern: '' };
  fields.isOpen = false;
}

function add(fields: Fields, text: string, isQuoted: boolean): void {
  const { current } = fields;
  if (current.text.length + text.length > MAX_MEMORY) throw outOfMemory();
  fields.current = { text: current.text + text, pattern: current.pattern + (isQuoted ? quoted(text) : text) };
  fields.isOpen = true;
}

/** Adds what an unquoted expansion gave: split at the characters of IFS. */
function addSplit(fields: Fields, text: string, separators: string): void {
  if (separators === '') {
    if (text !== '') add(fields, text, false);
    return;
  }
  const white = [...separators].filter((one) => ' \t\n'.includes(one)).join('');
  let piece = '';
  const flush = () => {
    if (piece !== '') add(fields, piece, false);
    piece = '';
  };
  for (const character of text) {
    if (!separators.includes(character)) piece += character;
    else {
      flush();
      if (!white.includes(character)) fields.isOpen = true;
      close(fields);
    }
  }
  flush();
}

/** `"$@"`: each argument a field of its own. */
function addArguments(fields: Fields, args: readonly string[]): void {
  for (const [index, argument] of args.entries()) {
    if (index > 0) close(fields);
    add(fields, argument, true);
  }
}

/** A word in which `~` at its beginning is the home directory. */
function atHome(word: Word, shell: Expander): Word {
  const [first, ...rest] = word;
  if (
    first?.kind !== 'text' ||
    first.quoted ||
    !/^~(?:\/|$)/.test(first.text) ||
    (first.text === '~' && rest.length > 0)
  )
    return word;
  return [
    { kind: 'text', text: lookUp('HOME', shell) ?? '~', quoted: true },
    { ...first, text: first.text.slice(1) },
    ...rest,
  ];
}

function expandFields(word: Word, shell: Expander): Piece[] {
  const fields: Fields = { done: [], current: { text: '', pattern: '' }, isOpen: false };
  const separators = lookUp('IFS', shell) ?? ' \t\n';
  for (const part of atHome(word, shell)) {
    const isArguments = part.kind === 'variable' && part.name === '@' && part.form === undefined;
    if (isArguments && part.quoted) {
      addArguments(fields, shell.args);
      continue;
    }
    const text = expandPart(part, shell);
    charge(shell.budget, text.length);
    if (part.quoted) add(fields, text, true);
    else if (part.kind === 'text') add(fields, text, false);
    else addSplit(fields, text, separators);
  }
  close(fields);
  return fields.done;
}

/** The fields of several words, with patterns replaced by the paths that they fit. */
export function expandAll(words: readonly Word[], shell: Expander): string[] {
  const fields: string[] = [];
  let size = 0;
  for (const word of shell.hasBraces ? words.flatMap((one) => unfolded(one)) : words) {
    for (const { text, pattern } of expandFields(word, shell)) {
      const paths = isPattern(pattern) ? shell.paths(pattern) : [];
      for (const field of paths.length > 0 ? paths : [text]) {
        size += field.length + 1;
        if (size > MAX_MEMORY) throw outOfMemory();
        fields.push(field);
      }
    }
  }
  return fields;
}

/**
 * Expands words: parameters, substitutions, arithmetic, the splitting into fields, paths. Follows POSIX.1-2017, Shell Command Language, 2.6.
 * What a substitution prints must be known: a word whose substitutions have not run yet throws {@link Unsubstituted}, and is expanded again
 * from its beginning when they have, so that what it sets is only set at the end.
 */
import { arithmetic } from './arithmetic';
import { unfolded } from './braces';
import { changedBy, type Expander, joiner, keyOf, lookUp, numbersOf, sliced, Unsubstituted, unset } from './expander';
import { hasBashForms } from './held-programs';
import { charge, MAX_MEMORY, outOfMemory, ShellFault } from './host';
import { isPattern, quoted, replaced, trimmed, unquoted } from './pattern';
import type { Word, WordPart } from './syntax';

type Variable = Extract<WordPart, { kind: 'variable' }>;

/** A part of a field: its text, and the same as a pattern. */
interface Piece {
  readonly text: string;
  readonly pattern: string;
}

function substitute(source: string, shell: Expander): string {
  const result = shell.results[shell.used];
  if (result === undefined) throw new Unsubstituted(source);
  shell.used++;
  return result;
}

function compute(parts: Word, shell: Expander): string {
  return arithmetic(expandText(parts, shell), numbersOf(shell));
}

/** `${x:-…}` and the like. */
function alternative(part: Variable, value: string | undefined, shell: Expander): string {
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
      throw unset(name, expandText(word, shell) || `parameter not set${form === '?' ? '' : ' or null'}`, shell);
    }
  }
}

/** Whether a form takes a word in place of a value. */
const isAlternative = (form: string | undefined): boolean => /^:?[-=?+]$/.test(form ?? '');

function formed(said: Variable, shell: Expander): string {
  if (!hasBashForms(shell.kind) && (said.isIndirect || /^[\^,@]/.test(said.form ?? '')))
    throw new ShellFault(`sh: ${shell.kind === 'dash' ? 'Bad' : 'syntax error: bad'} substitution`, 2);
  const list = listOf(said, shell);
  const name = said.isIndirect && !list ? (lookUp(said.name, shell) ?? '') : said.name;
  const part: Variable = { ...said, name };
  const { form, index } = part;
  const key = index && !list ? keyOf(name, expandText(index, shell), shell) : name;
  const value = list ? joined(part, shell) : lookUp(key, shell);
  if (isAlternative(form)) return alternative(part, list?.length === 0 ? undefined : value, shell);
  if (value === undefined && shell.isStrict)
    throw unset(name, shell.kind === 'bash' ? 'unbound variable' : 'parameter not set', shell);
  if (form === 'length') return String(list ? list.length : (value ?? '').length);
  if (value === undefined && form?.startsWith('@')) return '';
  return list ? (value ?? '') : transformed(part, value ?? '', shell);
}

/** The values of `$@`, `${x[@]}` and the like, each as the form has it; undefined: it is one value. */
function listOf(part: Variable, shell: Expander): readonly string[] | undefined {
  const { name, index, form, word = [], isIndirect } = part;
  const [all] = index?.length === 1 ? index : [];
  const isArray = all?.kind === 'text' && (all.text === '@' || all.text === '*');
  if (!isArray && (index || (name !== '@' && name !== '*'))) return undefined;
  if (isArray && shell.kind !== 'bash') throw new ShellFault('sh: syntax error: bad substitution', 2);
  const elements = isArray ? shell.elements(name) : [];
  if (isIndirect) return elements.map(([key]) => key);
  const values = isArray ? elements.map(([, value]) => value) : shell.args;
  if (form === undefined || form === 'length' || /^:?[-=?+]$/.test(form)) return values;
  if (form !== ':') return values.map((value) => transformed(part, value, shell));
  const range = expandText(word, shell);
  // The arguments are counted from 1; before them is the shell's name.
  return sliced(isArray ? values : [shell.get('0') ?? '', ...values], range, shell);
}

/** All of a list in one text. */
function joined(part: Variable, shell: Expander): string {
  const list = listOf(part, shell) ?? [];
  const isStar = part.name === '*' || part.index?.some((one) => one.kind === 'text' && one.text === '*');
  return list.join(isStar ? joiner(shell) : ' ');
}

/** A value as the form of its parameter has it. */
function transformed({ form, word = [] }: Variable, text: string, shell: Expander): string {
  if (form === undefined) return text;
  if (shell.kind === 'dash' && /^[:/]/.test(form)) throw new ShellFault('sh: Bad substitution', 2);
  charge(shell.budget, text.length * 4);
  if (form === ':') return sliced(text, expandText(word, shell), shell);
  if (/^[\^,@]/.test(form)) return changedBy(form, text);
  if (form.startsWith('/')) {
    const whole = expandPattern(word, shell);
    const slash = whole.search(/(?<!\\)\//);
    const pattern = slash < 0 ? whole : whole.slice(0, slash);
    limitWork(text.length * text.length);
    const by = slash < 0 ? '' : unquoted(whole.slice(slash + 1));
    const isAtEnd = pattern.startsWith('%');
    if (!isAtEnd && !pattern.startsWith('#')) return replaced(text, pattern, by, form === '//');
    const rest = trimmed(text, pattern.slice(1), isAtEnd ? '%%' : '##');
    if (rest === text && pattern.length > 1) return text;
    return isAtEnd ? rest + by : by + rest;
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
    case 'command': {
      const text = substitute(part.source, shell);
      return part.isFile && text !== '' ? `${text}\n` : text;
    }
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
export function expandPattern(word: Word, shell: Expander, plain: (text: string) => string = quoted): string {
  let pattern = '';
  for (const part of word) {
    const piece = expandPart(part, shell);
    if (pattern.length + piece.length > MAX_MEMORY) throw outOfMemory();
    pattern += part.quoted ? plain(piece) : piece;
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

/** `"$@"` and the like: each a field of its own. */
function addList(fields: Fields, list: readonly string[], isQuoted: boolean, separators: string): void {
  for (const [index, text] of list.entries()) {
    if (index > 0) close(fields);
    if (isQuoted) add(fields, text, true);
    else addSplit(fields, text, separators);
  }
}

/** Whether each of a list is to be a field of its own. */
function isSpread(part: WordPart): part is Variable {
  if (part.kind !== 'variable' || part.form === 'length') return false;
  const all = part.index ? part.index.length === 1 && part.index[0]?.kind === 'text' && part.index[0].text : part.name;
  return all === '@' || (all === '*' && !part.quoted);
}

/** The word of `${x[@]+"${x[@]}"}`, when it is to be taken. */
function spreadWord(part: WordPart, shell: Expander): Word | undefined {
  if (part.kind !== 'variable' || !part.form || !isAlternative(part.form) || !part.word?.some(isSpread))
    return undefined;
  const isTaken =
    part.form.endsWith('+') === (formed({ ...part, form: part.form.replace(/.$/, '+'), word: YES }, shell) !== '');
  return isTaken ? part.word : undefined;
}

const YES: Word = [{ kind: 'text', text: 'y', quoted: true }];

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
  addParts(fields, atHome(word, shell), shell, separators);
  close(fields);
  return fields.done;
}

function addParts(fields: Fields, word: Word, shell: Expander, separators: string): void {
  for (const part of word) {
    const other = spreadWord(part, shell);
    if (other) {
      addParts(fields, other, shell, separators);
      continue;
    }
    const list = isSpread(part) && !isAlternative(part.form) ? listOf(part, shell) : undefined;
    if (list) {
      addList(fields, list, part.quoted, separators);
      continue;
    }
    const text = expandPart(part, shell);
    charge(shell.budget, text.length);
    if (part.quoted) add(fields, text, true);
    else if (part.kind === 'text') add(fields, text, false);
    else addSplit(fields, text, separators);
  }
}

/** The fields of several words, with patterns replaced by the paths that they fit. */
export function expandAll(words: readonly Word[], shell: Expander): string[] {
  const fields: string[] = [];
  let size = 0;
  for (const word of shell.kind === 'bash' ? words.flatMap((one) => unfolded(one)) : words) {
    for (const { text, pattern } of expandFields(word, shell)) {
      const paths = isPattern(pattern) ? shell.paths(pattern) : [];
      const isGone = paths.length === 0 && shell.unfitting && isPattern(pattern);
      if (isGone && shell.unfitting === 'fault') throw new ShellFault(`sh: no match: ${text}`, 1);
      for (const field of paths.length > 0 ? paths : isGone ? [] : [text]) {
        size += field.length + 1;
        if (size > MAX_MEMORY) throw outOfMemory();
        fields.push(field);
      }
    }
  }
  return fields;
}

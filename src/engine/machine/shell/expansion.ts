/** Expands words: parameters, substitutions, arithmetic, and the splitting into fields. Follows POSIX.1-2017, Shell Command Language, 2.6. */
import { type Budget, charge, environmentOf, MAX_MEMORY, outOfMemory, type ShellHost } from './host';
import type { Word, WordPart } from './words';

/** What expanding needs of a shell. */
export interface Shell {
  readonly host: ShellHost;
  readonly budget: Budget;
  readonly variables: Map<string, string>;
  status: number;
  /** Characters that its variables, lists and pipe hold. */
  memory: number;
  /** What a command prints, without the newlines at its end. */
  substitute(source: string): string;
  /** The value of an arithmetic expression. */
  compute(source: string, variable: (name: string) => string): string;
}

function variable(name: string, shell: Shell): string {
  if (name === '?') return String(shell.status);
  if (name === '$') return '1';
  const own = shell.variables.get(name) ?? environmentOf(shell.host, name);
  return own ?? (name === 'HOSTNAME' ? shell.host.hostname : '');
}

function expandPart(part: WordPart, shell: Shell): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return variable(part.name, shell) || (part.fallback ? expandText(part.fallback, shell) : '');
    case 'arithmetic':
      return shell.compute(expandText(part.parts, shell), (name) => variable(name, shell));
    case 'command':
      return shell.substitute(part.source);
  }
}

/** Expands a word to one text. */
export function expandText(word: Word, shell: Shell): string {
  let text = '';
  for (const part of word) {
    const piece = expandPart(part, shell);
    if (text.length + piece.length > MAX_MEMORY) throw outOfMemory();
    text += piece;
  }
  charge(shell.budget, text.length);
  return text;
}

/** Expands a word to fields: unquoted expansions are split at white space and vanish when empty. */
function expandFields(word: Word, shell: Shell): string[] {
  const fields: string[] = [];
  let current = '';
  let open = false;
  for (const part of word) {
    const text = expandPart(part, shell);
    if (current.length + text.length > MAX_MEMORY) throw outOfMemory();
    if (part.quoted || part.kind === 'text') {
      current += text;
      open = true;
      continue;
    }
    charge(shell.budget, text.length);
    for (const [index, piece] of text.split(/\s+/).entries()) {
      if (index > 0) {
        if (open) fields.push(current);
        current = '';
        open = false;
      }
      if (piece !== '') {
        current += piece;
        open = true;
      }
    }
  }
  charge(shell.budget, current.length);
  if (open) fields.push(current);
  return fields;
}

/** The fields of several words. */
export function expandAll(words: readonly Word[], shell: Shell): string[] {
  const fields: string[] = [];
  let size = 0;
  for (const word of words) {
    for (const field of expandFields(word, shell)) {
      size += field.length + 1;
      if (size > MAX_MEMORY) throw outOfMemory();
      fields.push(field);
    }
  }
  return fields;
}

/**
 * Compiles a small POSIX shell to a flat list of instructions with jumps, so that a container's program is plain data with a
 * program counter: it can be stopped at a `sleep`, kept in a checkpoint and resumed.
 * Follows POSIX.1-2017, Shell Command Language, 2.9: lists, `&&`, `||`, `!`, pipelines, if, while, until, for, groups.
 * Left out (compiles to undefined): functions, `case`, here-documents. A subshell shares its variables with the shell.
 */
import type { Instruction, Redirect } from './instructions';
import { isKeyword, literal, MAX_NESTING, type Token, tokenize, type Word } from './words';

export type { Instruction } from './instructions';

type Jump = Extract<Instruction, { to: number }>;

interface Loop {
  readonly start: number;
  readonly breaks: Jump[];
  readonly hasList: boolean;
}

interface Compiler {
  readonly tokens: readonly Token[];
  position: number;
  readonly code: Instruction[];
  readonly loops: Loop[];
  /** How many compound commands are open. */
  depth: number;
}

/** The longest single argument that Linux hands to a program (MAX_ARG_STRLEN). */
const MAX_SOURCE = 131_071;

class Unsupported extends Error {}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;
const RESERVED = ['then', 'do', 'done', 'fi', 'else', 'elif', '}'];

/** The program of a shell text, or undefined when the text uses what is not supported. */
export function compileShell(source: string): readonly Instruction[] | undefined {
  if (source.length > MAX_SOURCE) return undefined;
  const tokens = tokenize(source);
  if (!tokens) return undefined;
  const compiler: Compiler = { tokens, position: 0, code: [], loops: [], depth: 0 };
  try {
    compileList(compiler);
    return compiler.position === tokens.length ? compiler.code : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

/** The program that runs one command line given as separate words (`["cat", "/tmp/healthy"]`). */
export function compileCommand(argv: readonly string[]): readonly Instruction[] {
  const words = argv.map((text): Word => [{ kind: 'text', text, quoted: true }]);
  return [{ op: 'run', assigns: [], words, redirects: [] }];
}

function peek(compiler: Compiler): Token | undefined {
  return compiler.tokens[compiler.position];
}

function operatorAt(compiler: Compiler): string | undefined {
  const token = peek(compiler);
  return token && 'operator' in token ? token.operator : undefined;
}

function atKeyword(compiler: Compiler, keyword: string): boolean {
  return isKeyword(peek(compiler), keyword);
}

function skipSeparators(compiler: Compiler): void {
  while (operatorAt(compiler) === ';' || operatorAt(compiler) === '\n') compiler.position++;
}

function expect(compiler: Compiler, keyword: string): void {
  if (!atKeyword(compiler, keyword)) throw new Unsupported();
  compiler.position++;
}

function emit<T extends Instruction>(compiler: Compiler, instruction: T): T {
  compiler.code.push(instruction);
  return instruction;
}

function land(compiler: Compiler, ...jumps: Jump[]): void {
  for (const jump of jumps) jump.to = compiler.code.length;
}

function compileList(compiler: Compiler): void {
  skipSeparators(compiler);
  while (compiler.position < compiler.tokens.length) {
    if (operatorAt(compiler) === ')' || RESERVED.some((word) => atKeyword(compiler, word))) return;
    compileAndOr(compiler);
    if (operatorAt(compiler) === '&') compiler.position++;
    skipSeparators(compiler);
  }
}

function compileAndOr(compiler: Compiler): void {
  compilePipeline(compiler);
  for (;;) {
    const operator = operatorAt(compiler);
    if (operator !== '&&' && operator !== '||') return;
    compiler.position++;
    while (operatorAt(compiler) === '\n') compiler.position++;
    const skip = emit(compiler, { op: operator === '&&' ? 'jump-if-failed' : 'jump-if-ok', to: -1 });
    compilePipeline(compiler);
    land(compiler, skip);
  }
}

function compilePipeline(compiler: Compiler): void {
  const negated = atKeyword(compiler, '!');
  if (negated) compiler.position++;
  let fromPipe = false;
  for (;;) {
    const before = compiler.code.length;
    compileCommandForm(compiler);
    const intoPipe = operatorAt(compiler) === '|';
    const background = operatorAt(compiler) === '&';
    if (intoPipe || fromPipe || background) {
      for (let index = before; index < compiler.code.length; index++) {
        const instruction = compiler.code[index] as Instruction;
        if (instruction.op === 'run') compiler.code[index] = { ...instruction, intoPipe, fromPipe, background };
      }
    }
    if (!intoPipe) break;
    fromPipe = true;
    compiler.position++;
  }
  if (negated) emit(compiler, { op: 'negate' });
}

function compileCommandForm(compiler: Compiler): void {
  if (++compiler.depth > MAX_NESTING) throw new Unsupported();
  compileForm(compiler);
  compiler.depth--;
}

function compileForm(compiler: Compiler): void {
  if (atKeyword(compiler, 'if')) {
    compileIf(compiler);
    return;
  }
  if (atKeyword(compiler, 'while') || atKeyword(compiler, 'until')) {
    compileWhile(compiler);
    return;
  }
  if (atKeyword(compiler, 'for')) {
    compileFor(compiler);
    return;
  }
  if (atKeyword(compiler, 'case') || atKeyword(compiler, 'function')) throw new Unsupported();
  if (atKeyword(compiler, '{') || operatorAt(compiler) === '(') {
    const grouped = operatorAt(compiler) === '(';
    compiler.position++;
    compileList(compiler);
    if (!grouped) {
      expect(compiler, '}');
      return;
    }
    if (operatorAt(compiler) !== ')') throw new Unsupported();
    compiler.position++;
    return;
  }
  compileSimple(compiler);
}

function compileIf(compiler: Compiler): void {
  const ends: Jump[] = [];
  for (;;) {
    compiler.position++;
    compileList(compiler);
    expect(compiler, 'then');
    const skip = emit(compiler, { op: 'jump-if-failed', to: -1 });
    compileList(compiler);
    ends.push(emit(compiler, { op: 'jump', to: -1 }));
    land(compiler, skip);
    if (!atKeyword(compiler, 'elif')) break;
  }
  if (atKeyword(compiler, 'else')) {
    compiler.position++;
    compileList(compiler);
  }
  expect(compiler, 'fi');
  land(compiler, ...ends);
}

function compileWhile(compiler: Compiler): void {
  const until = atKeyword(compiler, 'until');
  compiler.position++;
  const loop: Loop = { start: compiler.code.length, breaks: [], hasList: false };
  compileList(compiler);
  expect(compiler, 'do');
  loop.breaks.push(emit(compiler, { op: until ? 'jump-if-ok' : 'jump-if-failed', to: -1 }));
  compileBody(compiler, loop);
}

function compileFor(compiler: Compiler): void {
  compiler.position++;
  const name = wordText(compiler);
  expect(compiler, 'in');
  const words: Word[] = [];
  for (let token = peek(compiler); token && 'word' in token; token = peek(compiler)) {
    words.push(token.word);
    compiler.position++;
  }
  skipSeparators(compiler);
  expect(compiler, 'do');
  emit(compiler, { op: 'push-list', words });
  const loop: Loop = { start: compiler.code.length, breaks: [], hasList: true };
  loop.breaks.push(emit(compiler, { op: 'next-item', name, to: -1 }));
  compileBody(compiler, loop);
  emit(compiler, { op: 'drop-list' });
}

function compileBody(compiler: Compiler, loop: Loop): void {
  compiler.loops.push(loop);
  compileList(compiler);
  expect(compiler, 'done');
  compiler.loops.pop();
  emit(compiler, { op: 'jump', to: loop.start });
  land(compiler, ...loop.breaks);
}

function wordText(compiler: Compiler): string {
  const token = peek(compiler);
  const text = token && 'word' in token ? literal(token.word) : undefined;
  if (text === undefined) throw new Unsupported();
  compiler.position++;
  return text;
}

function compileSimple(compiler: Compiler): void {
  const assigns: { name: string; value: Word }[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  let input: Word | undefined;
  let merges = false;
  for (let token = peek(compiler); token; token = peek(compiler)) {
    if ('word' in token) {
      const assign = words.length === 0 ? assignment(token.word) : undefined;
      if (assign) assigns.push(assign);
      else words.push(token.word);
      compiler.position++;
      continue;
    }
    if (token.operator === '2>&1') {
      merges = true;
      compiler.position++;
      continue;
    }
    if (!['>', '>>', '2>', '2>>', '&>', '<'].includes(token.operator)) break;
    const target = compiler.tokens[compiler.position + 1];
    if (!target || !('word' in target)) throw new Unsupported();
    if (token.operator === '<') input = target.word;
    else {
      const output = !token.operator.startsWith('2');
      merges ||= token.operator === '&>';
      redirects.push({ target: target.word, append: token.operator.endsWith('>>'), output });
    }
    compiler.position += 2;
  }
  if (words.length === 0 && assigns.length === 0 && redirects.length === 0) throw new Unsupported();
  if (operatorAt(compiler) === '(') throw new Unsupported();
  if (!compileLoopControl(compiler, words)) {
    emit(compiler, {
      op: 'run',
      assigns,
      words,
      redirects,
      ...(input ? { input } : {}),
      ...(merges ? { merges } : {}),
    });
  }
}

function compileLoopControl(compiler: Compiler, words: readonly Word[]): boolean {
  const command = words[0] && literal(words[0]);
  const loop = compiler.loops[compiler.loops.length - 1];
  if (!loop || (command !== 'break' && command !== 'continue')) return false;
  const jump = emit(compiler, { op: 'jump', to: loop.start });
  if (command === 'break') loop.breaks.push(jump);
  return true;
}

function assignment(word: Word): { name: string; value: Word } | undefined {
  const first = word[0];
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const match = ASSIGNMENT.exec(first.text);
  if (!match) return undefined;
  const rest: Word = [{ ...first, text: first.text.slice(match[0].length) }, ...word.slice(1)];
  return { name: match[1] as string, value: rest };
}

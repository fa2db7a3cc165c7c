/**
 * sed: addresses, s, y, d, D, p, P, q, Q, =, a, i, c, n, N, h, H, g, G, x, r, labels and blocks; -n, -i, -e, -E, -f. Follows POSIX.1-2017 (sed)
 * and BusyBox's messages.
 */
import { payFor } from './grep';
import { isBusyBox } from './held-programs';
import { append, type Command, type CommandIo, fail, outOfMemory, readFile, writeFile } from './host';
import { substituted, transliterated } from './sed-replace';
import { type Address, BadScript, type Edit, readScript } from './sed-script';
import { linesIn } from './text-commands';

/** The end of the name that sed asks mkstemp(3) for, which it names when it gets no such file: six times the same letter. */
const ANY_LETTERS = 'X'.repeat(6);
/** Commands that one run may carry out. */
const MAX_STEPS = 200_000;

/** A run of a script over one text. */
interface Run {
  readonly edits: readonly Edit[];
  readonly lines: readonly string[];
  readonly isQuiet: boolean;
  /** Ranges that have begun, with the line at which those of a length end. */
  readonly open: Map<Edit, number>;
  /** What r brings. */
  readonly read: (path: string) => string;
  /** How many lines have been taken. */
  taken: number;
  space: string;
  hold: string;
  output: string;
  /** What is printed at the end of the cycle. */
  after: string;
  steps: number;
  quits: boolean;
  status: number;
}

const emit = (run: Run, text: string): void => {
  run.output += `${text}\n`;
};

function endCycle(run: Run, isGone: boolean): void {
  if (!isGone && !run.isQuiet) emit(run, run.space);
  run.output += run.after;
  run.after = '';
}

function isAt(address: Address, run: Run): boolean {
  if ('line' in address) {
    const { line, step } = address;
    return step ? run.taken >= line && (run.taken - line) % step === 0 : run.taken === line;
  }
  if ('more' in address) return false;
  return 'last' in address ? run.taken === run.lines.length : address.matches.test(run.space);
}

function applies(edit: Edit, run: Run): boolean {
  const { from, to } = edit;
  if (!from) return true;
  if (!to) return isAt(from, run);
  const number = run.taken;
  const until = run.open.get(edit);
  if (until !== undefined) {
    if (number >= until || isAt(to, run)) run.open.delete(edit);
    return number <= until;
  }
  if (!isAt(from, run)) return false;
  const end = 'line' in to ? to.line : 'more' in to ? number + to.more : Number.POSITIVE_INFINITY;
  if (end > number) run.open.set(edit, end);
  return true;
}

/** Where the script goes on after a label; behind its end when there is none. */
function labelled({ edits }: Run, label: string): number {
  if (label === '') return edits.length;
  const at = edits.findIndex(({ letter, text }) => letter === ':' && text === label);
  if (at < 0) throw new BadScript(`can't find label for jump to '${label}'`);
  return at;
}

/** What a command did: where the script goes on, or that the cycle is over; `again`: without another line. */
type Next = number | 'over' | 'gone' | 'again';

const SPACES: Readonly<Record<string, (run: Run) => void>> = {
  h: (run) => {
    run.hold = run.space;
  },
  H: (run) => {
    run.hold += `\n${run.space}`;
  },
  g: (run) => {
    run.space = run.hold;
  },
  G: (run) => {
    run.space += `\n${run.hold}`;
  },
  x: (run) => {
    [run.space, run.hold] = [run.hold, run.space];
  },
  p: (run) => emit(run, run.space),
  P: (run) => emit(run, run.space.split('\n')[0] as string),
  '=': (run) => emit(run, String(run.taken)),
  l: (run) => emit(run, `${run.space.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')}$`),
  z: (run) => {
    run.space = '';
  },
};

function execute(run: Run, edit: Edit, at: number, hasReplaced: boolean): { next: Next; replaced: boolean } {
  const { letter, text } = edit;
  const go = (next: Next = at + 1, replaced = hasReplaced) => ({ next, replaced });
  SPACES[letter]?.(run);
  switch (letter) {
    case 's': {
      const changed = substituted(run.space, edit);
      if (changed === undefined) return go();
      run.space = changed;
      if (run.space.length + run.output.length > 1_000_000) throw outOfMemory();
      if (edit.flags.includes('p')) emit(run, run.space);
      return go(at + 1, true);
    }
    case 'y':
      run.space = transliterated(run.space, text);
      return go();
    case 'i':
      emit(run, text);
      return go();
    case 'a':
      run.after += `${text}\n`;
      return go();
    case 'r':
      run.after += run.read(text);
      return go();
    case 'c':
      if (!run.open.has(edit) || edit.isNegated) emit(run, text);
      return go('gone');
    case 'd':
      return go('gone');
    case 'D':
      if (!run.space.includes('\n')) return go('gone');
      run.space = run.space.slice(run.space.indexOf('\n') + 1);
      return go('again');
    case 'q':
    case 'Q':
      run.quits = true;
      run.status = Number(text);
      return go(letter === 'q' ? 'over' : 'gone');
    case 'n':
    case 'N': {
      if (run.taken >= run.lines.length) {
        run.quits = true;
        return go('over');
      }
      if (letter === 'n') endCycle(run, false);
      const line = run.lines[run.taken++] as string;
      run.space = letter === 'n' ? line : `${run.space}\n${line}`;
      return go();
    }
    case 'b':
      return go(labelled(run, text));
    case 't':
      return hasReplaced ? go(labelled(run, text), false) : go();
    case 'T':
      return hasReplaced ? go(at + 1, false) : go(labelled(run, text));
    default:
      return go();
  }
}

/** Carries the script out on the present line; how it ended. */
function cycle(run: Run): 'over' | 'gone' | 'again' {
  let replaced = false;
  for (let at = 0; at < run.edits.length; ) {
    if (++run.steps > MAX_STEPS) throw outOfMemory();
    const edit = run.edits[at] as Edit;
    if (applies(edit, run) === edit.isNegated) {
      at = edit.end ?? at + 1;
      continue;
    }
    const done = execute(run, edit, at, replaced);
    replaced = done.replaced;
    if (typeof done.next !== 'number') return done.next;
    at = done.next;
  }
  return 'over';
}

function edited(run: Run, text: string): string {
  let isAgain = false;
  while ((isAgain || run.taken < run.lines.length) && !run.quits) {
    if (!isAgain) run.space = run.lines[run.taken++] as string;
    const end = cycle(run);
    isAgain = end === 'again';
    endCycle(run, end !== 'over');
  }
  return text.endsWith('\n') || text === '' ? run.output : run.output.replace(/\n$/, '');
}

/** What stands on the command line. */
interface Asked {
  readonly scripts: string[];
  readonly plain: string[];
  readonly letters: string;
  /** What the names of copies end with. */
  readonly kept: string | undefined;
}

function asked(args: readonly string[], io: CommandIo): Asked {
  const scripts: string[] = [];
  const plain: string[] = [];
  let letters = '';
  let kept: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (/^-[nrEs]*e$/.test(word) || word === '--expression') scripts.push(args[++at] ?? '');
    else if (/^-[nrEs]*f$/.test(word)) scripts.push(readFile(io, args[++at] ?? '') ?? '');
    else if (/^(-[nrEs]+|-[nrEs]*i.*|--in-place(=.*)?)$/.test(word)) {
      // What stands after i is the end of the copy's name.
      const [, own = '', end] = /^(-[nrEs]*i|--in-place=?|-[nrEs]+)(.*)$/.exec(word) ?? [];
      letters += own.startsWith('--') ? 'i' : own;
      kept = end || kept;
    } else if (word !== '--') plain.push(word);
    if (/^-\w+[ef]$/.test(word)) letters += word;
  }
  if (scripts.length === 0) scripts.push(plain.shift() ?? '');
  return { scripts, plain, letters, kept };
}

/** sed. */
export const sed: Command = (args, io) => {
  const { scripts, plain, letters, kept } = asked(args, io);
  const isQuiet = letters.includes('n');
  let status = 0;
  const work = (edits: readonly Edit[], text: string): string => {
    for (const { pattern } of edits) if (pattern) payFor(io, text, pattern);
    const run: Run = {
      edits,
      lines: linesIn(text),
      isQuiet,
      open: new Map(),
      read: (path) => readFile(io, path) ?? '',
      taken: 0,
      space: '',
      hold: '',
      output: '',
      after: '',
      steps: 0,
      quits: false,
      status: 0,
    };
    const result = edited(run, text);
    io.budget.instructions -= Math.floor(run.steps / 50);
    status = run.status || status;
    return result;
  };
  try {
    const edits = readScript(io, scripts.join('\n'), /[rE]/.test(letters));
    if (plain.length === 0) append(io, work(edits, io.input));
    for (const path of plain) {
      const text = path === '-' ? io.input : readFile(io, path);
      if (text === undefined) {
        const isSmall = isBusyBox(io.host);
        status = fail(io, `sed: ${isSmall ? '' : "can't read "}${path}: No such file or directory`, isSmall ? 1 : 2);
      } else if (!letters.includes('i')) append(io, work(edits, text));
      else {
        const made = work(edits, text);
        if (kept !== undefined) writeFile(io, `${path}${kept}`, text, false);
        const problem = writeFile(io, path, made, false);
        if (problem !== undefined)
          status = fail(io, `sed: can't create temp file '${path}${ANY_LETTERS}': ${problem}`, 4);
      }
    }
  } catch (error) {
    if (!(error instanceof BadScript)) throw error;
    return fail(io, `sed: ${error.message}`);
  }
  return status;
};

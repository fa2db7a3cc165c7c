/** bc: sums, variables, if, while, for, print, the functions of -l; functions of its own are not read. Follows POSIX.1-2017 (bc) with BusyBox's messages. */
import { BcError, type Decimal, decimalOf } from './bc-numbers';
import {
  charge,
  expect,
  isTrue,
  ONE,
  type Reader,
  readValue,
  show,
  take,
  takes,
  unexpected,
  type Value,
} from './bc-values';
import { contents } from './file-commands';
import { append, type Command, fail, lettersOf, outOfMemory, plainArguments } from './host';

type Act = () => void;

/** Thrown to leave a loop, or the program. */
class Leave extends Error {}

const isEnd = ({ token }: Reader): boolean => token === '\n' || token === ';';

function skipEnds(reader: Reader): void {
  while (isEnd(reader)) take(reader);
}

function readIf(reader: Reader): Act {
  expect(reader, '(');
  const condition = readValue(reader);
  expect(reader, ')');
  while (takes(reader, '\n'));
  const yes = readStatement(reader);
  const no = takes(reader, 'else') ? readStatement(reader) : undefined;
  return () => (isTrue(condition()) ? yes() : no?.());
}

/** `while (…)`, and `for (…; …; …)`. */
function readLoop(reader: Reader, isFor: boolean): Act {
  const parts: Value[] = [];
  expect(reader, '(');
  while (!takes(reader, ')')) {
    parts.push(reader.token === ';' || reader.token === ')' ? () => ONE : readValue(reader));
    if (!takes(reader, ';') && reader.token !== ')') throw unexpected(reader);
  }
  while (takes(reader, '\n'));
  const body = readStatement(reader);
  const [begin, condition, step] = isFor ? parts : [undefined, parts[0], undefined];
  return () => {
    begin?.();
    for (; condition && isTrue(condition()); step?.()) {
      charge(reader);
      try {
        body();
      } catch (error) {
        if (!(error instanceof Leave) || error.message === 'quit') throw error;
        if (error.message === 'break') break;
      }
    }
  };
}

function readPrint(reader: Reader): Act {
  const acts: Act[] = [];
  do {
    if (reader.token.startsWith('"')) {
      const text = take(reader).slice(1, -1).replace(/\\n/g, '\n').replace(/\\t/g, '\t');
      acts.push(() => append(reader.io, text));
    } else {
      const value = readValue(reader);
      acts.push(() => show(reader, value()));
    }
  } while (takes(reader, ','));
  return () => {
    for (const act of acts) act();
  };
}

function readBlock(reader: Reader): Act {
  const acts: Act[] = [];
  for (skipEnds(reader); !takes(reader, '}'); skipEnds(reader)) {
    if (reader.token === '') throw unexpected(reader);
    acts.push(readStatement(reader));
  }
  return () => {
    for (const act of acts) act();
  };
}

const leave = (how: string) => (): Act => () => {
  throw new Leave(how);
};

const STATEMENTS: ReadonlyMap<string, (reader: Reader) => Act> = new Map([
  ['{', readBlock],
  ['if', readIf],
  ['while', (reader: Reader) => readLoop(reader, false)],
  ['for', (reader: Reader) => readLoop(reader, true)],
  ['print', readPrint],
  ['break', leave('break')],
  ['continue', leave('continue')],
  ['quit', leave('quit')],
  ['halt', leave('quit')],
]);

function readStatement(reader: Reader): Act {
  const { token, at, source, io } = reader;
  if (++reader.depth > 1_000) throw outOfMemory();
  const read = STATEMENTS.get(token);
  if (read) {
    take(reader);
    return read(reader);
  }
  if (token.startsWith('"')) {
    take(reader);
    return () => append(io, token.slice(1, -1));
  }
  // What sets a variable prints nothing.
  const isQuiet = /^[a-z]/.test(token) && /^\s*[-+*/%^]?=(?!=)/.test(source.slice(at, at + 50));
  const value = readValue(reader);
  return () => {
    const result = value();
    if (isQuiet) return;
    show(reader, result);
    append(io, '\n');
  };
}

/** See the header. */
export const bc: Command = (args, io) => {
  const { texts, status } = contents(plainArguments(args), io, 'bc');
  const hasLibrary = lettersOf(args).includes('l') || args.includes('--mathlib');
  const variables = new Map<string, Decimal>(hasLibrary ? [['scale', decimalOf('20', 10)]] : []);
  const reader: Reader = { source: texts.join(''), io, variables, hasLibrary, at: 0, token: '', depth: 0, work: 0 };
  try {
    take(reader);
    while (reader.token !== '') {
      // What stands in one line is run once all of it has been read.
      const acts: Act[] = [];
      for (reader.depth = 0; reader.token !== '' && !takes(reader, '\n'); ) {
        if (takes(reader, ';')) continue;
        acts.push(readStatement(reader));
        if (!isEnd(reader) && reader.token !== '') throw unexpected(reader);
      }
      for (const act of acts) act();
    }
  } catch (error) {
    if (error instanceof Leave) return status;
    if (error instanceof BcError) return fail(io, `bc: ${error.message}`);
    throw error;
  }
  return status;
};

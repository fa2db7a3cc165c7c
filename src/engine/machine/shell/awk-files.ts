/** What awk reads and writes beside its input and output: getline, files, commands. Follows POSIX.1-2017 (awk). */
import { parseTimestamp } from '../../api/timestamp';
import { textOf } from './awk-scalars';
import type { World } from './awk-values';
import { append, type CommandIo, fail, readFile, writeFile } from './host';
import { linesIn } from './text-commands';

/** What is printed, by where it goes; files begin anew with the first text that is not added. */
export interface Prints {
  readonly texts: Map<string, { text: string; adds: boolean }>;
}

/** The records of a text: its lines, or what RS parts. */
function recordsIn(world: World, text: string): string[] {
  const separator = textOf(world.variables.get('RS') ?? '\n');
  if (separator === '\n') return linesIn(text);
  if (separator === '') return text.trim() === '' ? [] : text.replace(/^\n+|\n+$/g, '').split(/\n\n+/);
  const parts = text.split(separator);
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** Prints what has been printed so far. */
export function flush(world: World, io: CommandIo): void {
  append(io, world.output);
  world.output = '';
}

const shell = (io: CommandIo, command: string, input: string): number => {
  const result = io.call(['sh', '-c', command], input);
  return typeof result === 'number' ? result : 0;
};

/** Puts what was printed to a file or a command there. */
export function deliver(io: CommandIo, path: string, { text, adds }: { text: string; adds: boolean }): number {
  if (path.startsWith('|')) return shell(io, path.slice(1), text) * 0;
  if (path === '/dev/stderr') io.errors += text;
  const problem = path === '/dev/stderr' ? undefined : writeFile(io, path, text, adds);
  return problem === undefined ? 0 : fail(io, `awk: ${path}: ${problem}`, 2);
}

/** What getline, system and close do, with what is read so far. `main`: the texts of the input, looked for when they are wanted. */
export function reaching(
  io: CommandIo,
  world: () => World & Prints,
  main: () => { texts: readonly string[]; names: readonly string[] },
) {
  const open = new Map<string, string[]>();
  /** Where the input's files begin: at how many records before the end. */
  const begins = new Map<number, string>();
  const inputTexts = (): readonly string[] => {
    const { texts, names } = main();
    let left = 0;
    for (let at = texts.length - 1; at >= 0; at--) {
      left += recordsIn(world(), texts[at] as string).length;
      begins.set(left, names[at] === '-' ? '' : (names[at] as string));
    }
    return texts;
  };
  const textsOf = (from: 'input' | 'file' | 'command', name: string): readonly string[] | undefined => {
    if (from === 'input') return inputTexts();
    if (from === 'file') {
      const text = /^(-|\/dev\/stdin)$/.test(name) ? io.input : readFile(io, name);
      return text === undefined ? undefined : [text];
    }
    flush(world(), io);
    const before = io.output;
    shell(io, name, '');
    const printed = io.output.slice(before.length);
    io.output = before;
    return [printed];
  };
  return {
    seconds: parseTimestamp(io.host.now) / 1000,
    nextRecord: (from: 'input' | 'file' | 'command', asked: string) => {
      const key = `${from} ${asked}`;
      let records = open.get(key);
      if (!records) {
        const texts = textsOf(from, asked);
        if (!texts) return null;
        records = texts.flatMap((text) => recordsIn(world(), text));
        open.set(key, records);
      }
      const name = from === 'input' ? begins.get(records.length) : undefined;
      if (name !== undefined) {
        world().variables.set('FNR', 0);
        world().variables.set('FILENAME', name);
      }
      return records.shift();
    },
    system: (command: string) => {
      flush(world(), io);
      return shell(io, command, '');
    },
    close: (name: string) => {
      const { texts } = world();
      for (const path of [name, `|${name}`]) {
        const printed = texts.get(path);
        if (path !== name && printed) flush(world(), io);
        if (printed) deliver(io, path, printed);
        texts.delete(path);
      }
      const isOpen = open.delete(`file ${name}`) || open.delete(`command ${name}`);
      return isOpen ? 0 : -1;
    },
  };
}

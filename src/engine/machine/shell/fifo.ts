/** Named pipes: opening one waits until somebody opens its other end. Follows POSIX.1-2017 (mkfifo, open). */

import { changeMode } from './file-commands';
import { isBusyBox } from './held-programs';
import { type Command, type CommandIo, fail, isDirectory, placeOf, readFile, writeProblem } from './host';
import { isWithoutDirectory } from './missing-directory';
import { optionsOf } from './network-options';
import { FIFO_SUFFIX, lastOf, noteOf } from './paths';
import type { Frame, Target } from './process-state';
import { hasReader, hasWriter, openPipe, type Process, type Running } from './processes';

/** Which end of a named pipe is opened. */
export type FifoEnd = 'read' | 'write' | 'both';

/** Thrown where the other end is not open. */
export class NeedsPeer extends Error {
  constructor(
    readonly path: string,
    readonly end: FifoEnd,
  ) {
    super('fifo');
  }
}

/** The note of a named pipe at which somebody waits to read. */
const AWAITED = 'r';

/** The whole path of a named pipe; undefined where a path leads to something else. */
export function fifoAt(io: Pick<CommandIo, 'host' | 'cwd'>, path: string): string | undefined {
  const place = placeOf(io, path);
  return noteOf(io.host.files, place, FIFO_SUFFIX) === undefined ? undefined : place;
}

const pipeOf = (running: Running, path: string): number | undefined =>
  [...running.pipes].find(
    ([id, { fifo, admits = [] }]) =>
      fifo === path && (admits.length > 0 || hasReader(running, id) || hasWriter(running, id)),
  )?.[0];

/** Who waits to open an end. */
const waiting = ({ processes }: Running, path: string, end: FifoEnd): number[] =>
  [...processes.values()].flatMap(({ pid, wait, exit }) =>
    exit === undefined && wait?.for === 'fifo' && wait.path === path && wait.end === end ? [pid] : [],
  );

const otherEnd = (end: FifoEnd): FifoEnd => (end === 'read' ? 'write' : 'read');

/** What has been written by those who are not among the processes at work, and not been read. */
const sentTo = ({ host }: Running, path: string): string => host.files[path] ?? '';

/** Whether a process can open an end now. */
export function canOpen(running: Running, { pid }: Process, path: string, end: FifoEnd): boolean {
  const id = pipeOf(running, path);
  if (end === 'both' || noteOf(running.host.files, path, FIFO_SUFFIX) === undefined) return true;
  if (id !== undefined && (end === 'read' ? hasWriter : hasReader)(running, id)) return true;
  if (id !== undefined && running.pipes.get(id)?.admits?.includes(pid)) return true;
  if (waiting(running, path, otherEnd(end)).length > 0) return true;
  if (end === 'read') return sentTo(running, path) !== '';
  return noteOf(running.host.files, path, FIFO_SUFFIX) === AWAITED;
}

function note({ host }: Running, changes: Readonly<Record<string, string>>): void {
  if (Object.entries(changes).some(([key, text]) => host.files[key] !== text))
    host.files = { ...host.files, ...changes };
}

/** Opens a named pipe for a process; throws where it has to wait. */
export function openFifo(running: Running, process: Process, path: string, end: FifoEnd): Target {
  if (!canOpen(running, process, path, end)) {
    // Whoever is not among these processes sees by the note that it is waited for.
    if (end === 'read') note(running, { [`${path}${FIFO_SUFFIX}`]: AWAITED });
    throw new NeedsPeer(path, end);
  }
  const others = waiting(running, path, otherEnd(end));
  const before = pipeOf(running, path);
  const isAlone = before === undefined && others.length === 0;
  if (isAlone && end === 'write') return { kind: 'file', path };
  const id = before ?? openPipe(running, end === 'read' ? sentTo(running, path) : '');
  const { text, admits = [] } = running.pipes.get(id) ?? { text: '' };
  running.pipes.set(id, { text, fifo: path, admits: [...admits.filter((pid) => pid !== process.pid), ...others] });
  if (end !== 'write') note(running, { [path]: '', [`${path}${FIFO_SUFFIX}`]: '' });
  running.hasMoved = true;
  return { kind: 'pipe', id, mode: end === 'read' ? 'r' : end === 'write' ? 'w' : 'rw' };
}

/** Utilities that read what they name, and standard input by the name of `-`. */
const READERS = 'cat head tail grep egrep fgrep sed awk wc sort cut uniq tac nl rev paste less more'.split(' ');

/** The words of a utility that reads a named pipe: it does so as its input. */
export function throughFifo(
  running: Running,
  process: Process,
  frame: Frame,
  words: readonly string[],
): readonly string[] {
  const name = lastOf(words[0] as string);
  if (!READERS.includes(name)) return words;
  const io = { host: running.host, cwd: process.cwd };
  const at = words.findIndex((word, index) => index > 0 && word[0] !== '-' && fifoAt(io, word) !== undefined);
  if (at < 0) return words;
  const target = openFifo(running, process, fifoAt(io, words[at] as string) as string, 'read');
  frame.saved ??= process.descriptors;
  process.descriptors = { ...process.descriptors, 0: target };
  // What is at its end has no more to follow.
  frame.words = words
    .map((word, index) => (index === at ? '-' : word))
    .filter((word) => name !== 'tail' || !/^-[fF]$/.test(word));
  return frame.words;
}

/** mkfifo, with -m. */
export const makeFifo: Command = (args, io, name) => {
  const { plain, values } = optionsOf(args, 'm');
  const mode = values.get('m');
  let status = 0;
  for (const path of name === 'mknod' ? plain.slice(0, 1) : plain) {
    const place = placeOf(io, path);
    const problem =
      readFile(io, path) !== undefined || isDirectory(io, path)
        ? 'File exists'
        : isWithoutDirectory(io, path)
          ? 'No such file or directory'
          : writeProblem(io, path);
    if (problem !== undefined) {
      status = fail(io, `${name}: ${isBusyBox(io.host) ? path : `cannot create fifo '${path}'`}: ${problem}`);
      continue;
    }
    io.host.files = { ...io.host.files, [place]: '', [`${place}${FIFO_SUFFIX}`]: '' };
    if (mode !== undefined) changeMode([mode, path], io, 'chmod');
  }
  return status;
};

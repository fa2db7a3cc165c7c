/** What is read of files that hold more bytes than characters: zeroes are kept as a number. */
import { type CommandIo, placeOf, readFile } from './host';
import { HOLE_SUFFIX, noteOf } from './paths';

/** Of what is nothing but zeroes so many are read at most. */
const MOST_ZEROES = 65_536;

/** A file's content with the zeroes that are kept as a number; those of a large file are left out. */
export function readWhole(io: Pick<CommandIo, 'host' | 'cwd'>, path: string): string | undefined {
  if (placeOf(io, path) === '/dev/zero') return '\0'.repeat(MOST_ZEROES);
  const text = readFile(io, path);
  const hole = Number(noteOf(io.host.files, placeOf(io, path), HOLE_SUFFIX) ?? 0);
  return text === undefined || hole > MOST_ZEROES ? text : text + '\0'.repeat(hole);
}

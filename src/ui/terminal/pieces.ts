/** What a command has printed, in the order in which it did. */
import type { CommandOutput } from '../../worker/command-shapes';

/** What was printed in a row to one of the two streams. */
export interface Piece {
  readonly isError: boolean;
  readonly text: string;
}

/** See the header. What is not marked comes last; of what one mark says of both streams, warnings first, as they come before the answer. */
export function piecesOf({
  stdout,
  stderr,
  printed = [],
}: Pick<CommandOutput, 'stdout' | 'stderr' | 'printed'>): readonly Piece[] {
  const pieces: Piece[] = [];
  const put = (isError: boolean, text: string): void => {
    if (text) pieces.push({ isError, text });
  };
  const done = { stdout: 0, stderr: 0 };
  for (const mark of printed) {
    put(true, stderr.slice(done.stderr, mark.stderr));
    put(false, stdout.slice(done.stdout, mark.stdout));
    Object.assign(done, { stdout: mark.stdout, stderr: mark.stderr });
  }
  put(false, stdout.slice(done.stdout));
  put(true, stderr.slice(done.stderr));
  return pieces;
}

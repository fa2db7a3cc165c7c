/** What a command has printed, in the order in which it did. */
import type { CommandOutput } from '../../worker/command-shapes';

/** What was printed in a row to one of the two streams. */
export interface Piece {
  readonly isError: boolean;
  readonly text: string;
}

/** What a command has printed by a time at which it still runs; undefined for one that has ended by then, or, without an end, printed all. */
export function printedBy(output: CommandOutput, timeMs: number): CommandOutput | undefined {
  const { printed = [], endedMs, stdout, stderr } = output;
  if ((endedMs ?? printed.at(-1)?.atMs ?? 0) <= timeMs) return undefined;
  const past = printed.filter(({ atMs }) => atMs <= timeMs);
  const last = past.at(-1);
  return {
    ...output,
    stdout: stdout.slice(0, last?.stdout ?? 0),
    stderr: stderr.slice(0, last?.stderr ?? 0),
    printed: past,
  };
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

/**
 * What a container has printed: lines with the time at which each was complete, the newest 64 Ki characters of them. Pure: a log is plain
 * data and replaced when something is added to it.
 * Follows pkg/cio of containerd's CRI plugin (a line is written when its end has come, what has no end when the process has) and
 * k8s.io/cri-client/pkg/logs/logs.go. Left out: rotation at 10 MiB, which nobody reaches who keeps less.
 */

/** Where a program writes to. */
export type LogStream = 'stdout' | 'stderr';

/** One whole line, without its end. */
export interface LogLine {
  readonly atMs: number;
  readonly stream: LogStream;
  readonly text: string;
  /** How it ends otherwise than with an end of line: `cut` in two for its length, or `open` when its process had ended. */
  readonly ending?: 'cut' | 'open';
}

/** A stretch of lines; full ones are shared by all later logs. */
type Chunk = readonly LogLine[];

/** See the header. */
export interface ContainerLog {
  readonly chunks: readonly Chunk[];
  /** Characters that it holds. */
  readonly size: number;
  /** How many lines there have ever been. */
  readonly count: number;
  /** What was written without an end of line, by stream. */
  readonly open: Readonly<Record<LogStream, string>>;
}

/** Nothing printed yet. */
export const EMPTY_LOG: ContainerLog = { chunks: [], size: 0, count: 0, open: { stdout: '', stderr: '' } };

const MAX_SIZE = 65_536;
const CHUNK_LINES = 64;
/** A longer line is cut into several (defaultBufSize). */
const MAX_LINE = 16_384;

function withLines(log: ContainerLog, lines: readonly LogLine[]): ContainerLog {
  if (lines.length === 0) return log;
  const chunks = log.chunks.slice();
  let { size } = log;
  for (const line of lines) {
    const last = chunks.at(-1);
    if (!last || last.length >= CHUNK_LINES) chunks.push([line]);
    else chunks[chunks.length - 1] = [...last, line];
    size += line.text.length + 1;
  }
  let first = 0;
  while (size > MAX_SIZE && first < chunks.length - 1) {
    for (const { text } of chunks[first] as Chunk) size -= text.length + 1;
    first++;
  }
  return { ...log, chunks: chunks.slice(first), size, count: log.count + lines.length };
}

/** The log after a program has written a text. */
export function printed(log: ContainerLog, stream: LogStream, text: string, atMs: number): ContainerLog {
  if (text === '') return log;
  const whole = log.open[stream] + text;
  const end = whole.lastIndexOf('\n');
  const rest = whole.slice(end + 1);
  const complete = end < 0 ? [] : whole.slice(0, end).split('\n');
  const lines: LogLine[] = [];
  const cut = (line: string): string => {
    let at = 0;
    for (; at + MAX_LINE < line.length; at += MAX_LINE) {
      lines.push({ atMs, stream, text: line.slice(at, at + MAX_LINE), ending: 'cut' });
    }
    return line.slice(at);
  };
  for (const line of complete.slice(-MAX_SIZE)) {
    const text = cut(line);
    lines.push({ atMs, stream, text });
  }
  const open = cut(rest);
  return withLines({ ...log, open: { ...log.open, [stream]: open } }, lines);
}

/** The log after the process has ended: what had no end of line has one now. */
export function closed(log: ContainerLog, atMs: number): ContainerLog {
  const { stdout, stderr } = log.open;
  if (stdout === '' && stderr === '') return log;
  const both: LogLine[] = [
    { atMs, stream: 'stdout', text: stdout, ending: 'open' },
    { atMs, stream: 'stderr', text: stderr, ending: 'open' },
  ];
  const lines = both.filter(({ text }) => text !== '');
  return withLines({ ...log, open: EMPTY_LOG.open }, lines);
}

/** The lines that are still there and come after the first `from`. */
export function linesOf(log: ContainerLog, from = 0): readonly LogLine[] {
  const kept = log.chunks.flat();
  const skipped = from - (log.count - kept.length);
  return skipped > 0 ? kept.slice(skipped) : kept;
}

/** What has been printed after the first so many lines. */
export interface Printed extends Pick<ContainerLog, 'count' | 'open'> {
  readonly lines: readonly LogLine[];
}

/** The lines after the first `from`, how many there have been, and what has no end yet. */
export function linesFrom(log: ContainerLog = EMPTY_LOG, from = 0): Printed {
  return { lines: linesOf(log, from), count: log.count, open: log.open };
}

/** A line as a log shows it: one that was cut goes on in the next. */
export const loggedText = ({ text, ending }: LogLine): string => (ending === 'cut' ? text : `${text}\n`);

/** The end of what was printed, at most so many characters and lines. Follows containerLogTail of the kubelet. */
export function tailText(log: ContainerLog, maxLength: number, maxLines: number): string {
  const lines = linesOf(closed(log, 0)).slice(-maxLines);
  return lines.map(loggedText).join('').slice(-maxLength);
}

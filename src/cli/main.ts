/**
 * The `kubestep` command: runs scenarios in the terminal with the same engine as the page. Exit codes: 0 done, 1 invalid
 * input or something refused, 2 wrong usage.
 */
import { readFileSync, writeSync } from 'node:fs';
import { parseDuration } from '../kubectl/duration';
import type { Problem } from '../scenario/scenario';
import { decodeLink, encodeLink } from '../scenario/share-link';
import { createSession, isCommandResult, type Session } from '../session/session';
import { validateText } from '../session/validate';
import { type Arguments, parseArguments, USAGE, UsageError } from './arguments';
import { FORMATS } from './formats';

/** The page that links point to when none is named. */
const PAGE = 'https://kubestep.dev/';
const CHUNK = 65_536;

/** Writes everything, also to a slow pipe. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset, Math.min(CHUNK, bytes.length - offset));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** The files as one stream, and which line belongs to which file. */
interface Input {
  readonly text: string;
  locate(line: number): string;
}

function readInput(files: readonly string[]): Input {
  const starts: { file: string; line: number }[] = [];
  let text = '';
  let line = 1;
  for (const file of files) {
    let content: string;
    try {
      content = readFileSync(file === '-' ? 0 : file, 'utf8');
    } catch (error) {
      throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
    }
    const part = `${text === '' ? '' : '---\n'}${content}${content.endsWith('\n') ? '' : '\n'}`;
    starts.push({ file: file === '-' ? 'STDIN' : file, line: line + (text === '' ? 0 : 1) });
    text += part;
    line += part.split('\n').length - 1;
  }
  return {
    text,
    locate: (at) => {
      const start = starts.findLast((entry) => entry.line <= at) ?? (starts[0] as { file: string; line: number });
      return `${start.file}:${at - start.line + 1}`;
    },
  };
}

function report(problems: readonly Problem[], input: Input): void {
  for (const problem of problems) write(2, `${input.locate(problem.line)}:${problem.column}: ${problem.message}\n`);
}

function duration(text: string, flag: string): number {
  const parsed = parseDuration(text);
  if ('problem' in parsed) throw new UsageError(`${flag}: ${parsed.problem}`);
  return parsed.ms;
}

function open(input: Input, seed: number | undefined): { session?: Session; failed: boolean } {
  const { session, problems } = createSession(input.text, { seed });
  report(problems, input);
  return { session, failed: problems.length > 0 };
}

/** Runs to a time; a budget that is reached is said on standard error. Returns whether it got there. */
function runTo(session: Session, timeMs: number): boolean {
  const { stopped, message } = session.simulation.run({ timeMs });
  if (message) write(2, `${message}\n`);
  return stopped === 'time' || stopped === 'idle';
}

/** Standard error of the scenario's own commands. Returns whether any was refused. */
function reportRefusals({ simulation }: Session): boolean {
  let refused = false;
  for (const { step } of simulation.trace(1, simulation.step)) {
    const detail = simulation.detailAt(step);
    if (!isCommandResult(detail)) continue;
    if (detail.code !== 0) refused = refused || detail.command.startsWith('apply');
    if (detail.code !== 0) write(2, detail.stderr);
  }
  return refused;
}

function run(args: Arguments): number {
  const input = readInput(args.files);
  const { session, failed } = open(input, args.seed);
  if (!session) return 1;
  const untilMs = args.until === undefined ? session.scenario.durationMs : duration(args.until, '--until');
  const arrived = runTo(session, untilMs);
  const refused = reportRefusals(session);
  const format = FORMATS[args.output];
  if (format) for (const line of format(session)) write(1, line);
  else
    write(
      1,
      session.kubectl('get events -A', { step: session.simulation.step, timeMs: session.simulation.nowMs }).stdout,
    );
  return failed || refused || !arrived ? 1 : 0;
}

/** Quotes an argument so that kubectl's own splitting gives it back. */
const quoted = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;

function kubectl(args: Arguments): number {
  const input = readInput(args.files);
  const { session, failed } = open(input, args.seed);
  if (!session) return 1;
  const atMs = args.at === undefined ? session.scenario.durationMs : duration(args.at, '--at');
  if (!runTo(session, atMs)) return 1;
  const { simulation } = session;
  const result = session.kubectl(args.rest.map(quoted).join(' '), { step: simulation.step, timeMs: simulation.nowMs });
  write(1, result.stdout);
  write(2, result.stderr);
  return failed && result.code === 0 ? 1 : result.code;
}

function validate(args: Arguments): number {
  const input = readInput(args.files);
  const problems = validateText(input.text);
  report(problems, input);
  return problems.length > 0 ? 1 : 0;
}

function link(args: Arguments): number {
  const input = readInput(args.files);
  const { session, failed } = open(input, undefined);
  if (!session || failed) return 1;
  write(1, `${PAGE}#${encodeLink({ text: input.text })}\n`);
  return 0;
}

function unlink(args: Arguments): number {
  const url = args.files[0] as string;
  const decoded = decodeLink(url.slice(url.indexOf('#') + 1));
  if ('error' in decoded) {
    write(2, `${decoded.error}\n`);
    return 1;
  }
  write(1, decoded.state.text);
  return 0;
}

const COMMANDS: Readonly<Record<string, (args: Arguments) => number>> = { run, kubectl, validate, link, unlink };

/** Runs a command line and returns its exit code. */
export function main(argv: readonly string[]): number {
  try {
    const args = parseArguments(argv);
    if (!args) {
      write(1, USAGE);
      return 0;
    }
    return COMMANDS[args.command]?.(args) ?? 2;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    write(2, `kubestep: ${error.message}\n${USAGE}`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));

/**
 * The `kubestep` command: runs scenarios in the terminal with the same engine as the page. Exit codes: 0 done, 1 invalid
 * input or something refused, 2 wrong usage.
 */
import { readFileSync } from 'node:fs';
import { parseDuration } from '../engine/api/duration';
import { LIMITS } from '../engine/limits';
import type { Limits, TimedInput } from '../engine/simulation';
import { checkLesson, verdictLine } from '../lessons/check';
import { CSV_HEAD, csvLine, type Grade, linksIn } from '../lessons/grade-table';
import { grade } from '../lessons/grading';
import { convertCompose, isCompose } from '../scenario/compose/compose';
import { manifestText } from '../scenario/manifest-text';
import { type Problem, parseScenario } from '../scenario/scenario';
import { decodeLink, encodeLink, type LinkState } from '../scenario/share-link';
import { checkScenario } from '../session/check';
import { createSession } from '../session/create-session';
import { isCommandResult } from '../session/run-command';
import type { Session } from '../session/session';
import { validateText } from '../session/validate';
import { type Arguments, parseArguments, USAGE, UsageError } from './arguments';
import { readDocumentation } from './documentation';
import { FORMATS } from './formats';
import { lessonTexts } from './lesson-texts';
import { PROCESS_STREAMS, StreamError, type Streams } from './streams';

/** The page that links point to when none is named. */
const PAGE = 'https://kubestep.dev/';

/** The files as one stream, and which line belongs to which file. */
interface Input {
  readonly text: string;
  /** What was done by hand, where the input is a link. */
  readonly inputs?: readonly TimedInput[];
  locate(line: number): string;
}

/** A share link, or its part from the `#` on. */
const LINK = /^(https?:\/\/|#)/;

/** What a link carries. Throws {@link StreamError}. */
function readLink(url: string): LinkState {
  const decoded = decodeLink(url.slice(url.indexOf('#') + 1));
  if ('error' in decoded) throw new StreamError(decoded.error, 1);
  return decoded.state;
}

function readFile(file: string, streams: Streams): string {
  try {
    return (file === '-' ? streams.input() : readFileSync(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new StreamError(`cannot read ${file}: ${(error as Error).message}`, 2);
  }
}

function readInput(files: readonly string[], streams: Streams): Input {
  const [first = ''] = files;
  if (LINK.test(first) && files.length === 1) {
    const { text, inputs } = readLink(first);
    return { text, inputs, locate: (line) => `LINK:${line}` };
  }
  const starts: { file: string; line: number }[] = [];
  let text = '';
  let line = 1;
  for (const file of files) {
    const content = readFile(file, streams);
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

function report(problems: readonly Problem[], input: Input, streams: Streams): void {
  for (const problem of problems) streams.err(`${input.locate(problem.line)}:${problem.column}: ${problem.message}\n`);
}

function duration(text: string, flag: string): number {
  const parsed = parseDuration(text);
  if ('problem' in parsed) throw new UsageError(`${flag}: ${parsed.problem}`);
  return parsed.ms;
}

function open(
  input: Input,
  { seed, limits }: { readonly seed?: number; readonly limits?: Partial<Limits> },
  streams: Streams,
): { session?: Session; failed: boolean } {
  const { session, problems } = createSession(input.text, { seed, inputs: input.inputs, limits }, readDocumentation);
  report(problems, input, streams);
  if (isCompose(input.text)) streams.err('kubestep: this is a Compose file; kubestep compose makes manifests of it\n');
  for (const { message } of session?.scenario.notices ?? []) streams.err(`kubestep: ${message}\n`);
  return { session, failed: problems.length > 0 };
}

/** Runs to a time; a budget that is reached is said on standard error. Returns whether it got there. */
function runTo(session: Session, timeMs: number, streams: Streams): boolean {
  const { stopped, message } = session.simulation.run({ timeMs });
  if (message) streams.err(`${message}\n`);
  return stopped === 'time' || stopped === 'idle';
}

const APPLY = /^(kubectl\s+|k\s+)?apply\b/;

/** Standard error of the scenario's own commands that failed, and what others were warned of. Returns whether any was refused. */
function reportRefusals({ simulation }: Session, streams: Streams): boolean {
  let refused = false;
  for (const { step } of simulation.trace(1, simulation.step)) {
    const detail = simulation.detailAt(step);
    if (!isCommandResult(detail)) continue;
    if (detail.code !== 0) refused = refused || APPLY.test(detail.command);
    streams.err(detail.code !== 0 ? detail.stderr : (detail.stderr.match(/^Warning: .*\n/gm) ?? []).join(''));
  }
  return refused;
}

function run(args: Arguments, streams: Streams): number {
  const input = readInput(args.files, streams);
  const { session, failed } = open(input, args, streams);
  if (!session) return 1;
  const untilMs = args.until === undefined ? session.scenario.durationMs : duration(args.until, '--until');
  const arrived = runTo(session, untilMs, streams);
  const refused = reportRefusals(session, streams);
  const format = FORMATS[args.output];
  if (format) for (const line of format(session)) streams.out(line);
  else
    streams.out(
      session.kubectl('get events -A', { step: session.simulation.step, timeMs: session.simulation.nowMs }).stdout,
    );
  return failed || refused || !arrived ? 1 : 0;
}

/** Quotes an argument so that kubectl's own splitting gives it back. */
const quoted = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;

/** Words by which kubectl reads standard input. */
const STDIN = /^(?:-|-f-|--filename=-|--stdin(?:=true)?|-i|-it|-ti)$/;

/** What a kubectl command finds on standard input, where it looks there and no FILE does. */
function stdinOf({ files, rest }: Arguments, streams: Streams): string | undefined {
  const end = rest.indexOf('--');
  const asks = rest.slice(0, end < 0 ? rest.length : end).some((word) => STDIN.test(word));
  const edits = rest[0] === 'edit' && !streams.isTerminal?.();
  return (asks || edits) && !files.includes('-') ? streams.input() : undefined;
}

function kubectl(args: Arguments, streams: Streams): number {
  const input = readInput(args.files, streams);
  const { session, failed } = open(input, args, streams);
  if (!session) return 1;
  const atMs = args.at === undefined ? session.scenario.durationMs : duration(args.at, '--at');
  if (!runTo(session, atMs, streams)) return 1;
  const { simulation } = session;
  const cursor = { step: simulation.step, timeMs: simulation.nowMs };
  const untilMs = args.until === undefined ? session.followedUntil(cursor) : duration(args.until, '--until');
  const result = session.kubectl(args.rest.map(quoted).join(' '), cursor, { untilMs, stdin: stdinOf(args, streams) });
  streams.out(result.stdout);
  streams.err(result.stderr);
  return failed && result.code === 0 ? 1 : result.code;
}

function validate(args: Arguments, streams: Streams): number {
  const input = readInput(args.files, streams);
  const problems = validateText(input.text);
  report(problems, input, streams);
  for (const { message } of parseScenario(input.text).scenario?.notices ?? []) streams.err(`kubestep: ${message}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** Runs it, and says of each expectation whether it held, and of its lesson whether it is as it says. */
function check(args: Arguments, streams: Streams): number {
  const input = readInput(args.files, streams);
  const { session, failed } = open(input, args, streams);
  if (!session) return 1;
  const untilMs = args.until === undefined ? session.scenario.durationMs : duration(args.until, '--until');
  const { lesson, expectations } = session.scenario;
  let isMet = true;
  if (!lesson || expectations.length > 0) {
    const result = checkScenario(session, untilMs, input.locate);
    for (const line of result.lines) streams.out(`${line}\n`);
    if (result.problem !== undefined) streams.err(`${result.problem}\n`);
    isMet = result.isMet;
  }
  for (const verdict of lesson ? checkLesson(input.text, lesson, { durationMs: untilMs, seed: args.seed }) : []) {
    streams.out(`${verdictLine(verdict, input.locate(verdict.line))}\n`);
    isMet &&= verdict.met;
  }
  return failed || !isMet ? 1 : 0;
}

function link(args: Arguments, streams: Streams): number {
  const input = readInput(args.files, streams);
  const { session, failed } = open(input, {}, streams);
  if (!session || failed) return 1;
  streams.out(`${PAGE}#${encodeLink({ text: input.text, inputs: input.inputs })}\n`);
  return 0;
}

function unlink(args: Arguments, streams: Streams): number {
  const { text, inputs = [] } = readLink(args.files[0] as string);
  streams.out(text);
  if (inputs.length > 0) {
    streams.err(
      `The link also replays ${inputs.length} of what was done by hand, which a scenario's text can't say:\n`,
    );
    streams.err('kubestep run, kubectl and link take the link itself in place of a FILE.\n');
  }
  return 0;
}

/** Every hand-in of a file, done again and held against its lesson. */
function gradeFile(args: Arguments, streams: Streams): number {
  const links = args.files.flatMap((file) => linksIn(readFile(file, streams)));
  const known = lessonTexts();
  const { lesson } = args;
  const set = lesson === undefined ? undefined : (known.get(lesson) ?? readFile(lesson, streams));
  streams.out(`${CSV_HEAD}\n`);
  const grades = grade(
    links.map(({ link }) => link),
    known,
    set,
  );
  for (const { line } of links) streams.out(`${csvLine(grades.next().value as Grade, line)}\n`);
  if (links.length === 0) streams.err('kubestep: there is no link to grade\n');
  return links.length > 0 ? 0 : 1;
}

/** A Compose file as manifests; what could not be translated is said on standard error. */
function compose(args: Arguments, streams: Streams): number {
  const [file = ''] = args.files;
  const converted = convertCompose(readFile(file, streams));
  const place = file === '-' ? 'STDIN' : file;
  if ('problems' in converted) {
    for (const { line, column, message } of converted.problems) streams.err(`${place}:${line}:${column}: ${message}\n`);
    return 1;
  }
  for (const { line, where, en } of converted.notes) streams.err(`${place}:${line}: ${where}: ${en}\n`);
  streams.out(`# Made from the Compose file ${place}\n${manifestText(converted.objects)}`);
  return 0;
}

/** What is simulated and what is not, as data or as lines. */
function limits(args: Arguments, streams: Streams): number {
  const rows = LIMITS.map(({ area, what, kind, detail }) => ({ area, title: what, state: kind, text: detail }));
  if (args.output === 'json') streams.out(`${JSON.stringify(rows, null, 2)}\n`);
  else for (const { area, title, state, text } of rows) streams.out(`${area}: ${title} (${state}) ${text}\n`);
  return 0;
}

const COMMANDS: Readonly<Record<string, (args: Arguments, streams: Streams) => number>> = {
  run,
  kubectl,
  validate,
  check,
  link,
  unlink,
  grade: gradeFile,
  compose,
  limits,
};

/** Runs a command line and returns its exit code. */
export function main(argv: readonly string[], streams: Streams = PROCESS_STREAMS): number {
  try {
    const args = parseArguments(argv);
    if (!args) {
      streams.out(USAGE);
      return 0;
    }
    return COMMANDS[args.command]?.(args, streams) ?? 2;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof StreamError)) throw error;
    streams.err(`kubestep: ${error.message}\n${error instanceof UsageError ? USAGE : ''}`);
    return error instanceof UsageError ? 2 : error.code;
  }
}

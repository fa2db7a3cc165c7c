/** The command line of `kubestep`, taken apart. Wrong usage is reported with what would be right. */
import { parseArgs } from 'node:util';
import { LIMIT_FLAGS } from '../engine/runtime/limits';
import type { Limits } from '../engine/simulation';

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}

/** What the command line asks for. */
export interface Arguments {
  readonly command: string;
  readonly files: readonly string[];
  readonly until?: string;
  readonly at?: string;
  readonly seed?: number;
  /** The lesson that was set: its name, or a file. */
  readonly lesson?: string;
  readonly output: string;
  /** Budgets that were raised. */
  readonly limits: Partial<Limits>;
  /** What follows `--`. */
  readonly rest: readonly string[];
}

/** What `--help` prints. */
export const USAGE = `Usage:
  kubestep run FILE… [--until 5m] [--seed N] [-o FORMAT]      run a scenario
      FORMAT: summary (default), watch, objects, events, trace, requests, commands, hash
  kubestep kubectl FILE… [--at 30s] [--seed N] -- get pods    run to a time, then a kubectl command there
      --until 60s: up to when a command that follows (get -w) does so; default: the scenario's duration
  kubestep validate FILE…                                     check as the API server would
  kubestep check FILE… [--until 5m] [--seed N]                run, and say of spec.expect and of the lesson whether they hold
  kubestep link FILE…                                         scenario to share link
  kubestep unlink URL                                         share link to scenario
  kubestep grade FILE [--lesson FILE|NAME]                    a hand-in link per line → a table (CSV) of what came of each
      --lesson: the lesson that was set; those that come with Kubestep are known by their names
  kubestep compose FILE                                       a Compose file → manifests; what can't be translated is said
  kubestep limits [-o json]                                   what is simulated, and what is not
FILE may be - for standard input; several files are one stream. A share link may stand in place of the files.
Budgets of run, kubectl and check, the same as in the page: --max-objects, --max-steps-per-second, --max-revisions,
--max-timers-per-ms, --max-timers-per-second, each with a number.
`;

const COMMANDS = ['run', 'kubectl', 'validate', 'check', 'link', 'unlink', 'grade', 'compose', 'limits'];
const RUN_FORMATS = ['summary', 'watch', 'objects', 'events', 'trace', 'requests', 'commands', 'hash'];
const LIMITS_FORMATS = ['text', 'json'];

const OPTIONS = {
  until: { type: 'string' },
  at: { type: 'string' },
  seed: { type: 'string' },
  output: { type: 'string', short: 'o' },
  lesson: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  'max-objects': { type: 'string' },
  'max-steps-per-second': { type: 'string' },
  'max-revisions': { type: 'string' },
  'max-timers-per-ms': { type: 'string' },
  'max-timers-per-second': { type: 'string' },
} as const;

const BUDGETS = Object.values(LIMIT_FLAGS).map((flag) => flag.slice(2));

/** Which options each command knows. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  run: ['until', 'seed', 'output', ...BUDGETS],
  kubectl: ['at', 'until', 'seed', ...BUDGETS],
  validate: [],
  check: ['until', 'seed', ...BUDGETS],
  link: [],
  unlink: [],
  grade: ['lesson'],
  compose: [],
  limits: ['output'],
};

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new UsageError(`--seed takes a whole number, not "${text}"`);
  }
  return Number(text);
}

/** The budgets on the command line. */
function limitsOf(values: Readonly<Record<string, unknown>>): Partial<Limits> {
  const limits: Partial<Record<keyof Limits, number>> = {};
  for (const [name, flag] of Object.entries(LIMIT_FLAGS)) {
    const text = values[flag.slice(2)];
    if (text === undefined) continue;
    if (!/^[1-9]\d*$/.test(String(text)) || !Number.isSafeInteger(Number(text))) {
      throw new UsageError(`${flag} takes a whole number of at least 1, not "${text}"`);
    }
    limits[name as keyof Limits] = Number(text);
  }
  return limits;
}

/** Takes a command line apart. Returns undefined when help was asked for; throws UsageError. */
export function parseArguments(argv: readonly string[]): Arguments | undefined {
  const dash = argv.indexOf('--');
  const own = dash < 0 ? argv : argv.slice(0, dash);
  const rest = dash < 0 ? [] : argv.slice(dash + 1);
  const { values, positionals } = parsed(own);
  const [command, ...files] = positionals;
  if (values.help || command === 'help') return undefined;
  if (command === undefined) throw new UsageError('a command is missing');
  if (!COMMANDS.includes(command)) throw new UsageError(`unknown command "${command}"`);
  for (const option of Object.keys(values)) {
    if (!KNOWN[command]?.includes(option)) throw new UsageError(`kubestep ${command} knows no --${option}`);
  }
  if (command === 'limits' && files.length > 0) throw new UsageError('kubestep limits takes no FILE');
  if (command !== 'limits' && files.length === 0)
    throw new UsageError(`kubestep ${command} needs ${command === 'unlink' ? 'a URL' : 'a FILE'}`);
  const formats = command === 'limits' ? LIMITS_FORMATS : RUN_FORMATS;
  const output = values.output ?? (formats[0] as string);
  if (!formats.includes(output)) throw new UsageError(`unknown format "${output}"; known: ${formats.join(', ')}`);
  if (command === 'kubectl' && rest.length === 0) throw new UsageError('a kubectl command is missing after --');
  if (command !== 'kubectl' && rest.length > 0) throw new UsageError(`nothing can follow -- in kubestep ${command}`);
  const limits = limitsOf(values as Readonly<Record<string, unknown>>);
  const { until, at, lesson } = values;
  return { command, files, until, at, lesson, seed: seedOf(values.seed), output, limits, rest };
}

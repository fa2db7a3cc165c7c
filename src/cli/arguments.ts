/** The command line of `kubestep`, taken apart. Wrong usage is reported with what would be right. */
import { parseArgs } from 'node:util';

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}

/** What the command line asks for. */
export interface Arguments {
  readonly command: string;
  readonly files: readonly string[];
  readonly until?: string;
  readonly at?: string;
  readonly seed?: number;
  readonly output: string;
  /** What follows `--`. */
  readonly rest: readonly string[];
}

/** What `--help` prints. */
export const USAGE = `Usage:
  kubestep run FILE… [--until 5m] [--seed N] [-o FORMAT]      run a scenario
      FORMAT: summary (default), watch, objects, events, trace, requests, commands, hash
  kubestep kubectl FILE… [--at 30s] [--seed N] -- get pods    run to a time, then a kubectl command there
  kubestep validate FILE…                                     check as the API server would
  kubestep link FILE…                                         scenario to share link
  kubestep unlink URL                                         share link to scenario
FILE may be - for standard input; several files are one stream. A share link may stand in place of the files.
`;

const COMMANDS = ['run', 'kubectl', 'validate', 'link', 'unlink'];
const FORMATS = ['summary', 'watch', 'objects', 'events', 'trace', 'requests', 'commands', 'hash'];

const OPTIONS = {
  until: { type: 'string' },
  at: { type: 'string' },
  seed: { type: 'string' },
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Which options each command knows. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  run: ['until', 'seed', 'output'],
  kubectl: ['at', 'seed'],
  validate: [],
  link: [],
  unlink: [],
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
  if (files.length === 0)
    throw new UsageError(`kubestep ${command} needs ${command === 'unlink' ? 'a URL' : 'a FILE'}`);
  const output = values.output ?? 'summary';
  if (!FORMATS.includes(output)) throw new UsageError(`unknown format "${output}"; known: ${FORMATS.join(', ')}`);
  if (command === 'kubectl' && rest.length === 0) throw new UsageError('a kubectl command is missing after --');
  if (command !== 'kubectl' && rest.length > 0) throw new UsageError(`nothing can follow -- in kubestep ${command}`);
  return { command, files, until: values.until, at: values.at, seed: seedOf(values.seed), output, rest };
}

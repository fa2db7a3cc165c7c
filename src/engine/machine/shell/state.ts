/** Where a shell program stands, as plain data between wakes and unfolded while it runs. */
import type { Shell } from './expansion';
import { MAX_MEMORY, outOfMemory } from './host';

/** The words of a `for` that are still to come. */
interface Items {
  readonly words: readonly string[];
  readonly at: number;
}

/** Where a program stands. Replaced, never mutated. */
export interface ShellState {
  readonly pc: number;
  readonly status: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly lists: readonly Items[];
  readonly pipe: string;
  /** Exit code of a `trap … TERM`, when one was set. */
  readonly trapCode?: number;
  /** How many short sleeps there have been in a row. */
  readonly shortSleeps?: number;
}

/** Why a program stopped for now. */
export type ShellEffect =
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'exit'; readonly code: number }
  /** It waits for ever and serves nothing. */
  | { readonly kind: 'forever' }
  /** It has become the image's server. */
  | { readonly kind: 'server' };

/** What a run came to. */
export interface ShellRun {
  readonly state: ShellState;
  readonly effect: ShellEffect;
  /** Standard output; of the outermost program standard error too, in the order in which it was said. */
  readonly output: string;
  readonly errors: string;
}

/** A program before its first instruction. */
export const SHELL_START: ShellState = { pc: 0, status: 0, variables: {}, lists: [], pipe: '' };

/** What a program inside another came to. */
export interface InnerRun {
  readonly output: string;
  readonly errors: string;
  readonly effect: ShellEffect;
}

/** Thrown through a command that waits for a substitution which never ends. */
export class Endless extends Error {}

/** A program while it runs. */
export interface Machine extends Shell {
  pc: number;
  lists: Items[];
  pipe: string;
  trapCode: number | undefined;
  shortSleeps: number;
  output: string;
  /** Standard error of a program inside another; the outermost has it in its output. */
  errors: string;
  /** The status of the latest substitution in the command that runs: its own, when it has no words. */
  substituted: number | undefined;
  /** What inner programs have slept, to be slept before the next instruction. */
  owedMs: number;
  /** Runs a text to its end on the same budget; undefined when it can't be read. */
  inside(source: string): InnerRun | undefined;
}

/** Unfolds a state. `methods` are what needs the interpreter itself. */
export function resumed(
  state: ShellState,
  base: Pick<Machine, 'host' | 'budget'>,
  methods: (machine: () => Machine) => Pick<Machine, 'substitute' | 'compute' | 'inside'>,
): Machine {
  const variables = new Map(Object.entries(state.variables));
  let memory = state.pipe.length;
  for (const [name, value] of variables) memory += name.length + value.length;
  for (const { words } of state.lists) for (const word of words) memory += word.length + 1;
  const machine: Machine = {
    ...base,
    pc: state.pc,
    status: state.status,
    variables,
    memory,
    lists: state.lists.slice(),
    pipe: state.pipe,
    trapCode: state.trapCode,
    shortSleeps: state.shortSleeps ?? 0,
    output: '',
    errors: '',
    substituted: undefined,
    owedMs: 0,
    ...methods(() => machine),
  };
  return machine;
}

/** Folds a program up again. */
export function stateOf({ pc, status, variables, lists, pipe, trapCode, shortSleeps }: Machine): ShellState {
  return {
    pc,
    status,
    variables: Object.fromEntries(variables),
    lists,
    pipe,
    ...(trapCode === undefined ? {} : { trapCode }),
    ...(shortSleeps > 0 ? { shortSleeps } : {}),
  };
}

/** Sets a variable. */
export function assign(machine: Machine, name: string, value: string): void {
  const before = machine.variables.get(name);
  machine.memory += value.length - (before === undefined ? -name.length : before.length);
  if (machine.memory > MAX_MEMORY) throw outOfMemory();
  machine.variables.set(name, value);
}

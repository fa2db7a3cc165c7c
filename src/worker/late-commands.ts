/** kubectl's commands in the worker: loaded after the first graph, or before something is done that may need them. */
import { apply } from '../kubectl/commands/apply';
import { commandLookup, type FindCommand } from '../kubectl/lookup';
import type { Scenario } from '../scenario/scenario';
import type { Place } from './protocol';

/** What manifests are applied with, which is all that a session begins with. */
const APPLY = commandLookup([apply]);

/** See the header. */
export class LateCommands {
  private found: FindCommand | undefined;

  constructor(private readonly load: () => Promise<FindCommand>) {}

  /** True once every command can be found. */
  get areHere(): boolean {
    return this.found !== undefined;
  }

  /** Finds commands: all of them once they are here, only `apply` before. */
  readonly find: FindCommand = (argv) => (this.found ?? APPLY)(argv);

  /** Loads them, unless they are here. Rejects when they can't be had. */
  async come(): Promise<void> {
    this.found ??= await this.load();
  }
}

/** Whether a scenario runs commands by itself up to a place. */
export function runsCommandsUpTo({ config }: Scenario, place: Place): boolean {
  const untilMs = 'step' in place ? Infinity : place.timeMs;
  return config.inputs.some(({ kind, atMs }) => kind === 'kubectl' && atMs <= untilMs);
}

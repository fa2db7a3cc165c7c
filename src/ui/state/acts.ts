/** What is done by hand at the moment that the page shows: commands, acts of buttons and menus, the solution of a chapter. */
import type { Input } from '../../engine/simulation';
import { sentence, t } from '../../i18n/translate';
import type { CommandOutput } from '../../worker/command-shapes';
import type { RequestName, Requests, View } from '../../worker/protocol';
import { CommandLine } from './command-line';
import { actLabel } from './conductor-transitions';
import { type Banner, setBanner, useSession } from './session';
import type { Standing } from './standing';
import type { Turns } from './turns';

/** What acting needs of the conductor. */
export interface ActsPorts {
  readonly turns: Turns;
  readonly standing: Standing;
  readonly ask: <N extends RequestName>(
    name: N,
    params: Requests[N]['params'],
  ) => Promise<Requests[N]['answer'] | undefined>;
  /** Shows what was done, if it shows anywhere, and remembers it. */
  readonly takeAct: (view: View | null | undefined) => Promise<void>;
}

/** Why a command failed before what it warns of. */
function reasonFirst(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const isReason = (line: string): boolean => /^(error:|Error from server)/i.test(line);
  return [...lines.filter(isReason), ...lines.filter((line) => !isReason(line))].join('\n');
}

/** See the header. */
export class Acts {
  private readonly commandLine = new CommandLine(async (given) => {
    const { standing, ask, takeAct } = this.ports;
    let answer: Requests['kubectl']['answer'] | undefined;
    await standing.doing('act', actLabel(given.command), async () => {
      answer = await ask('kubectl', given);
      await takeAct(answer?.view);
    });
    return answer;
  });

  constructor(private readonly ports: ActsPorts) {}

  /** Does something at the moment the page shows; a kubectl command as command() does. */
  do(input: Input, label: string): Promise<void> {
    const { command, stdin } = (input.payload ?? {}) as { command?: string; stdin?: string };
    if (input.kind === 'kubectl' && command !== undefined) return this.command(command, { stdin, label });
    const { turns, standing, ask, takeAct } = this.ports;
    return turns.take(() =>
      standing.doing('act', label, async () => {
        const answer = await ask('act', { input, at: useSession.getState().cursor, label });
        if (answer) this.tell(answer.refused === null ? undefined : { text: label, detail: sentence(answer.refused) });
        await takeAct(answer?.view);
      }),
    );
  }

  /** Runs a kubectl command at the moment the page shows, and keeps its output for the terminal. */
  async kubectl(command: string, stdin?: string): Promise<CommandOutput | undefined> {
    return (await this.ports.turns.take(() => this.commandLine.run(command, stdin)))?.later;
  }

  /** As kubectl(), for buttons: a failure is said above the work instead of in the terminal. */
  async command(text: string, { stdin, label }: { stdin?: string | undefined; label?: string } = {}): Promise<void> {
    const output = await this.kubectl(text, stdin);
    const failed = output !== undefined && output.code !== 0;
    this.tell(failed ? { text: label ?? `kubectl ${text}`, detail: reasonFirst(output.stderr) } : undefined);
  }

  /** Says above the work why what a button or a menu does was refused. */
  private tell(refused: Pick<Banner, 'text' | 'detail'> | undefined): void {
    setBanner('action', refused && { tone: 'error', ...refused });
  }

  /** Does what the solution of a lesson's chapter does, where that begins. */
  showMe(chapter: number, fromMs: number): Promise<void> {
    const { turns, standing, ask, takeAct } = this.ports;
    return turns.take(() =>
      standing.doing('act', t('undo.shown'), async () => {
        const { cursor, branch } = useSession.getState();
        const answer = await ask('showMe', { chapter, fromMs });
        const led = answer?.view ?? { cursor, branch };
        this.commandLine.show(answer?.shown ?? [], { ...led.cursor, timeMs: fromMs, branch: led.branch });
        await takeAct(answer?.view);
      }),
    );
  }

  /** Output of a command has come. */
  take(record: number, output: CommandOutput): void {
    this.commandLine.take(record, output);
  }

  /** No output of what was given so far will come. */
  lose(): void {
    this.commandLine.lose();
  }
}

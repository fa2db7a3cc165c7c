/** kubectl commands given by hand: each has a record for the terminal, and output that comes at once or later. */
import { rowId } from '../../view/rows';
import type { CommandOutput } from '../../worker/command-shapes';
import type { Requests } from '../../worker/protocol';
import * as after from './conductor-transitions';
import { type EditedName, openDocument } from './document';
import { type Left, select, useSession } from './session';

/** Gives a command to the worker at a moment; its answer is undefined when there is none. */
export type Give = (given: Requests['kubectl']['params']) => Promise<Requests['kubectl']['answer'] | undefined>;

/** Where the page is. */
const here = (): Left => {
  const { cursor, branch } = useSession.getState();
  return { ...cursor, branch };
};

/** kubectl edit opens the text at the document of an object, or, if it stands nowhere in it, the object. */
function edit(wanted: EditedName): void {
  if (openDocument(wanted)) useSession.setState({ phoneTab: 'editor' });
  else select(rowId(wanted.kind, wanted.namespace, wanted.name), { reveal: true });
}

/** See the header. */
export class CommandLine {
  /** Records are never numbered alike, whatever was opened meanwhile: output that comes late is nobody else's. */
  private last = 0;
  /** Who waits for the output of which command. */
  private readonly awaited = new Map<number, (output: CommandOutput) => void>();

  constructor(private readonly give: Give) {}

  /** Runs a command at the moment that the page shows; one that acts does so once the last one has ended, as at a prompt. */
  async run(command: string, stdin?: string): Promise<{ readonly later: Promise<CommandOutput> } | undefined> {
    const { commands: before, cursor: at } = useSession.getState();
    const { record, commands } = after.withCommand(before, command, here(), this.last);
    this.last = record;
    useSession.setState({ commands });
    const later = new Promise<CommandOutput>((resolve) => this.awaited.set(record, resolve));
    const afterMs = after.endOfLast(before, here());
    const further = { ...(stdin === undefined ? {} : { stdin }), ...(afterMs === undefined ? {} : { afterMs }) };
    const answer = await this.give({ command, at, record, ...further });
    if (answer?.view) {
      const { cursor, branch } = answer.view;
      const place = { atMs: afterMs ?? at.timeMs, left: { ...cursor, branch } };
      useSession.setState((state) => ({ commands: after.withPlace(state.commands, record, place) }));
    }
    if (answer?.output) this.take(record, answer.output);
    return answer && { later };
  }

  /** Commands were run for the reader to see. */
  show(shown: readonly (CommandOutput & { readonly command: string })[], at: Left): void {
    for (const { command, ...output } of shown) {
      const { record, commands } = after.withCommand(useSession.getState().commands, command, at, this.last);
      this.last = record;
      useSession.setState({ commands: after.withOutput(commands, record, output) });
    }
  }

  /** Output has come: of a command that was given here and has none yet. What was opened meanwhile may have brought others of the same number. */
  take(record: number, output: CommandOutput): void {
    const known = useSession.getState().commands.find(({ id }) => id === record);
    if (known?.output) return;
    useSession.setState(({ commands }) => ({ commands: after.withOutput(commands, record, output) }));
    const [wanted] = output.edits ?? [];
    if (wanted) edit(wanted);
    this.awaited.get(record)?.(output);
    this.awaited.delete(record);
  }

  /** No output of what was given so far will come. */
  lose(): void {
    this.awaited.clear();
    useSession.setState(({ commands }) => ({ commands: after.withoutHope(commands) }));
  }
}

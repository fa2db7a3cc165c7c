/**
 * Everything the page asks of the worker goes through here: opening, editing, acting, looking. It owns the one bridge,
 * writes the answers into the stores, and replaces the worker when it dies.
 */
import type { Input, Limits, TimedInput } from '../../engine/simulation';
import type { DocumentMark } from '../../session/drift';
import type {
  CommandOutput,
  Moment,
  Opened,
  Place,
  Progress,
  RequestName,
  Requests,
  SavedRun,
  View,
} from '../../worker/protocol';
import * as after from './conductor-transitions';
import { useDocument } from './document';
import { Looking } from './looking';
import { setBanner, useSession } from './session';
import { type LinePorts, WorkerLine } from './worker-line';
import { applyDelta } from './world';

/** How a text is opened: from the beginning, or at a moment of what was done by hand. */
export interface OpenOptions {
  readonly inputs?: readonly TimedInput[];
  readonly saved?: Omit<SavedRun, 'text'>;
  readonly at?: Place;
  readonly limits?: Partial<Limits>;
  readonly play?: boolean;
  /** What the terminal printed stays: it is the same run, begun again. */
  readonly again?: boolean;
}

/** Questions that change nothing. */
export type Query =
  | 'inspect'
  | 'log'
  | 'lanes'
  | 'laneStep'
  | 'link'
  | 'fidelity'
  | 'controlPlane'
  | 'find'
  | 'requests'
  | 'look'
  | 'marks'
  | 'whyNot'
  | 'rehearse'
  | 'lessonAnswer'
  | 'lessonStanding'
  | 'grade'
  | 'checkLesson';

type Started = NonNullable<Opened['started']>;
type Carried = Pick<OpenOptions, 'inputs' | 'saved'> & { readonly text: string };

/** See the header. */
export class Conductor {
  private readonly line: WorkerLine;
  /** What it takes to get back to where we are, should the worker die. */
  private carried: Carried = { text: '' };
  /** Counts openings: the answer to one that another has overtaken is not looked at. */
  private openings = 0;
  /** False while the text could not be run at all. */
  private started = false;
  /** What is done by hand is done one after the other, each at the moment that the one before led to. */
  private acting: Promise<unknown> = Promise.resolve();
  /** Who waits for the output of which command. */
  private readonly awaited = new Map<number, (output: CommandOutput) => void>();

  /** Where the page looks. */
  readonly look = new Looking(
    (name, params) => this.ask(name, params),
    (view, keepPlayhead) => this.takeView(view, keepPlayhead),
  );

  constructor(ports: LinePorts) {
    this.line = new WorkerLine(ports, {
      onProgress: (progress) => this.takeProgress(progress),
      onOutput: (record, output) => this.takeOutput(record, output),
      onCrash: (givesUp) => this.recover(givesUp),
    });
  }

  /** Opens a text. */
  async open(text: string, options: OpenOptions = {}): Promise<void> {
    const { inputs, saved, at, limits, play = false, again = false } = options;
    if (this.isTooLarge(text)) return useSession.setState({ ready: true });
    this.openings += 1;
    const { openings, carried } = this;
    this.carried = { text, inputs, saved };
    this.line.wake();
    this.started = false;
    useSession.setState({ playing: false });
    const { level } = useSession.getState();
    const answer = await this.ask('open', { text, inputs, saved, at, limits, level });
    if (!answer || openings !== this.openings) return;
    this.takeProblems(text, answer);
    if (!answer.started) {
      this.carried = carried;
      return useSession.setState({ ready: true });
    }
    this.started = true;
    this.foreshow(answer.started);
    const { progress, lesson } = answer.started;
    this.takeProgress(progress);
    useSession.setState(({ run, commands }) => ({
      lesson,
      ready: true,
      run: run + 1,
      commands: again ? commands : [],
      playing: play,
      before: [],
    }));
  }

  /** Shows how a text will stand that is about to be opened: the worker may take a while to come. */
  foreshow({ title, description, view }: Started): void {
    this.takeView({ ...view, delta: { ...view.delta, full: true } });
    useSession.setState({ title, description });
  }

  /** Applies an edited text at the moment the page shows. */
  applyText(text: string): Promise<void> {
    return this.inTurn(async () => {
      // Something newer has been typed: it will have its own turn.
      if (useDocument.getState().text !== text || this.isTooLarge(text)) return;
      if (!this.started) return this.open(text, { play: true });
      const answer = await this.ask('apply', { text, at: useSession.getState().cursor });
      if (!answer) return;
      if (answer.needsRestart) return this.open(text, { play: true });
      this.takeProblems(text, answer);
      await this.takeAct(answer.view);
    });
  }

  /** Applies one document of the text once more, at the moment the page shows. */
  async applyAgain({ line, kind, name }: DocumentMark): Promise<void> {
    const { text } = useDocument.getState();
    const found = await this.ask('documentAt', { text, line: line ?? 1 });
    if (found) await this.act({ to: 'user', kind: 'apply', payload: { documents: [found] } }, `apply ${kind} ${name}`);
  }

  /** Does something at the moment the page shows. */
  act(input: Input, label: string): Promise<void> {
    return this.inTurn(async () => {
      const view = await this.ask('act', { input, at: useSession.getState().cursor, label });
      await this.takeAct(view ?? null);
    });
  }

  /** Runs a kubectl command at the moment the page shows, and keeps its output for the terminal. */
  async kubectl(command: string): Promise<CommandOutput | undefined> {
    const output = await this.inTurn(async () => {
      const at = useSession.getState().cursor;
      const { record, commands } = after.withCommand(useSession.getState().commands, command, at);
      useSession.setState({ commands });
      const later = new Promise<CommandOutput>((resolve) => this.awaited.set(record, resolve));
      const answer = await this.ask('kubectl', { command, at, record });
      if (answer?.output) this.takeOutput(record, answer.output);
      await this.takeAct(answer?.view ?? null);
      return answer && { later };
    });
    return output?.later;
  }

  /** As kubectl(), for buttons: a failure is said above the work instead of in the terminal. */
  async command(text: string): Promise<void> {
    const output = await this.kubectl(text);
    const failed = output !== undefined && output.code !== 0;
    setBanner('action', failed ? { tone: 'error', text: `kubectl ${text}`, detail: output.stderr.trim() } : undefined);
  }

  /** Does what the solution of a lesson's chapter does, from a time on. */
  showMe(chapter: number, fromMs: number): Promise<void> {
    return this.inTurn(async () => {
      const at = { ...useSession.getState().cursor, timeMs: fromMs };
      const answer = await this.ask('showMe', { chapter, fromMs });
      for (const { command, ...output } of answer?.shown ?? []) {
        const { record, commands } = after.withCommand(useSession.getState().commands, command, at);
        useSession.setState({ commands: after.withOutput(commands, record, output) });
      }
      await this.takeAct(answer?.view ?? null);
    });
  }

  /** Goes to another branch, at the time the page shows. */
  selectBranch(id: number): Promise<void> {
    return this.inTurn(async () => {
      const view = await this.ask('selectBranch', { id, at: useSession.getState().cursor });
      await this.takeAct(view ?? null);
    });
  }

  /** Lets the present branch run on to a later time. */
  extend(horizonMs: number): void {
    void this.ask('extend', { horizonMs });
  }

  /** Raises every budget and goes on. */
  raiseLimits(): void {
    setBanner('run', undefined);
    void this.ask('raiseLimits', {});
  }

  /** Questions that change nothing, for panels that show their answers. */
  query<N extends Query>(name: N, params: Requests[N]['params']) {
    return this.ask(name, params);
  }

  /** A fresh run of the text in the editor. */
  async restart(): Promise<void> {
    this.line.forgive();
    await this.open(useDocument.getState().text, { play: true });
  }

  private ask<N extends RequestName>(name: N, params: Requests[N]['params']) {
    return this.line.ask(name, params);
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.acting.then(task);
    this.acting = turn.catch(() => undefined);
    return turn;
  }

  private isTooLarge(text: string): boolean {
    const banner = after.sizeBanner(text.length);
    if (banner) setBanner('text', banner);
    return banner !== undefined;
  }

  private takeProgress(progress: Progress): void {
    useSession.setState(after.progressChanges(progress));
    setBanner('run', after.haltBanner(progress.halted));
  }

  private takeView(view: View, keepPlayhead = false): void {
    applyDelta(view.delta);
    useSession.setState(after.viewChanges(view, keepPlayhead));
  }

  /** Shows what was done, if it shows anywhere, and remembers it. */
  private async takeAct(view: View | null): Promise<void> {
    if (!view) return;
    this.takeView(view);
    const { openings } = this;
    const saved = await this.ask('save', {});
    if (saved && openings === this.openings) this.carried = { text: saved.text, saved };
  }

  private takeOutput(record: number, output: CommandOutput): void {
    useSession.setState(({ commands }) => ({ commands: after.withOutput(commands, record, output) }));
    this.awaited.get(record)?.(output);
    this.awaited.delete(record);
  }

  /** What a link or a crash brought back may be older than what stands in the editor. */
  private takeProblems(text: string, said: Pick<Opened, 'problems' | 'findings' | 'notices'>): void {
    const problems = [...said.problems, ...said.findings];
    const { notices } = said;
    if (useDocument.getState().text !== text && problems.length + notices.length > 0) return;
    useDocument.setState({ problems, notices });
    setBanner('text', after.problemBanner(problems));
    setBanner('notice', after.noticeBanner(notices));
  }

  private recover(givesUp: boolean): void {
    this.awaited.clear();
    useSession.setState(({ commands }) => ({ playing: false, commands: after.withoutHope(commands) }));
    this.started &&= !givesUp;
    // In turn: what was typed meanwhile is applied to what comes back, and doesn't take its place.
    if (!givesUp) void this.inTurn(() => this.reopen());
  }

  /** Starts a new worker where the old one was. */
  private async reopen(): Promise<void> {
    const { step }: Moment = useSession.getState().cursor;
    const { text, inputs, saved } = this.carried;
    await this.open(text, { inputs, saved, at: { step }, again: true });
  }
}

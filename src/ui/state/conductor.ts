/**
 * Everything the page asks of the worker goes through here: opening, editing, acting, looking. It owns the one bridge,
 * writes the answers into the stores, and replaces the worker when it dies.
 */
import { t } from '../../i18n/translate';
import type { DocumentMark } from '../../session/drift';
import type { Applied, Moment, Opened, Progress, RequestName, Requests, View } from '../../worker/protocol';
import { Acts } from './acts';
import type { ConductorPorts, OpenOptions, Query } from './conductor-ports';
import * as after from './conductor-transitions';
import { replaceText, useDocument } from './document';
import { type Point, redone, undone, useHistory } from './history';
import { Looking } from './looking';
import { isTooLarge, takeProblems } from './problems';
import { setBanner, useSession } from './session';
import { Standing } from './standing';
import { Turns } from './turns';
import { WorkerLine } from './worker-line';
import { applyDelta } from './world';

type Started = NonNullable<Opened['started']>;

/** See the header. */
export class Conductor {
  private readonly line: WorkerLine;
  private readonly standing: Standing;
  /** False while the text could not be run at all. */
  private started = false;
  /** The worker is gone: the next turn begins with bringing back what ran in it, also that of what was typed meanwhile. */
  private isBroken = false;
  private readonly mend = (): Promise<void> | undefined => (this.isBroken ? this.reopen() : undefined);
  /** Whatever is done by hand takes its turn. */
  readonly turns = new Turns(() => this.ports.typed(), this.mend);

  /** What is done by hand. */
  readonly acts: Acts;

  /** Where the page looks. */
  readonly look = new Looking(
    (name, params) => this.ask(name, params),
    (view, keepPlayhead) => this.takeView(view, keepPlayhead),
    this.turns,
    () => this.ports.jumping(),
    () => this.mend(),
  );

  constructor(private readonly ports: ConductorPorts) {
    const { turns } = this;
    this.standing = new Standing(ports.slot, ports.now);
    this.acts = new Acts({
      turns,
      standing: this.standing,
      ask: (name, params) => this.ask(name, params),
      takeAct: (view) => this.takeAct(view),
    });
    this.line = new WorkerLine(ports, {
      onProgress: (progress) => this.takeProgress(progress),
      onOutput: (record, output) => this.acts.take(record, output),
      onCrash: (givesUp) => this.recover(givesUp),
    });
  }

  /** Within a turn: opens a text. */
  async open(text: string, options: OpenOptions = {}): Promise<void> {
    const { inputs, saved, at, limits, settled = text, play = false, again = false, isForeshown = false } = options;
    const { standing } = this;
    const { carried, isElsewhere } = standing;
    const stay = () => (isElsewhere ? this.open('', { settled }) : useSession.setState({ ready: true, awaited: null }));
    if (isTooLarge(text)) return stay();
    standing.carried = { text, inputs, saved, at };
    // Before it is answered: should the worker die of it, both come back together.
    standing.settle(settled);
    this.line.wake();
    this.started = false;
    useSession.setState({ playing: false, awaited: isForeshown ? null : (at ?? null) });
    const { level, commands: before } = useSession.getState();
    const known = saved && { ...saved, nextBranch: again ? after.branchesKnown(before) : 0 };
    const answer = await this.ask('open', { text, inputs, saved: known, at, limits, level });
    if (!answer) return useSession.setState({ ready: true, awaited: null });
    takeProblems(text, answer, !answer.started && carried.text === '');
    if (!answer.started) {
      // The editor has the new text. What runs is what ran, or nothing where that was another session's: from both, undo leads back.
      standing.carried = carried;
      return stay();
    }
    this.started = !after.isStandIn(text, settled, saved);
    this.line.runs();
    if (settled !== text) void this.readProblems(settled);
    this.foreshow(answer.started);
    const { lesson } = answer.started;
    useSession.setState(({ run, commands }) => ({
      lesson,
      ready: true,
      awaited: null,
      run: run + 1,
      commands: again ? commands : [],
      playing: play,
      before: [],
    }));
    await this.remember();
  }

  /** Within a turn: opens another text in place of the one that is open, to which undo leads back. */
  openInstead(text: string, options: OpenOptions, label: string): Promise<void> {
    return this.standing.doing('open', label, () => this.open(text, options));
  }

  /** Shows how a text will stand that is about to be opened: the worker may take a while to come. */
  foreshow({ title, description, view, progress }: Started): void {
    this.takeView({ ...view, delta: { ...view.delta, full: true } });
    this.takeProgress(progress);
    useSession.setState({ title, description });
  }

  /** Applies an edited text at the moment the page shows. */
  applyText(text: string): Promise<void> {
    return this.turns.take(() => this.applyNow(text));
  }

  /** Within a turn: as {@link applyText}. */
  async applyNow(text: string): Promise<void> {
    // Something newer has been typed: it will have its own turn.
    if (useDocument.getState().text !== text || isTooLarge(text)) return;
    await this.standing.doing('edit', t('undo.edit'), async () => {
      this.standing.settle(text);
      if (!this.started) return this.open(text, { play: true });
      const answer = await this.ask('apply', { text, at: useSession.getState().cursor });
      if (!answer) return;
      if (answer.goesOn !== undefined) return this.goOnIn(answer.goesOn, text);
      if (answer.needsRestart) return this.beginAnew(text);
      await this.takeEdit(text, answer);
    });
  }

  /** Takes back what was done last, or does it again; undone, time stands still. */
  travel(direction: 'undo' | 'redo'): Promise<void> {
    return this.turns.take(async () => {
      this.standing.mark();
      const { present, ...history } = useHistory.getState();
      const found = direction === 'undo' ? undone(history, present ?? undefined) : redone(history);
      if (!found) return;
      useHistory.setState(found.history);
      useSession.setState(({ commands }) => ({
        commands: after.withUndone(commands, found.label, direction === 'undo'),
      }));
      await this.goTo(found.to);
    });
  }

  /** Applies one document of the text once more, at the moment the page shows; its kind may be served by now. */
  async applyAgain({ line, kind, name }: DocumentMark): Promise<void> {
    const { text } = useDocument.getState();
    const found = await this.ask('documentAt', { text, line: line ?? 1 });
    if (!found) return;
    await this.acts.do({ to: 'user', kind: 'apply', payload: { documents: [found] } }, `apply ${kind} ${name}`);
    await this.readProblems(text);
  }

  /** Goes back to a moment of a branch, if that is still there. */
  revisit(branch: number, { step, timeMs }: Moment): Promise<void> {
    return this.turns.take(async () => {
      useSession.setState({ playing: false });
      const { branch: present, branches } = useSession.getState();
      if (branch !== present && branches.some(({ id }) => id === branch)) await this.goToBranch(branch);
      await this.look.lookAt({ step, timeMs });
    });
  }

  /** Goes to another branch, at the time the page shows. */
  readonly selectBranch = (id: number): Promise<void> => this.turns.take(() => this.goToBranch(id));

  /** Goes to where a chapter of the lesson begins. */
  beginChapter(params: Requests['begin']['params']): Promise<void> {
    this.ports.jumping();
    return this.turns.take(async () => this.takeAct(await this.ask('begin', params)));
  }

  /** Lets the present branch run on to a later time. */
  readonly extend = (horizonMs: number): void => void this.ask('extend', { horizonMs });

  /** Raises every budget and goes on. */
  raiseLimits(): void {
    setBanner('run', undefined);
    void this.ask('raiseLimits', {});
  }

  /** Questions that change nothing, for panels that show their answers. */
  readonly query = <N extends Query>(name: N, params: Requests[N]['params']) => this.ask(name, params);

  /** A fresh run of the text in the editor. */
  restart(): Promise<void> {
    this.line.forgive();
    return this.turns.take(() => {
      setBanner('action', undefined);
      return this.standing.doing('act', t('header.reset'), () => this.open(this.standing.told, { play: true }));
    });
  }

  private ask<N extends RequestName>(name: N, params: Requests[N]['params']) {
    return this.line.ask(name, params);
  }

  private async goToBranch(id: number): Promise<void> {
    await this.takeAct(await this.ask('selectBranch', { id, at: useSession.getState().cursor }));
  }

  private takeProgress(progress: Progress): void {
    useSession.setState(after.progressChanges(progress));
    setBanner('run', after.haltBanner(progress.halted));
  }

  private takeView(view: View, keepPlayhead = false): void {
    applyDelta(view.delta);
    useSession.setState((before) => after.viewChanges(after.withKnownChanges(view, before), keepPlayhead));
  }

  /** Shows what was done, if it shows anywhere, and remembers it. */
  private async takeAct(view: View | null | undefined): Promise<void> {
    if (!view) return;
    this.takeView(view);
    await this.remember();
  }

  /** Shows what an edit came to. What the text says of the run may be all that it changed. */
  private async takeEdit(text: string, answer: Applied): Promise<void> {
    takeProblems(text, answer);
    if (answer.told) useSession.setState(answer.told);
    await (answer.told && !answer.view ? this.remember() : this.takeAct(answer.view));
  }

  /** The Scenario document is another only in what comes later: everything goes on in the run of that one, at the moment the page shows. */
  private async goOnIn(begun: string, text: string): Promise<void> {
    const { playing: play, cursor: at } = useSession.getState();
    await this.open(begun, { saved: this.standing.carried.saved, at, play, again: true, settled: text });
    const answer = await this.ask('apply', { text, at });
    if (answer) await this.takeEdit(text, answer);
  }

  /** The Scenario document is another: the run begins anew, and undo brings back the one before. */
  private async beginAnew(text: string): Promise<void> {
    await this.open(text, { play: useSession.getState().playing });
    setBanner('action', { tone: 'info', text: t('banner.anew'), action: 'undo' });
  }

  /** Remembers how everything stands. */
  private async remember(): Promise<void> {
    const saved = await this.standing.known(this.ask('save', {}));
    if (saved) this.standing.remember(saved);
  }

  /** Brings everything to how it once stood. */
  private async goTo({ slot, text, run, cursor }: Point): Promise<void> {
    useSession.setState({ playing: false });
    setBanner('action', undefined);
    // Before anything is waited for: what is typed meanwhile is typed into this.
    replaceText(text, 'in place');
    const isElsewhere = slot !== this.ports.slot();
    if (isElsewhere) await this.ports.enterSlot(slot);
    this.standing.settle(text);
    if (!isElsewhere && this.started && this.standing.carried.text === run.text) {
      this.standing.remember(run);
      const view = await this.ask('restore', { saved: run, at: cursor });
      if (view) this.takeView(view);
    } else await this.open(run.text, { saved: run, at: cursor, again: true, settled: text });
    await this.readProblems(text);
    this.standing.mark();
  }

  /** Says what is wrong with a text that is shown without being applied. */
  private async readProblems(text: string): Promise<void> {
    if (isTooLarge(text)) return;
    const reading = await this.ask('read', { text });
    if (reading) takeProblems(text, reading, !this.started);
  }

  private recover(givesUp: boolean): void {
    this.acts.lose();
    useSession.setState({ playing: false, awaited: null });
    this.started &&= !givesUp;
    this.isBroken = !givesUp;
    if (!givesUp) void this.turns.take(async () => undefined);
  }

  /** Starts a new worker where the old one was. */
  private async reopen(): Promise<void> {
    this.isBroken = false;
    const { carried, told } = this.standing;
    const { at = useSession.getState().cursor } = carried;
    await this.open(carried.text, { ...carried, at, again: true, settled: told });
  }
}

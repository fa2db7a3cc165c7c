/**
 * The worker's end: holds the session, runs its present branch ahead to the horizon in slices, and answers questions
 * in between. Knows what the page was sent last, so that every view is a difference from that.
 */
import { DEFAULT_LIMITS } from '../engine/runtime/limits';
import type { Simulation } from '../engine/simulation';
import { isReading } from '../kubectl/reading';
import { createUserComponent } from '../kubectl/user';
import { sheetOf } from '../lessons/sheet';
import { openSession } from '../session/open-session';
import type { CommandResult } from '../session/run-command';
import type { BranchInfo, Session } from '../session/session';
import { Ahead } from './ahead';
import { type BranchNotes, chipsOf, newNotes, noteFork, noteSeen } from './branch-chips';
import { ABANDONED, findingsIn, outputOf, readingOf, toldOf, unsaidOf } from './host-decisions';
import { COMMANDLESS, type HostPorts } from './host-ports';
import { LateCommands, runsCommandsUpTo } from './late-commands';
import { lateTimeline } from './late-timeline';
import { lessonAnswers, showActs, standAtChapter } from './lesson-answers';
import { lookingAnswers } from './looking-answers';
import { type Begun, beginCommand, endedOf, peekCommand } from './peek-command';
import type { Moment, Place, Progress, Question, RequestName, Requests, View } from './protocol';
import { bitsTo, inOneSlice, inSlices, runBitTo } from './run-ahead';
import { searchingAnswers } from './search-ahead';
import { stepOfAct } from './searches';
import { Viewer } from './viewer';

type Answer<N extends RequestName> = Requests[N]['answer'];
type Params<N extends RequestName> = Requests[N]['params'];
type Answerers = { readonly [N in RequestName]: (params: Params<N>) => Answer<N> | Promise<Answer<N>> };

/** See the header. */
export class Host {
  private session: Session | undefined;
  private notes: BranchNotes = newNotes();
  private readonly ahead: Ahead;
  private readonly viewer = new Viewer((branch, step) => noteSeen(this.notes, branch, step));
  /** The first text is on its way. */
  private begin: (opened: Promise<unknown>) => void = () => undefined;
  /** Over once the latest text stands at its moment; what is asked of it meanwhile, or before the first, waits for that. */
  private opening: Promise<unknown> = new Promise((resolve) => {
    this.begin = resolve;
  });
  private readonly commands: LateCommands;
  private readonly user = createUserComponent(
    () => this.commands.find,
    () => this.ports.documentation(),
  );
  private readonly slices = <T>(bit: () => T | undefined): Promise<T> =>
    inSlices(bit, this.ports.turns, this.ports.now);
  private readonly answerers: Answerers = {
    open: (params) => {
      const opened = this.open(params);
      this.opening = opened.catch(() => undefined);
      this.begin(this.opening);
      return opened;
    },
    apply: (params) => this.apply(params),
    read: ({ text }) => readingOf(text, this.session?.simulation),
    restore: (params) => this.restore(params),
    act: (params) => this.act(params),
    kubectl: (params) => this.kubectl(params),
    look: (params) => this.look(params),
    seek: (place) => this.viewOfPlace(place),
    setLevel: (params) => this.setLevel(params),
    ...searchingAnswers(
      () => this.current,
      this.viewer,
      () => this.ahead,
      this.slices,
    ),
    ...lookingAnswers(() => this.current, this.viewer, this.slices),
    ...lateTimeline(
      () => this.ports.load.timeline(),
      () => this.current,
      this.slices,
      this.viewer.held,
    ),
    ...lessonAnswers(() => this.current, this.slices),
    begin: (params) => this.beginChapter(params),
    showMe: (params) => this.showMe(params),
    selectBranch: (params) => this.selectBranch(params),
    extend: ({ horizonMs }) => this.ahead.extend(horizonMs),
    raiseLimits: () => this.ahead.raiseLimits(),
    link: () => ({ text: this.current.text, inputs: this.current.inputs }),
    save: () => ({ ...this.current.save(), continued: [...this.notes.continued] }),
    fidelity: () => this.ports.load.fidelity(),
    ping: () => null,
  };

  constructor(private readonly ports: HostPorts) {
    this.commands = new LateCommands(ports.load.commands);
    const { turns, now } = ports;
    this.ahead = new Ahead({ present: () => this.simulation, tell: () => this.tell(), turns, now });
  }

  /** Answers one question; what can't be answered is refused with a reason. */
  async hear(question: Question): Promise<void> {
    const { id, name, params } = question;
    try {
      if (!COMMANDLESS.has(name)) await this.opening.then(() => this.commands.come());
      const answerer = this.answerers[name] as (params: unknown) => unknown;
      this.ports.post({ type: 'answer', id, answer: await answerer(params) });
    } catch (error) {
      this.ports.post({ type: 'refused', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  private get current(): Session {
    if (!this.session) throw new Error('no scenario is open');
    return this.session;
  }

  private get simulation(): Simulation {
    return this.current.simulation;
  }

  private progress(): Progress {
    const { branch, branches } = this.current;
    return { ...this.ahead.progress, branch: branch.id, branches: chipsOf(branches, this.notes) };
  }

  private tell(): void {
    this.ports.post({ type: 'progress', progress: this.progress() });
  }

  /** Runs the present branch to a place, for as long as it is the present one. */
  private runTo(place: Place): Promise<true> {
    const { simulation } = this;
    return this.slices(() => (this.simulation === simulation ? runBitTo(simulation, place) : true));
  }

  /** Runs on once there is every command that may be given on the way. */
  private runOnWithCommands(session: Session): void {
    if (this.commands.areHere) this.ahead.run();
    else
      void this.commands.come().then(
        () => this.session === session && this.ahead.run(),
        (error) => this.ahead.stopAt(error),
      );
  }

  private viewAt(step: number, timeMs?: number): View {
    return this.viewer.at(this.current.branch, step, timeMs);
  }

  private viewOfPlace(place: Place): View {
    return this.viewer.atPlace(this.current.branch, place);
  }

  private async open({ text, inputs, saved, at, limits, level }: Params<'open'>): Promise<Answer<'open'>> {
    const budget = { ...DEFAULT_LIMITS, ...limits };
    if (saved || inputs?.length) await this.commands.come();
    const { session, problems } = openSession(text, this.user, { inputs, saved, limits: budget });
    // What runs already goes on: the page still shows it.
    if (!session || problems.length > 0) return { problems, findings: [], notices: session?.scenario.notices ?? [] };
    this.session = session;
    this.notes = newNotes(saved?.continued);
    const { durationMs, lesson, notices } = session.scenario;
    this.ahead.begin(durationMs, budget);
    if (at && runsCommandsUpTo(session.scenario, at)) await this.commands.come();
    if (at) {
      const bit = bitsTo(session.simulation, at, durationMs, this.ports.now);
      await this.slices(() => (this.session === session ? bit() : true));
    }
    // Another text may have been opened while this one was on its way to its moment.
    if (this.session !== session) return { problems, findings: [], notices };
    // A question answered meanwhile showed a part of this; the page is about to take the whole.
    this.viewer.forget();
    if (level) this.viewer.level = level;
    const view = this.viewOfPlace(at ?? { step: 0 });
    this.ahead.reach(view.cursor.timeMs);
    this.runOnWithCommands(session);
    return {
      problems,
      findings: findingsIn(text, session.simulation),
      notices,
      started: {
        ...toldOf(session.scenario),
        view,
        progress: this.progress(),
        lesson: lesson ? sheetOf(lesson) : null,
      },
    };
  }

  private apply({ text, at }: Params<'apply'>): Answer<'apply'> {
    const { branch } = this.current;
    const { problems: refused, shown, applied: _applied, isRetold, ...edited } = this.current.applyText(text, at);
    if (edited.needsRestart) return { ...edited, problems: refused, findings: [], view: null };
    const { scenario, simulation } = this.current;
    const findings = findingsIn(text, simulation);
    // Where both know what is wrong, the finding has the more exact place.
    const problems = unsaidOf(refused, findings);
    const answer = { ...edited, problems, findings, ...(isRetold && { told: toldOf(scenario) }) };
    if (!shown) return { ...answer, view: null };
    if (this.current.branches.includes(branch)) this.noteFork(branch, at);
    this.ahead.goOn();
    return { ...answer, view: this.viewAt(shown.step, shown.timeMs) };
  }

  private act({ input, at, label }: Params<'act'>): Answer<'act'> {
    const { branch } = this.current;
    const refused = this.current.refusalOf(input, at);
    if (refused !== null) return { view: null, refused };
    this.current.act(input, at, label);
    this.noteFork(branch, at);
    return { view: this.viewOfAct(at, branch), refused };
  }

  /** Answers with the output, or, when a slice is not enough for it or it is not to be seen yet, with where the command is and the output later. */
  private kubectl(params: Params<'kubectl'>): Answer<'kubectl'> {
    const { current, viewer } = this;
    const { branch } = current;
    const begun = beginCommand(current, viewer.held, params, !isReading(params.command, this.commands.find));
    const { at, acting, underWay } = begun;
    const result = inOneSlice(() => underWay.advance(), this.ports.now);
    const output = result && !viewer.held.hides(underWay, at) ? outputOf(endedOf(result, begun)) : null;
    const bit = () => (this.session === current ? (result ?? underWay.advance(true)) : ABANDONED);
    if (!output) void this.outputLater(params.record, bit, begun);
    if (!acting || !current.branches.includes(acting.branch)) return { output, view: null };
    this.noteFork(branch, at);
    return { output, view: this.viewOfAct(at, branch) };
  }

  private async look({ command, at }: Params<'look'>): Promise<Answer<'look'>> {
    if (!isReading(command, this.commands.find)) throw new Error(`kubectl ${command} does more than look`);
    const underWay = peekCommand(this.simulation, command, at, at.timeMs);
    return outputOf(await this.slices(() => underWay.advance()));
  }

  private async outputLater(record: number, bit: () => CommandResult | undefined, begun: Begun) {
    const ended = (result: CommandResult) => outputOf(endedOf(result, begun));
    const output = await this.slices(bit).then(ended, (error: Error) => ({ ...ABANDONED, stderr: error.message }));
    await this.viewer.held.shown(begun.underWay, begun.at);
    this.ports.post({ type: 'output', record, output });
  }

  private async beginChapter(params: Params<'begin'>): Promise<View> {
    return this.viewIn(await standAtChapter(this.current, params, this.slices));
  }

  private async showMe({ chapter, fromMs }: Params<'showMe'>): Promise<Answer<'showMe'>> {
    const { cursor: at } = await this.beginChapter({ chapter, fromMs });
    const { branch, scenario } = this.current;
    const shown = showActs(this.current, scenario.lesson?.chapters[chapter]?.task?.solution ?? [], at);
    this.noteFork(branch, at);
    return { view: this.viewOfAct(at), shown };
  }

  private noteFork(from: BranchInfo, at: Moment): void {
    if (this.current.branch.id !== from.id) noteFork(this.notes, from, at.step);
  }

  /**
   * What was done by hand: shows the step it was done in, so that what is done next comes after it. A command that
   * goes on for a while (drain) is shown as it begins.
   */
  private viewOfAct(at: Moment, from?: BranchInfo): View {
    const done = stepOfAct(this.simulation, at.step, from?.simulation);
    this.ahead.goOn();
    return done === undefined ? this.viewAt(Math.min(at.step, this.simulation.step), at.timeMs) : this.viewAt(done);
  }

  private setLevel({ level, at }: Params<'setLevel'>): View {
    this.viewer.level = level;
    return this.viewAt(Math.min(at.step, this.simulation.step), at.timeMs);
  }

  private async restore({ saved, at }: Params<'restore'>): Promise<View> {
    this.current.restore(saved);
    this.notes = { ...this.notes, continued: new Set(saved.continued) };
    return this.viewIn(at);
  }

  private async selectBranch({ id, at: { timeMs } }: Params<'selectBranch'>): Promise<View> {
    this.current.select(id);
    return this.viewIn({ timeMs });
  }

  /** The branch that was chosen, at a place; it runs so far, if it has not yet. */
  private async viewIn(place: Place): Promise<View> {
    this.ahead.goOn();
    await this.runTo(place);
    this.ahead.extend(this.simulation.nowMs);
    return this.viewOfPlace(place);
  }
}

/**
 * The worker's end: holds the session, runs its present branch ahead to the horizon in slices, and answers questions
 * in between. Knows what the page was sent last, so that every view is a difference from that.
 */
import { DEFAULT_LIMITS, raisedLimits } from '../engine/runtime/limits';
import type { Limits, Simulation } from '../engine/simulation';
import type { Problem } from '../scenario/scenario';
import { createSession, type Session } from '../session/session';
import { validateText } from '../session/validate';
import { tracksOf } from '../view/buckets';
import { projectAll, projectBetween } from '../view/diff';
import { linkOf } from '../view/why';
import { chipsOf, newNotes, noteFork, noteSeen } from './branch-chips';
import { inspect } from './inspect';
import { isReading, peekCommand } from './peek-command';
import type { Message, Moment, Place, Progress, Question, RequestName, Requests, View } from './protocol';
import { afterMessages, type Halt, runSlice } from './run-ahead';

/** How often the page is told how far the run is. */
const PROGRESS_EVERY_MS = 60;
/** How much further each budget goes when the reader raises it. */
const RAISE_FACTOR = 4;
/** Texts longer than this are run, but what the API server refuses is then only said by the steps. */
const MAX_VALIDATED_CHARACTERS = 200_000;
/** Steps within which what was done by hand shows up: whatever is due at the same moment may come first. */
const ACT_STEPS = 200;
/** A search for the next reconcile gives up after so many steps. */
const SEARCH_STEPS = 50_000;

let session: Session | undefined;
let limits: Limits = DEFAULT_LIMITS;
let horizonMs = 0;
let halted: Halt = null;
let running = false;
let toldAtMs = 0;
/** What the page shows; undefined when it has nothing yet. */
let sent: { simulation: Simulation; step: number } | undefined;
let notes = newNotes();
let burstBranch: number | undefined;

function post(message: Message): void {
  self.postMessage(message);
}

function current(): Session {
  if (!session) throw new Error('no scenario is open');
  return session;
}

function progress(): Progress {
  const { simulation, branch, branches } = current();
  return {
    head: { step: simulation.step, timeMs: simulation.nowMs },
    horizonMs: Math.max(horizonMs, simulation.nowMs),
    branch: branch.id,
    branches: chipsOf(branches, notes),
    halted,
  };
}

function tell(): void {
  toldAtMs = performance.now();
  post({ type: 'progress', progress: progress() });
}

function runOn(): void {
  if (running) return;
  running = true;
  const slice = () => {
    if (!session) {
      running = false;
      return;
    }
    const result = runSlice(session.simulation, horizonMs);
    halted = result.halted;
    running = result.more;
    if (!running || performance.now() - toldAtMs > PROGRESS_EVERY_MS) tell();
    if (running) afterMessages(slice);
  };
  afterMessages(slice);
}

/** The view at a step; `timeMs` may lie later, up to the next step. */
function viewAt(step: number, timeMs?: number): View {
  const { simulation, branch } = current();
  const delta =
    sent?.simulation === simulation ? projectBetween(simulation, sent.step, step) : projectAll(simulation, step);
  sent = { simulation, step };
  noteSeen(notes, branch.id, step);
  const record = step > 0 ? simulation.traceAt(step) : undefined;
  return {
    delta,
    cursor: { step, timeMs: Math.max(timeMs ?? 0, record?.time ?? 0) },
    branch: branch.id,
    current: record ? linkOf(record) : null,
  };
}

function viewOfPlace(place: Place): View {
  const { simulation } = current();
  if ('step' in place) return viewAt(Math.max(0, Math.min(place.step, simulation.step)));
  const timeMs = Math.max(0, Math.min(place.timeMs, simulation.nowMs));
  return viewAt(simulation.stepAtTime(timeMs), timeMs);
}

/** Runs to a place, in slices, before looking at it: links open at moments that are yet to come. */
function runTo(place: Place): Promise<void> {
  const { simulation } = current();
  const reached = () => ('step' in place ? simulation.step >= place.step : simulation.nowMs >= place.timeMs);
  const targetMs = 'step' in place ? Number.MAX_SAFE_INTEGER : place.timeMs;
  return new Promise((resolve) => {
    const slice = () => {
      if (reached() || session?.simulation !== simulation) return resolve();
      const result = 'step' in place ? simulation.run({ step: place.step, maxSteps: 200 }) : undefined;
      const { more } = result ? { more: result.stopped === 'steps' } : runSlice(simulation, targetMs);
      if (more && !reached()) afterMessages(slice);
      else resolve();
    };
    slice();
  });
}

/** The first step after another that a person or a fault made; the run is brought that far. */
function stepOfAct(after: number): number | undefined {
  const { simulation } = current();
  for (let step = after + 1; step <= after + ACT_STEPS; step += 1) {
    if (step > simulation.step) simulation.run({ step });
    if (step > simulation.step) return undefined;
    const { actor } = simulation.traceAt(step);
    if (actor === 'user' || actor === 'fault') return step;
  }
  return undefined;
}

/**
 * After something was done by hand: shows the step it was done in, so that what is done next comes after it, and runs
 * the branch on. A command that goes on for a while (drain) is shown as it begins.
 */
function afterActing(at: Moment): View {
  halted = null;
  const done = stepOfAct(at.step);
  horizonMs = Math.max(horizonMs, current().simulation.nowMs);
  runOn();
  tell();
  return done === undefined ? viewAt(Math.min(at.step, current().simulation.step), at.timeMs) : viewAt(done);
}

type Answerer<N extends RequestName> = (
  params: Requests[N]['params'],
) => Requests[N]['answer'] | Promise<Requests[N]['answer']>;

const answerers: { [N in RequestName]: Answerer<N> } = {
  async open({ text, inputs, at, limits: wanted }) {
    const budget = { ...DEFAULT_LIMITS, ...wanted };
    const { session: opened, problems } = createSession(text, { inputs, limits: budget });
    // What runs already goes on: the page still shows it.
    if (!opened || problems.length > 0) return { problems, findings: [] };
    session = opened;
    halted = null;
    burstBranch = undefined;
    notes = newNotes();
    limits = budget;
    horizonMs = opened.scenario.durationMs;
    if (at) await runTo(at);
    // A question answered meanwhile showed a part of this; the page is about to take the whole.
    sent = undefined;
    const view = viewOfPlace(at ?? { step: 0 });
    horizonMs = Math.max(horizonMs, view.cursor.timeMs);
    runOn();
    const { title, description } = opened.scenario;
    return {
      problems,
      findings: findingsIn(text),
      started: { title: inEnglish(title), description: inEnglish(description), view, progress: progress() },
    };
  },
  apply({ text, at, sameBurst }) {
    const { branch } = current();
    const replaced = sameBurst && burstBranch === branch.id ? branch : undefined;
    const { problems, needsRestart, applied } = current().applyText(text, at);
    if (needsRestart || problems.length > 0) return { problems, findings: [], needsRestart, view: null };
    const findings = findingsIn(text);
    if (applied === 0 && !replaced) return { problems, findings, needsRestart, view: null };
    // Typed back to what it was: the branch that the typing made is of no use any more.
    if (applied === 0 && replaced?.parent !== null && replaced) current().select(replaced.parent);
    if (replaced) notes.replaced.add(replaced.id);
    else if (current().branch !== branch) noteFork(notes, branch, at.step);
    burstBranch = applied > 0 && current().branch.id !== branch.id ? current().branch.id : undefined;
    return { problems, findings, needsRestart, view: afterActing(at) };
  },
  act({ input, at, label }) {
    const { branch } = current();
    burstBranch = undefined;
    if (current().act(input, at, label) !== branch) noteFork(notes, branch, at.step);
    return afterActing(at);
  },
  kubectl({ command, at }) {
    if (isReading(command)) {
      const { stdout, stderr, code } = peekCommand(current().simulation, command, at);
      return { stdout, stderr, code, view: null };
    }
    const { branch } = current();
    burstBranch = undefined;
    const { stdout, stderr, code } = current().kubectl(command, at);
    if (current().branch !== branch) noteFork(notes, branch, at.step);
    return { stdout, stderr, code, view: afterActing(at) };
  },
  seek: viewOfPlace,
  stepBy({ from, by }) {
    const { simulation } = current();
    const target = from + by;
    if (target > simulation.step) simulation.run({ step: target });
    return viewOfPlace({ step: target });
  },
  nextReconcile({ from }) {
    const { simulation } = current();
    for (let step = from + 1; step <= from + SEARCH_STEPS; step += 1) {
      if (step > simulation.step) simulation.run({ step });
      if (step > simulation.step) break;
      if (isReconcile(simulation.traceAt(step).actor)) return viewAt(step);
    }
    return viewOfPlace({ step: simulation.step });
  },
  inspect: ({ id, step }) => inspect(current().simulation, id, Math.min(step, current().simulation.step)),
  steps({ from, to }) {
    const { simulation } = current();
    return simulation.trace(Math.max(1, from), Math.min(to, simulation.step)).map(linkOf);
  },
  tracks: (window) => tracksOf(current().simulation, window),
  selectBranch({ id, at }) {
    burstBranch = undefined;
    halted = null;
    current().select(id);
    runOn();
    tell();
    return viewOfPlace({ timeMs: at.timeMs });
  },
  extend({ horizonMs: wanted }) {
    horizonMs = Math.max(horizonMs, wanted);
    runOn();
    return null;
  },
  raiseLimits() {
    const { simulation } = current();
    limits = raisedLimits(limits, RAISE_FACTOR);
    simulation.setLimits(limits);
    halted = null;
    runOn();
    return null;
  },
  link: () => ({ text: current().text, inputs: current().inputs }),
  ping: () => null,
};

function findingsIn(text: string): readonly Problem[] {
  return text.length > MAX_VALIDATED_CHARACTERS ? [] : validateText(text);
}

function isReconcile(actor: string): boolean {
  return actor.endsWith('-controller') || actor.includes('scheduler');
}

function inEnglish(text: string | Readonly<Record<string, string>> | undefined): string {
  if (text === undefined) return '';
  return typeof text === 'string' ? text : (text.en ?? Object.values(text)[0] ?? '');
}

self.onmessage = async ({ data: question }: MessageEvent<Question>) => {
  try {
    const answerer = answerers[question.name] as Answerer<RequestName>;
    const answer = await answerer(question.params as never);
    post({ type: 'answer', id: question.id, answer });
  } catch (error) {
    post({ type: 'refused', id: question.id, message: error instanceof Error ? error.message : String(error) });
  }
};

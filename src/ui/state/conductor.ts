/**
 * Everything the page asks of the worker goes through here: opening, editing, acting, looking. It owns the one bridge,
 * writes the answers into the stores, and replaces the worker when it dies.
 */
import type { Input, Limits, TimedInput } from '../../engine/simulation';
import { t } from '../../i18n/translate';
import { type Bridge, createBridge, WorkerGone } from '../../worker/bridge';
import type { Moment, Place, Progress, RequestName, Requests, View } from '../../worker/protocol';
import { useDocument } from './document';
import { setBanner, useSession } from './session';
import { applyDelta } from './world';

/** After so many crashes within a minute the worker is not started again unasked. */
const CRASHES_BEFORE_GIVING_UP = 3;
const CRASH_WINDOW_MS = 60_000;
/** Larger texts are kept and shown, but not run: no cluster described by hand is that large. */
const MAX_CHARACTERS = 2_000_000;

let bridge: Bridge | undefined;
let crashedAtMs: number[] = [];
/** What it takes to get back to where we are, should the worker die. */
let lastOpened: { text: string; inputs: readonly TimedInput[] } = { text: '', inputs: [] };
/** The last edit: the moment it was applied at, and the one shown since. Typing on there replaces it. */
let lastEdit: { readonly base: Moment; readonly shown: Moment } | undefined;
/** False while the text could not be run at all. */
let started = false;
/** True after too many crashes: nothing is asked until something is opened again. */
let resting = false;

function connected(): Bridge {
  bridge ??= createBridge({ onProgress: takeProgress, onCrash: recover });
  return bridge;
}

/** Asks; undefined when the worker died meanwhile (then everything is opened anew anyway) or refused. */
async function ask<N extends RequestName>(
  name: N,
  params: Requests[N]['params'],
): Promise<Requests[N]['answer'] | undefined> {
  if (resting) return undefined;
  try {
    return await connected().ask(name, params);
  } catch (error) {
    if (!(error instanceof WorkerGone)) {
      setBanner('action', { tone: 'error', text: t('banner.refused'), detail: (error as Error).message });
    }
    return undefined;
  }
}

function takeProgress({ head, horizonMs, branch, branches, halted }: Progress): void {
  useSession.setState({ head, horizonMs: Math.max(1, horizonMs), branch, branches });
  if (!halted) {
    setBanner('run', undefined);
    return;
  }
  const text = t(halted.reason === 'limit' ? 'banner.limit' : 'banner.failed');
  setBanner('run', {
    tone: halted.reason === 'limit' ? 'warning' : 'error',
    text,
    detail: halted.message,
    ...(halted.reason === 'limit' ? { action: 'raise-limits' as const } : {}),
  });
}

function takeView(view: View, keepPlayhead = false): void {
  applyDelta(view.delta);
  useSession.setState({
    cursor: view.cursor,
    current: view.current,
    branch: view.branch,
    ...(keepPlayhead ? {} : { playheadMs: view.cursor.timeMs }),
  });
}

/** Says so when a text is too large to be run, wherever it came from: the keyboard, the last visit or a link. */
function isTooLarge(text: string): boolean {
  if (text.length <= MAX_CHARACTERS) return false;
  const megabytes = (text.length / 1_000_000).toFixed(1);
  setBanner('text', {
    tone: 'error',
    text: t('banner.tooLarge', { megabytes, limit: MAX_CHARACTERS / 1_000_000 }),
  });
  return true;
}

/** Opens a text from the beginning, or at a moment of what was done by hand. */
export async function open(
  text: string,
  options: { inputs?: readonly TimedInput[]; at?: Place; limits?: Partial<Limits>; play?: boolean } = {},
): Promise<void> {
  if (isTooLarge(text)) return useSession.setState({ ready: true });
  const openedBefore = lastOpened;
  lastOpened = { text, inputs: options.inputs ?? [] };
  resting = false;
  lastEdit = undefined;
  useSession.setState({ playing: false });
  started = false;
  const answer = await ask('open', { text, inputs: options.inputs, at: options.at, limits: options.limits });
  if (!answer) return;
  takeProblems(text, [...answer.problems, ...answer.findings]);
  if (!answer.started) {
    lastOpened = openedBefore;
    useSession.setState({ ready: true });
    return;
  }
  started = true;
  const { title, description, view, progress } = answer.started;
  takeView({ ...view, delta: { ...view.delta, full: true } });
  takeProgress(progress);
  useSession.setState(({ run }) => ({
    title,
    description,
    ready: true,
    run: run + 1,
    commands: [],
    playing: options.play ?? false,
  }));
}

function takeProblems(text: string, problems: Requests['open']['answer']['problems']): void {
  // What a link or a crash brought back may be older than what stands in the editor.
  if (useDocument.getState().text !== text && problems.length > 0) return;
  useDocument.setState({ problems });
  const first = problems[0];
  if (!first) {
    setBanner('text', undefined);
    return;
  }
  const more = problems.length > 1 ? ` ${t('banner.more', { count: problems.length - 1 })}` : '';
  setBanner('text', { tone: 'error', text: t('banner.text', { line: first.line }), detail: `${first.message}${more}` });
}

/** Applies an edited text at the moment the page shows. */
export async function applyText(text: string): Promise<void> {
  if (isTooLarge(text)) return;
  if (!started) return open(text, { play: true });
  const { cursor } = useSession.getState();
  const typingOn = lastEdit?.shown.step === cursor.step && lastEdit.shown.timeMs === cursor.timeMs;
  const base = typingOn && lastEdit ? lastEdit.base : cursor;
  const answer = await ask('apply', { text, at: base, sameBurst: typingOn });
  if (!answer) return;
  if (answer.needsRestart) return open(text, { play: true });
  takeProblems(text, [...answer.problems, ...answer.findings]);
  if (!answer.view) return;
  lastEdit = { base, shown: answer.view.cursor };
  takeView(answer.view);
  await rememberInputs();
}

async function rememberInputs(): Promise<void> {
  const link = await ask('link', {});
  if (link) lastOpened = link;
}

/** Does something at the moment the page shows. */
export async function act(input: Input, label: string): Promise<void> {
  lastEdit = undefined;
  const view = await ask('act', { input, at: useSession.getState().cursor, label });
  if (!view) return;
  takeView(view);
  await rememberInputs();
}

/** Runs a kubectl command at the moment the page shows, and keeps its output for the terminal. */
export async function kubectl(command: string): Promise<void> {
  lastEdit = undefined;
  const at = useSession.getState().cursor;
  const id = useSession.getState().commands.reduce((last, record) => Math.max(last, record.id), 0) + 1;
  useSession.setState(({ commands }) => ({ commands: [...commands, { id, command, at }] }));
  const answer = await ask('kubectl', { command, at });
  if (!answer) return;
  const { stdout, stderr, code, view } = answer;
  useSession.setState(({ commands }) => ({
    commands: commands.map((record) => (record.id === id ? { ...record, output: { stdout, stderr, code } } : record)),
  }));
  if (!view) return;
  takeView(view);
  await rememberInputs();
}

/** As kubectl(), for buttons: a failure is said above the work instead of in the terminal. */
export async function command(text: string): Promise<void> {
  await kubectl(text);
  const record = useSession.getState().commands.findLast((each) => each.command === text);
  const failed = record?.output && record.output.code !== 0;
  setBanner(
    'action',
    failed ? { tone: 'error', text: `kubectl ${text}`, detail: record.output!.stderr.trim() } : undefined,
  );
}

let wanted: Place | undefined;
let seeking = false;

/** Looks at another moment. Only the last of many quick wishes is fulfilled. `whilePlaying` leaves the hand alone. */
export async function seek(place: Place, whilePlaying = false): Promise<void> {
  wanted = place;
  if (!whilePlaying && 'timeMs' in place) useSession.setState({ playheadMs: place.timeMs });
  if (seeking) return;
  seeking = true;
  while (wanted) {
    const next: Place = wanted;
    wanted = undefined;
    const view = await ask('seek', next);
    if (view) takeView(view, whilePlaying || wanted !== undefined);
  }
  seeking = false;
}

/** True while a look is under way: playing then waits with the next. */
export function isSeeking(): boolean {
  return seeking;
}

/** One step back or forth. */
export async function stepBy(by: 1 | -1): Promise<void> {
  useSession.setState({ playing: false });
  const { cursor } = useSession.getState();
  // Between two steps, going back first returns to the one the cursor stands after.
  const view = await ask('stepBy', { from: cursor.step, by });
  if (view) takeView(view);
}

/** On to the next thing a controller or the scheduler does. */
export async function nextReconcile(): Promise<void> {
  useSession.setState({ playing: false });
  const view = await ask('nextReconcile', { from: useSession.getState().cursor.step });
  if (view) takeView(view);
}

/** Goes to another branch, at the time the page shows. */
export async function selectBranch(id: number): Promise<void> {
  lastEdit = undefined;
  const view = await ask('selectBranch', { id, at: useSession.getState().cursor });
  if (!view) return;
  takeView(view);
  await rememberInputs();
}

/** Lets the present branch run on to a later time. */
export function extend(horizonMs: number): void {
  void ask('extend', { horizonMs });
}

/** Raises every budget and goes on. */
export function raiseLimits(): void {
  setBanner('run', undefined);
  void ask('raiseLimits', {});
}

/** Questions that change nothing, for panels that show their answers. */
export const query = <N extends 'inspect' | 'steps' | 'tracks' | 'link'>(name: N, params: Requests[N]['params']) =>
  ask(name, params);

function recover(message: string): void {
  bridge = undefined;
  const nowMs = performance.now();
  crashedAtMs = [...crashedAtMs.filter((atMs) => nowMs - atMs < CRASH_WINDOW_MS), nowMs];
  useSession.setState({ playing: false });
  if (crashedAtMs.length >= CRASHES_BEFORE_GIVING_UP) {
    resting = true;
    started = false;
    setBanner('worker', { tone: 'error', text: t('banner.crashedAgain'), detail: message, action: 'restart' });
    return;
  }
  setBanner('worker', { tone: 'warning', text: t('banner.crashed'), detail: message });
  void reopen();
}

/** Starts a new worker where the old one was. */
export async function reopen(): Promise<void> {
  const { cursor } = useSession.getState();
  await open(lastOpened.text, { inputs: lastOpened.inputs, at: { step: cursor.step } });
}

/** A fresh run of the text in the editor. */
export async function restart(): Promise<void> {
  crashedAtMs = [];
  setBanner('worker', undefined);
  await open(useDocument.getState().text, { play: true });
}

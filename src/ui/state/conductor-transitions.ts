/** What the conductor decides: from what it was told to what the stores then hold. Pure, so that each can be tried by itself. */
import { deepEqual } from '../../engine/api/plain';
import { withoutSecretValues } from '../../engine/api/secret-command';
import { sentence, t } from '../../i18n/translate';
import type { Problem } from '../../scenario/scenario';
import type { CommandOutput } from '../../worker/command-shapes';
import type { Progress, View } from '../../worker/protocol';
import type { OpenOptions } from './conductor-ports';
import type { Banner, CommandRecord, Left, SessionState } from './session';

/** After so many crashes within a minute the worker is not started again unasked. */
const CRASHES_BEFORE_GIVING_UP = 3;
const CRASH_WINDOW_MS = 60_000;
/** Larger texts are kept and shown, but not run: no cluster described by hand is that large. */
const MAX_CHARACTERS = 2_000_000;

/** The crashes that still count after one more, and whether they are too many. */
export function afterCrash(crashedAtMs: readonly number[], nowMs: number): { counted: number[]; givesUp: boolean } {
  const counted = [...crashedAtMs.filter((atMs) => nowMs - atMs < CRASH_WINDOW_MS), nowMs];
  return { counted, givesUp: counted.length >= CRASHES_BEFORE_GIVING_UP };
}

/** What is said of a worker that is gone. */
export function crashBanner(message: string, givesUp: boolean): Banner {
  if (givesUp) return { tone: 'error', text: t('banner.crashedAgain'), detail: message, action: 'restart' };
  return { tone: 'warning', text: t('banner.crashed'), detail: message };
}

/** How far a run is. */
export function progressChanges({ head, horizonMs, branch, branches }: Progress): Partial<SessionState> {
  return { head, horizonMs: Math.max(1, horizonMs), branch, branches };
}

/** What is said of a run that stands still. */
export function haltBanner(halted: Progress['halted']): Banner | undefined {
  if (!halted) return undefined;
  if (halted.reason === 'limit') {
    return { tone: 'warning', text: t('banner.limit'), detail: sentence(halted.message), action: 'raise-limits' };
  }
  return { tone: 'error', text: t('banner.failed'), detail: halted.message, action: 'moment-before' };
}

/** A view with the changes that are shown already, where its own are equal: what tells of a step is woken once by it, not by each moment after it. */
export function withKnownChanges(view: View, { changes }: Pick<SessionState, 'changes'>): View {
  return deepEqual(changes, view.changes) ? { ...view, changes } : view;
}

/** The moment that is shown; `keepPlayhead` leaves the hand to whoever holds it. */
export function viewChanges({ cursor, current, changes, branch }: View, keepPlayhead: boolean): Partial<SessionState> {
  return { cursor, current, changes, branch, ...(keepPlayhead ? {} : { playheadMs: cursor.timeMs }) };
}

/** What is said of a text that something is wrong with. `isAll`: nothing of it runs, which is the headline wherever else it is told. */
export function problemBanner(problems: readonly Problem[], isAll = false): Banner | undefined {
  const banner = lineBanner('error', problems, (count) => t('banner.more', { count }));
  return banner && isAll ? { ...banner, text: `${t('banner.empty')} ${banner.text}`, isHeadline: true } : banner;
}

/** Whether what runs is nothing, in place of a text that could not be run: once that is mended it is opened, not applied. */
export function isStandIn(text: string, settled: string, saved: OpenOptions['saved']): boolean {
  return text === '' && settled !== '' && (saved?.branches ?? []).every(({ inputs }) => inputs.length === 0);
}

/** What is said of a text a part of which has no effect. */
export function noticeBanner(notices: readonly Problem[]): Banner | undefined {
  return lineBanner('info', notices, (count) => t('banner.moreIdle', { count }));
}

function lineBanner(
  tone: Banner['tone'],
  said: readonly Problem[],
  more: (count: number) => string,
): Banner | undefined {
  const [first] = said;
  if (!first) return undefined;
  const others = said.length > 1 ? ` ${more(said.length - 1)}` : '';
  return { tone, text: t('banner.text', { line: first.line }), detail: `${sentence(first.message)}${others}` };
}

/** What is said of a text that is too large to be run, wherever it came from: the keyboard, the last visit or a link. */
export function sizeBanner(characters: number): Banner | undefined {
  if (characters <= MAX_CHARACTERS) return undefined;
  const megabytes = (characters / 1_000_000).toFixed(1);
  return { tone: 'error', text: t('banner.tooLarge', { megabytes, limit: MAX_CHARACTERS / 1_000_000 }) };
}

/** A command is begun: its record, numbered after all of the list and the last one given, and the list with it. */
export function withCommand(
  commands: readonly CommandRecord[],
  command: string,
  { step, timeMs, branch }: Left,
  last = 0,
): { record: number; commands: readonly CommandRecord[] } {
  const record = commands.reduce((highest, { id }) => Math.max(highest, id), last) + 1;
  return { record, commands: [...commands, { id: record, command, at: { step, timeMs }, branch }] };
}

/** A command's output has come. */
export function withOutput(
  commands: readonly CommandRecord[],
  record: number,
  { edits: _shownAtOnce, ...output }: CommandOutput,
): readonly CommandRecord[] {
  return commands.map((each) => (each.id === record ? { ...each, output } : each));
}

/** A command has acted: it did so at a time, and left the page at a place. */
export function withPlace(
  commands: readonly CommandRecord[],
  record: number,
  { atMs, left }: { readonly atMs: number; readonly left: Left },
): readonly CommandRecord[] {
  return commands.map((each) => (each.id === record ? { ...each, at: { ...each.at, timeMs: atMs }, left } : each));
}

/** As long as that a command is waited for by the next one. */
const MOST_WAITED_MS = 60_000;

/** The end of the last command that acted, where the page is still at the place at which that left it and it goes on from there for a while. */
export function endOfLast(commands: readonly CommandRecord[], here: Left): number | undefined {
  const last = commands.findLast((each) => each.left !== undefined);
  const left = last?.left;
  const endedMs = last?.output?.endedMs;
  if (!left || endedMs === undefined || endedMs - here.timeMs > MOST_WAITED_MS) return undefined;
  const isThere = left.branch === here.branch && left.step === here.step && left.timeMs === here.timeMs;
  return isThere && endedMs > here.timeMs ? endedMs : undefined;
}

/** What a command did is taken back, or done again: the last one called so of which the other holds. */
export function withUndone(
  commands: readonly CommandRecord[],
  label: string,
  undone: boolean,
): readonly CommandRecord[] {
  const isIt = ({ command, left, undone: was = false }: CommandRecord) =>
    left !== undefined && was !== undone && actLabel(command) === label;
  const at = undone ? commands.findLastIndex(isIt) : commands.findIndex(isIt);
  return at < 0 ? commands : commands.with(at, { ...(commands[at] as CommandRecord), undone });
}

/** So many branches the commands know of, the ones that are gone among them: no new one may bear the number of one of these. */
export function branchesKnown(commands: readonly CommandRecord[]): number {
  const ids = commands.flatMap(({ branch = 0, left }) => [branch, left?.branch ?? 0]);
  return Math.max(-1, ...ids) + 1;
}

/** What undo calls a command. */
export const actLabel = (command: string): string => `kubectl ${withoutSecretValues(command)}`;

/** Commands whose output can't come any more say so. */
export function withoutHope(commands: readonly CommandRecord[]): readonly CommandRecord[] {
  const output = { stdout: '', stderr: `${t('terminal.lost')}\n`, code: 1 };
  return commands.map((each) => (each.output ? each : { ...each, output }));
}

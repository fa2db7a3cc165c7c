/**
 * Leads through the lesson of the present text: which chapter is open, what was answered, which goals are met. Asks the worker, moves the page to
 * where a chapter looks, and keeps what was reached.
 */
import type { TimedInput } from '../../engine/simulation';
import { taskBefore } from '../../lessons/agreement';
import type { LessonSheet, SheetChapter } from '../../lessons/sheet';
import type { LinkAnswer } from '../../scenario/hand-in';
import type { LinkState } from '../../scenario/share-link';
import { rowId } from '../../view/rows';
import { conductor } from '../state/page';
import { select, useSession } from '../state/session';
import { useWorld } from '../state/world';
import { FRESH, isDone, useLesson } from './lesson-state';
import { keepProgress, loadProgress, NO_PROGRESS } from './progress';
import { beginReview, keepReviewed, lookAtReviewed } from './review-run';

const present = (): SheetChapter | undefined => {
  const { sheet, chapter } = useLesson.getState();
  return sheet?.chapters[chapter];
};

function keep(): void {
  const state = useLesson.getState();
  const { sheet, chapter, given, skipped, met, shown, acts, hints, handIn } = state;
  if (!sheet || handIn) return;
  const done = sheet.chapters.every((_chapter, index) => isDone(state, index));
  const steps = Object.fromEntries(Object.entries(met).map(([index, { step }]) => [index, step]));
  keepProgress({ [sheet.name]: { chapter, given, skipped, met: steps, shown, acts, hints, done } });
}

/** While the question of the present chapter is open, nothing is shown that happens after where the chapter is, or, where a link led further, after that. */
function hold(untilMs = useLesson.getState().fromMs): void {
  const state = useLesson.getState();
  const heldMs = present()?.predict && !state.handIn && !isDone(state, state.chapter) ? untilMs : null;
  useSession.setState(heldMs === null ? { heldMs } : { heldMs, playing: false });
  void conductor.query('hold', { untilMs: heldMs });
}

/** Where a chapter looks: at its moment, nothing has been done but what was done for the tasks before. */
async function look({ atMs, view, select: selected }: SheetChapter): Promise<void> {
  const { chapter, handIn } = useLesson.getState();
  if (handIn) await lookAtReviewed(handIn, chapter);
  else if (atMs !== undefined) {
    useSession.setState({ playing: false });
    useLesson.setState(({ moving }) => ({ moving: moving + 1 }));
    await conductor.beginChapter({ chapter, fromMs: atMs, inputs: doneBefore(chapter) });
    useLesson.setState(({ moving }) => ({ moving: moving - 1, home: useSession.getState().branch }));
  }
  if (view) useSession.setState({ view: view as ReturnType<typeof useSession.getState>['view'] });
  if (!selected) return;
  const { kind, name, namespace } = selected;
  const rows = [...useWorld.getState().rows.values()];
  const row = rows.find(
    (one) => one.kind === kind && one.name === name && (namespace === undefined || one.namespace === namespace),
  );
  select(row?.id ?? rowId(kind, namespace ?? 'default', name));
}

/** What was done by hand for the tasks before a chapter, where that is known. */
function doneBefore(chapter: number): readonly TimedInput[] | undefined {
  const { sheet, acts, met } = useLesson.getState();
  const before = sheet ? taskBefore(sheet.chapters, chapter) : undefined;
  return before !== undefined && met[before] ? acts[before] : undefined;
}

/** Opens a chapter. `stay`: the page does not move. */
export async function goToChapter(chapter: number, stay = false): Promise<void> {
  const { sheet } = useLesson.getState();
  const to = sheet?.chapters[chapter];
  if (!to) return;
  const { branch, cursor } = useSession.getState();
  const fresh = { byHand: false, remarks: [], isLed: false };
  useLesson.setState({ ...fresh, chapter, fromMs: to.atMs ?? cursor.timeMs, home: branch });
  hold(stay ? Math.max(to.atMs ?? 0, useSession.getState().cursor.timeMs) : undefined);
  keep();
  keepReviewed(chapter);
  if (!stay) await look(to);
  await watch();
}

/** Back to where the chapter looks. */
export async function lookAgain(): Promise<void> {
  const chapter = present();
  if (chapter) await look(chapter);
}

/** To the step that met the goal of the present chapter. */
export async function lookAtMet(step: number): Promise<void> {
  useSession.setState({ playing: false });
  const { handIn, chapter } = useLesson.getState();
  if (handIn) await lookAtReviewed(handIn, chapter);
  else await conductor.look.seek({ step });
}

/** Has the run answer the question of a chapter. */
export async function askAnswer(chapter: number): Promise<void> {
  const known = await conductor.query('lessonAnswer', { chapter, inputs: doneBefore(chapter) });
  if (known) useLesson.setState((state) => ({ known: { ...state.known, [chapter]: known } }));
}

/** Answers the question of the present chapter. */
export function giveAnswer(given: string): Promise<void> {
  const { chapter } = useLesson.getState();
  useLesson.setState((state) => ({ given: { ...state.given, [chapter]: given } }));
  hold();
  keep();
  return askAnswer(chapter);
}

/** Leaves the question of the present chapter open. */
export function skipQuestion(): Promise<void> {
  const { chapter } = useLesson.getState();
  useLesson.setState((state) => ({ skipped: [...state.skipped, chapter] }));
  hold();
  keep();
  return askAnswer(chapter);
}

/** Shows what the run answers. */
export function tell(chapter: number): void {
  useLesson.setState((state) => (state.told.includes(chapter) ? {} : { told: [...state.told, chapter] }));
}

/** One hint more. */
export function openHint(): void {
  const { chapter } = useLesson.getState();
  useLesson.setState(({ hints }) => ({ hints: { ...hints, [chapter]: (hints[chapter] ?? 0) + 1 } }));
  keep();
}

/** Does what the solution does. */
export async function showMe(): Promise<void> {
  const { chapter, fromMs } = useLesson.getState();
  useLesson.setState((state) => ({ shown: [...new Set([...state.shown, chapter])] }));
  useSession.setState({ playing: false, terminalOpen: true });
  await conductor.acts.showMe(chapter, fromMs);
  await watch();
}

/** What somebody hands in: the text, what was done, and the answers given. */
export async function handedIn(who: string): Promise<LinkState | undefined> {
  const link = await conductor.query('link', {});
  if (!link) return undefined;
  const { given, acts, shown } = useLesson.getState();
  const same = JSON.stringify(link.inputs);
  const answers: LinkAnswer[] = [
    ...Object.entries(given).map(([chapter, value]) => ({ chapter: Number(chapter), given: value })),
    ...Object.entries(acts).map(([chapter, inputs]) => ({
      chapter: Number(chapter),
      ...(JSON.stringify(inputs) === same ? {} : { inputs }),
      ...(shown.includes(Number(chapter)) ? { shown: true } : {}),
    })),
  ];
  return { ...link, handIn: { who, answers }, cursor: { step: useSession.getState().cursor.step } };
}

/** Asks, while the run goes on, whether the goal of the present chapter is met. */
async function watch(): Promise<void> {
  const { sheet, chapter, fromMs, moving, handIn } = useLesson.getState();
  if (handIn || moving > 0 || !sheet?.chapters[chapter]?.task) return;
  const standing = await conductor.query('lessonStanding', { chapter, fromMs });
  const now = useLesson.getState();
  if (!standing || now.sheet !== sheet || now.chapter !== chapter) return;
  const { met, byHand, remarks } = standing;
  useLesson.setState({ byHand, remarks });
  if (!met || now.met[chapter] !== undefined) return;
  useLesson.setState({ met: { ...now.met, [chapter]: met } });
  const link = await conductor.query('link', {});
  if (link) useLesson.setState(({ acts }) => ({ acts: { ...acts, [chapter]: link.inputs } }));
  useSession.setState({ goal: { lesson: sheet.name, chapter: chapter + 1, step: met.step } });
  keep();
}

/** Takes the lesson of a text that was opened; the one that is there goes on when its text was only edited. */
function take(sheet: LessonSheet | null): void {
  const before = useLesson.getState();
  const { handIn } = useSession.getState();
  if (!sheet || (before.sheet?.name === sheet.name && before.handIn === handIn)) {
    const chapter = Math.min(before.chapter, (sheet?.chapters.length ?? 1) - 1);
    useLesson.setState(sheet ? { sheet, chapter, known: {}, remarks: [] } : { ...FRESH, sheet });
    hold(useSession.getState().heldMs ?? undefined);
    return;
  }
  if (handIn) {
    void goToChapter(beginReview(sheet, handIn), true);
    return;
  }
  const kept = loadProgress()[sheet.name] ?? NO_PROGRESS;
  const met = Object.fromEntries(Object.entries(kept.met).map(([index, step]) => [index, { step }]));
  const { given, skipped, shown, acts, hints } = kept;
  useLesson.setState({ ...FRESH, sheet, given, skipped, shown, acts, hints, met });
  // A link to a later moment stays there, and stands still; one that plays names no moment.
  const { cursor, playing } = useSession.getState();
  const stay = cursor.timeMs > 0 && !playing;
  const chapter = Math.min(kept.chapter, sheet.chapters.length - 1);
  if (!stay || cursor.timeMs === sheet.chapters[chapter]?.atMs) useSession.setState({ phoneTab: 'lesson' });
  void goToChapter(chapter, stay);
}

/** Asks one question at a time; what happens meanwhile is asked about once more. */
function watcher(): () => Promise<void> {
  let asking = false;
  let again = false;
  return async () => {
    again = true;
    if (asking) return;
    asking = true;
    try {
      while (again) {
        again = false;
        await watch();
      }
    } finally {
      asking = false;
    }
  };
}

/** Follows the page from now on; the answer ends that. */
export function followPage(): () => void {
  const follow = watcher();
  take(useSession.getState().lesson);
  return useSession.subscribe((state, before) => {
    if (state.run !== before.run) take(state.lesson);
    else if (state.head !== before.head || state.branch !== before.branch) void follow();
  });
}

/** What the page begins with, and what it does with a link that is pasted into its address later. */
import { t, textOf } from '../../i18n/translate';
import { decodeLink, type EmbedMode, embedModeOf, isLink, type LinkState } from '../../scenario/share-link';
import { pageViewOf } from '../../view/cards';
import { takeFiles } from '../editor/take-files';
import { hasClass } from '../lesson/class-table';
import { address, conductor, presentStop, sessions, slots, typing } from '../state/page';
import { INSPECTOR_TABS, setBanner, useSession } from '../state/session';
import type { FirstText } from '../state/typing';
import { showTheme } from '../theme/theme';
import { followLanguage } from './language';
import { listenForMissing } from './late';

/** Begins with what the page was loaded with, or with a link that is pasted later. */
export async function begin(how: 'load' | 'paste' = 'load', url: string = location.href): Promise<void> {
  const fragment = new URL(url).hash.replace(/^#/, '');
  const looks = new URLSearchParams(fragment);
  const embed = embedModeOf(looks.get('embed') ?? undefined);
  const carried = isLink(fragment) && !(how === 'load' && isKept(fragment, embed)) ? decodeLink(fragment) : undefined;
  if (carried && 'state' in carried) {
    slots.coming(fragment);
    await beginWith(carried.state);
    return slots.coming();
  }
  if (embed) useSession.setState({ embed });
  showTheme(looks.get('theme'));
  // It comes while it is found out whether this is a first visit.
  if (how === 'load' && fragment === '') firstView().catch(() => undefined);
  const begun = typing.begin(firstText);
  if (carried)
    setBanner('link', { tone: 'error', text: t('banner.link'), detail: textOf({ en: carried.error, zh: carried.zh }) });
  await begun;
}

/**
 * Whether this tab has kept more than the address says that it is loaded with; what is pasted later is new to it, even where the address has been
 * claimed for the text before it. The browser's history tells, but a browser that is busy loses what was last written there when it reloads;
 * what a tab had open before a reload is its own in any case, unless a link had come that it had not opened yet. An embedded page keeps nothing.
 */
function isKept(fragment: string, embed: EmbedMode | undefined): boolean {
  const stop = presentStop();
  if (stop) return slots.isOwn(stop.slot);
  if (embed !== undefined || slots.isComing(fragment)) return false;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload' && slots.isOwn();
}

async function beginWith(link: LinkState): Promise<void> {
  const { text, edited, inputs, run, cursor, view, select, tab, embed, theme, handIn } = link;
  // A link that names none leads to where a link opens elsewhere, whatever was looked at before.
  useSession.setState({ view: pageViewOf(view) ?? 'workloads' });
  if (embed) useSession.setState({ embed });
  showTheme(theme ?? null);
  const done = run ? { saved: run } : { inputs };
  const before = useSession.getState().run;
  const opened = handIn && { ...handIn, inputs: inputs ?? [] };
  await typing.follow(text, edited ?? text, { ...done, at: cursor, play: cursor === undefined && !handIn }, opened);
  const inspectorTab = INSPECTOR_TABS.find((each) => each === tab);
  if (select) useSession.setState({ selected: select, ...(inspectorTab ? { inspectorTab } : {}) });
  const { run: shownRun, cursor: shown } = useSession.getState();
  const isEarlier = cursor && ('step' in cursor ? shown.step < cursor.step : shown.timeMs < cursor.timeMs);
  if (isEarlier && shownRun !== before) setBanner('link', { tone: 'info', text: t('banner.linkLate') });
}

const firstView = () => import('../../scenario/gallery/first-light.yaml?first-view');

/** The drawing of a first visit comes with the page; what it takes to run is fetched once it has been painted. */
async function firstText(): Promise<FirstText> {
  const { text, at, started } = (await firstView()).default;
  conductor.foreshow(started);
  await new Promise<unknown>((painted) => {
    requestAnimationFrame(() => requestAnimationFrame(painted));
    // Pages in the background are not painted.
    setTimeout(painted, 250);
  });
  return { text, at };
}

/** Another entry of the browser's history is gone to: a moment of what is open, or of another text. */
async function walk(): Promise<void> {
  const stop = presentStop();
  if (!stop) return;
  const { handIn: left } = useSession.getState();
  if (stop.slot !== slots.current && !(await typing.goBackTo(stop.slot))) return;
  const { handIn } = useSession.getState();
  // The class is where its runs were opened from: Back leads to it, and Forward away.
  if (handIn !== left) useSession.setState({ gradingOpen: left !== null && handIn === null && hasClass() });
  await conductor.revisit(stop.branch, stop.cursor);
}

/** Listens while the page lives: links come through the address, and whatever was done is kept before the page goes away. */
export function listen(): void {
  let isWalked = false;
  let opened = Promise.resolve();
  addEventListener('popstate', () => {
    isWalked = presentStop() !== undefined;
    if (isWalked) void walk();
  });
  addEventListener('hashchange', ({ newURL }) => {
    if (!isWalked) {
      void followLanguage(newURL);
      // One after the other: of two links in a row the second stays. The address may have been written anew before this is heard.
      const heard = () => address.heard();
      opened = opened.then(() => begin('paste', newURL)).then(heard, heard);
    }
    isWalked = false;
  });
  addEventListener('pagehide', () => {
    typing.flush();
    if (address.coming !== undefined) slots.coming(address.coming);
  });
  addEventListener('pointerdown', () => address.pressed(true), true);
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => address.pressed(false), true);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') typing.flush();
  });
  takeFiles();
  listenForMissing();
  sessions.watch();
  address.watch();
}

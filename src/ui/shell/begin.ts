/** What the page begins with, and what it does with a link that is pasted into its address later. */
import { t } from '../../i18n/translate';
import { decodeLink, embedModeOf, isLink, type LinkState } from '../../scenario/share-link';
import { pageViewOf } from '../../view/cards';
import { conductor, typing } from '../state/page';
import { setBanner, useSession } from '../state/session';
import type { FirstText } from '../state/typing';
import { showTheme } from '../theme/theme';

/** A telephone's first screen is the graph; so is an embedded page's. */
export async function begin(): Promise<void> {
  const fragment = location.hash.replace(/^#/, '');
  const carried = isLink(fragment) ? decodeLink(fragment) : undefined;
  if (carried && 'state' in carried) return beginWith(carried.state);
  const looks = new URLSearchParams(fragment);
  const embed = embedModeOf(looks.get('embed') ?? undefined);
  if (embed) useSession.setState({ embed });
  showTheme(looks.get('theme'));
  const begun = typing.begin(firstText);
  if (carried) setBanner('link', { tone: 'error', text: t('banner.link'), detail: carried.error });
  await begun;
}

async function beginWith({ text, edited, inputs, cursor, view, embed, theme, handIn }: LinkState): Promise<void> {
  const named = pageViewOf(view);
  if (named) useSession.setState({ view: named });
  if (embed) useSession.setState({ embed });
  showTheme(theme ?? null);
  await typing.follow(text, edited ?? text, { inputs, at: cursor, play: cursor === undefined });
  if (handIn) setBanner('link', { tone: 'info', text: t('handIn.by', { who: handIn.who }) });
}

/** The drawing of a first visit comes with the page; what it takes to run is fetched once it has been painted. */
async function firstText(): Promise<FirstText> {
  const { text, at, started } = (await import('../../scenario/gallery/first-light.yaml?first-view')).default;
  conductor.foreshow(started);
  await new Promise<unknown>((painted) => {
    requestAnimationFrame(() => requestAnimationFrame(painted));
    // Pages in the background are not painted.
    setTimeout(painted, 250);
  });
  return { text, at };
}

/** Listens while the page lives: links come through the address, and whatever was typed is kept before the page goes away. */
export function listen(): void {
  addEventListener('hashchange', () => void begin());
  addEventListener('pagehide', () => typing.flush());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') typing.flush();
  });
}

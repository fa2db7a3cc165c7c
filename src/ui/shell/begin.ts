/** What the page starts with. */
import { t } from '../../i18n/translate';
import { decodeLink, type LinkState } from '../../scenario/share-link';
import { open } from '../state/conductor';
import { replaceText } from '../state/document';
import { setBanner, useSession } from '../state/session';
import { loadText } from '../state/text-storage';

/** A telephone's first screen is the graph; so is an embedded page's. */
export async function begin(): Promise<void> {
  const fragment = location.hash.replace(/^#/, '');
  const carried = /(^|&)s=/.test(fragment) ? decodeLink(fragment) : undefined;
  if (carried && 'state' in carried) return beginWith(carried.state);
  if (carried) setBanner('link', { tone: 'error', text: t('banner.link'), detail: carried.error });
  if (/(^|&)embed(=|&|$)/.test(fragment)) useSession.setState({ embed: true });
  const text = (await loadText()) ?? (await firstText());
  replaceText(text);
  await open(text, { play: true });
}

async function beginWith({ text, edited, inputs, cursor, view, embed }: LinkState): Promise<void> {
  replaceText(edited ?? text);
  if (view === 'nodes' || view === 'workloads') useSession.setState({ view });
  if (embed) useSession.setState({ embed });
  await open(text, { inputs, at: cursor, play: cursor === undefined });
}

async function firstText(): Promise<string> {
  const { GALLERY } = await import('../../scenario/gallery');
  return (await GALLERY[0]?.load()) ?? '';
}

addEventListener('hashchange', () => void begin());

/**
 * Parts of the page that come when they are wanted. One that can't be had is asked for again until it comes, and that is said
 * (see {@link listenForMissing}): without this the whole page would go with it.
 */
import { type ComponentType, lazy } from 'react';
import { t } from '../../i18n/translate';
import { setBanner } from '../state/session';

const AGAIN_MS = 3_000;

/** After a while, or as soon as there is a network again. */
const pause = (): Promise<unknown> =>
  new Promise((done) => {
    setTimeout(done, AGAIN_MS);
    addEventListener('online', done, { once: true });
  });

/** As React's `lazy`. */
export const late = <P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>) =>
  lazy(async () => {
    for (;;) {
      const part = await load().catch(() => undefined);
      if (part) {
        setBanner('part', undefined);
        return part;
      }
      await pause();
      // Styles that could not be had are not asked for again by themselves.
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
        if (!link.sheet) link.replaceWith(link.cloneNode());
    }
  });

/** Says that something could not be fetched, whoever wanted it. */
export function listenForMissing(): void {
  addEventListener('vite:preloadError', () =>
    setBanner('part', { tone: 'warning', text: t('banner.part'), detail: t('banner.partAgain'), action: 'reload' }),
  );
}

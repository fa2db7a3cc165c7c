/** What is said where something can't be kept: once, until that is another; whoever has put it away is not told again. */
import { t } from '../../i18n/translate';
import { type SessionState, setBanner, useSession } from './session';

/** Told of every attempt to keep the text of the editor, or what was done with it. */
export function tellKept(what: SessionState['unkept'][number], isKept: boolean): void {
  const { unkept } = useSession.getState();
  if (unkept.includes(what) === !isKept) return;
  const now = isKept ? unkept.filter((each) => each !== what) : [...unkept, what];
  useSession.setState({ unkept: now });
  const text = now.includes('session') ? t('banner.unkept') : t('banner.storage');
  setBanner('storage', now.length > 0 ? { tone: 'warning', text } : undefined);
}

/** What happens when the text is edited: it is kept at once, and applied when the typing pauses. */
import { t } from '../../i18n/translate';
import { applyText } from '../state/conductor';
import { useDocument } from '../state/document';
import { holdForTyping } from '../state/playback';
import { setBanner } from '../state/session';
import { saveText } from '../state/text-storage';

const DEBOUNCE_MS = 150;

let pending: ReturnType<typeof setTimeout> | undefined;

/** The text is now this. */
export function onEdit(text: string): void {
  if (text === useDocument.getState().text) return;
  useDocument.setState({ text });
  holdForTyping();
  clearTimeout(pending);
  pending = setTimeout(() => void settle(text), DEBOUNCE_MS);
}

async function settle(text: string): Promise<void> {
  // A link's text that is edited is the reader's own from now on: a reload must bring the edit back, not the link.
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  const kept = await saveText(text);
  setBanner('storage', kept ? undefined : { tone: 'warning', text: t('banner.storage') });
  await applyText(text);
}

/** The link of what the page showed at one moment, with as much of that as the sender wants. */
import { type EmbedMode, encodeLink, placeOf } from '../../scenario/share-link';
import { useLanguage } from '../shell/language';
import { useDocument } from '../state/document';
import { useHistory } from '../state/history';
import { conductor } from '../state/page';
import type { SessionState } from '../state/session';

/** What a link is to carry beside the scenario and what was done by hand. */
export interface Wishes {
  readonly opensAt: 'moment' | 'start';
  readonly select: boolean;
  readonly view: boolean;
  readonly branches: boolean;
  readonly lang: boolean;
  readonly embed?: EmbedMode;
}

/** See the header. */
export async function makeLink(session: SessionState, wishes: Wishes): Promise<string> {
  const { opensAt, select, view, branches, lang, embed } = wishes;
  const { text } = useDocument.getState();
  const carried = session.ready ? await conductor.query('link', {}) : undefined;
  const { present } = useHistory.getState();
  const { run } = present ?? {};
  const fragment = encodeLink({
    text: carried?.text ?? text,
    edited: text,
    inputs: carried?.inputs,
    ...(branches && run && run.text === carried?.text
      ? { run: { branches: run.branches, current: session.branch, continued: run.continued } }
      : {}),
    ...(opensAt === 'moment' ? { cursor: placeOf(session.cursor, session.current) } : {}),
    ...(view ? { view: session.view } : {}),
    ...(select && session.selected !== null ? { select: session.selected, tab: session.inspectorTab } : {}),
    ...(lang ? { lang: useLanguage.getState().language } : {}),
    ...(embed ? { embed } : {}),
  });
  return `${location.origin}${location.pathname}#${fragment}`;
}

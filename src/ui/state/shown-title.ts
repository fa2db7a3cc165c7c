/** What the page is about, by one name wherever it is told: the header, pictures, frames, Markdown, files. */
import { t, textOf } from '../../i18n/translate';
import { useDocument } from './document';
import { type SessionState, useSession } from './session';
import { titleOf } from './text-title';

type Named = Pick<SessionState, 'lesson' | 'title'>;

/** As its author has named it, else after what is in the text; empty where neither says anything. */
export function titleIn({ lesson, title }: Named, { text }: { readonly text: string }): string {
  return textOf(lesson?.title ?? title) || titleOf(text);
}

/** See the header. */
export const shownTitle = (session: Named = useSession.getState()): string =>
  titleIn(session, useDocument.getState()) || t('header.untitled');

/** {@link titleIn}, followed. */
export function useTitle(): string {
  const lesson = useSession((session) => session.lesson);
  const title = useSession((session) => session.title);
  return useDocument((document) => titleIn({ lesson, title }, document));
}

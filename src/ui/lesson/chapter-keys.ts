/** Keys of a pointer in a teacher's hand (PageUp, PageDown) turn the chapters, wherever nothing else wants them. */
import { goToChapter, useLesson } from './guide';

/** What scrolls by itself, or is typed into. */
const OWN = 'input:not([type="range"]), textarea, select, [contenteditable], .monaco-editor, dialog, [tabindex="0"]';

const TURNS: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 };

/** Follows the keys from now on; the answer ends that. */
export function followKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const by = Object.hasOwn(TURNS, event.key) ? TURNS[event.key] : undefined;
    if (by === undefined || event.defaultPrevented || (event.target instanceof Element && event.target.closest(OWN)))
      return;
    const { sheet, chapter } = useLesson.getState();
    if (!sheet?.chapters[chapter + by]) return;
    event.preventDefault();
    void goToChapter(chapter + by);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

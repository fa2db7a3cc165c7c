/**
 * Keys of a pointer in a teacher's hand (PageUp, PageDown): they turn the pages of the lesson, wherever nothing else wants them. A chapter that goes on
 * out of sight is scrolled to its end first when somebody presents, as nobody is at the keyboard to do so.
 */
import { usePanels } from '../panels/panels';
import { goToChapter } from './guide';
import { useLesson } from './lesson-state';
import { turnOn } from './turn';

/** What is typed into. */
const TYPED =
  'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select, [contenteditable], .monaco-editor, dialog';

const TURNS: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 };

/** So much of what is in sight stays so when a text is scrolled. */
const KEPT_SHARE = 0.15;

/** Whether an element scrolls further in a direction. */
const goesOn = ({ scrollTop, clientHeight, scrollHeight }: Element, by: number): boolean =>
  by > 0 ? scrollTop + clientHeight < scrollHeight - 2 : scrollTop > 2;

/** Whether a key is wanted where it was pressed: to type, or to scroll what still goes on. */
function isTaken(target: Element, by: number): boolean {
  if (target.closest(TYPED)) return true;
  const scrolled = target.closest('[tabindex="0"]');
  return scrolled !== null && goesOn(scrolled, by);
}

function onKey(event: KeyboardEvent): void {
  const by = Object.hasOwn(TURNS, event.key) ? TURNS[event.key] : undefined;
  if (by === undefined || event.defaultPrevented) return;
  if (event.target instanceof Element && isTaken(event.target, by)) return;
  const { sheet, chapter } = useLesson.getState();
  if (!sheet) return;
  const body = document.querySelector('.lesson-body');
  if (usePanels.getState().presenting && body && goesOn(body, by)) {
    event.preventDefault();
    body.scrollBy({ top: by * body.clientHeight * (1 - KEPT_SHARE) });
    return;
  }
  if (!sheet.chapters[chapter + by]) return;
  event.preventDefault();
  if (by > 0) turnOn();
  else void goToChapter(chapter + by);
}

/** Follows the keys from now on; the answer ends that. */
export function followKeys(): () => void {
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/**
 * A part of the page as one stop of the Tab key, however many buttons it has: the arrows up and down go along them, Tab leaves it, and
 * coming back by Tab leads to where one was. For parts whose buttons come and go in many places; a plain list has roving-focus.ts.
 */
import { placeAfter } from './roving-focus';

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]';

/** What the Tab key would stop at, in order. */
function stopsIn(part: ParentNode): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each.tabIndex >= 0 && !each.matches(':disabled') && !each.closest('[inert]') && each.checkVisibility(),
  );
}

/** The stop nearest to a part, before or after it. */
function besides(part: HTMLElement, isBefore: boolean): HTMLElement | undefined {
  const side = isBefore ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const outside = stopsIn(document).filter(
    (each) => !part.contains(each) && !each.contains(part) && part.compareDocumentPosition(each) & side,
  );
  return outside.at(isBefore ? -1 : 0);
}

/** Makes a part one stop. Returns what ends that. */
export function oneStop(part: HTMLElement): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let last: HTMLElement | undefined;
  let isByTab = false;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Tab') {
      const next = besides(part, event.shiftKey);
      if (!next) return;
      event.preventDefault();
      next.focus();
      return;
    }
    const stops = stopsIn(part);
    const to = placeAfter(event.key, stops.indexOf(event.target as HTMLElement), stops.length);
    if (to === undefined) return;
    event.preventDefault();
    stops[to]?.focus();
  };
  const onFocus = ({ target, relatedTarget }: FocusEvent) => {
    const isEntry = isByTab && !part.contains(relatedTarget as Node | null);
    if (isEntry && last && last !== target && part.contains(last) && last.checkVisibility()) last.focus();
    else last = target as HTMLElement;
  };
  // The focus moves within the task of the key that moves it.
  const onAnyKey = ({ key }: KeyboardEvent) => {
    isByTab = key === 'Tab';
    if (isByTab)
      setTimeout(() => {
        isByTab = false;
      });
  };
  part.addEventListener('keydown', onKey, { signal });
  part.addEventListener('focusin', onFocus, { signal });
  document.addEventListener('keydown', onAnyKey, { signal, capture: true });
  return () => ending.abort();
}

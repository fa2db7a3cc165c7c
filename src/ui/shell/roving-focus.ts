/**
 * A list of buttons as one stop of the Tab key: the arrows up and down move within it. The stop is the button last focused, else the
 * one of the present item, else the first.
 */
import { type RefObject, useEffect, useRef } from 'react';

/** Where a key leads from a place among so many. */
export function placeAfter(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[key];
  return to === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, to));
}

function buttonsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('button')];
}

/** The list it is given to; one that is no stop is left to the pointer for as long. */
export function useRovingFocus<E extends HTMLElement = HTMLOListElement>(isStop = true): RefObject<E | null> {
  const list = useRef<E>(null);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const focused = box.contains(document.activeElement) ? document.activeElement : null;
    const buttons = buttonsIn(box);
    const stop =
      buttons.find((button) => button === focused) ?? box.querySelector('[data-present] button') ?? buttons[0];
    for (const button of buttons) button.tabIndex = isStop && button === stop ? 0 : -1;
  });
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const onKey = (event: KeyboardEvent) => {
      const buttons = buttonsIn(box);
      const at = buttons.indexOf(event.target as HTMLElement);
      const to = placeAfter(event.key, at, buttons.length);
      // At the end of a list the arrow is left to what the list is part of.
      if (to === undefined || to === at || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      for (const button of buttons) button.tabIndex = -1;
      const target = buttons[to] as HTMLElement;
      target.tabIndex = 0;
      target.focus();
    };
    box.addEventListener('keydown', onKey);
    return () => box.removeEventListener('keydown', onKey);
  }, []);
  return list;
}

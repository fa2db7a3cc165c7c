/** Which object's menu is open, and how it is opened: by the other mouse button, Shift and F10, the menu key, or a button. */
import { create } from 'zustand';
import { useSession } from '../state/session';

/** Where it stands, in px of the window, and what gets the focus back. */
export interface OpenMenu {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly back: HTMLElement | null;
}

export const useMenu = create<{ readonly menu: OpenMenu | null }>(() => ({ menu: null }));

/** Opens the menu of an object; nothing is done where the page may only be looked at. */
export function openMenu(id: string, x: number, y: number): void {
  const { embed } = useSession.getState();
  if (embed === 'readonly' || embed === 'controls') return;
  const { activeElement } = document;
  useMenu.setState({ menu: { id, x, y, back: activeElement instanceof HTMLElement ? activeElement : null } });
}

/** Closes it; the focus goes back to where it was, unless somebody clicked elsewhere. */
export function closeMenu(goBack = true): void {
  const { menu } = useMenu.getState();
  useMenu.setState({ menu: null });
  if (goBack && menu?.back?.isConnected) menu.back.focus();
}

/** The object that an element stands for. */
function objectAt(target: EventTarget | null): { id: string; element: HTMLElement } | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-object], [data-pod]') : null;
  const id = element?.dataset.object ?? element?.dataset.pod;
  return element && id ? { id, element } : undefined;
}

/** For `onContextMenu` of whatever holds objects. */
export function onMenuClick(event: {
  target: EventTarget | null;
  clientX: number;
  clientY: number;
  preventDefault(): void;
}): void {
  const found = objectAt(event.target);
  if (!found) return;
  event.preventDefault();
  openMenu(found.id, event.clientX, event.clientY);
}

/** For `onKeyDown` of whatever holds objects. */
export function onMenuKey(event: {
  target: EventTarget | null;
  key: string;
  shiftKey: boolean;
  preventDefault(): void;
}): void {
  if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
  const found = objectAt(event.target);
  if (!found) return;
  event.preventDefault();
  const { left, bottom } = found.element.getBoundingClientRect();
  openMenu(found.id, left, bottom + 4);
}

/** Which object's menu is open, and how it is opened: by the other mouse button, Shift and F10, the menu key, or a button. */
import { create } from 'zustand';
import { byNumberedName } from '../../view/name-order';
import { isNode } from '../../view/rows';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';
import type { Entry } from './menu-table';

/** Where it stands, in px of the window, and what gets the focus back. */
export interface OpenMenu {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly back: HTMLElement | null;
  /** A node is to be added; `id` is then that of the one to be like, or ''. */
  readonly adds?: true;
  /** It stands at this entry already, as if that had been taken from the list. */
  readonly entry?: Entry;
}

export const useMenu = create<{ readonly menu: OpenMenu | null }>(() => ({ menu: null }));

/** Opens the menu of an object; nothing is done where the page may only be looked at. */
export function openMenu(id: string, x: number, y: number, at?: Pick<OpenMenu, 'adds' | 'entry'>): void {
  const { embed } = useSession.getState();
  if (embed === 'readonly' || embed === 'controls') return;
  const { activeElement } = document;
  const back = activeElement instanceof HTMLElement ? activeElement : null;
  useMenu.setState({ menu: { id, x, y, back, ...at } });
}

/** Asks what node is to be added: by default one like the last. */
export function openAddNode(x: number, y: number): void {
  const nodes = [...useWorld.getState().rows.values()].filter(isNode);
  const last = nodes.sort((a, b) => byNumberedName(a.name, b.name)).at(-1);
  openMenu(last?.id ?? '', x, y, { adds: true });
}

/** Closes it; the focus goes back to where it was, unless somebody clicked elsewhere. */
export function closeMenu(goBack = true): void {
  const { menu } = useMenu.getState();
  useMenu.setState({ menu: null });
  if (goBack && menu?.back?.isConnected) menu.back.focus();
}

/** What a card of the drawing is about, where that is one object: all of the card stands for it. */
function aboutCard(target: Element): HTMLElement | undefined {
  const all = target.closest('.react-flow__node')?.querySelectorAll<HTMLElement>('[data-object]');
  return all?.length === 1 ? all[0] : undefined;
}

/** The object that an element stands for. */
function objectAt(target: EventTarget | null): { id: string; element: HTMLElement } | undefined {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest<HTMLElement>('[data-object], [data-pod]') ?? aboutCard(target);
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

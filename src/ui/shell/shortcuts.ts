/**
 * Keys that work wherever nothing is being typed. What has keys of its own keeps them: texts all, tabs and menus the arrows, a button
 * that the keyboard has reached the space bar. The slider moves in steps, like everything else.
 */
import { useEffect } from 'react';
import { togglePresenting, usePanels } from '../panels/panels';
import { conductor, playback, typing } from '../state/page';
import { useSession } from '../state/session';
import { fit, panBy, toggleMarking, useSight, zoomIn, zoomOut, zoomToRange } from '../timeline/sight';
import { closeBelow, closeComparison, closeInspector, closeRange } from './closing';

const TEXTS = 'input:not([type="range"]), textarea, [contenteditable], .monaco-editor';
const FIELDS = 'input:not([type="range"], [type="checkbox"], [type="radio"], [type="file"]), textarea';
const OWN_ARROWS = '[role="tablist"], [role="menu"], [role="listbox"], [role="separator"], select, summary';
const PRESSED_BY_SPACE = 'button, a, summary, select, [role="tab"]';

/** What a key does; undefined for keys that do nothing. */
function actionOf(key: string): (() => unknown) | undefined {
  const { look } = conductor;
  const actions: Readonly<Record<string, () => unknown>> = {
    ' ': () => playback.setPlaying(!useSession.getState().playing),
    ArrowLeft: () => look.stepBy(-1),
    ArrowRight: () => look.stepBy(1),
    Home: () => look.toEnd('first'),
    End: () => look.toEnd('last'),
    '[': () => look.stepBy(-1, 'milestones'),
    ']': () => look.stepBy(1, 'milestones'),
    n: () => look.nextReconcile(),
    b: () => look.back(),
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    0: fit,
    z: zoomToRange,
    r: toggleMarking,
    a: () => panBy(-0.25),
    d: () => panBy(0.25),
    p: togglePresenting,
    '?': () => useSession.setState({ keysOpen: true }),
    Escape: closeOne,
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

/** Closes what was opened last, as far as the page knows. */
function closeOne(): void {
  const { selected, terminalOpen, comparing, paletteOpen } = useSession.getState();
  // It may still be on its way.
  if (paletteOpen) useSession.setState({ paletteOpen: false, paletteText: '', paletteKeys: [] });
  else if (useSight.getState().range !== null) closeRange();
  else if (usePanels.getState().presenting) togglePresenting();
  else if (comparing) closeComparison();
  else if (selected !== null) closeInspector();
  else if (!closeBelow() && terminalOpen) useSession.setState({ terminalOpen: false });
}

/** Whether keys mean undo or redo. */
function travelOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(ctrlKey || metaKey) || altKey || isBare()) return undefined;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined;
}

/** Embedded to be looked at: nothing is done there. */
function isBare(): boolean {
  const { embed } = useSession.getState();
  return embed === 'readonly' || embed === 'controls';
}

/** A text that somebody is typing is undone by the browser; the editor does what the page does. */
function hasOwnUndo(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('.monaco-editor')) return true;
  if (target.matches('.plain-editor')) return false;
  return (
    target.matches('input, textarea') && !target.matches('[type="range"]') && (target as HTMLInputElement).value !== ''
  );
}

/** A field that stands in the page is left by Escape, and what it stands in closed by the next; boxes over the page and the editor do as they do. */
function leavesField({ key, target }: KeyboardEvent): boolean {
  if (key !== 'Escape' || !(target instanceof HTMLElement) || !target.matches(FIELDS)) return false;
  if (target.closest('dialog, .popover, .editor-panel')) return false;
  // What is searched for is cleared first, by the browser.
  if (target.matches('[type="search"]:not(:placeholder-shown)')) return false;
  target.blur();
  return true;
}

/** What the pointer chose last, as long as the focus has not been elsewhere. */
function clickedAfter(clicked: Element | null, { type, target }: Event): Element | null {
  const button = (target as Element).closest(PRESSED_BY_SPACE);
  return type === 'pointerdown' || button === clicked ? button : null;
}

/** Whether an element wants a key for itself. */
function isTaken(target: Element, key: string, clicked: Element | null): boolean {
  // Under a modal dialogue nothing is done, wherever the focus has gone; the browser closes it.
  // So it is while the palette is still on its way.
  if (useSession.getState().paletteOpen && key !== 'Escape') return true;
  if (target.closest(TEXTS) || target.closest('dialog') || document.querySelector('dialog:modal')) return true;
  const pressed = target.closest(PRESSED_BY_SPACE);
  if (key === ' ') return pressed !== null && pressed !== clicked;
  return /^(Arrow|Home|End)/.test(key) && target.closest(OWN_ARROWS) !== null;
}

const FOR_PALETTE = /^(Enter|Arrow(Up|Down))$/;

/** What is typed until the palette has the focus is meant for it. */
function keepForPalette(event: KeyboardEvent): void {
  const { paletteOpen, paletteText, paletteKeys } = useSession.getState();
  const { key } = event;
  const isLate = FOR_PALETTE.test(key);
  if (!paletteOpen || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.activeElement?.closest('dialog.palette')) return;
  if (!isLate && key !== 'Backspace' && key.length !== 1) return;
  event.preventDefault();
  event.stopPropagation();
  if (isLate) useSession.setState({ paletteKeys: [...paletteKeys, key] });
  // What is typed after Enter would be meant for what that leads to.
  else if (!paletteKeys.includes('Enter'))
    useSession.setState({
      paletteKeys: [],
      paletteText: key === 'Backspace' ? paletteText.slice(0, -1) : paletteText + key,
    });
}

function onKey(event: KeyboardEvent, clicked: Element | null): void {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === 'k') {
    event.preventDefault();
    useSession.setState({ paletteOpen: true });
    // Closed, it may not be gone yet.
    const palette = document.querySelector<HTMLDialogElement>('dialog.palette');
    if (palette && !palette.open) palette.showModal();
    return;
  }
  const travels = travelOf(event);
  if (travels && !hasOwnUndo(target)) {
    event.preventDefault();
    void typing.travel(travels);
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (leavesField(event)) return;
  if (target instanceof Element && isTaken(target, key, clicked)) return;
  const action = actionOf(key);
  if (!action) return;
  event.preventDefault();
  // A button that was clicked still has the focus, and would be pressed again when the key comes up.
  if (key === ' ' && clicked instanceof HTMLElement) clicked.blur();
  action();
}

/** Listens while the page is mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', keepForPalette, true);
    let clicked: Element | null = null;
    const press = (event: KeyboardEvent) => onKey(event, clicked);
    const takeClicked = (event: Event) => {
      clicked = clickedAfter(clicked, event);
    };
    window.addEventListener('keydown', press);
    window.addEventListener('pointerdown', takeClicked, true);
    window.addEventListener('focusin', takeClicked);
    return () => {
      window.removeEventListener('keydown', keepForPalette, true);
      window.removeEventListener('keydown', press);
      window.removeEventListener('pointerdown', takeClicked, true);
      window.removeEventListener('focusin', takeClicked);
    };
  }, []);
}

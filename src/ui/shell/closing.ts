/** What stands beside the work is closed: where the focus was in it, it goes back to what opened it. */
import { useAsked } from '../graph/below';
import { select, useSession } from '../state/session';
import { markRange } from '../timeline/sight';

/** The focus moves before what has it is gone: nobody finds it again on the page's body. */
function leave(inside: string, home: string): void {
  if (document.activeElement?.closest(inside)) document.querySelector<HTMLElement>(home)?.focus();
}

const BELOW = '.resource-table, .object-tree';

/** Nothing is selected; the focus is on the object's card. */
export function closeInspector(): void {
  const { selected } = useSession.getState();
  leave('.inspector', `[data-object="${CSS.escape(selected ?? '')}"]`);
  select(null);
}

/** The branches are compared no longer; the focus is on the button that began it. */
export function closeComparison(): void {
  leave('.compare', '.tool-compare');
  useSession.setState({ comparing: false });
}

/** No range is marked; the focus is on the button that marks one. */
export function closeRange(): void {
  leave('.range-panel', '.tool-range');
  markRange(null);
}

/** Nothing is below the drawing; the focus is on the button that opened it. Whether there was anything. */
export function closeBelow(): boolean {
  const isThere = document.querySelector(BELOW) !== null;
  leave(BELOW, '.graph-tools [aria-pressed="true"]');
  if (isThere) useAsked.setState({ asked: 'nothing' });
  return isThere;
}

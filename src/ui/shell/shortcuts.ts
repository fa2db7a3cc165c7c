/** Keys that work wherever nothing is being typed: space plays, the arrows step, n goes to the next reconcile. */
import { useEffect } from 'react';
import { conductor, playback } from '../state/page';
import { useSession } from '../state/session';

const OWN_KEYS =
  'input, textarea, select, button, a, summary, dialog, [contenteditable], [role="tablist"], .monaco-editor';

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return;
  const action: Readonly<Record<string, () => unknown>> = {
    ' ': () => playback.setPlaying(!useSession.getState().playing),
    ArrowLeft: () => conductor.stepBy(-1),
    ArrowRight: () => conductor.stepBy(1),
    n: () => conductor.nextReconcile(),
  };
  const chosen = action[event.key];
  if (!chosen) return;
  event.preventDefault();
  chosen();
}

/** Listens while the page is mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/**
 * Monaco in parts (chunks, see vite.config.ts), from what needs nothing to what needs all others. Each is worked off in a task of its own, between
 * which the page answers; imported at once they would hold it up for a quarter of a second.
 */
import { nextFrame } from './next-frame';

const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('monaco-editor/base/common/strings'),
  () => import('monaco-editor/platform/contextkey/common/contextkey'),
  () => import('monaco-editor/editor/common/model/textModel'),
  () => import('monaco-editor/editor/browser/editorExtensions'),
  () => import('monaco-editor/editor/contrib/find/browser/findController'),
];

/** The editor once all of it is there. */
export async function loadMonaco(): Promise<typeof import('./monaco')> {
  for (const part of PARTS) {
    await part();
    await nextFrame();
  }
  const editor = await import('./monaco');
  await nextFrame();
  return editor;
}

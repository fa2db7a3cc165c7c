/** How the keyboard gets out of the editor, whose Tab indents: after Escape Tab leads on, and both is said. */
import { type editor, KeyCode } from 'monaco-editor/editor';
import { enLeaving } from '../../i18n/messages/en-leaving';
import { sayerOf } from '../../i18n/translate';
import './leaving.css';

const say = sayerOf(enLeaving);

/** What is said, over the foot of the text: how to leave to those who came by the keyboard, and to all that Tab leaves now. */
function wordsIn(place: HTMLElement): HTMLElement {
  const words = document.createElement('p');
  words.className = 'leaving';
  words.setAttribute('role', 'status');
  place.append(words);
  return words;
}

/**
 * Tab indents, so it can't also lead on; after Escape it does, until another key is pressed. Escape that closes something (the
 * suggestions, the find box) is not meant for this.
 */
export function letTabLeave(instance: editor.IStandaloneCodeEditor, place: HTMLElement): void {
  const words = wordsIn(place);
  let leaves = false;
  let byPointer = false;
  const tell = (): void => {
    const hint = instance.hasTextFocus() && !byPointer ? say('leaving.hint') : '';
    words.textContent = leaves ? say('leaving.now') : hint;
  };
  place.addEventListener('pointerdown', () => {
    byPointer = true;
    tell();
  });
  instance.onKeyDown((event) => {
    if (event.keyCode === KeyCode.Shift) return;
    // The browser's own Tab: the editor doesn't hear of it.
    if (leaves && event.keyCode === KeyCode.Tab) event.stopPropagation();
    const closes = instance.getDomNode()?.querySelector('.suggest-widget.visible, .find-widget.visible');
    leaves = event.keyCode === KeyCode.Escape && !closes;
    tell();
  });
  instance.onDidFocusEditorText(tell);
  instance.onDidBlurEditorText(() => {
    leaves = byPointer = false;
    tell();
  });
}

/**
 * The marks in the editor's gutter: a button for each document, beside its first line. They lie over the gutter and not in it, which is hidden
 * from assistive technology; those of lines out of sight come into sight when they get the focus.
 */
import type { editor } from 'monaco-editor/editor';
import type { DocumentMark } from '../../session/drift';
import { oneStop } from '../shell/one-stop';
import { markName, useDocument } from '../state/document';

function toggle(mark: DocumentMark): void {
  const name = markName(mark);
  useDocument.setState(({ opened }) => ({ opened: opened === name ? null : name }));
}

/** Escape closes what a mark has opened below the text; the focus goes back from there to the mark. */
function closeOnEscape(panel: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const { opened } = useDocument.getState();
    const { target } = event;
    if (event.key !== 'Escape' || opened === null || !(target instanceof Element)) return;
    if (target.closest('.monaco-editor')) return;
    // It has done its work: nothing else of the page is closed.
    event.preventDefault();
    useDocument.setState({ opened: null });
    if (!target.closest('.mark-open')) return;
    const named = (button: HTMLButtonElement) => (button.ariaLabel ?? button.textContent) === opened;
    [...panel.querySelectorAll('button')].find(named)?.focus();
  };
  panel.addEventListener('keydown', onKey);
  return () => panel.removeEventListener('keydown', onKey);
}

function describe(button: HTMLButtonElement, mark: DocumentMark): void {
  button.className = `mark ${mark.state}`;
  button.ariaLabel = markName(mark);
  button.title = markName(mark);
}

/** Keeps the gutter at what the document store says. Returns what ends that. */
export function followMarks(instance: editor.IStandaloneCodeEditor, place: HTMLElement): () => void {
  const layer = place.appendChild(document.createElement('div'));
  layer.className = 'marks';
  // The focus on a mark out of sight scrolls the layer, which would move all of them off their lines: the editor scrolls instead.
  layer.addEventListener('scroll', () => layer.scrollTo(0, 0));
  const endStop = oneStop(layer);
  const endKeys = closeOnEscape(place.parentElement ?? place);
  const shown: { mark: DocumentMark; readonly button: HTMLButtonElement }[] = [];
  const arrange = () => {
    for (const { mark, button } of shown) {
      button.style.top = `${instance.getTopForLineNumber(mark.line ?? 1) - instance.getScrollTop()}px`;
    }
  };
  const add = (mark: DocumentMark) => {
    const entry = { mark, button: layer.appendChild(document.createElement('button')) };
    entry.button.type = 'button';
    entry.button.addEventListener('click', () => toggle(entry.mark));
    // Not under a pointer that is pressed: the mark would go from under it before it is let go.
    entry.button.addEventListener('focus', () => {
      if (entry.button.matches(':focus-visible')) instance.revealLineInCenterIfOutsideViewport(entry.mark.line ?? 1);
    });
    shown.push(entry);
  };
  const show = (marks: readonly DocumentMark[]) => {
    const inText = marks.filter(({ line }) => line !== null);
    for (const { button } of shown.splice(inText.length)) button.remove();
    inText.forEach((mark, at) => {
      const known = shown[at];
      if (known) known.mark = mark;
      else add(mark);
      describe((shown[at] as (typeof shown)[number]).button, mark);
    });
    arrange();
  };
  const moves = [
    instance.onDidScrollChange(arrange),
    instance.onDidLayoutChange(arrange),
    instance.onDidContentSizeChange(arrange),
  ];
  show(useDocument.getState().marks);
  const unfollow = useDocument.subscribe((state, before) => {
    if (state.marks !== before.marks) show(state.marks);
  });
  return () => {
    unfollow();
    endStop();
    endKeys();
    for (const move of moves) move.dispose();
    layer.remove();
  };
}

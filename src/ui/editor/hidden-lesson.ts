/**
 * The lesson's own part of the text is not shown while the lesson is played: its answers are in it. It stays in the text: lines are hidden, nothing is
 * cut out. Whatever touches a hidden line brings it into sight, so that nothing is changed unseen; what is deleted with it is said.
 */
import type { editor, IRange } from 'monaco-editor/editor';
import { t } from '../../i18n/translate';
import { showLesson, useDocument } from '../state/document';
import { setBanner } from '../state/session';
import { type Lines, lessonLines } from './lesson-lines';

/** Monaco's own folding hides lines in the same way; the type that the package gives leaves it out. */
type Hiding = editor.IStandaloneCodeEditor & { setHiddenAreas(ranges: readonly IRange[], source: object): void };

const isIn = ({ from, to }: Lines, line: number): boolean => line >= from && line <= to;

/** Whether a change of these lines is one of hidden ones: what is written after the separator before them would be, too. */
const touches = ({ from, to }: Lines, { startLineNumber, endLineNumber }: IRange): boolean =>
  startLineNumber <= to && endLineNumber >= from - 1;

/** Keeps the lesson hidden as the document store says. Returns what ends that. */
export function hideLesson(instance: editor.IStandaloneCodeEditor, model: editor.ITextModel): () => void {
  const source = {};
  let hidden: Lines | undefined;
  const arrange = () => {
    const { lessonHidden, problems } = useDocument.getState();
    hidden = lessonHidden ? lessonLines(model.getValue()) : undefined;
    if (hidden && problems.some(({ line }) => isIn(hidden as Lines, line))) {
      // It is arranged anew once that is said.
      showLesson();
      return;
    }
    const areas = hidden
      ? [{ startLineNumber: hidden.from, startColumn: 1, endLineNumber: hidden.to, endColumn: 1 }]
      : [];
    (instance as Hiding).setHiddenAreas(areas, source);
  };
  const editing = model.onDidChangeContent(({ changes, isFlush }) => {
    // A lesson that is being written is in sight; so is one that is changed.
    if (!isFlush && (!hidden || changes.some(({ range }) => touches(hidden as Lines, range)))) {
      const isGone = hidden !== undefined && lessonLines(model.getValue()) === undefined;
      if (isGone) setBanner('action', { tone: 'info', text: t('editor.lessonGone') });
      showLesson();
    }
    arrange();
  });
  const unfollow = useDocument.subscribe((state, before) => {
    if (state.lessonHidden !== before.lessonHidden || state.problems !== before.problems) arrange();
  });
  arrange();
  return () => {
    unfollow();
    editing.dispose();
  };
}

/** Brings a line into sight that may be among those that are hidden. */
export function unhide(model: editor.ITextModel, line: number): void {
  const lines = lessonLines(model.getValue());
  if (lines && isIn(lines, line)) showLesson();
}

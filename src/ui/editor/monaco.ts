/**
 * The editor proper, in a chunk of its own: Monaco with the features that YAML wants, and Kubernetes schemas for
 * completion and validation. The text lives in the document store; the editor only shows and edits it.
 */
import { editor, KeyCode, KeyMod, MarkerSeverity } from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/wordOperations/register';
// 0.57's `features/suggest` registers no controller of its own.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/languages/definitions/yaml/register';
import { sentence, t } from '../../i18n/translate';
import type { SourceRange } from '../../kubectl/yaml';
import type { Problem } from '../../scenario/scenario';
import { useDocument } from '../state/document';
import { typing } from '../state/page';
import { useSession } from '../state/session';
import { useTheme } from '../theme/theme';
import { changedPart } from './changed-part';
import { translatePasted } from './compose-import';
import { defineThemes } from './editor-themes';
import { hideLesson, unhide } from './hidden-lesson';
import { letTabLeave } from './leaving';
import { firstLineShown } from './lesson-lines';
import { followMarks } from './mark-glyphs';
import { nextFrame } from './next-frame';
import { isValueMissing } from './value-missing';
import { setUpLanguage } from './yaml-language';

const OWNER = 'kubestep';
const FONT = "'IBM Plex Mono'";
/** What is marked in the text. */
type Marked = { readonly problems: readonly Problem[]; readonly notices: readonly Problem[] };

/** An editor in its place. */
export interface MountedEditor {
  /** Goes to a place in the text. */
  readonly reveal: (line: number, column: number) => void;
  /** Somebody who was typing elsewhere goes on here, after so many characters. */
  readonly goOn: (offset: number) => void;
  /** Puts a text in the place of a part of the one there, as an edit that can be undone. */
  readonly put: (range: SourceRange, text: string) => void;
  readonly dispose: () => void;
}

/** Goes to a place in the text, which a lesson may have hidden. */
function goTo(instance: editor.IStandaloneCodeEditor, model: editor.ITextModel, lineNumber: number, column: number) {
  unhide(model, lineNumber);
  instance.revealLineInCenter(lineNumber);
  instance.setPosition({ lineNumber, column });
  instance.focus();
}

/** Puts the editor into an element, in tasks between which the page answers. Undefined when that is not wanted any more. */
export async function mountEditor(place: HTMLElement, isWanted: () => boolean): Promise<MountedEditor | undefined> {
  await setUpLanguage();
  await nextFrame();
  defineThemes();
  // Its style changes that of the whole page, which is worked out before anything is measured.
  editor.setTheme(themeName());
  const model = editor.createModel(useDocument.getState().text, 'yaml');
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  await nextFrame();
  const instance = isWanted() ? createEmpty(place) : undefined;
  await nextFrame();
  // Meanwhile the text box was there to type in.
  const { text } = useDocument.getState();
  if (isWanted() && model.getValue() !== text) model.setValue(text);
  if (instance && isWanted()) return show(instance, model, place);
  instance?.dispose();
  model.dispose();
  return undefined;
}

/** Without a text, which it gets in a task of its own. */
function createEmpty(place: HTMLElement): editor.IStandaloneCodeEditor {
  return editor.create(place, {
    model: null,
    ariaLabel: t('editor.text'),
    automaticLayout: true,
    fontFamily: `${FONT}, ui-monospace, Menlo, Consolas, monospace`,
    fontSize: 13,
    lineHeight: 20,
    fixedOverflowWidgets: true,
    folding: true,
    glyphMargin: true,
    lineDecorationsWidth: 6,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    hideCursorInOverviewRuler: true,
    overviewRulerLanes: 1,
    padding: { top: 12, bottom: 12 },
    quickSuggestions: { other: true, comments: false, strings: true },
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    tabFocusMode: false,
    theme: themeName(),
  });
}

function show(instance: editor.IStandaloneCodeEditor, model: editor.ITextModel, place: HTMLElement): MountedEditor {
  instance.setModel(model);
  const unhideLesson = hideLesson(instance, model);
  begin(instance, model.getValue());
  keepNumbersBesideLines(instance);
  letTabLeave(instance, place);
  undoAsThePage(instance);
  // Monaco's own keys that begin with this one would keep it from the page.
  instance.addCommand(KeyMod.CtrlCmd | KeyCode.KeyK, () => useSession.setState({ paletteOpen: true }));
  const isUnfinished = () => {
    const caret = instance.hasTextFocus() && instance.getPosition();
    return caret ? isValueMissing(model.getValue(), model.getOffsetAt(caret)) : false;
  };
  const editing = model.onDidChangeContent(() => typing.onEdit(model.getValue(), isUnfinished));
  instance.onDidChangeCursorPosition(() => typing.caretMoved());
  instance.onDidBlurEditorText(() => typing.caretMoved());
  instance.onDidPaste(({ range }) => void translatePasted(instance, range));
  const reveal = (line: number, column: number): void => goTo(instance, model, line, column);
  const followText = useDocument.subscribe((state, before) => {
    if (state.replaced !== before.replaced && model.getValue() !== state.text) {
      replace(instance, model, state.text, state.inPlace);
    }
    if (state.wanted && state.wanted !== before.wanted) reveal(state.wanted.line, 1);
    if (state.problems !== before.problems || state.notices !== before.notices) mark(model, state);
  });
  const unmark = followMarks(instance, place);
  const followTheme = useTheme.subscribe(() => editor.setTheme(themeName()));
  mark(model, useDocument.getState());
  // The font is asked for by the first line drawn in it, so it arrives after Monaco has measured another one.
  void document.fonts.load(`13px ${FONT}`).then(() => editor.remeasureFonts());
  return {
    reveal,
    goOn: (offset) => {
      if (offset > 0) instance.setPosition(model.getPositionAt(offset));
      instance.focus();
    },
    put: ({ line, column, endLine, endColumn }, text) => {
      instance.pushUndoStop();
      instance.executeEdits('live', [
        { range: { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn }, text },
      ]);
      instance.pushUndoStop();
    },
    dispose: () => {
      for (const stop of [followText, unmark, followTheme, unhideLesson]) stop();
      editing.dispose();
      instance.dispose();
      model.dispose();
    },
  };
}

/**
 * Who stands at the end of a text is moved on when a scrollbar appears below it. Monaco does that while it draws, after the margin has been
 * drawn: the numbers would stand half a line beside their lines.
 */
function keepNumbersBesideLines(instance: editor.IStandaloneCodeEditor): void {
  instance.onDidScrollChange(({ scrollTopChanged, scrollHeightChanged }) => {
    if (scrollTopChanged && scrollHeightChanged)
      requestAnimationFrame(() => instance.getModel() && instance.render(true));
  });
}

/** One undo for the whole page: what was done last is taken back, an edit or an act, wherever the keys are pressed. */
function undoAsThePage(instance: editor.IStandaloneCodeEditor): void {
  instance.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => void typing.travel('undo'));
  for (const keys of [KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, KeyMod.CtrlCmd | KeyCode.KeyY]) {
    instance.addCommand(keys, () => void typing.travel('redo'));
  }
}

/** Stands where a new text is begun to be read. */
function begin(instance: editor.IStandaloneCodeEditor, text: string): void {
  const line = firstLineShown(text);
  const scrollTop = line === 1 ? 0 : instance.getTopForLineNumber(line);
  instance.setScrollPosition({ scrollTop, scrollLeft: 0 }, editor.ScrollType.Immediate);
}

/** Puts another text in the editor; an earlier or later state of the same one changes only where it differs. */
function replace(
  instance: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  text: string,
  inPlace: boolean,
): void {
  if (!inPlace) {
    model.setValue(text);
    begin(instance, text);
    return;
  }
  const { start, end, put } = changedPart(model.getValue(), text);
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  model.applyEdits([
    {
      range: {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      },
      text: put,
    },
  ]);
  const at = model.getPositionAt(start + put.length);
  instance.setPosition(at);
  instance.revealPositionInCenterIfOutsideViewport(at);
}

function themeName(): string {
  return `kubestep-${useTheme.getState().theme}`;
}

function mark(model: editor.ITextModel, { problems, notices }: Marked): void {
  const markers = (said: readonly Problem[], severity: MarkerSeverity) =>
    said.map(({ message, line, column, endLine, endColumn }) => ({
      message: sentence(message),
      severity,
      startLineNumber: line,
      startColumn: column,
      endLineNumber: endLine,
      endColumn,
    }));
  editor.setModelMarkers(model, OWNER, [
    ...markers(problems, MarkerSeverity.Error),
    ...markers(notices, MarkerSeverity.Info),
  ]);
}

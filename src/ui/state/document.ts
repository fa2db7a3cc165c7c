/** The scenario text, which goes into links and survives reloads, what is wrong with it, and what of it has no effect. */
import { create } from 'zustand';
import { t } from '../../i18n/translate';
import type { Problem } from '../../scenario/scenario';
import type { DocumentMark } from '../../session/drift';
import type { CommandOutput } from '../../worker/command-shapes';

interface DocumentState {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** What is accepted and has no effect. */
  readonly notices: readonly Problem[];
  /** Counts texts that came from elsewhere than the keyboard: the editor then takes the text over. */
  readonly replaced: number;
  /** Whether the latest is the same text otherwise: the editor stays where it is. */
  readonly inPlace: boolean;
  /** The part that is a lesson is not to be shown: it is played. */
  readonly lessonHidden: boolean;
  /** How the documents stand to the cluster at the moment shown. */
  readonly marks: readonly DocumentMark[];
  /** The document whose mark was opened, by {@link markName}. */
  readonly opened: string | null;
  /** Where somebody wants to edit: the editor goes there. Another object each time. */
  readonly wanted: { readonly line: number } | null;
}

export const useDocument = create<DocumentState>(() => ({
  text: '',
  problems: [],
  notices: [],
  replaced: 0,
  inPlace: false,
  lessonHidden: true,
  marks: [],
  opened: null,
  wanted: null,
}));

/** Puts a whole new text in the editor, or, `in place`, an earlier or later state of the one there. */
export function replaceText(text: string, how?: 'in place'): void {
  useDocument.setState(({ replaced, lessonHidden }) => ({
    text,
    problems: [],
    notices: [],
    replaced: replaced + 1,
    inPlace: how === 'in place',
    lessonHidden: how === 'in place' ? lessonHidden : true,
  }));
}

/** Shows the part of the text that is a lesson, or hides it again. */
export function showLesson(isShown = true): void {
  if (useDocument.getState().lessonHidden === isShown) useDocument.setState({ lessonHidden: !isShown });
}

/** What a document's mark is called: its kind and name, and how it stands. */
export function markName({ kind, name, state }: DocumentMark): string {
  return t(`mark.${state}`, { document: `${kind} ${name}` });
}

/** What kubectl edit was asked to edit. */
export type EditedName = NonNullable<CommandOutput['edits']>[number];

/** Shows an object in the text, with how it stands to the cluster. False when the text has nothing of it. */
export function openDocument({ kind, namespace = '', name }: EditedName): boolean {
  const mark = useDocument
    .getState()
    .marks.find((one) => one.kind === kind && one.namespace === namespace && one.name === name && one.line !== null);
  if (!mark?.line) return false;
  useDocument.setState({ opened: markName(mark), wanted: { line: mark.line } });
  return true;
}

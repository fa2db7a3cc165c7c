/** The scenario text, which goes into links and survives reloads, what is wrong with it, and what of it has no effect. */
import { create } from 'zustand';
import type { Problem } from '../../scenario/scenario';

interface DocumentState {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** What is accepted and has no effect. */
  readonly notices: readonly Problem[];
  /** Counts texts that came from elsewhere than the keyboard: the editor then takes the text over. */
  readonly replaced: number;
}

export const useDocument = create<DocumentState>(() => ({ text: '', problems: [], notices: [], replaced: 0 }));

/** Puts a whole new text in the editor. */
export function replaceText(text: string): void {
  useDocument.setState(({ replaced }) => ({ text, problems: [], notices: [], replaced: replaced + 1 }));
}

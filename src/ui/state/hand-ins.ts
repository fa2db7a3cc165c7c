/**
 * Hand-ins that were opened: whose they are and what was answered, kept on this device beside the slot of their text, so that they are still that after a
 * reload and wherever Back and Forward lead. The address doesn't carry it: what is done in an opened run is not what was handed in.
 */
import { type HandIn, isHandIn } from '../../scenario/hand-in';
import { areTimedInputs } from '../../scenario/link-inputs';
import { type OpenedHandIn, useSession } from './session';

/** What keeping needs of the browser. */
interface HandInPorts {
  readonly shared: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
}

const KEY = 'kubestep.handIn.';
const CHAPTER = 'kubestep.handInChapter.';

/** See the header. */
export class HandIns {
  constructor(private readonly ports: HandInPorts) {}

  /** The text of a slot is about to be shown: what is handed in with it, or nothing. */
  show(slot: string, handIn: OpenedHandIn | undefined): void {
    if (handIn) this.keep(KEY + slot, JSON.stringify(handIn));
    useSession.setState({ handIn: handIn ?? null });
  }

  /** A kept text is about to be shown in a slot; where another tab has it, it is copied from there. */
  comeBack(slot: string, from = slot): void {
    const handIn = handInOf(this.kept(KEY + from));
    if (handIn && from !== slot) this.keepChapter(slot, this.chapterOf(from));
    this.show(slot, handIn);
  }

  /** Which chapter is looked at. */
  keepChapter(slot: string, chapter: number | undefined): void {
    if (chapter !== undefined) this.keep(CHAPTER + slot, String(chapter));
  }

  /** Which chapter was looked at last; undefined for none. */
  chapterOf(slot: string): number | undefined {
    const kept = this.kept(CHAPTER + slot);
    return kept !== null && /^\d{1,4}$/.test(kept) ? Number(kept) : undefined;
  }

  /** The text of a slot is kept no longer. */
  forget(slot: string): void {
    try {
      for (const key of [KEY, CHAPTER]) this.ports.shared.removeItem(key + slot);
    } catch {
      // Where nothing can be kept, nothing is to be forgotten.
    }
  }

  /** Nobody is named any more. What was done stays: without it, it would be taken for the reader's own. */
  forgetNames(): void {
    const { shared } = this.ports;
    try {
      const keys = Array.from({ length: shared.length }, (_key, index) => shared.key(index) ?? '');
      for (const key of keys.filter((each) => each.startsWith(KEY))) {
        const handIn = handInOf(shared.getItem(key));
        if (handIn) this.keep(key, JSON.stringify({ ...handIn, who: '' }));
      }
    } catch {
      // Where nothing can be kept, nothing is to be forgotten.
    }
    useSession.setState(({ handIn }) => ({ handIn: handIn && { ...handIn, who: '' } }));
  }

  private kept(key: string): string | null {
    try {
      return this.ports.shared.getItem(key);
    } catch {
      return null;
    }
  }

  private keep(key: string, value: string): void {
    try {
      this.ports.shared.setItem(key, value);
    } catch {
      // It is known as long as it is shown.
    }
  }
}

/** What was kept, if it looks like a hand-in: another release may have written it. */
function handInOf(json: string | null): OpenedHandIn | undefined {
  try {
    const { who, answers, inputs } = JSON.parse(json ?? 'null') as HandIn & { readonly inputs: unknown };
    if (typeof who !== 'string' || !Array.isArray(answers) || !isHandIn(who, answers) || !areTimedInputs(inputs))
      return undefined;
    return { who, answers, inputs };
  } catch {
    return undefined;
  }
}

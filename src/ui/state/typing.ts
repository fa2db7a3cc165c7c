/**
 * What happens to the text: what is typed is kept and, when the typing pauses, applied; a text from elsewhere (the gallery, a
 * link, the recent texts) takes its place in the editor and gets a slot of its own.
 */

import { t } from '../../i18n/translate';
import type { Address } from './address';
import type { Conductor } from './conductor';
import type { OpenOptions } from './conductor-ports';
import { replaceText, useDocument } from './document';
import type { HandIns } from './hand-ins';
import { historyIn, useHistory } from './history';
import type { Later } from './in-time';
import type { KeptSessions } from './kept-sessions';
import type { Playback } from './playback';
import { type OpenedHandIn, setBanner, useSession } from './session';
import type { TextLabel, TextSlots } from './text-slots';
import { titleOf } from './text-title';
import { tellKept } from './unkept';

const PAUSE_MS = 150;
/** Whoever types on without a pause is kept as often: a tab that crashes says nothing before. */
const KEEP_MS = 500;

/** What a first visit begins with. */
export type FirstText = Pick<OpenOptions, 'at'> & { readonly text: string };

/** What typing needs of the page it happens in. */
export interface TypingPorts {
  readonly conductor: Pick<Conductor, 'applyNow' | 'applyText' | 'open' | 'openInstead' | 'travel' | 'turns'>;
  readonly playback: Pick<Playback, 'holdForTyping'>;
  readonly slots: Pick<
    TextSlots,
    'begin' | 'begunFrom' | 'current' | 'enterOrRenew' | 'keep' | 'labelOf' | 'renew' | 'take'
  >;
  readonly sessions: Pick<KeptSessions, 'flush' | 'get'>;
  readonly handIns: Pick<HandIns, 'comeBack' | 'show'>;
  readonly address: Pick<Address, 'push'>;
  /** The address is this tab's own from now on: a reload must bring back the reader's own text, whatever link it carries. */
  readonly claimAddress: (slot: string) => void;
  /** Calls back after a while; the answer takes that back. */
  readonly later: Later;
}

/** See the header. */
export class Typing {
  private cancelPause: (() => void) | undefined;
  /** What was typed last waits for this to be false. */
  private awaits: (() => boolean) | undefined;
  private willKeep = false;
  /** What stands in the editor is not kept yet. */
  private unkept = false;

  constructor(private readonly ports: TypingPorts) {}

  /** The text is now this. `isUnfinished`: whether the caret stands where a value is yet to come, as which nothing is applied. */
  onEdit(text: string, isUnfinished = (): boolean => false): void {
    if (text === useDocument.getState().text) return;
    useDocument.setState({ text });
    this.unkept = true;
    this.ports.claimAddress(this.ports.slots.current);
    this.ports.playback.holdForTyping();
    this.cancelPause?.();
    this.awaits = undefined;
    this.cancelPause = this.ports.later(() => {
      this.awaits = isUnfinished;
      this.caretMoved();
    }, PAUSE_MS);
    if (this.willKeep) return;
    this.willKeep = true;
    this.ports.later(() => {
      this.willKeep = false;
      this.keepTyped();
    }, KEEP_MS);
  }

  /** What was typed is applied, unless the caret still stands where a value is yet to come. */
  caretMoved(): void {
    if (this.awaits?.() === false) this.settleNow();
  }

  /** Takes back what was done last, or does it again; what is still being typed is the last. */
  async travel(direction: 'undo' | 'redo'): Promise<void> {
    await this.ports.conductor.travel(direction);
    void this.keep(useDocument.getState().text, true);
  }

  /** What is in the editor is from now on kept where another text was. */
  async enterSlot(slot: string): Promise<void> {
    const { handIns, slots } = this.ports;
    await slots.enterOrRenew(slot);
    handIns.comeBack(slots.current, slot);
  }

  /** Keeps everything right now: the page may be going away. */
  flush(): void {
    this.ports.sessions.flush();
    this.keepTyped();
  }

  /** Begins where the last visit ended, or with the text given for a first. */
  begin(first: () => Promise<FirstText>): Promise<void> {
    return this.inTurn(async () => {
      const { handIns, slots } = this.ports;
      const text = await slots.begin();
      handIns.comeBack(slots.current, slots.begunFrom);
      if (text !== undefined) return this.comeBack(slots.begunFrom, text, 'begin');
      const { text: given, at } = await first();
      void this.keep(given, false);
      await this.show(given, given, { at, play: true, isForeshown: true });
    });
  }

  /** Opens a text from the gallery: from the beginning, or at a moment, where it stands still. */
  choose(text: string, at?: OpenOptions['at']): Promise<void> {
    return this.inTurn(async () => {
      this.ports.address.push();
      await this.leave();
      void this.keep(text, false);
      await this.show(text, text, at ? { at } : { play: true });
    });
  }

  /** Opens what a link carries. */
  follow(text: string, edited: string, options: OpenOptions, handIn?: OpenedHandIn): Promise<void> {
    return this.inTurn(async () => {
      await this.leave(handIn);
      void this.keep(edited, false);
      await this.show(text, edited, options);
    });
  }

  /** Goes back to one of the recent texts, with what was done to it. */
  goBack(label: TextLabel): Promise<void> {
    return this.inTurn(async () => {
      this.ports.address.push();
      await this.enter(label);
    });
  }

  /** As the browser's Back and Forward do: to where another text is kept, at a moment of it. False when it is gone. */
  goBackTo(slot: string): Promise<boolean> {
    return this.inTurn(async () => {
      const label = this.ports.slots.labelOf(slot);
      return label !== undefined && this.enter(label);
    });
  }

  /** What is typed is applied now, if it is not yet. */
  settleNow(): void {
    const isPending = this.cancelPause !== undefined;
    this.cancelPause?.();
    if (isPending) void this.settle(useDocument.getState().text);
    else this.keepTyped();
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.ports.conductor.turns.take(task);
  }

  private async enter(label: TextLabel): Promise<boolean> {
    await this.settleHere();
    const { handIns, slots } = this.ports;
    const text = await slots.take(label);
    if (text === undefined) {
      setBanner('action', { tone: 'error', text: t('recent.gone') });
      return false;
    }
    this.ports.claimAddress(slots.current);
    handIns.comeBack(slots.current, label.id);
    await this.comeBack(label.id, text, 'instead');
    return true;
  }

  /** Opens a kept text as it stood. What was typed last may not have been applied yet. */
  private async comeBack(slot: string | undefined, text: string, how: 'begin' | 'instead'): Promise<void> {
    const { conductor, sessions, slots } = this.ports;
    const kept = slot === undefined ? undefined : await sessions.get(slot);
    void this.keep(text, kept === undefined || kept.history.past.length > 0 || kept.point.text !== kept.point.run.text);
    if (!kept) return this.show(text, text, { play: true });
    const { point, selected, view, inspectorTab, commands } = kept;
    replaceText(text);
    useSession.setState({ selected, view, inspectorTab, commands });
    const { present } = useHistory.getState();
    const options = { saved: point.run, at: point.cursor, again: true, settled: point.text };
    if (how === 'begin' || !present) {
      useHistory.setState(historyIn(kept.history, slots.current));
      await conductor.open(point.run.text, options);
    } else await conductor.openInstead(point.run.text, options, titleOf(point.text));
    if (text !== point.text) await conductor.applyNow(text);
  }

  /** Within a turn: what was typed since it was asked for is typed into the text that is being left. */
  private async settleHere(): Promise<void> {
    if (!this.cancelPause) return;
    this.cancelPause();
    this.cancelPause = this.awaits = undefined;
    this.keepTyped();
    await this.ports.conductor.applyNow(useDocument.getState().text);
  }

  private settle(text: string): Promise<void> {
    this.cancelPause = this.awaits = undefined;
    this.keepTyped();
    return this.ports.conductor.applyText(text);
  }

  private keepTyped(): void {
    if (!this.unkept) return;
    this.unkept = false;
    void this.keep(useDocument.getState().text, true);
  }

  private async leave(handIn?: OpenedHandIn): Promise<void> {
    for (const slot of ['link', 'action'] as const) setBanner(slot, undefined);
    await this.settleHere();
    const { handIns, slots } = this.ports;
    await slots.renew();
    handIns.show(slots.current, handIn);
    this.ports.claimAddress(slots.current);
  }

  private async show(text: string, shown: string, options: OpenOptions): Promise<void> {
    useSession.setState({ selected: null });
    replaceText(shown);
    const { conductor } = this.ports;
    await (useHistory.getState().present
      ? conductor.openInstead(text, { settled: shown, ...options }, titleOf(shown))
      : conductor.open(text, { settled: shown, ...options }));
  }

  private async keep(text: string, edited: boolean): Promise<void> {
    const kept = this.ports.slots.keep(text, edited);
    const isKept = typeof kept === 'boolean' ? kept : await kept;
    tellKept('text', isKept);
  }
}

/**
 * What happens to the text: what is typed is kept and, when the typing pauses, applied; a text from elsewhere (the gallery, a
 * link, the recent texts) takes its place in the editor and gets a slot of its own.
 */
import { t } from '../../i18n/translate';
import type { Conductor, OpenOptions } from './conductor';
import { replaceText, useDocument } from './document';
import type { Playback } from './playback';
import { setBanner, useSession } from './session';
import type { TextLabel, TextSlots } from './text-slots';

const PAUSE_MS = 150;

/** What a first visit begins with. */
export type FirstText = Pick<OpenOptions, 'at'> & { readonly text: string };

/** What typing needs of the page it happens in. */
export interface TypingPorts {
  readonly conductor: Pick<Conductor, 'applyText' | 'open'>;
  readonly playback: Pick<Playback, 'holdForTyping'>;
  readonly slots: Pick<TextSlots, 'begin' | 'keep' | 'renew' | 'take'>;
  /** Takes the link out of the address: a reload must bring back the reader's own text. */
  readonly leaveLink: () => void;
  /** Calls back after a while; the answer takes that back. */
  readonly later: (task: () => void, ms: number) => () => void;
}

/** See the header. */
export class Typing {
  private cancelPause: (() => void) | undefined;
  /** What stands in the editor is not kept yet. */
  private unkept = false;

  constructor(private readonly ports: TypingPorts) {}

  /** The text is now this. */
  onEdit(text: string): void {
    if (text === useDocument.getState().text) return;
    useDocument.setState({ text });
    this.unkept = true;
    this.ports.leaveLink();
    this.ports.playback.holdForTyping();
    this.cancelPause?.();
    this.cancelPause = this.ports.later(() => this.settle(text), PAUSE_MS);
  }

  /** Keeps what has been typed right now: the page may be going away. */
  flush(): void {
    if (!this.unkept) return;
    this.unkept = false;
    void this.keep(useDocument.getState().text, true);
  }

  /** Begins with the text of the last visit, or the one given for a first. */
  async begin(first: () => Promise<FirstText>): Promise<void> {
    this.stop();
    const kept = await this.ports.slots.begin();
    const { text, at } = kept === undefined ? await first() : { text: kept };
    await this.show(text, text, { at, play: true });
  }

  /** Opens a text from the gallery: from the beginning, or at a moment, where it stands still. */
  async choose(text: string, at?: OpenOptions['at']): Promise<void> {
    await this.leave();
    this.ports.leaveLink();
    void this.keep(text, false);
    await this.show(text, text, at ? { at } : { play: true });
  }

  /** Opens what a link carries. It stays in the address until somebody types. */
  async follow(text: string, edited: string, options: OpenOptions): Promise<void> {
    await this.leave();
    await this.show(text, edited, options);
  }

  /** Goes back to one of the recent texts. */
  async goBack(label: TextLabel): Promise<void> {
    this.stop();
    const text = await this.ports.slots.take(label);
    if (text === undefined) return setBanner('action', { tone: 'error', text: t('recent.gone') });
    this.ports.leaveLink();
    void this.keep(text, true);
    await this.show(text, text, { play: true });
  }

  private settle(text: string): void {
    this.flush();
    void this.ports.conductor.applyText(text);
  }

  private stop(): void {
    this.cancelPause?.();
    this.flush();
  }

  private async leave(): Promise<void> {
    setBanner('link', undefined);
    this.stop();
    await this.ports.slots.renew();
  }

  private async show(text: string, shown: string, options: OpenOptions): Promise<void> {
    useSession.setState({ selected: null });
    replaceText(shown);
    await this.ports.conductor.open(text, options);
  }

  private async keep(text: string, edited: boolean): Promise<void> {
    const kept = this.ports.slots.keep(text, edited);
    const isKept = typeof kept === 'boolean' ? kept : await kept;
    setBanner('storage', isKept ? undefined : { tone: 'warning', text: t('banner.storage') });
  }
}

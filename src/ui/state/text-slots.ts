/**
 * Where texts are kept: each in a slot of its own, so that a scenario chosen, a link opened or a second tab never writes over
 * another. A tab knows its slot across reloads; what was opened in any is under the recent ones. Texts of usual
 * size go to localStorage, which is written at once, also as a page goes away; larger ones to IndexedDB.
 */
import type { Table } from './browser-table';
import { titleOf } from './text-title';

/** So many texts that somebody did something with are kept, besides the one that is open. */
const KEPT = 20;
/** And so many that were only looked at: these never push out the others. */
const KEPT_UNEDITED = 10;
/** Longer texts go to IndexedDB: twenty of this length fit into localStorage. */
const LARGE_CHARACTERS = 120_000;
const SLOT = 'kubestep.slot';
const LABEL = 'kubestep.label.';
const TEXT = 'kubestep.text.';
/** The print of a link that has come and is not open yet. */
const COMING = 'kubestep.coming';
/** Where releases without slots kept the one text, and what stood there when it was large. */
const ONLY_TEXT = 'kubestep.text';
const LARGE_MARK = '\u0000large';

/** What is known of a kept text without reading it. */
export interface TextLabel {
  readonly id: string;
  readonly title: string;
  /** When it was last written, in ms since 1970. */
  readonly atMs: number;
  /** Whether somebody typed into it, or did something in its cluster. */
  readonly edited: boolean;
  readonly large: boolean;
  /** Equal for equal texts. */
  readonly print: string;
  /** Equal where the same was done in the cluster. */
  readonly done: string;
}

/** What slots need of the browser. Either storage may be missing or full at any time. */
export interface SlotPorts {
  /** Shared by all tabs. */
  readonly shared: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /** This tab's own, across reloads; a tab that is duplicated begins with a copy. */
  readonly tab: Pick<Storage, 'getItem' | 'setItem'>;
  readonly large: Table<string>;
  /** Holds a slot against other tabs until the answer is called; undefined when another tab has it. */
  readonly hold: (id: string) => Promise<(() => void) | undefined>;
  readonly newId: () => string;
  readonly now: () => number;
  /** A text is kept no longer, nor is what belongs to it. */
  readonly forgotten?: (id: string) => void;
}

/** See the header. */
export class TextSlots {
  private id = '';
  private release: (() => void) | undefined;
  private source: string | undefined;
  /** Counts what was kept: a large text that arrives late must not write over a newer one. */
  private written = 0;

  constructor(private readonly ports: SlotPorts) {}

  /** At the beginning: this tab's text, else the latest; undefined at a first visit or where storage is forbidden. */
  async begin(): Promise<string | undefined> {
    try {
      const own = this.ports.tab.getItem(SLOT);
      if (!own || !(await this.enter(own))) await this.renew();
      const only = await this.onlyText();
      if (only !== undefined) return only;
      const labels = this.labels();
      const label = labels.find(({ id }) => id === own) ?? labels[0];
      this.source = label?.id;
      return label && (await this.read(label));
    } catch {
      return undefined;
    }
  }

  /** What is typed from now on belongs to a slot of its own. */
  async renew(): Promise<void> {
    await this.enter(this.ports.newId());
  }

  /** The slot of this tab. */
  get current(): string {
    return this.id;
  }

  /** The slot whose text this tab began with: its own, or another's that it copied. */
  get begunFrom(): string | undefined {
    return this.source;
  }

  /** Whether a slot, or any, was this tab's before a reload, and its text is kept. */
  isOwn(id = this.ofTab(SLOT)): boolean {
    return id !== undefined && this.ofTab(SLOT) === id && this.labelOf(id) !== undefined;
  }

  /** A link is to be opened in this tab; without one, that has been done. */
  coming(link?: string): void {
    try {
      this.ports.tab.setItem(COMING, link === undefined ? '' : printOf(link));
    } catch {
      // Where nothing can be kept, a reload follows the link anew.
    }
  }

  /** Whether this link came to this tab before a reload and was not opened. */
  isComing(link: string): boolean {
    return this.ofTab(COMING) === printOf(link);
  }

  private ofTab(key: string): string | undefined {
    try {
      return this.ports.tab.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** What is known of a slot's text; undefined when it is not kept. */
  labelOf(id: string): TextLabel | undefined {
    try {
      return parseLabel(this.ports.shared.getItem(LABEL + id));
    } catch {
      return undefined;
    }
  }

  /** Goes to a slot, or where another tab has it to a new one. */
  async enterOrRenew(id: string): Promise<void> {
    if (!(await this.enter(id))) await this.renew();
  }

  /** Keeps the text of this tab. False when it can be kept nowhere; of a text that is large the answer comes later. */
  keep(text: string, edited: boolean): boolean | Promise<boolean> {
    this.written += 1;
    const { id } = this;
    const large = text.length > LARGE_CHARACTERS;
    const done = this.labelOf(id)?.done ?? '';
    const atMs = this.ports.now();
    const label: TextLabel = { id, title: titleOf(text), atMs, edited, large, print: printOf(text), done };
    if (!large && this.write(label, text)) return true;
    return this.keepLarge({ ...label, large: true }, text, this.written);
  }

  /** What was done in the cluster of a text that is kept: the branches of its run, and whether anything of it by hand. */
  note(id: string, branches: unknown, byHand: boolean): void {
    const label = this.labelOf(id);
    const done = printOf(JSON.stringify(branches));
    if (!label || (label.done === done && (label.edited || !byHand))) return;
    try {
      const noted: TextLabel = { ...label, done, edited: label.edited || byHand, atMs: this.ports.now() };
      this.ports.shared.setItem(LABEL + id, JSON.stringify(noted));
    } catch {
      // The text is kept all the same.
    }
  }

  /** What was opened, the latest first, without the one that is open; texts in which the same was done once. */
  recent(): TextLabel[] {
    const labels = this.labels();
    const same = ({ print, done }: TextLabel) => `${print} ${done}`;
    const seen = new Set(labels.filter(({ id }) => id === this.id).map(same));
    return labels.filter((label) => {
      if (label.id === this.id || seen.has(same(label))) return false;
      seen.add(same(label));
      return true;
    });
  }

  /** Goes to a kept text; in another tab it is copied, not shared. Undefined when it is gone. */
  async take(label: TextLabel): Promise<string | undefined> {
    try {
      const text = await this.read(label);
      if (text === undefined) return undefined;
      await this.enterOrRenew(label.id);
      return text;
    } catch {
      return undefined;
    }
  }

  /** Makes a slot this tab's, unless another tab has it. */
  private async enter(id: string): Promise<boolean> {
    if (id === this.id) return true;
    const release = await this.ports.hold(id);
    if (!release) return false;
    this.release?.();
    this.release = release;
    this.id = id;
    try {
      this.ports.tab.setItem(SLOT, id);
    } catch {
      // The slot is known as long as the page lives.
    }
    return true;
  }

  private labels(): TextLabel[] {
    const { shared } = this.ports;
    const labels: TextLabel[] = [];
    for (let index = 0; index < shared.length; index += 1) {
      const key = shared.key(index);
      const label = key?.startsWith(LABEL) ? parseLabel(shared.getItem(key)) : undefined;
      if (label) labels.push(label);
    }
    return labels.sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
  }

  private async read({ id, large }: TextLabel): Promise<string | undefined> {
    return large ? this.ports.large.get(id) : (this.ports.shared.getItem(TEXT + id) ?? undefined);
  }

  /** The one text of a release without slots, which gets a slot; undefined from then on. */
  private async onlyText(): Promise<string | undefined> {
    const { shared, large } = this.ports;
    const kept = shared.getItem(ONLY_TEXT);
    const text = kept === LARGE_MARK ? await large.get(ONLY_TEXT) : (kept ?? undefined);
    if (text !== undefined && (await this.keep(text, true))) shared.removeItem(ONLY_TEXT);
    return text;
  }

  private write(label: TextLabel, text: string): boolean {
    const { shared, large } = this.ports;
    try {
      const before = parseLabel(shared.getItem(LABEL + label.id));
      shared.setItem(TEXT + label.id, text);
      shared.setItem(LABEL + label.id, JSON.stringify(label));
      if (before?.large) large.remove(label.id).catch(() => undefined);
      this.prune();
      return true;
    } catch {
      return false;
    }
  }

  private async keepLarge(label: TextLabel, text: string, written: number): Promise<boolean> {
    const { shared, large } = this.ports;
    try {
      await large.put(label.id, text);
      if (written !== this.written) return true;
      shared.setItem(LABEL + label.id, JSON.stringify(label));
      shared.removeItem(TEXT + label.id);
      this.prune();
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets the oldest beyond what is kept. */
  private prune(): void {
    const others = this.labels().filter(({ id }) => id !== this.id);
    const edited = others.filter((label) => label.edited);
    const unedited = others.filter((label) => !label.edited);
    for (const label of [...edited.slice(KEPT), ...unedited.slice(KEPT_UNEDITED)]) this.forget(label);
  }

  private forget({ id, large }: TextLabel): void {
    const { shared } = this.ports;
    shared.removeItem(LABEL + id);
    shared.removeItem(TEXT + id);
    if (large) this.ports.large.remove(id).catch(() => undefined);
    this.ports.forgotten?.(id);
  }
}

/** FNV-1a over the text, with its length. */
function printOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `${text.length}:${(hash >>> 0).toString(16)}`;
}

function parseLabel(json: string | null): TextLabel | undefined {
  try {
    const { id, title, atMs, edited, large, print, done = '' } = JSON.parse(json ?? '') as TextLabel;
    if (typeof id !== 'string' || typeof title !== 'string' || !Number.isFinite(atMs)) return undefined;
    return {
      id,
      title,
      atMs,
      edited: edited === true,
      large: large === true,
      print: String(print),
      done: String(done),
    };
  } catch {
    return undefined;
  }
}

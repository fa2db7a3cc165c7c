/**
 * Values as a history keeps them, for it keeps every version of everything: what is as in an earlier value is taken from there, and
 * what is new takes no more room than its fields.
 */
import { isObject, putIn, valueIn } from './plain';

/** Objects of more fields are kept as they come, and so are new sets of fields beyond a number: users choose words too. */
const MOST_FIELDS = 40;
const MOST_LAYOUTS = 2000;

/** Records of fewer fields are left as they are when they are laid out. */
const MANY_FIELDS = 6;

/** So many of one layout, or lists of one length, are remembered to be found again. */
const LATELY = 32;
/** When so many were none of those lately kept, and none ever was, nobody looks any more. */
const IN_VAIN = 2048;
/** Longer lists are not looked for. */
const LONGEST_LIST = 8;

/** What was kept lately, by its parts: many objects say the same of the same moment, such as conditions of Pods. */
class Lately {
  private readonly parts: (readonly unknown[])[] = [];
  private readonly whole: object[] = [];
  private place = 0;
  /** Negative once one was found. */
  private inVain = 0;

  find(parts: readonly unknown[]): object | undefined {
    if (this.inVain > IN_VAIN) return undefined;
    for (let at = 0; at < this.parts.length; at++) {
      if (!isSame(this.parts[at] as readonly unknown[], parts)) continue;
      this.inVain = -Infinity;
      return this.whole[at];
    }
    return undefined;
  }

  note(parts: readonly unknown[], whole: object): void {
    if (this.inVain > IN_VAIN) return;
    if (++this.inVain > IN_VAIN) {
      this.parts.length = 0;
      this.whole.length = 0;
      return;
    }
    this.parts[this.place] = parts;
    this.whole[this.place] = whole;
    this.place = (this.place + 1) % LATELY;
  }
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

function isRecordOfMany(value: unknown): value is Record<string, unknown> {
  return (
    isObject(value) && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length >= MANY_FIELDS
  );
}

/** The fields that follow those of another layout. */
interface Layout {
  readonly next: Map<string, Layout>;
  /** One with nothing in its fields, as text. */
  text?: string;
  lately?: Lately;
}

const newLayout = (): Layout => ({ next: new Map() });

/** Makes values to keep. What it remembers only makes them small. */
export class Kept {
  private readonly none = newLayout();
  private readonly lists = Array.from({ length: LONGEST_LIST + 1 }, () => new Lately());
  private count = 0;

  /**
   * The value, with every part that is as in an earlier one, down to the order of its fields, taken from there. Returns `earlier` itself when
   * all is the same; changes neither.
   */
  of<T>(value: T, earlier: unknown): T {
    if (value === earlier || !isObject(value)) return value;
    return (Array.isArray(value) ? this.list(value, earlier) : this.record(value, earlier)) as T;
  }

  /**
   * A record with the same in its fields that takes no more room than they need, and so for the records in its lists that are not those of an
   * earlier one; anything else itself.
   */
  laidOut<T>(value: T, earlier: unknown): T {
    return (value !== earlier && isRecordOfMany(value) ? this.copied(value, earlier) : value) as T;
  }

  private copied(value: Record<string, unknown>, earlier: unknown): Record<string, unknown> {
    const names = Object.keys(value);
    const layout = this.layoutOf(names);
    if (!layout) return value;
    const copy = emptyOf(layout, names);
    for (const name of names) {
      const part = value[name];
      const known = valueIn(earlier as Record<string, unknown> | undefined, name);
      putIn(copy, name, Array.isArray(part) && part !== known ? this.itemsLaidOut(part, known) : part);
    }
    return copy;
  }

  private itemsLaidOut(list: readonly unknown[], earlier: unknown): readonly unknown[] {
    if (!list.some(isRecordOfMany)) return list;
    const before: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
    return list.map((item, at) => this.laidOut(item, before[at]));
  }

  private list(value: readonly unknown[], earlier: unknown): readonly unknown[] {
    const before: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
    const items: unknown[] = new Array(value.length);
    for (let at = 0; at < value.length; at++)
      items[at] = this.of(value[at], at < before.length ? before[at] : undefined);
    if (before === earlier && before.length === items.length && isSame(before, items)) return before;
    const lately = this.lists[items.length];
    const known = lately?.find(items);
    if (known) return known as readonly unknown[];
    lately?.note(items, items);
    return items;
  }

  private record(value: Record<string, unknown>, earlier: unknown): Record<string, unknown> {
    const before = isObject(earlier) && !Array.isArray(earlier) ? earlier : undefined;
    const names = Object.keys(value);
    const others = before ? Object.keys(before) : names;
    let isEarlier = before !== undefined && names.length === others.length;
    const parts: unknown[] = new Array(names.length);
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as string;
      const isThere = before !== undefined && at < others.length && name === others[at];
      const known = isThere ? before[name] : valueIn(before, name);
      const part = this.of(value[name], known);
      if (part !== known || !isThere) isEarlier = false;
      parts[at] = part;
    }
    return isEarlier ? (before as Record<string, unknown>) : this.made(names, parts);
  }

  /** A record of these parts: one that was made lately, or a new one. */
  private made(names: readonly string[], parts: readonly unknown[]): Record<string, unknown> {
    const layout = this.layoutOf(names);
    const known = layout?.lately?.find(parts);
    if (known) return known as Record<string, unknown>;
    const kept = layout ? emptyOf(layout, names) : {};
    for (let at = 0; at < names.length; at++) putIn(kept, names[at] as string, parts[at]);
    if (layout) {
      layout.lately ??= new Lately();
      layout.lately.note(parts, kept);
    }
    return kept;
  }

  /** The layout of objects with these fields, if they are not too many. */
  private layoutOf(names: readonly string[]): Layout | undefined {
    if (names.length > MOST_FIELDS) return undefined;
    let layout = this.none;
    for (const name of names) {
      let next = layout.next.get(name);
      if (!next) {
        if (this.count >= MOST_LAYOUTS) return undefined;
        this.count++;
        next = newLayout();
        layout.next.set(name, next);
      }
      layout = next;
    }
    return layout;
  }
}

/** A new object of a layout, with nothing in its fields: engines lay out what is parsed without room for more, but not a copy of it. */
function emptyOf(layout: Layout, names: readonly string[]): Record<string, unknown> {
  layout.text ??= `{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`;
  return JSON.parse(layout.text);
}

/**
 * Values as a history keeps them, for it keeps every version of everything: what is as in an earlier value is taken from there, and
 * what is new takes no more room than its fields.
 */
import { isObject, putIn, valueIn } from './plain';

/** Objects of more fields are kept as they come, and so are new sets of fields beyond a number: users choose words too. */
const MOST_FIELDS = 40;
const MOST_LAYOUTS = 2000;

/** The fields that follow those of another layout, and an object of it as text: engines lay out what is parsed without room for more. */
interface Layout {
  readonly next: Map<string, Layout>;
  text?: string;
}

/** Makes values to keep. What it remembers only makes them small. */
export class Kept {
  private readonly none: Layout = { next: new Map() };
  private count = 0;

  /**
   * The value, with every part that is as in an earlier one, down to the order of its fields, taken from there. Returns `earlier` itself when
   * all is the same; changes neither.
   */
  of<T>(value: T, earlier: unknown): T {
    if (value === earlier || !isObject(value)) return value;
    return (Array.isArray(value) ? this.list(value, earlier) : this.record(value, earlier)) as T;
  }

  private list(value: readonly unknown[], earlier: unknown): readonly unknown[] {
    const before: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
    const items = value.map((item, at) => this.of(item, before[at]));
    const isSame =
      before === earlier && before.length === items.length && items.every((item, at) => item === before[at]);
    return isSame ? before : items;
  }

  private record(value: Record<string, unknown>, earlier: unknown): Record<string, unknown> {
    const before = isObject(earlier) && !Array.isArray(earlier) ? earlier : undefined;
    const names = Object.keys(value);
    const others = before ? Object.keys(before) : [];
    let isSame = before !== undefined && names.length === others.length;
    const parts = names.map((name, at) => {
      const known = valueIn(before, name);
      const part = this.of(value[name], known);
      if (part !== known || name !== others[at]) isSame = false;
      return part;
    });
    if (isSame) return before as Record<string, unknown>;
    const kept = this.laidOut(names);
    names.forEach((name, at) => {
      putIn(kept, name, parts[at]);
    });
    return kept;
  }

  /** A new object of these fields, with nothing in them. */
  private laidOut(names: readonly string[]): Record<string, unknown> {
    if (names.length > MOST_FIELDS) return {};
    let layout = this.none;
    for (const name of names) {
      let next = layout.next.get(name);
      if (!next) {
        if (this.count >= MOST_LAYOUTS) return {};
        this.count++;
        next = { next: new Map() };
        layout.next.set(name, next);
      }
      layout = next;
    }
    layout.text ??= `{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`;
    return JSON.parse(layout.text);
  }
}

import { expect, test } from 'vitest';
import { type SlotPorts, TextSlots } from './text-slots';

class FakeStorage {
  readonly items = new Map<string, string>();
  full = false;
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** A browser, and a way to open tabs in it. */
function createBrowser() {
  const shared = new FakeStorage();
  const texts = new Map<string, string>();
  const held = new Set<string>();
  let ids = 0;
  let nowMs = 0;
  const openTab = (tab = new FakeStorage(), more: Partial<SlotPorts> = {}) => {
    const own = new Set<string>();
    const slots = new TextSlots({
      shared,
      tab,
      large: {
        get: async (id) => texts.get(id),
        put: async (id, text) => void texts.set(id, text),
        remove: async (id) => void texts.delete(id),
      },
      hold: async (id) => {
        if (held.has(id)) return undefined;
        held.add(id);
        own.add(id);
        return () => void held.delete(id);
      },
      newId: () => `slot-${++ids}`,
      now: () => ++nowMs,
      ...more,
    });
    const close = () => {
      for (const id of own) held.delete(id);
    };
    return { slots, tab, close };
  };
  return { shared, texts, openTab };
}

const titles = (slots: TextSlots) => slots.recent().map(({ title }) => title);
const text = (name: string) => `kind: Pod\nmetadata:\n  name: ${name}\n`;

test('at a first visit there is nothing', async () => {
  const { openTab } = createBrowser();
  expect(await openTab().slots.begin()).toBeUndefined();
});

test('a reload brings the text back, a new tab the latest', async () => {
  const { openTab } = createBrowser();
  const first = openTab();
  await first.slots.begin();
  expect(first.slots.keep(text('a'), true)).toBe(true);
  first.close();
  expect(await openTab(first.tab).slots.begin()).toBe(text('a'));
  expect(await openTab().slots.begin()).toBe(text('a'));
});

test('two tabs do not write over one another, nor does one that was duplicated', async () => {
  const { openTab } = createBrowser();
  const one = openTab();
  await one.slots.begin();
  one.slots.keep(text('one'), true);
  const other = openTab();
  await other.slots.begin();
  other.slots.keep(text('other'), true);
  const copy = new FakeStorage();
  for (const [key, value] of one.tab.items) copy.setItem(key, value);
  const duplicate = openTab(copy);
  expect(await duplicate.slots.begin()).toBe(text('one'));
  duplicate.slots.keep(text('duplicate'), true);
  one.slots.keep(text('one again'), true);
  expect(titles(other.slots)).toEqual(['Pod one again', 'Pod duplicate']);
  one.close();
  expect(await openTab(one.tab).slots.begin()).toBe(text('one again'));
});

test('a text from elsewhere leaves the one before under Recent, from where it comes back as it was', async () => {
  const { openTab } = createBrowser();
  const { slots } = openTab();
  await slots.begin();
  slots.keep(text('mine'), true);
  await slots.renew();
  slots.keep(text('gallery'), false);
  expect(titles(slots)).toEqual(['Pod mine']);
  expect(await slots.take(slots.recent()[0]!)).toBe(text('mine'));
  expect(titles(slots), 'nobody typed into the other').toEqual(['Pod gallery']);
  slots.keep(text('mine, more'), true);
  await slots.renew();
  expect(titles(slots)).toEqual(['Pod mine, more', 'Pod gallery']);
});

test('equal texts are listed once', async () => {
  const { openTab } = createBrowser();
  const { slots } = openTab();
  await slots.begin();
  for (const name of ['a', 'b', 'a', 'c']) {
    slots.keep(text(name), true);
    await slots.renew();
  }
  slots.keep(text('c'), false);
  expect(titles(slots)).toEqual(['Pod a', 'Pod b']);
});

test('equal texts in which something else was done are listed each, and are kept as what somebody typed into is', async () => {
  const { openTab } = createBrowser();
  const { slots } = openTab();
  await slots.begin();
  for (const acts of [['scale'], [], ['scale'], ['delete']]) {
    slots.keep(text('a'), false);
    slots.note(slots.current, acts, acts.length > 0);
    await slots.renew();
  }
  expect(slots.recent().map(({ title, edited }) => `${title} ${edited}`)).toEqual([
    'Pod a true',
    'Pod a true',
    'Pod a false',
  ]);
  expect(() => slots.note('gone', [], true)).not.toThrow();
});

test('a recent text that another tab has open is copied', async () => {
  const { openTab } = createBrowser();
  const one = openTab();
  await one.slots.begin();
  one.slots.keep(text('one'), true);
  const other = openTab();
  await other.slots.begin();
  expect(await other.slots.take(other.slots.recent()[0]!)).toBe(text('one'));
  other.slots.keep(text('other'), true);
  one.close();
  expect(await openTab(one.tab).slots.begin()).toBe(text('one'));
});

test('the last twenty are kept, and a few that were only looked at', async () => {
  const { openTab, shared } = createBrowser();
  const { slots } = openTab();
  await slots.begin();
  for (let index = 0; index < 30; index += 1) {
    slots.keep(text(`edited-${index}`), true);
    await slots.renew();
    slots.keep(text(`seen-${index}`), false);
    await slots.renew();
  }
  slots.keep(text('last'), true);
  const ofKind = (kind: string) => titles(slots).filter((title) => title.includes(kind));
  expect(ofKind('edited')).toEqual(Array.from({ length: 20 }, (_, index) => `Pod edited-${29 - index}`));
  expect(ofKind('seen')).toEqual(Array.from({ length: 10 }, (_, index) => `Pod seen-${29 - index}`));
  expect([...shared.items.keys()].filter((key) => key.startsWith('kubestep.text.'))).toHaveLength(31);
});

test('large texts go elsewhere, come back, and never write over a newer one', async () => {
  const { openTab, texts } = createBrowser();
  const large = text('large') + '#'.repeat(200_000);
  const tab = openTab();
  await tab.slots.begin();
  expect(await tab.slots.keep(large, true)).toBe(true);
  tab.close();
  expect(await openTab(tab.tab).slots.begin()).toBe(large);
  const again = openTab();
  await again.slots.begin();
  const late = again.slots.keep(large, true);
  again.slots.keep(text('small'), true);
  await late;
  again.close();
  expect(await openTab(again.tab).slots.begin()).toBe(text('small'));
  expect(texts.size).toBeLessThanOrEqual(2);
});

test('a full storage leaves the texts to the other; where neither takes one that is said', async () => {
  const { openTab, shared, texts } = createBrowser();
  const { slots } = openTab();
  await slots.begin();
  shared.full = true;
  expect(await slots.keep(text('a'), true)).toBe(false);
  shared.full = false;
  expect(slots.keep(text('a'), true)).toBe(true);
  expect([...texts.values()].every((kept) => kept === text('a'))).toBe(true);
  const without = openTab(undefined, {
    shared: {} as Storage,
    tab: {} as Storage,
    large: { get: () => Promise.reject(new Error()), put: () => Promise.reject(new Error()), remove: async () => {} },
  });
  expect(await without.slots.begin()).toBeUndefined();
  expect(await without.slots.keep(text('b'), true)).toBe(false);
  expect(without.slots.recent()).toEqual([]);
});

test('the one text of an earlier release gets a slot', async () => {
  const { openTab, shared } = createBrowser();
  shared.setItem('kubestep.text', text('old'));
  const tab = openTab();
  expect(await tab.slots.begin()).toBe(text('old'));
  expect(shared.getItem('kubestep.text')).toBeNull();
  await tab.slots.renew();
  expect(titles(tab.slots)).toEqual(['Pod old']);
});

test('what stands there without being ours is left alone', async () => {
  const { openTab, shared } = createBrowser();
  shared.setItem('kubestep.label.x', '{"id": 3}');
  shared.setItem('kubestep.label.y', 'not json');
  shared.setItem('other', 'x');
  const { slots } = openTab();
  expect(await slots.begin()).toBeUndefined();
  expect(slots.recent()).toEqual([]);
});

test('after a reload a tab knows its slot, and the link it has not opened yet; at a first visit nothing', async () => {
  const { openTab } = createBrowser();
  const first = openTab();
  expect([first.slots.isOwn(), first.slots.isComing('s=a')]).toEqual([false, false]);
  await first.slots.begin();
  first.slots.keep(text('a'), true);
  first.slots.coming('s=a');
  const again = openTab(first.tab).slots;
  expect([again.isOwn(), again.isOwn(first.slots.current), again.isOwn('another')]).toEqual([true, true, false]);
  expect([again.isComing('s=a'), again.isComing('s=b')]).toEqual([true, false]);
  again.coming();
  expect(openTab(first.tab).slots.isComing('s=a')).toBe(false);
});

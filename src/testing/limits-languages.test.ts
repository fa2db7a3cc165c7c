import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../engine/api/scheme';
import { LIMITS } from '../engine/limits';
import { LANGUAGES } from '../i18n/language';
import { sentenceTranslator } from '../i18n/sentences';

const texts = [...new Set(LIMITS.flatMap(({ area, what, detail }) => [area, what, detail]))];
const kinds = new Set(RESOURCES.map((info) => info.kind));
/** `podReplacementPolicy`, `FailedMount`, `etcd-slow`, `kubectl/drain`: the same in every language. */
const NAME = /^([a-z]+[A-Z]|[A-Z][a-z]+[A-Z]|(?=[a-z]+[/-]))[\w/-]+$/;
const isName = (text: string) => text.split(', ').every((part) => kinds.has(part) || NAME.test(part));
/** Fields, kinds, flags and numbers of several digits in a text. */
const NAMED = /\b[a-z]+[A-Z]\w+|\b[A-Z][a-z]+[A-Z]\w+|(?<!\w)--[a-z][a-z-]*|\d[\d,.]*\d/g;
/** `IngressClasses` as `IngressClass`. */
const single = (name: string) => name.replace(/ies$/, 'y').replace(/(?<=s)es$|(?<!s)s$/, '');

const others = Object.entries(LANGUAGES).flatMap(([tag, { loadLimits }]) => (loadLimits ? [{ tag, loadLimits }] : []));

describe.each(others)('what is simulated, in $tag', async ({ loadLimits }) => {
  const words = await loadLimits();
  const generated = sentenceTranslator(words.patterns);
  it('has every text of the list', () => {
    const missing = texts.filter(
      (text) => !isName(text) && words.texts[text] === undefined && generated(text) === text,
    );
    expect(missing).toEqual([]);
  });
  it('has no text that the list has not', () => {
    expect(Object.keys(words.texts).filter((text) => !texts.includes(text))).toEqual([]);
    for (const pattern of words.patterns) {
      const translate = sentenceTranslator([pattern]);
      expect(texts.filter((text) => translate(text) !== text).length, pattern[0]).toBeGreaterThan(0);
    }
  });
  it('names the fields, kinds, flags and numbers that the English names', () => {
    const lost = Object.entries(words.texts).flatMap(([english, other]) =>
      [...new Set(english.match(NAMED))].filter((name) => !other.includes(single(name))).map((name) => [name, english]),
    );
    expect(lost).toEqual([]);
  });
});

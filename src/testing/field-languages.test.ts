import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/language';
import { sentenceTranslator } from '../i18n/sentences';
import { scenarioDefinitions } from '../scenario/scenario-schema';

const texts = new Set<string>();
JSON.stringify(scenarioDefinitions(), (key, value) => {
  if (key === 'description' && typeof value === 'string') texts.add(value);
  return value;
});

const others = Object.entries(LANGUAGES).flatMap(([tag, { loadFields }]) => (loadFields ? [{ tag, loadFields }] : []));

describe.each(others)('what the editor says of fields, in $tag', async ({ loadFields }) => {
  const words = await loadFields();
  const generated = sentenceTranslator(words.patterns);
  const inner = (text: string) => text.replace(/ \(a duration such as .*\)$/, '');
  it('has every text', () => {
    expect(texts.size).toBeGreaterThan(100);
    const said = (text: string) => words.texts[text] ?? generated(text);
    // Nothing but names and examples is left of the English.
    expect([...texts].filter((text) => text !== 'Markdown' && said(text).includes(inner(text)))).toEqual([]);
  });
  it('has no text that no field has', () => {
    const stems = new Set([...texts].map(inner));
    expect(Object.keys(words.texts).filter((text) => !stems.has(text))).toEqual([]);
  });
});

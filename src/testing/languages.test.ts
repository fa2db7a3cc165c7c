/** Every language says all that the page says, with the same parts, and every sentence that the gallery's steps say. */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../i18n/language';
import { en } from '../i18n/messages/en';
import { enLeaving } from '../i18n/messages/en-leaving';
import { enPlane } from '../i18n/messages/en-plane';
import { enRehearsal } from '../i18n/messages/en-rehearsal';
import { enWhyNot } from '../i18n/messages/en-why-not';
import { sentenceTranslator } from '../i18n/sentences';

import { GALLERY, TOPICS } from '../scenario/gallery';
import { parseScenario } from '../scenario/scenario';
import { startText } from './swarm';

const OTHERS = Object.entries(LANGUAGES).flatMap(([tag, { load }]) => (load ? [{ tag, load }] : []));
const partsOf = (text: string): string[] => [...text.matchAll(/\{[*+;]?\w+\}/g)].map(String).sort();

/** How a request went through the API server, in English. */
const PASSAGE = /passed authentication|refused at (?:auth|admission)|\(\S+ may \w+ /;

test.each(OTHERS)('$tag has every text of the page, with the same parts', async ({ load }) => {
  const { messages } = await load();
  for (const [key, english] of Object.entries({ ...en, ...enLeaving, ...enPlane, ...enRehearsal, ...enWhyNot })) {
    const text = (messages as Record<string, string | undefined>)[key];
    if (text === undefined && key.endsWith('_one')) continue;
    expect(text?.trim(), key).toBeTruthy();
    expect(partsOf(text!), key).toEqual(partsOf(english));
  }
});

test.each(OTHERS)('$tag has all that the gallery says of itself', async ({ load }) => {
  const { gallery } = await load();
  const authored = TOPICS.flatMap(({ title, entries }) => [
    title,
    ...entries.flatMap((entry) => [entry.title, entry.point]),
  ]);
  for (const entry of GALLERY) {
    const { scenario } = parseScenario(await entry.load());
    authored.push(String(scenario?.title), String(scenario?.description));
  }
  expect(authored.filter((english) => !gallery[english])).toEqual([]);
});

test.each(OTHERS)('$tag repeats in a sentence no part that the English one lacks', async ({ load }) => {
  const { sentences } = await load();
  for (const [english, other] of sentences) {
    const known = new Set(partsOf(english));
    expect(
      partsOf(other).filter((part) => !known.has(part)),
      english,
    ).toEqual([]);
  }
});

test.each(OTHERS)(
  '$tag says what the steps of every scenario of the gallery say',
  { timeout: 120_000 },
  async ({ load }) => {
    const say = sentenceTranslator((await load()).sentences);
    const unsaid = new Set<string>();
    for (const entry of GALLERY) {
      const simulation = startText(await entry.load());
      simulation.run({ timeMs: Math.max(entry.momentMs, 60_000) });
      for (let step = 1; step <= simulation.step; step += 1) {
        const { message, actor } = simulation.traceAt(step);
        // A person's command and what kubectl answered are Kubernetes' words; how the API server took it is told in ours.
        const isCommand = actor === 'user' || message.startsWith('kubectl ');
        const isUnsaid = isCommand ? PASSAGE.test(say(message)) : say(message) === message;
        if (isUnsaid) unsaid.add(message);
      }
    }
    expect([...unsaid]).toEqual([]);
  },
);

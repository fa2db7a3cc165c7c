import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../i18n/language';
import { sentenceTranslator } from '../i18n/sentences';
import { TIMER_WORDS, timerWords } from './timer-words';

/** `context.after(…, 'kind'`, in any of its forms. */
const TIMER = /\b(?:context|client|world|run)\.(?:after\w*|wake)\([^;]{0,160}?'([a-z][a-z-]*)'(?:,|\))/g;
const ENGINE = new URL('../engine/', import.meta.url);

/** A function that sets a timer of the kind it is given, whatever it calls that. */
const SETTER = /\bfunction (\w+)\(context: \w+, (\w+): string[^{}]*\{(?:(?!\n\}).)*?\.after\([^;]*?, \2, /gs;

/** What a storage driver does by its timers. */
const HANDLERS = /\nconst HANDLERS: ReadonlyMap<string, Handler> = [^;]*;/g;

const sources = (): string[] =>
  readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|generated)\./.test(file))
    .map((file) => readFileSync(new URL(file, ENGINE), 'utf8'));

test('every kind of timer that the engine sets has its words', () => {
  const texts = sources();
  const setters = new Set(texts.flatMap((text) => [...text.matchAll(SETTER)].map(([, name = '']) => name)));
  expect([...setters]).toEqual(expect.arrayContaining(['begin', 'next', 'tryAgain']));
  const given = new RegExp(`\\b(?:${[...setters].join('|')})\\(\\s*context,\\s*'([a-z][a-z-]*)'`, 'g');
  const handled = texts
    .flatMap((text) => text.match(HANDLERS) ?? [])
    .flatMap((text) => [...text.matchAll(/\['([a-z-]+)'/g)]);
  expect(handled.length).toBeGreaterThan(5);
  const set = texts.flatMap((text) => [...text.matchAll(TIMER), ...text.matchAll(given)]);
  const kinds = [...set, ...handled].map(([, kind = '']) => kind);
  expect(kinds.length).toBeGreaterThan(60);
  expect(kinds).toContain('lose');
  expect(kinds.filter((kind) => TIMER_WORDS[kind] === undefined)).toEqual([]);
});

test.each(Object.entries(LANGUAGES).flatMap(([tag, { load }]) => (load ? [{ tag, load }] : [])))(
  '$tag says what each timer is for',
  async ({ load }) => {
    const say = sentenceTranslator((await load()).sentences);
    const said = Object.keys(TIMER_WORDS).flatMap((kind) => [timerWords(kind, 'web-1'), timerWords(kind, '')]);
    expect(said.filter((words) => say(words) === words)).toEqual([]);
  },
);

test('what a timer is about stands in its words, where it is known', () => {
  expect(timerWords('shell', 'web-1')).toBe('the program of web-1 goes on');
  expect(timerWords('shell', '')).toBe('a program goes on');
  expect(timerWords('unheard-of', 'web-1')).toBe('unheard-of web-1');
});

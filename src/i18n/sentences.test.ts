import { expect, test } from 'vitest';
import { sentenceTranslator } from './sentences';
import { ZH_CONDITIONS } from './sentences/zh-conditions';

const say = sentenceTranslator([
  ['{gone} gone', 'weg: {gone}'],
  ['{count} wanted', '{count} gewollt'],
  ['Removed {name}: claim {claim} is gone', '{name} entfernt: Anspruch {claim} ist weg'],
  ['{pod} refuses: {*why}', '{pod} weist ab: {*why}'],
  ['{pod} has no database: {*why}', '{pod} hat keine Datenbank: {*why}'],
  ['No volume suits {claim}: {+why}', 'Kein Band passt zu {claim}: {+why}'],
  ['{volume} too small', '{volume} zu klein'],
]);

test.each([
  ['a-1 gone', 'weg: a-1'],
  // What begins with words of its own is meant, wherever it stands among the others.
  ['Removed v: claim c is gone', 'v entfernt: Anspruch c ist weg'],
  // A count is a number, and what is named has no clauses.
  ['3 wanted', '3 gewollt'],
  ['its ordinal is no longer wanted', 'its ordinal is no longer wanted'],
  ['a has no database: b refuses: 2 wanted', 'a hat keine Datenbank: b weist ab: 2 gewollt'],
  ['No volume suits c: a too small, b gone', 'Kein Band passt zu c: a zu klein, weg: b'],
])('%s', (english, other) => {
  expect(say(english)).toBe(other);
});

test('each of several mistakes in a condition is translated; what they quote is kept', () => {
  const mistakes = [
    'character 1: pods is not known here',
    "character 21: 'x; y' stands where ) belongs",
    'line 2, character 6: lst is not known here',
  ];
  expect(sentenceTranslator(ZH_CONDITIONS)(mistakes.join('; '))).toBe(
    "第 1 个字符：这里不认识 pods；第 21 个字符：'x; y' 的位置应该是 )；第 2 行第 6 个字符：这里不认识 lst",
  );
});

test('what to write instead is translated as well', () => {
  const mistake = "character 6: > cannot be used with duration, int: write duration('50s') instead of 50";
  expect(sentenceTranslator(ZH_CONDITIONS)(mistake)).toBe(
    "第 6 个字符：> 不能用于 duration, int：请写 duration('50s')，而不是 50",
  );
});

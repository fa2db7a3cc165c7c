import { expect, test } from 'vitest';
import { readJson } from './json-text';

test.each([
  ['', 'unexpected end of JSON input'],
  ['{', 'unexpected end of JSON input'],
  ['{"a"', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['{"data":{"k":"v"}} x', "invalid character 'x' after top-level value"],
  ['{"data":{"k":"v",}}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['trie', "invalid character 'i' in literal true (expecting 'u')"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  [`${'['.repeat(2000)}`, 'exceeded max depth'],
])('%j is refused as Go refuses it', (text, error) => {
  expect(readJson(text)).toMatchObject({ error, duplicates: [] });
});

test('repeated keys are told with their places, and the last one counts', () => {
  const text = '{"data":{"a":"b","a":"c"},"list":[{"op":1,"op":2}],"__proto__":{"x":1}}';
  const { value, duplicates } = readJson(text);
  expect(duplicates).toEqual(['data.a', 'list[0].op']);
  expect(JSON.stringify(value)).toBe('{"data":{"a":"c"},"list":[{"op":2}],"__proto__":{"x":1}}');
});

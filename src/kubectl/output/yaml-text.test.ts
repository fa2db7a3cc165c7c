import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareKeys, yamlText } from './yaml-text';

describe('a text in YAML', () => {
  it.each([
    ['plain words', 'plain words'],
    ['nginx:1.25', 'nginx:1.25'],
    ['a#b', 'a#b'],
    ['1.2.3', '1.2.3'],
    ['=', '='],
    ['?', "'?'"],
    ['', '""'],
    ['true', '"true"'],
    ['Yes', '"Yes"'],
    ['off', '"off"'],
    ['n', '"n"'],
    ['null', '"null"'],
    ['~', '"~"'],
    ['80', '"80"'],
    ['0777', '"0777"'],
    ['08', '"08"'],
    ['0x1F', '"0x1F"'],
    ['1_000', '"1_000"'],
    ['1e3', '"1e3"'],
    ['12345e9', '"12345e9"'],
    ['1e400', '1e400'],
    ['.5', '".5"'],
    ['.inf', '".inf"'],
    ['12:30', '"12:30"'],
    ['2026-01-01', '"2026-01-01"'],
    ['2026-13-01', '2026-13-01'],
    ['2026-01-01T00:00:00Z', '"2026-01-01T00:00:00Z"'],
    ['a: b', "'a: b'"],
    ['ends:', "'ends:'"],
    ['a #b', "'a #b'"],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['*', "'*'"],
    ["it's", "it's"],
    ["'it", "'''it'"],
    ['[x]', "'[x]'"],
    [' a', "' a'"],
    ['\ta', '"\\ta"'],
    ['bell\u0007', '"bell\\a"'],
    ['中文', '中文'],
    ['😀', '"\\U0001F600"'],
    ['one\ntwo\n', '|\n  one\n  two'],
    ['one\n\ntwo', '|-\n  one\n\n  two'],
    ['one\n\n', '|+\n  one\n'],
    [' one\n', '|2\n   one'],
    ['one \ntwo', '"one \\ntwo"'],
    ['a\tb\nc', '"a\\tb\\nc"'],
  ])('%j', (text, expected) => {
    expect(yamlText({ key: text })).toBe(`key: ${expected}\n`);
    const isReadDifferentlyElsewhere = text === '1e400' || text === '2026-13-01';
    if (!isReadDifferentlyElsewhere) expect(parse(yamlText({ key: text }), { version: '1.1' })).toEqual({ key: text });
  });
  it('is folded at the first space after column 80', () => {
    const words =
      'containers with unready status and many other words that fill up the line as far as it goes and then some';
    expect(yamlText({ status: { message: words } })).toBe(
      'status:\n' +
        '  message: containers with unready status and many other words that fill up the line\n' +
        '    as far as it goes and then some\n',
    );
    expect(yamlText([`quoted: ${words}`])).toBe(
      "- 'quoted: containers with unready status and many other words that fill up the line\n" +
        "  as far as it goes and then some'\n",
    );
    expect(yamlText({ a: `"${words}\t` })).toBe(
      'a: "\\"containers with unready status and many other words that fill up the line as\n' +
        '  far as it goes and then some\\t"\n',
    );
  });
});

describe('an object in YAML', () => {
  it('has keys in natural order and lists under their key', () => {
    const object = {
      metadata: { name: 'web', labels: {}, finalizers: [], creationTimestamp: null },
      kind: 'Pod',
      spec: {
        replicas: 3,
        on: true,
        ports: [{ port: 80, name: 'http' }, 'x', [1, [2]], { a: [1] }],
        absent: undefined,
      },
    };
    expect(yamlText(object)).toBe(`kind: Pod
metadata:
  creationTimestamp: null
  finalizers: []
  labels: {}
  name: web
spec:
  "on": true
  ports:
  - name: http
    port: 80
  - x
  - - 1
    - - 2
  - a:
    - 1
  replicas: 3
`);
  });
  it.each([
    ['k9', 'k10'],
    ['10', '9a'],
    ['9', 'a'],
    ['a.b', 'ab'],
    ['a', 'aa'],
    ['B', 'a'],
    ['a01', 'a2'],
  ])('%s', (first, second) => {
    const expected = first === '10' ? 1 : -1;
    expect(Math.sign(compareKeys(first, second))).toBe(expected);
    expect(Math.sign(compareKeys(second, first))).toBe(-expected);
  });
});

import { describe, expect, it } from 'vitest';
import { readableStream } from './documents';
import { firstError } from './first-error';

describe('first error', () => {
  // As go.yaml.in/yaml/v2 answered.
  it.each([
    ['a:\n  b: c\n d: e\n', 'yaml: line 2: did not find expected key'],
    ['a:\n- b\n c: d\n', 'yaml: line 3: mapping values are not allowed in this context'],
    ['a: [b, c\nd: e\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: [b c] d\n', 'yaml: did not find expected key'],
    ['a: {b: c\nd\n', "yaml: line 2: did not find expected ',' or '}'"],
    ['a: {b: c} d: e\n', 'yaml: did not find expected key'],
    ['a: %b\n', 'yaml: found character that cannot start any token'],
    ['a: | b\n', 'yaml: did not find expected comment or line break'],
    ['a: |0\n  b\n', 'yaml: found an indentation indicator equal to 0'],
    ['a:\n  b: |\n\tc\n', 'yaml: line 3: found a tab character where an indentation space is expected'],
    ['a: "b\\qc"\n', 'yaml: found unknown escape character'],
    ['a: "\\u12"\n', 'yaml: did not find expected hexdecimal number'],
    ['a: "\\ud800"\n', 'yaml: found invalid Unicode character escape code'],
    ["a: 'b\n---\nc'\n", 'yaml: line 2: found unexpected document indicator'],
    ['a: !b<c d\n', 'yaml: did not find expected whitespace or line break'],
    ['a: !<x y\n', "yaml: did not find the expected '>'"],
    ['x: 1\na: !q!b c\n', 'yaml: line 1: found undefined tag handle'],
    ['%FOO\n---\na: b\n', 'yaml: found unknown directive name'],
    ['%YAML 1.1\na: b\n', 'yaml: line 1: did not find expected <document start>'],
    ['a: b\n? c: d: e\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['- a\nb: c\n', "yaml: line 1: did not find expected '-' indicator"],
    ['a\nb: c\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: - b\n', 'yaml: block sequence entries are not allowed in this context'],
    ['a: b\n: c: d\n', 'yaml: line 1: did not find expected key'],
    ['x: 1\na: &b\n  *c\n', 'yaml: line 2: did not find expected key'],
    ['x: 1\ny: }\n', 'yaml: line 1: did not find expected node content'],
    ['a: b\n]\n', 'yaml: line 1: did not find expected key'],
    ['a: \u0007\n', 'yaml: control characters are not allowed'],
    ['a: [b: c, ? d, : e]\n  f: g\n', 'yaml: did not find expected node content'],
    ['x: "a" b\n', 'yaml: did not find expected key'],
    ['a: *b c\n', "yaml: unknown anchor 'b' referenced"],
    ['x: 1\na: &\n', 'yaml: line 2: did not find expected alphabetic or numeric character'],
    ['a: @b\n', 'yaml: found character that cannot start any token'],
    ['a:\n  - b\n  c: d\n', "yaml: line 2: did not find expected '-' indicator"],
    ['a: [1, 2]]\n', 'yaml: did not find expected key'],
    ['{a: b, c\n', "yaml: line 1: did not find expected ',' or '}'"],
  ])('%j', (text, error) => {
    expect(firstError(text)).toEqual({ error });
  });

  it.each([
    ['a: b\n', 1],
    ['a: b', 1],
    ['  a: b\nc: d\n', 1],
    ['---\na: |+\n  b\n\n...\nc', 4],
    ['a: &x {b: [*x, "c\\\'d", "e\n f"]} # g\n? h\n: - i\n  - !!str j\n', 5],
    ['', 0],
  ])('reads one value of %j', (text, nextLine) => {
    expect(firstError(text)).toEqual({ nextLine });
  });
});

describe('a stream', () => {
  it.each([
    ['a: b\n---\nc: d\n', 'a: b\n---\nc: d\n', undefined],
    [
      'a: b\n---\nc: [\n---\ne: f\n',
      'a: b\n',
      'error converting YAML to JSON: yaml: line 1: did not find expected node content',
    ],
    ['a: b\n--- c\nd: e\n', '', 'invalid Yaml document separator: c'],
    ['  a: b\nc: d\n---\ne: f\n', '  a: b\n---\ne: f\n', undefined],
  ])('%j', (stream, text, error) => {
    expect(readableStream(stream)).toEqual({ text, error });
  });
});

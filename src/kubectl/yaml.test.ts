import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH, parseManifests, splitFieldPath } from './yaml';

function objects(text: string): unknown[] {
  return parseManifests(text).documents.map(({ object }) => object);
}

describe('parseManifests', () => {
  it('reads values as Kubernetes reads YAML', () => {
    expect(
      objects('octal: 0644\nnew: 0o17\nyes: yes\nquoted: "yes"\ntime: 12:30\ndate: 2026-01-01\nnothing: ~\nfloat: 1e3'),
    ).toEqual([
      { octal: 420, new: 15, true: true, quoted: 'yes', time: '12:30', date: '2026-01-01', nothing: null, float: 1000 },
    ]);
  });

  it('follows anchors and merges', () => {
    expect(objects('a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n  z: 2')).toEqual([
      { a: { x: 1 }, b: { x: 1 }, c: { x: 1, z: 2 } },
    ]);
  });

  it('skips empty documents and knows the lines of the others', () => {
    const { documents, problems } = parseManifests('# nothing\n---\na: 1\n---\n---\nb: 1\nc: 2\n');
    expect(problems).toEqual([]);
    expect(documents.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [3, 3],
      [6, 7],
    ]);
  });

  it('does not read what follows the end of a document', () => {
    expect(objects('a:\n...\n  b: 1\n---\nc: 1\n')).toEqual([{ a: null }, { c: 1 }]);
  });

  it('takes lists apart', () => {
    const text = 'apiVersion: v1\nkind: List\nitems:\n- {kind: A}\n- {kind: List, items: [{kind: B}]}\n';
    expect(objects(text)).toEqual([{ kind: 'A' }, { kind: 'B' }]);
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 3, 'this key stands twice'],
    ['a:\n\t- b', 2, 'there is a tab here'],
    ['a: b: c', 1, 'there is a second ": " on this line'],
    ["ok: 1\na: 'x", 2, 'something is missing here'],
    ['a: 1\n---\n- a', 3, 'this is a list'],
    ['hello', 1, 'this is plain text'],
    ['a: *nowhere', 1, 'nowhere'],
  ])('%j: line %d: %s', (text, line, message) => {
    const [problem] = parseManifests(text).problems;
    expect(problem?.line).toBe(line);
    expect(problem?.message).toContain(message);
  });

  it('goes on after a bad document', () => {
    const { documents, problems } = parseManifests('a: b: c\n---\nkind: A\n');
    expect(problems).toHaveLength(1);
    expect(documents.map(({ object }) => object)).toEqual([{ kind: 'A' }]);
  });

  it('lets repeated keys pass when lenient, the last one counting', () => {
    const { documents, problems } = parseManifests('a: 1\na: 2', { lenient: true });
    expect(problems).toEqual([]);
    expect(documents[0]?.object).toEqual({ a: 2 });
  });

  it('refuses an alias bomb and a text that is too long', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${`*${of},`.repeat(9)}]\n`;
    const bomb = `a: &a [x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}`;
    expect(parseManifests(bomb).problems[0]?.message).toContain('anchors');
    const long = parseManifests(`a: "${'x'.repeat(MAX_TEXT_LENGTH)}"`);
    expect(long.documents).toEqual([]);
    expect(long.problems[0]?.message).toBe('the text is too long: 4.0 MB of at most 4.0 MB');
  });
});

describe('rangeOf', () => {
  const [document] = parseManifests('kind: Pod\nspec:\n  containers:\n  - name: a\n    image: "x y"\n').documents;
  it.each([
    ['spec.containers[0].image', [5, 5, 5, 17]],
    ['spec.containers[0]', [4, 5, 4, 9]],
    ['spec.containers[7].image', [3, 3, 3, 13]],
    ['spec.volumes', [2, 1, 2, 5]],
    ['metadata.name', [1, 1, 1, 5]],
  ])('%s', (path, [line, column, endLine, endColumn]) => {
    expect(document?.rangeOf(path)).toEqual({ line, column, endLine, endColumn });
  });

  it('reads the paths of field errors', () => {
    expect(splitFieldPath('spec.env[0].labels[app.kubernetes.io/name].x')).toEqual([
      'spec',
      'env',
      0,
      'labels',
      'app.kubernetes.io/name',
      'x',
    ]);
  });
});

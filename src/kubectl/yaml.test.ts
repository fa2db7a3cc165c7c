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

  it.each([
    ['a: 1\n<<:', 2, 'map merge requires map'],
    ['a: 1\nb:\n  <<: 5', 3, 'map merge requires map'],
    ['<<: [x]', 1, 'map merge requires map'],
    ['<<: [{a: 1}, null]', 1, 'map merge requires map'],
    ['a: &a [*a]', 1, 'contains itself'],
    ['a: *b\nb: &b 1', 1, 'anchor'],
    ['~: 1', 1, 'a key may not be empty'],
    ['? {a: b}\n: c', 1, 'invalid map key'],
    ['a: .inf', 1, 'no number that JSON can hold'],
    ['a: !!int x', 1, 'cannot decode !!str `x` as a !!int'],
    ['a: !!binary "*"', 1, 'invalid base64'],
    [`a: ${'['.repeat(5000)}`, 1, 'nested too deeply'],
    [`a: ${'{a: '.repeat(5000)}`, 1, 'nested too deeply'],
    ['x: 1\n__proto__: 1\n__proto__: 2', 3, 'line 3: key "__proto__" already set in map'],
  ])('%.30j: line %d: %s', (text, line, message) => {
    const { documents, problems } = parseManifests(text);
    expect(documents).toEqual([]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.line).toBe(line);
  });

  it.each<[string, unknown]>([
    ['e1', 'e1'],
    ['1e1', 10],
    ['1e', '1e'],
    ['+', '+'],
    ['.', '.'],
    ['.5', 0.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['1_000', 1000],
    ['_1', '_1'],
    ['0644', 420],
    ['0o644', 420],
    ['08', 8],
    ['0', 0],
    ['-0x1F', -31],
    ['0b101', 5],
    ['0xg', '0xg'],
    ['12:30:45', '12:30:45'],
    ['2026-01-01', '2026-01-01'],
    ['1e400', '1e400'],
    ['18446744073709551616', 18446744073709552000],
    ['y', true],
    ['n', false],
    ['Yes', true],
    ['oFF', 'oFF'],
    ['off', false],
    ['Null', null],
    ['~', null],
    ['nan', 'nan'],
    ['=', '='],
    ['"0644"', '0644'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['!!binary aGk=', 'hi'],
    ['!custom 5', '5'],
    [`"it\\'s"`, "it's"],
    [`"a\\\\'b\\n"`, "a\\'b\n"],
  ])('reads %s as go-yaml does', (text, value) => {
    expect(objects(`a: ${text}`)).toEqual([{ a: value }]);
  });

  it('keeps keys of every kind as text', () => {
    const [object] = objects('80: a\nyes: b\n1.5: c\n0x10: d\n1e7: e\n1e3: f\n"y": g\n<<: {z: h}\n"<<": i') as object[];
    expect(Object.keys(object as object)).toEqual(['16', '80', '1000', 'true', '1.5', '1e+07', 'y', 'z', '<<']);
  });

  it('keeps keys that every object has by nature', () => {
    const [object] = objects('__proto__: {a: 1}\nconstructor: x\n<<: {toString: x}') as object[];
    expect(JSON.stringify(object)).toBe('{"__proto__":{"a":1},"constructor":"x","toString":"x"}');
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });

  it('merges in the order in which things stand', () => {
    expect(objects('a: &a {x: 1, w: 1}\nb: {x: 2, <<: *a, w: 3}\nc: {<<: [{x: 1}, {x: 2, z: 2}]}')).toEqual([
      { a: { x: 1, w: 1 }, b: { x: 1, w: 3 }, c: { x: 1, z: 2 } },
    ]);
  });

  it('keeps no call stacks of the mistakes of a text, and tells twenty of them', () => {
    const limit = Error.stackTraceLimit;
    const limits: number[] = [];
    Object.defineProperty(Error, 'stackTraceLimit', {
      configurable: true,
      get: () => limit,
      set: (value: number) => limits.push(value),
    });
    const { problems } = parseManifests('a: b\n- x\n'.repeat(2000));
    Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, writable: true, value: limit });
    expect(problems).toHaveLength(20);
    expect(limits).toEqual([0, limit]);
  });

  it('reads twenty thousand keys of one mapping as easily as of many', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `  key-${index}: ${'x'.repeat(80)}\n`).join('');
    const { documents, problems } = parseManifests(`kind: ConfigMap\ndata:\n${keys}  key-7: again\n`);
    expect(documents).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual([20_003]);
  });

  it.each([
    ['-----', '--'],
    ['--- {kind: B}', '{kind: B}'],
    ['---b', 'b'],
  ])('takes %s for no separator', (line, said) => {
    const { documents, problems } = parseManifests(`kind: A\n--- # one\nkind: C\n--- \nkind: D\n${line}\nkind: E\n`);
    expect(documents.map(({ object }) => object.kind)).toEqual(['A', 'C', 'D']);
    expect(problems).toEqual([
      {
        line: 6,
        column: 1,
        endLine: 6,
        endColumn: line.length + 1,
        message: `invalid Yaml document separator: ${said}`,
      },
    ]);
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

  it('says once of a mapping that is merged into itself that it is', () => {
    const { problems } = parseManifests('a: &a {<<: *a}');
    expect(problems.map(({ message }) => message)).toEqual(["anchor 'a' value contains itself"]);
  });

  it('refuses an alias bomb and a text that is too long', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${`*${of},`.repeat(9)}]\n`;
    const bomb = `a: &a [x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}${level('f', 'e')}${level('g', 'f')}`;
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

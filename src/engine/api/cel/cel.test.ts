/** What expressions come to, and in which words they fail. */
import { describe, expect, test } from 'vitest';
import { type CelShape, compileCel, evaluateCel } from './cel';

const SELF = {
  replicas: 3,
  ratio: 0.5,
  name: 'web',
  tags: ['a', 'b'],
  ports: [
    { port: 80, name: 'http' },
    { port: 443, name: 'https' },
  ],
  labels: { app: 'web', 'a.b/c': 'x' },
  namespace: 'shop',
  empty: null,
};

function answer(text: string, options: { lenient?: boolean; budget?: number } = {}): unknown {
  const program = compileCel(text, {
    variables: new Map([
      ['self', undefined],
      ['oldSelf', undefined],
    ]),
    hasBind: true,
  });
  if ('problem' in program) return program.problem;
  const result = evaluateCel(program, { bindings: { self: SELF, oldSelf: { ...SELF, replicas: 2 } }, ...options });
  return 'error' in result ? `error: ${result.error}` : result.value;
}

/** A text, and its value; `error: …` and texts with ERROR are failures. */
const VALUES: readonly (readonly [text: string, value: unknown])[] = [
  ["duration('0') < duration('1.5µs') && duration('.5s') == duration('500.ms')", true],
  ["[duration('1s')].exists(d, d > self.replicas)", 'error: no such overload'],
  ["duration('junk')", "error: type conversion error from 'string' to 'google.protobuf.Duration'"],
  ["timestamp('junk')", "error: type conversion error from 'string' to 'google.protobuf.Timestamp'"],
  ["int('1x')", "error: type conversion error from 'string' to 'int'"],
  ["uint('-1')", "error: type conversion error from 'string' to 'uint'"],
  ["double('1x')", "error: type conversion error from 'string' to 'double'"],
  ["bool('yes')", "error: type conversion error from 'string' to 'bool'"],
  ["[bool('1'), bool('t'), bool('TRUE'), bool('False'), bool('f')]", [true, true, true, false, false]],
  ["timestamp('2026-11-30T10:00:00Z').getDayOfWeek()", 1n],
  ["timestamp('1969-12-27T10:00:00Z').getDayOfWeek()", 6n],
  ["timestamp('2026-11-30T10:00:00Z').getDayOfYear()", 333n],
  ["'a1b22c333'.findAll('[0-9]+', 2)", ['1', '22']],
  ["'a1b22c333'.findAll('[0-9]+', -1).size()", 3n],
  ["b'abc' == b'abc' && b'ab' + b\"c\" == b\"\"\"abc\"\"\" && b'a' < b'b' && b'a' != bytes('b')", true],
  ["size(b'\\x41') == 1 && b'\\x41' == B'A' && br'\\d' == bytes(r'\\d') && type(b'') == bytes", true],
  ["bytes('é').size()", 2n],
  ["string(b'é') == 'é' && [b'a'].exists(b, b == b'a')", true],
  ['1u + 2u == 3u && 0x1Fu == 31u && 1u < 2 && 5u % 3u == 2u && int(3u) == 3 && 0u == uint(0)', true],
  ['uint(-2) == 1u', 'error: unsigned integer overflow'],
  ['1 + 2 * 3', 7n],
  ['(1 + 2) * 3 - -1', 10n],
  ['7 / 2 == 3 && 7 % 2 == 1', true],
  ['0x10', 16n],
  ['1.5 + 1.5', 3],
  ["'a' + \"b\" + r'\\n'", 'ab\\n'],
  ["'\\u00e9'.size()", 1n],
  ['self.replicas <= 5', true],
  ['self.replicas == 3 && self.ratio < 1.0', true],
  ['self.replicas > oldSelf.replicas ? "up" : "down"', 'up'],
  ["self.name.startsWith('w') && self.name.matches('^w.b$')", true],
  ['has(self.nosuch)', false],
  ['!has(self.nosuch) || self.nosuch > 1', true],
  ["'app' in self.labels && !('x' in self.labels)", true],
  ["self.labels['a.b/c']", 'x'],
  ['self.__namespace__', 'shop'],
  ["'b' in self.tags", true],
  ['self.tags[1]', 'b'],
  ['self.ports.all(p, p.port > 0 && p.port < 65536)', true],
  ["self.ports.exists(p, p.name == 'https')", true],
  ['self.ports.exists_one(p, p.port == 80)', true],
  ['self.ports.map(p, p.port)', [80n, 443n]],
  ['self.ports.map(p, p.port > 100, p.name)', ['https']],
  ['self.ports.filter(p, p.port > 100).size()', 1n],
  ["self.labels.all(k, self.labels[k] != '')", true],
  ['self.tags.all(i, v, v == self.tags[i])', true],
  ["self == self && self != oldSelf && [1, 2] == [1, 2] && {'a': 1} == {'a': 1}", true],
  ['dyn(1) == 1.0 && 1 < 1.5', true],
  ['self.?nosuch.orValue(7)', 7n],
  ['self.?nosuch.hasValue()', false],
  ['cel.bind(x, self.replicas, x * x)', 9n],
  ["quantity('500m').isLessThan(quantity('1')) && quantity('1Gi').asInteger() == 1073741824", true],
  ["duration('1h30m') > duration('89m') && duration('90m').getHours() == 1", true],
  ["timestamp('2026-01-01T00:00:00Z') + duration('24h') == timestamp('2026-01-02T00:00:00Z')", true],
  ["'a,b,c'.split(',').size() == 3 && ['a', 'b'].join('-') == 'a-b'", true],
  ["'hello'.substring(1, 3) + 'x'.replace('x', 'y') + 'ABC'.lowerAscii()", 'elyabc'],
  ["'%s has %d replicas'.format([self.name, self.replicas])", 'web has 3 replicas'],
  ['[3, 1, 2].max() == 3 && [1, 2].sum() == 3 && [1, 2].isSorted()', true],
  ["sets.contains(['a', 'b'], ['a'])", true],
  ["type(self.replicas) == int && string(1) == '1' && int('2') == 2", true],
  ['true || self.nosuch', true],
  ['self.nosuch || true', true],
  ['[1, 2].exists(x, x / 0 == 1 || x == 2)', true],
  ['self.nosuch', 'error: no such key: nosuch'],
  ['1 / 0', 'error: division by zero'],
  ['9223372036854775807 + 1', 'error: integer overflow'],
  ['self.tags[5]', 'error: index out of bounds: 5'],
  ["dyn(1) + 'a'", 'error: no such overload'],
  ['self.empty == null', true],
];

test.each(VALUES)('%s', (text, value) => {
  expect(answer(text)).toEqual(value);
});

test('mistakes are told with their place', () => {
  expect(answer('self.replicas >')).toMatch(/^ERROR: <input>:1:16: Syntax error: mismatched input '<EOF>'/);
  expect(answer('foo > 1')).toBe(
    "ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')\n | foo > 1\n | ^",
  );
  expect(answer('self.name.fly()')).toContain("undeclared reference to 'fly' (in container '')");
});

test('fields that a schema does not have are found before', () => {
  const ports: CelShape = { each: { fields: new Map([['port', {}]]) } };
  const variables = new Map<string, CelShape>([['self', { fields: new Map([['ports', ports]]) }]]);
  expect(compileCel('self.ports.all(p, p.prt > 0)', { variables })).toEqual({
    problem: "ERROR: <input>:1:20: undefined field 'prt'\n | self.ports.all(p, p.prt > 0)\n | ...................^",
  });
  expect(compileCel('self.ports.all(p, p.port > 0)', { variables })).toHaveProperty('tree');
});

describe('what is missing is null to the lenient', () => {
  test.each([
    ['self.nosuch.deeper == null', true],
    ['self.nosuch > 3', false],
    ['self.nosuch.all(x, x > 3)', true],
    ['self.nosuch.?deeper.orValue(7)', 7n],
    ['self.?nosuch.deeper.orValue(7)', 7n],
  ])('%s', (text, value) => {
    expect(answer(text, { lenient: true })).toBe(value);
  });
});

describe('every evaluation ends', () => {
  const ten = '[0,1,2,3,4,5,6,7,8,9]';
  const nested = (depth: number): string => (depth === 0 ? 'true' : `${ten}.all(x${depth}, ${nested(depth - 1)})`);
  test('with a budget', () => {
    expect(answer(nested(9))).toBe('error: operation cancelled: actual cost limit exceeded');
    expect(answer(nested(3))).toBe(true);
  });
  test('and expressions have bounds', () => {
    expect(answer(`${'('.repeat(500)}1${')'.repeat(500)}`)).toContain('nested too deeply');
    expect(answer(`'${'a'.repeat(5000)}'.matches('(a+)+$') && self.name.matches('(x+x+)+y')`)).toBe(false);
  });
});

test('functions of others are called with their arguments', () => {
  const functions = { get: ([kind]: readonly unknown[]) => ({ kind, spec: { replicas: 2 } }) };
  const program = compileCel("get('Deployment').spec.replicas == 2", { variables: new Map(), functions });
  if ('problem' in program) throw new Error(program.problem);
  expect(evaluateCel(program, { bindings: {}, functions })).toMatchObject({ value: true });
});

/** Values of Kubernetes' libraries, and what they say of what they can't read. */
test.each([
  ["url('https://user@example.com:80/a%20b?x=1&x=2&y=').getHost()", 'example.com:80'],
  ["url('https://[::1]:80/').getHostname() + url('https://[::1]:80/').getPort()", '::180'],
  ["url('https://e.com/a%20b?x=1').getEscapedPath()", '/a%20b'],
  ["url('https://e.com/?x=1&x=2').getQuery()['x']", ['1', '2']],
  ["url('https://e.com/?x=a%20%C3%BC+%E2%82%AC').getQuery()['x'][0]", 'a ü €'],
  ["isURL('../x') || isURL('')", false],
  ["url('::')", 'error: URL parse error during conversion from string: parse "::": missing protocol scheme'],
  ["ip('::1').family() == 6 && ip('::1').isLoopback() && !ip('10.0.0.1').isLoopback()", true],
  ["ip('10.0.0.1') == ip('10.0.0.1') && string(ip('2001:DB8::1'))  == '2001:db8::1'", true],
  ["ip.isCanonical('2001:DB8::1') || isIP('::ffff:1.2.3.4') || isIP('1.2.3')", false],
  ["ip('169.254.1.1').isLinkLocalUnicast() && ip('224.0.0.1').isLinkLocalMulticast()", true],
  ["ip('8.8.8.8').isGlobalUnicast() && !ip('0.0.0.0').isGlobalUnicast() && ip('::').isUnspecified()", true],
  ["cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.0'))", true],
  ["cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.0.0.0/8').containsCIDR('0.0.0.0/0')", true],
  ["string(cidr('10.1.2.3/8').masked()) + string(cidr('10.1.2.3/8').ip())", '10.0.0.0/810.1.2.3'],
  ["cidr('10.0.0.0/8').prefixLength()", 8n],
  ["isCIDR('10.0.0.0') || isCIDR('10.0.0.0/33')", false],
  ["semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && semver('1.10.0').compareTo(semver('1.9.0')) == 1", true],
  ["semver('v01.2', true).major() + semver('1.2.3').minor() + semver('1.2.3').patch()", 6n],
  ["isSemver('v1.0.0') || isSemver('1.0') || !isSemver('v1.0', true)", false],
  ["semver('v1')", 'error: No Major.Minor.Patch elements found'],
  ["format.dns1123Label().validate('ab-c').hasValue()", false],
  ["format.named('dns1123Label').value().validate('A').value().size()", 1n],
  ["format.named('nonsense').hasValue()", false],
  ["quantity('1Gi').isGreaterThan(quantity('1M'))", true],
])('%s of a library', (text, value) => {
  expect(answer(text)).toEqual(value);
});

/** As a real API server says it of rules. */
test.each<[string, string]>([
  ['self.a == self.b', "1:8: found no matching overload for '_==_' applied to '(int, string)'"],
  ['self.c.all(x, x > 3)', "1:17: found no matching overload for '_>_' applied to '(string, int)'"],
  ['size(self.a) > 1', "1:5: found no matching overload for 'size' applied to '(int)'"],
  ['self.a && true', "1:5: expected type 'bool' but found 'int'"],
  ['true || self.a', "1:13: expected type 'bool' but found 'int'"],
  ["duration(self.b) == '1h'", "1:18: found no matching overload for '_==_' applied to '(duration, string)'"],
  ['timestamp(self.b) != self.b', "1:19: found no matching overload for '_!=_' applied to '(timestamp, string)'"],
  ["ip(self.b) == '1.2.3.4'", "1:12: found no matching overload for '_==_' applied to '(net.IP, string)'"],
  ['self.b in cidr(self.b)', "1:8: found no matching overload for '@in' applied to '(string, net.CIDR)'"],
  [
    "quantity(self.b) > quantity('1')",
    "1:18: found no matching overload for '_>_' applied to '(kubernetes.Quantity, kubernetes.Quantity)'",
  ],
  [
    'duration(self.b) > timestamp(self.b)',
    "1:18: found no matching overload for '_>_' applied to '(duration, timestamp)'",
  ],
  [
    'timestamp(self.b) + timestamp(self.b) == self.b',
    "1:19: found no matching overload for '_+_' applied to '(timestamp, timestamp)'",
  ],
  [
    'duration(self.b) - timestamp(self.b) == self.b',
    "1:18: found no matching overload for '_-_' applied to '(duration, timestamp)'",
  ],
  [
    'duration(self.b).getFullYear() == 1',
    "1:29: found no matching overload for 'getFullYear' applied to 'duration.()'",
  ],
  ['semver(self.b).sign() == 1', "1:20: found no matching overload for 'sign' applied to 'kubernetes.Semver.()'"],
  ['bytes(self.a) == self.b', "1:6: found no matching overload for 'bytes' applied to '(int)'"],
  [
    'self.c.map(x, duration(x)) == self.c',
    "1:28: found no matching overload for '_==_' applied to '(list(duration), list(string))'",
  ],
  ["self.b.split(',') == self.b", "1:19: found no matching overload for '_==_' applied to '(list(string), string)'"],
  ['self.c.max() > self.a', "1:14: found no matching overload for '_>_' applied to '(string, int)'"],
  [
    'self.b.all(x, x > 3)',
    "1:5: expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)",
  ],
  ['url(self.b).host == self.b', "1:12: unexpected failed resolution of 'kubernetes.URL'"],
  ['duration(self.b)[0] == self.a', "1:17: found no matching overload for '_[_]' applied to '(duration, int)'"],
  ["self.a.startsWith('x')", "1:18: found no matching overload for 'startsWith' applied to 'int.(string)'"],
  ['!self.b', "1:1: found no matching overload for '!_' applied to '(string)'"],
  ['self.b.matches("[")', '1:16: invalid matches argument'],
  ['foo(self.b)', "1:4: undeclared reference to 'foo' (in container '')"],
  ['self.b.foo()', "1:11: undeclared reference to 'foo' (in container '')"],
  ['self.zz == 3', "1:5: undefined field 'zz'"],
])('%s is refused', (text, problem) => {
  const shape = (type: string): CelShape => ({ type });
  const self: CelShape = {
    fields: new Map([
      ['a', shape('int')],
      ['b', shape('string')],
      ['c', { kind: 'list', each: shape('string') }],
    ]),
  };
  const compiled = compileCel(text, { variables: new Map([['self', self]]) });
  expect(compiled).toMatchObject({ problem: expect.stringContaining(`ERROR: <input>:${problem}\n`) });
});

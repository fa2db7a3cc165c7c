/** Rules that may cost too much, with what a real API server of 1.36.3 said of each. */
import { expect, test } from 'vitest';
import { bareWorld, refusedCreate } from '../../../testing/refusal';

const TEXT = { type: 'string' };
const texts = (maxItems?: number, maxLength?: number): object => ({
  type: 'array',
  items: { ...TEXT, ...(maxLength === undefined ? {} : { maxLength }) },
  ...(maxItems === undefined ? {} : { maxItems }),
});
const list = (items: object, maxItems?: number): object => ({
  type: 'array',
  items,
  ...(maxItems === undefined ? {} : { maxItems }),
});
const fields = (properties: object, ...rules: string[]): object => ({
  type: 'object',
  properties,
  'x-kubernetes-validations': rules.map((rule) => ({ rule })),
});
const deep = (a: number | undefined, b: number | undefined, c: number | undefined): object =>
  fields({
    a: list(fields({ b: list(fields({ c: list(fields({ d: { type: 'integer' } }, 'self.d > 1'), c) }), b) }), a),
  });

/** A schema of spec, and by which factor a rule of it is too dear; '' when it is not. */
const CASES: readonly (readonly [what: string, spec: object, factor: string])[] = [
  ['one text', fields({ a: TEXT }, "self.a.matches('^[a-z]+$')"), ''],
  ['texts without bound', fields({ a: texts() }, "self.a.all(x, x.startsWith('foo'))"), ''],
  ['a pattern for each', fields({ a: texts() }, "self.a.all(x, x.matches('^[a-z]{3}$'))"), 'more than 100x'],
  ['one of a few for each', fields({ a: texts() }, "self.a.all(x, x in ['a','b','c'])"), '1.8x'],
  ['pairs, bounded', fields({ a: texts(100, 10) }, 'self.a.all(x, self.a.exists_one(y, x == y))'), ''],
  ['pairs of many', fields({ a: texts(1000, 63) }, 'self.a.all(x, self.a.exists_one(y, x == y))'), '3.0x'],
  [
    'pairs of numbers',
    fields({ a: list({ type: 'integer' }, 2000) }, 'self.a.all(x, self.a.exists(y, x < y))'),
    '2.8x',
  ],
  ['every item', fields({ a: list(fields({ n: TEXT, v: TEXT }, 'self.n != self.v')) }), 'more than 100x'],
  [
    'values of a map',
    fields(
      { m: { type: 'object', maxProperties: 50, additionalProperties: texts(undefined, 20) } },
      "self.m.exists(k, self.m[k].exists(v, v == 'abc'))",
    ),
    '31.5x',
  ],
  ['joined texts', fields({ a: texts(200, 100) }, "self.a.map(x, x + 'b').join(',').size() < 100"), 'more than 100x'],
  ['parts of a text', fields({ b: TEXT }, "self.b.split('.').all(x, x.size() < 63)"), '2.0x'],
  ['the largest of texts', fields({ a: texts() }, "self.a.max() < 'zz'"), 'more than 100x'],
  ['sets', fields({ a: texts(5000, 50), b: texts(5000, 50) }, 'sets.contains(self.a, self.b)'), '2.5x'],
  [
    'a number or a text',
    fields(
      { b: { 'x-kubernetes-int-or-string': true } },
      "type(self.b) == int ? self.b < 5 : self.b.matches('^[0-9]+%$')",
    ),
    '',
  ],
  [
    'what may be missing',
    fields({ b: fields({ c: texts() }) }, "self.?b.c.orValue([]).all(x, x.startsWith('a'))"),
    'more than 100x',
  ],
  ['bytes', fields({ b: TEXT }, "bytes(self.b) == b'a' && b'\\x41' == b'A' && size(b'abc') == 3"), ''],
  ['lists in lists without bound', deep(undefined, undefined, undefined), ''],
  ['lists in lists', deep(10, 1000, 1000), '3.0x'],
];

const SHORT = { a: { ...TEXT, maxLength: 32 }, b: { ...TEXT, maxLength: 32 } };
const COMPARED: readonly string[] = [
  'duration(self.a) > duration(self.b)',
  "duration(self.a) + duration('1h') == duration(self.b) - duration('1s')",
  'timestamp(self.a) < timestamp(self.b)',
  "timestamp(self.a) - timestamp(self.b) < duration('1h')",
  "timestamp(self.a) + duration('1h') != timestamp(self.b)",
  'timestamp(self.a).getDayOfWeek() < timestamp(self.b).getDayOfYear()',
  "[self.a, self.b].all(x, duration(x) > duration('1s'))",
  "self.?a.hasValue() && duration(self.?a.orValue('1s')) < duration(self.b)",
  'quantity(self.a).add(quantity(self.b)) == quantity(self.b)',
  'semver(self.a) == semver(self.b)',
  'ip(self.a) == cidr(self.b).ip()',
  'cidr(self.a).masked() == cidr(self.b)',
  'url(self.a) == url(self.b)',
  'self.a in url(self.b).getQuery()',
  'format.dns1123Label() == format.dns1123Label()',
  'bytes(self.a) < bytes(self.b)',
  'string(bytes(self.a)) == self.b',
  "self.a.findAll('a+', 2)[0] == self.b",
];

test.each(COMPARED)('values of other types are compared within the budget: %s', (rule) => {
  expect(refusedCreate(bareWorld(), definition(fields(SHORT, rule)))).toEqual([]);
});

// The rule of Gateway API's HTTPRoutes, whose texts have no bound.
const TIMEOUTS =
  "!(has(self.a) && has(self.b) && duration(self.a) != duration('0s') && duration(self.b) > duration(self.a))";

test.each([
  [TIMEOUTS, { a: TEXT, b: TEXT }, ''],
  ['quantity(self.a) != quantity(self.b)', SHORT, 'more than 100x'],
  ['ip(self.a) != ip(self.b)', SHORT, 'more than 100x'],
])('as an API server estimates it: %s', (rule, properties, factor) => {
  const [first = ''] = refusedCreate(bareWorld(), definition(fields(properties, rule)));
  expect(/exceeds budget by factor of (.+?) \(try/.exec(first)?.[1] ?? first).toBe(factor);
});

const definition = (spec: object): string =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', singular: 'thing', kind: 'Thing' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  });

test.each(CASES)('%s', (_what, spec, factor) => {
  const refusals = refusedCreate(bareWorld(), definition(spec));
  const [first = ''] = refusals.filter((line) => line.includes('.x-kubernetes-validations['));
  const found = /\.rule: Forbidden: estimated rule cost exceeds budget by factor of (.+?) \(try/.exec(first);
  expect(found?.[1] ?? '').toBe(factor);
  if (factor === '') expect(refusals).toEqual([]);
});

test('rules together, and the dearest of them', () => {
  const some = { ...texts(3000), 'x-kubernetes-validations': [{ rule: "self.all(x, self.exists(y, y == 'a'))" }] };
  const spec = { type: 'object', properties: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`p${n}`, some])) };
  const refusals = refusedCreate(bareWorld(), definition(spec));
  expect(refusals.filter((line) => line.includes('contributed to estimated rule cost total'))).toHaveLength(4);
  expect(refusals.at(-1)).toContain(
    'estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of',
  );
});

test('messages have a cost, and a type', () => {
  const spec = (messageExpression: string): object => ({
    ...fields({ a: texts() }),
    'x-kubernetes-validations': [{ rule: 'self.a.size() > 1', messageExpression }],
  });
  const dear = "self.a.map(x, self.a.map(y, x + y).join(',')).join(';')";
  expect(refusedCreate(bareWorld(), definition(spec(dear)))[0]).toContain(
    '.messageExpression: Forbidden: estimated messageExpression cost exceeds budget by factor of more than 100x',
  );
  expect(refusedCreate(bareWorld(), definition(spec('self.a.size()')))[0]).toContain(
    'messageExpression must evaluate to a string',
  );
});

test('what was before is not found again in a list without keys', () => {
  const spec = fields({ a: list(fields({ b: TEXT }, 'self.b == oldSelf.b'), 5) });
  expect(refusedCreate(bareWorld(), definition(spec))[0]).toMatch(
    /oldSelf cannot be used on the uncorrelatable portion of the schema within .*properties\[a\]$/,
  );
});

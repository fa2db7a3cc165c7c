import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatDuration, parseDuration } from '../engine/api/duration';
import type { KubeObject } from '../engine/api/meta';
import { applyMergePatch } from '../engine/api/patch/merge';
import { applyStrategicMergePatch } from '../engine/api/patch/strategic';
import { twoWayStrategicPatch } from '../engine/api/patch/three-way';
import { threeWayMergePatch } from '../engine/api/patch/three-way-merge';
import { deepEqual } from '../engine/api/plain';
import { addQuantities, canonicalQuantity, compareQuantities, isQuantity } from '../engine/api/quantity';
import {
  formatRequirements,
  labelSelectorRequirements,
  matchesLabelSelector,
  matchesText,
} from '../engine/api/selector';
import { formatTimestamp, parseTimestamp } from '../engine/api/timestamp';
import { parseManifests } from '../kubectl/yaml';
import { decodeLink, encodeLink } from '../scenario/share-link';

/** Same draws every time, so that a failure is one for everybody. */
const RUNS = { seed: 20_261_128, numRuns: 300 };

const quantity = fc
  .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3'))
  .map(([number, suffix]) => `${number}${suffix}`);
const label = fc.constantFrom('a', 'app', 'tier', 'constructor', 'toString', 'x.io/y');
const value = fc.constantFrom('', 'web', 'db', 'v1', '2');
const labels = fc.dictionary(label, value, { maxKeys: 4 });
const selector = fc.record({
  matchLabels: labels,
  matchExpressions: fc.array(
    fc.oneof(
      fc.record({
        key: label,
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.uniqueArray(value, { minLength: 1 }),
      }),
      fc.record({ key: label, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
    { maxLength: 3 },
  ),
});
const word = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__');
/** JSON without null, which patches take for a deletion. */
const json = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.boolean(), fc.string(), tie('list'), tie('fields')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  fields: fc.dictionary(word, tie('value'), { maxKeys: 4 }),
}));
const fields = json.fields as fc.Arbitrary<Record<string, unknown>>;

const pod = fc
  .record({
    labels,
    containers: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
    image: fc.constantFrom('nginx', 'redis'),
    ports: fc.uniqueArray(fc.constantFrom(80, 443, 8080), { maxLength: 3 }),
    finalizers: fc.uniqueArray(fc.constantFrom('x.io/a', 'x.io/b', 'x.io/c'), { maxLength: 3 }),
  })
  .map(({ labels, containers, image, ports, finalizers }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', labels, finalizers },
    spec: {
      containers: containers.map((name) => ({
        name,
        image,
        ports: ports.map((containerPort) => ({ containerPort, protocol: 'TCP' })),
      })),
    },
  }));

describe('quantities', () => {
  it('keep their amount in their canonical form, which is its own', () => {
    fc.assert(
      fc.property(quantity, (text) => {
        const canonical = canonicalQuantity(text);
        expect(isQuantity(canonical)).toBe(true);
        expect(compareQuantities(text, canonical)).toBe(0);
        expect(canonicalQuantity(canonical)).toBe(canonical);
      }),
      RUNS,
    );
  });
  it('are ordered, and adding keeps the order', () => {
    fc.assert(
      fc.property(quantity, quantity, quantity, (a, b, c) => {
        expect(compareQuantities(a, b)).toBe(-compareQuantities(b, a) || 0);
        expect(compareQuantities(addQuantities(a, c), addQuantities(b, c))).toBe(compareQuantities(a, b));
        expect(compareQuantities(addQuantities(a, b), addQuantities(b, a))).toBe(0);
      }),
      RUNS,
    );
  });
});

describe('times', () => {
  it('durations are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toEqual({ ms });
      }),
      RUNS,
    );
  });
  it('timestamps are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32_000_000_000 }), (seconds) => {
        expect(parseTimestamp(formatTimestamp(seconds * 1000))).toBe(seconds * 1000);
      }),
      RUNS,
    );
  });
});

describe('selectors', () => {
  it('match the same labels as the text that kubectl prints of them', () => {
    fc.assert(
      fc.property(selector, labels, (one, these) => {
        const requirements = labelSelectorRequirements(one as Parameters<typeof labelSelectorRequirements>[0]);
        const matches = matchesLabelSelector(one as Parameters<typeof matchesLabelSelector>[0], these);
        expect(matchesText(formatRequirements(requirements), these)).toBe(matches);
      }),
      RUNS,
    );
  });
});

describe('patches', () => {
  it('a merge patch between two objects turns the one into the other', () => {
    fc.assert(
      fc.property(fields, fields, (from, to) => {
        const patch = threeWayMergePatch(from, to, from);
        expect(deepEqual(applyMergePatch(from, patch), to)).toBe(true);
      }),
      RUNS,
    );
  });
  it('a strategic merge patch between two Pods turns the one into the other', () => {
    fc.assert(
      fc.property(pod, pod, (from, to) => {
        const patched = applyStrategicMergePatch(from, twoWayStrategicPatch(from, to));
        expect(patched).toEqual(to);
        expect(twoWayStrategicPatch(to, to)).toEqual({});
      }),
      RUNS,
    );
  });
});

describe('texts', () => {
  it('a manifest written as YAML is read as it was, and every field has its place', () => {
    fc.assert(
      fc.property(pod, (object) => {
        const text = stringify(object, { version: '1.1' });
        const { documents, problems } = parseManifests(text);
        expect(problems).toEqual([]);
        expect(documents.map((document) => document.object as KubeObject)).toEqual([object]);
        const { line, endLine } = (documents[0] as (typeof documents)[number]).rangeOf('spec.containers[0].name');
        expect(text.split('\n')[line - 1]).toContain(`name: ${object.spec.containers[0]?.name}`);
        expect(endLine).toBe(line);
      }),
      RUNS,
    );
  });
  it('a link opens what was put into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, edited) => {
        const decoded = decodeLink(encodeLink({ text, edited }));
        expect(decoded).toMatchObject({ state: edited === text ? { text } : { text, edited } });
      }),
      RUNS,
    );
  });
});

/** What a DELETE leaves of an object, as a table. */
import { describe, expect, it, test } from 'vitest';
import { namespaceKind } from '../../api/kinds/namespace';
import { podKind } from '../../api/kinds/pod';
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { DeleteOptions } from '../../client/client';
import { deleteObject, isReleased } from './deletion';

const T0 = '2026-01-01T00:00:00Z';
const at = (seconds: number): string => `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`;

const pod = (metadata: object = {}, spec: object = {}): KubeObject =>
  ({
    ...{ apiVersion: 'v1', kind: 'Pod', status: { phase: 'Running' } },
    metadata: { name: 'p', namespace: 'd', uid: 'u', resourceVersion: '7', generation: 1, ...metadata },
    spec: { nodeName: 'n', terminationGracePeriodSeconds: 30, containers: [], ...spec },
  }) as never;
const going = (deletionTimestamp: string, deletionGracePeriodSeconds: number, more: object = {}): KubeObject =>
  pod({ deletionTimestamp, deletionGracePeriodSeconds, ...more });

const remove = (old: KubeObject, options: DeleteOptions = {}, now = T0) =>
  deleteObject(old, podKind, podKind.strategy, options, { now });

/** `gone`, `same`, or when it is to end and after how long. */
function outcomeOf(old: KubeObject, options: DeleteOptions, now: string): string {
  const { value } = remove(old, options, now);
  if (!value || value === old) return value ? 'same' : 'gone';
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [], generation } = value.metadata;
  return [deletionTimestamp, deletionGracePeriodSeconds, `generation ${generation}`, ...finalizers].join(' ');
}

test.each<[string, KubeObject, DeleteOptions, string, string]>([
  ['as the Pod says', pod(), {}, T0, `${at(30)} 30 generation 2`],
  ['as asked', pod(), { gracePeriodSeconds: 5 }, T0, `${at(5)} 5 generation 2`],
  ['at once', pod(), { gracePeriodSeconds: 0 }, T0, 'gone'],
  ['a negative grace is a second', pod(), { gracePeriodSeconds: -3 }, T0, `${at(1)} 1 generation 2`],
  ['on no node', pod({}, { nodeName: undefined }), {}, T0, 'gone'],
  ['held', pod({ finalizers: ['f'] }), { gracePeriodSeconds: 0 }, T0, `${T0} 0 generation 2 f`],
  ['again with the same grace', going(at(30), 30), {}, at(10), 'same'],
  ['again with the same grace, as asked', going(at(30), 30), { gracePeriodSeconds: 30 }, at(10), 'same'],
  ['again with a longer one', going(at(30), 30), { gracePeriodSeconds: 31 }, at(10), 'same'],
  [
    'again with a shorter one, from the first',
    going(at(30), 30),
    { gracePeriodSeconds: 20 },
    at(10),
    `${at(20)} 20 generation 1`,
  ],
  ['that ends now', going(at(30), 30), { gracePeriodSeconds: 10 }, at(10), `${at(10)} 10 generation 1`],
  ['that is over already', going(at(30), 30), { gracePeriodSeconds: 5 }, at(10), `${at(10)} 1 generation 1`],
  ['again, at once', going(at(30), 30), { gracePeriodSeconds: 0 }, at(10), 'gone'],
  [
    'again, at once, held',
    going(at(30), 30, { finalizers: ['f'] }),
    { gracePeriodSeconds: 0 },
    at(10),
    `${at(10)} 0 generation 1 f`,
  ],
  [
    'again, with dependents first',
    going(at(30), 30),
    { propagationPolicy: 'Foreground' },
    at(10),
    `${at(30)} 30 generation 1 foregroundDeletion`,
  ],
])('%s', (_what, old, options, now, expected) => {
  expect(outcomeOf(old, options, now)).toBe(expected);
});

test.each<[string, readonly string[], DeleteOptions['propagationPolicy'], readonly string[]]>([
  ['none said', ['f'], undefined, ['f']],
  ['none said, one held', ['f', 'orphan'], undefined, ['f', 'orphan']],
  ['orphans', ['f', 'foregroundDeletion'], 'Orphan', ['f', 'orphan']],
  ['dependents first', ['f', 'orphan'], 'Foreground', ['f', 'foregroundDeletion']],
  ['in the background', ['f', 'orphan', 'foregroundDeletion'], 'Background', ['f']],
])('finalizers: %s', (_what, finalizers, propagationPolicy, expected) => {
  expect(remove(pod({ finalizers }), { propagationPolicy }).value?.metadata.finalizers).toEqual(expected);
});

test('kinds with a grace period are marked before they go, but once', () => {
  expect(remove(pod(), { gracePeriodSeconds: 0 }).marked?.metadata).toMatchObject({
    deletionTimestamp: T0,
    deletionGracePeriodSeconds: 0,
  });
  expect(remove(going(at(30), 30), { gracePeriodSeconds: 0 })).toEqual({ value: undefined });
});

describe('preconditions', () => {
  it.each<[DeleteOptions['preconditions'], string | undefined]>([
    [{ uid: 'u' }, undefined],
    [{ resourceVersion: '7' }, undefined],
    [{ uid: 'v' }, 'Precondition failed: UID in precondition: v, UID in object meta: u'],
    [
      { uid: 'u', resourceVersion: '8' },
      'Precondition failed: ResourceVersion in precondition: 8, ResourceVersion in object meta: 7',
    ],
  ])('%j', (preconditions, words) => {
    const act = () => remove(pod(), { preconditions });
    if (words === undefined) expect(act()).toBeDefined();
    else expect(act).toThrow(words);
    if (words !== undefined) expect(act).toThrow(StatusError);
  });
});

test.each<[string, KubeObject, boolean]>([
  ['that nobody deletes', pod(), false],
  ['in its grace', going(at(30), 30), false],
  ['after it', going(at(30), 0), true],
  ['that is held', going(at(30), 0, { finalizers: ['f'] }), false],
  [
    'a Namespace with something in it',
    { ...going(T0, 30), kind: 'Namespace', spec: { finalizers: ['kubernetes'] } } as never,
    false,
  ],
  ['a Namespace that is empty', { ...going(T0, 30), kind: 'Namespace', spec: { finalizers: [] } } as never, true],
])('is released: %s', (_what, object, released) => expect(isReleased(object)).toBe(released));

test('a Namespace stays until nothing is in it', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } };
  const left = (finalizers: string[]) =>
    deleteObject({ ...namespace, spec: { finalizers } } as never, namespaceKind, undefined, {}, { now: T0 }).value;
  expect(left(['kubernetes'])?.metadata.deletionTimestamp).toBe(T0);
  expect(left([])).toBeUndefined();
});

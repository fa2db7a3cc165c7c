/** Whose Pods are whose: counts kept change by change against counts made anew, who may want an orphan, and what becomes of claims. */
import { describe, expect, it, test } from 'vitest';
import { type KubeObject, keyOf } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { Pod } from '../api/types';
import { Random } from '../kernel/random';
import { Store } from '../store/store';
import type { Client } from './client';
import {
  addresseeOf,
  type Component,
  type Context,
  cacheOf,
  concerns,
  isCacheOnly,
  type Watch,
  type WatchEvent,
  watchedAs,
} from './component';
import { DerivedCaches, PureResults } from './derived';
import { INDEXERS } from './indexers';
import { createLister } from './lister';
import {
  altersCounts,
  countsFromPods,
  type OwnedPods,
  orphansFor,
  ownedPodsCache,
  type PodOwner,
} from './pod-counters';
import { claimPods, concernsOwnersOf, ownerOf, ownersFor } from './pod-owner';
import { saveStatus } from './save-status';

type Labels = Readonly<Record<string, string>>;
const owner = (name: string, uid: string, matchLabels: Labels, more: object = {}): PodOwner =>
  ({
    ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name, namespace: 'shop', uid } },
    spec: { selector: { matchLabels }, template: { metadata: { labels: { ...matchLabels, tier: 'x' } } }, ...more },
  }) as never;

const SECOND = '2026-01-01T00:00:0';
interface Shape {
  readonly owner?: readonly [name: string, uid: string, kind?: string];
  readonly labels?: Labels;
  readonly phase?: string;
  readonly isReady?: boolean;
  readonly readySince?: number | null;
  readonly goes?: boolean;
  readonly node?: string;
}
const podOf = (name: string, shape: Shape = {}, namespace = 'shop'): Pod => {
  const [ownerName, uid, kind = 'ReplicaSet'] = shape.owner ?? [];
  const since = shape.readySince === null ? {} : { lastTransitionTime: `${SECOND}${shape.readySince ?? 0}Z` };
  return {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ name, namespace, uid: name, labels: shape.labels ?? { app: 'web' } },
      ...(shape.goes ? { deletionTimestamp: 't' } : {}),
      ...(uid ? { ownerReferences: [{ apiVersion: 'apps/v1', kind, name: ownerName, uid, controller: true }] } : {}),
    },
    spec: { containers: [], nodeName: shape.node },
    status: {
      phase: shape.phase ?? 'Running',
      conditions: [
        { type: 'Other', status: 'True', lastTransitionTime: `${SECOND}9Z` },
        { type: 'Ready', status: shape.isReady ? 'True' : 'False', ...since },
      ],
    },
  } as never;
};

const WEB = owner('web', 'u1', { app: 'web' });
const OWN: Shape = { owner: ['web', 'u1'] };

/** A store with its lister and the caches of one component, to which each write is delivered. */
function world(kind = 'ReplicaSet') {
  const store = new Store<KubeObject>(INDEXERS);
  const position = { stale: false, revision: 0 };
  const lister = createLister(store, position, new Set(['Pod', kind]));
  const caches = new DerivedCaches(
    { actor: 'c', lister, memory: {}, derived: {}, flag: () => undefined } as never,
    'verify',
    new PureResults(),
  );
  const cache = ownedPodsCache(kind);
  const write = (kind: string, key: string, value: KubeObject | undefined) => {
    caches.deliver([store.write(kind, key, value, 1, 0)]);
    caches.verify();
  };
  const put = (object: KubeObject) => write(object.kind, keyOf(object), object);
  const countsOf = (key: string) => {
    const { active, ready, fullyLabeled, terminating, mismatched, orphans }: OwnedPods = caches.read(cache, key);
    return { active, ready, fullyLabeled, terminating, mismatched, orphans: orphans.keys().join() };
  };
  return { store, lister, write, put, countsOf, caches, cache };
}

const NONE = { active: 0, ready: 0, fullyLabeled: 0, terminating: 0, mismatched: 0, orphans: '' };

describe('counts of an owner', () => {
  test.each<[string, Shape, Partial<typeof NONE>]>([
    ['runs', OWN, { active: 1 }],
    ['is ready', { ...OWN, isReady: true }, { active: 1, ready: 1 }],
    ['has all labels of the template', { ...OWN, labels: { app: 'web', tier: 'x' } }, { active: 1, fullyLabeled: 1 }],
    [
      'has all and is ready',
      { ...OWN, labels: { app: 'web', tier: 'x' }, isReady: true },
      { active: 1, fullyLabeled: 1, ready: 1 },
    ],
    ['goes', { ...OWN, goes: true, isReady: true, labels: { app: 'web', tier: 'x' } }, { terminating: 1 }],
    ['no longer matches', { ...OWN, labels: { app: 'no' }, isReady: true }, { mismatched: 1 }],
    ['no longer matches and goes', { ...OWN, labels: { app: 'no' }, goes: true }, {}],
    ['succeeded', { ...OWN, phase: 'Succeeded', isReady: true }, {}],
    ['failed', { ...OWN, phase: 'Failed', goes: true }, {}],
    ['is of a namesake', { owner: ['web', 'u0'] }, {}],
    ['is of another kind', { owner: ['web', 'u9', 'Job'] }, {}],
    ['is nobody’s', {}, { orphans: 'shop/p' }],
    ['is nobody’s and does not match', { labels: { app: 'no' } }, {}],
    ['is nobody’s and goes', { goes: true }, {}],
    ['is nobody’s and has failed', { phase: 'Failed' }, {}],
  ])('with a Pod that %s', (_what, shape, expected) => {
    // Found out at once, …
    const anew = world();
    for (const object of [podOf('p', shape), podOf('elsewhere', shape, 'other'), WEB]) anew.put(object);
    expect(anew.countsOf('shop/web')).toEqual({ ...NONE, ...expected });
    // … and change by change, there and back.
    const kept = world();
    kept.put(WEB);
    expect(kept.countsOf('shop/web')).toEqual(NONE);
    kept.put(podOf('p', shape));
    expect(kept.countsOf('shop/web')).toEqual({ ...NONE, ...expected });
    kept.put(podOf('elsewhere', shape, 'other'));
    expect(kept.countsOf('shop/web')).toEqual({ ...NONE, ...expected });
    kept.write('Pod', 'shop/p', undefined);
    expect(kept.countsOf('shop/web')).toEqual(NONE);
  });

  test.each<[string, Shape, Partial<typeof NONE>]>([
    ['runs', OWN, { active: 1 }],
    ['failed', { ...OWN, phase: 'Failed' }, {}],
    ['no longer matches and failed', { ...OWN, labels: { app: 'no' }, phase: 'Failed' }, { mismatched: 1 }],
    ['no longer matches and goes', { ...OWN, labels: { app: 'no' }, goes: true }, { mismatched: 1 }],
    ['is nobody’s and has failed', { phase: 'Failed' }, { orphans: 'shop/p' }],
    ['is nobody’s and goes', { goes: true }, {}],
  ])('of a StatefulSet, which claims finished Pods too, with one that %s', (_what, shape, expected) => {
    const pod = podOf('p', shape.owner ? { ...shape, owner: ['web', 'u1', 'StatefulSet'] } : shape);
    const kept = world('StatefulSet');
    kept.put({ ...WEB, kind: 'StatefulSet' });
    expect(kept.countsOf('shop/web')).toEqual(NONE);
    kept.put({ ...pod, status: { ...pod.status, phase: 'Running' } } as Pod);
    kept.put(pod);
    expect(kept.countsOf('shop/web')).toEqual({ ...NONE, ...expected });
  });

  it.each(['ReplicaSet', 'StatefulSet'])('of a %s are as if made anew, whatever comes and goes', (kind) => {
    const random = Random.split(1, 'pods');
    const pick = <T>(...from: readonly T[]): T => from[random.below(from.length)] as T;
    const { put, write, countsOf } = world(kind);
    const owners = () => [
      { ...owner('web', pick('u1', 'u2'), pick({ app: 'web' }, { app: 'api' })), kind },
      { ...owner('api', 'u3', { app: 'api' }), kind },
    ];
    for (const one of owners()) put(one);
    for (let change = 0; change < 250; change++) {
      countsOf('shop/web');
      countsOf('shop/api');
      const name = `p${random.below(8)}`;
      const draw = random.below(12);
      if (draw === 0) put(pick(...owners()));
      else if (draw === 1) write(kind, 'shop/api', undefined);
      else if (draw < 4) write('Pod', `shop/${name}`, undefined);
      else
        put(
          podOf(name, {
            owner: pick(undefined, ['web', 'u1', kind], ['web', 'u2', kind], ['api', 'u3', kind], ['api', 'u3', 'Job']),
            labels: pick<Labels>({ app: 'web' }, { app: 'api' }, { app: 'web', tier: 'x' }),
            phase: pick('Running', 'Running', 'Failed'),
            isReady: pick(true, false),
            goes: pick(false, false, true),
          }),
        );
    }
  });

  it('are kept when nothing that they rest on is otherwise', () => {
    const { put, write, caches, cache } = world();
    put(WEB);
    const kept = caches.read(cache, 'shop/web');
    put({ ...WEB, spec: { ...WEB.spec, replicas: 5 } } as never);
    expect(caches.read(cache, 'shop/web')).toBe(kept);
    for (const change of [
      owner('web', 'u2', { app: 'web' }),
      owner('web', 'u2', { app: 'api' }),
      owner('web', 'u2', { app: 'api' }, { template: { metadata: { labels: { a: 'b' } } } }),
      owner('web', 'u2', { app: 'api' }, { template: undefined }),
    ]) {
      const before = caches.read(cache, 'shop/web');
      put(change);
      expect(caches.read(cache, 'shop/web')).not.toBe(before);
    }
    write('ReplicaSet', 'shop/web', undefined);
    expect(caches.read(cache, 'shop/web').uid).toBeUndefined();
  });

  it('name orphans in order, as long as there are they', () => {
    const { put, lister, caches, cache, store } = world();
    for (const object of [WEB, podOf('b'), podOf('a'), podOf('c')]) put(object);
    const owned = caches.read(cache, 'shop/web');
    const names = () => orphansFor({ lister } as unknown as Context, owned).map(({ metadata }) => metadata.name);
    expect(names()).toEqual(['a', 'b', 'c']);
    store.write('Pod', 'shop/b', undefined, 1, 0);
    expect(names()).toEqual(['a', 'c']);
  });

  test.each<[string, Shape, Shape, boolean]>([
    ['nothing', OWN, OWN, false],
    ['a node', OWN, { ...OWN, node: 'n' }, false],
    ['readiness', OWN, { ...OWN, isReady: true }, true],
    ['a label that counts', OWN, { ...OWN, labels: { app: 'web', tier: 'x' } }, true],
    ['a phase', OWN, { ...OWN, phase: 'Failed' }, true],
  ])('may be otherwise with %s', (_what, previous, value, isAltered) => {
    const event = { previous: podOf('p', previous), value: podOf('p', value) } as unknown as WatchEvent;
    expect(altersCounts(event, WEB, WEB)).toBe(isAltered);
    expect(altersCounts(event, WEB, owner('web', 'u1', { app: 'web' }))).toBe(true);
  });

  test.each<[string, number | undefined, readonly Shape[], object]>([
    ['no Pods', 5, [], { active: 0, ready: 0, available: 0, inMs: undefined }],
    ['ready for long enough', 5, [{ isReady: true, readySince: 2 }], { ready: 1, available: 1, inMs: undefined }],
    ['ready a moment too short', 5, [{ isReady: true, readySince: 4 }], { ready: 1, available: 0, inMs: 1000 }],
    [
      'several: the next one counts',
      5,
      [
        { isReady: true, readySince: 7 },
        { isReady: true, readySince: 5 },
        { isReady: true, readySince: 6 },
        { isReady: true, readySince: 1 },
        {},
      ],
      { active: 5, ready: 4, available: 1, inMs: 2000 },
    ],
    ['nobody knows since when', 5, [{ isReady: true, readySince: null }], { ready: 1, available: 0, inMs: undefined }],
    ['at once', undefined, [{ isReady: true, readySince: 8 }], { ready: 1, available: 1, inMs: undefined }],
    ['not ready', 5, [{ readySince: 4 }], { active: 1, ready: 0, available: 0, inMs: undefined }],
  ])('with availability: %s', (_what, minReadySeconds, shapes, expected) => {
    const clock = { nowMs: 8000, timeOf: (text: string) => 1000 * Number(text.slice(18, 19)) };
    const pods = shapes.map((shape, at) => podOf(`p${at}`, { ...OWN, labels: { app: 'web', tier: 'x' }, ...shape }));
    const counts = countsFromPods(pods, 3, owner('web', 'u1', { app: 'web' }, { minReadySeconds }), clock);
    expect({ ...counts, inMs: counts.next?.inMs }).toMatchObject({
      ...expected,
      terminating: 3,
      fullyLabeled: pods.length,
    });
  });
});

describe('an owner', () => {
  const { lister, put } = world();
  put(WEB);
  put(owner('api', 'u2', { app: 'api' }));
  put({ ...owner('far', 'u3', { app: 'web' }), metadata: { name: 'far', namespace: 'other', uid: 'u3' } });
  const context = { lister } as unknown as Context;

  test.each<[string, KubeObject | undefined, string | undefined]>([
    ['of a Pod of its own', podOf('p', OWN), 'web'],
    ['not of a namesake’s', podOf('p', { owner: ['web', 'u0'] }), undefined],
    ['not of one that is gone', podOf('p', { owner: ['gone', 'u1'] }), undefined],
    ['not of another kind', podOf('p', { owner: ['web', 'u1', 'Job'] }), undefined],
    ['not of nobody’s', podOf('p'), undefined],
    ['not of nothing', undefined, undefined],
    ['not in another namespace', podOf('p', OWN, 'other'), undefined],
  ])('is %s', (_what, child, name) => expect(ownerOf(context, 'ReplicaSet', child)?.metadata.name).toBe(name));

  test.each<[string, Pod | undefined, Pod, string]>([
    ['that is new', undefined, podOf('p'), 'shop/web'],
    ['of another label', podOf('p', { labels: { app: 'api' } }), podOf('p'), 'shop/web'],
    ['that was as it is', podOf('p'), podOf('p', { node: 'n' }), ''],
    ['that was somebody’s', podOf('p', OWN), podOf('p'), 'shop/web'],
    ['that nobody selects', undefined, podOf('p', { labels: { app: 'no' } }), ''],
    ['without labels', undefined, { ...podOf('p'), metadata: { name: 'p', namespace: 'shop' } } as Pod, ''],
    ['in another namespace', undefined, podOf('p', {}, 'other'), 'other/far'],
  ])('may want an orphan %s', (_what, previous, pod, keys) =>
    expect(ownersFor(context, 'ReplicaSet', previous, pod).join()).toBe(keys),
  );

  test.each<[Pod | undefined, Pod | undefined, boolean]>([
    [podOf('p', OWN), undefined, true],
    [undefined, podOf('p', OWN), true],
    [podOf('p'), undefined, true],
    [podOf('p', { owner: ['a', 'b', 'Job'] }), undefined, false],
    [podOf('p', { owner: ['a', 'b', 'Job'] }), podOf('p'), true],
    [podOf('p', { owner: ['a', 'b', 'Job'] }), podOf('p', { owner: ['a', 'b', 'Job'] }), false],
  ])('is concerned (case %#)', (value, previous, isConcerned) =>
    expect(concernsOwnersOf('ReplicaSet')('c', { value, previous } as WatchEvent)).toBe(isConcerned),
  );

  test.each<[string, readonly Pod[], readonly string[], string | undefined]>([
    ['nothing', [podOf('own', OWN)], [], undefined],
    ['adoption', [podOf('a'), podOf('b')], ['adopt ReplicaSet web adopted a, b: why'], '2'],
    [
      'release',
      [podOf('a'), podOf('c', { ...OWN, labels: { app: 'no' } })],
      [
        'adopt ReplicaSet web adopted a: why',
        'release ReplicaSet web released c: its selector no longer matches their labels',
      ],
      '2',
    ],
  ])('says of claims: %s', (_what, pods, expected, version) => {
    const said: string[] = [];
    let versions = 0;
    const written = new Map<string, number>();
    const claiming = {
      client: { get: () => WEB, patch: () => ({ metadata: { resourceVersion: String(++versions) } }) },
      memory: { written },
      say: (verb: string, one: KubeObject, message: string) => said.push(`${verb} ${message}`) && one,
    } as never;
    const matches = (one: KubeObject) => one.metadata.labels?.app === 'web';
    const { claimed } = claimPods(claiming, WEB, matches, pods, 'why');
    expect(claimed.map(({ metadata }) => metadata.name)).toEqual(
      pods.map(({ metadata }) => metadata.name).filter((name) => name !== 'c'),
    );
    expect(said).toEqual(expected);
    expect(written.get('shop/web')?.toString()).toBe(version);
  });

  it('throws what refuses a claim, after what it could do', () => {
    const said: string[] = [];
    const patch = (_kind: string, _namespace: string, name: string) => {
      if (name === 'b') throw new StatusError('Forbidden', 403, 'not b');
      return { metadata: {} };
    };
    const claiming = {
      client: { get: () => WEB, patch },
      memory: { written: new Map() },
      say: (verb: string) => said.push(verb),
    } as never;
    expect(() => claimPods(claiming, WEB, () => true, [podOf('a'), podOf('b')], 'why')).toThrow('not b');
    expect(said).toEqual(['adopt']);
  });
});

describe('a status', () => {
  const withStatus = (object: KubeObject) => ({ ...object, status: { ok: 1 } }) as never;
  const clientWith = (...refusals: readonly (StatusError | undefined)[]) => {
    const sent: KubeObject[] = [];
    const client = {
      get: () => ({ ...WEB, metadata: { ...WEB.metadata, resourceVersion: 'live' } }),
      updateStatus: (object: KubeObject) => {
        const refusal = refusals[sent.push(object) - 1];
        if (refusal) throw refusal;
        return object;
      },
    } as unknown as Client;
    return { client, sent };
  };
  const conflict = new StatusError('Conflict', 409, 'lost');

  it('is saved, once more after a lost race, and no more', () => {
    expect(saveStatus(clientWith().client, WEB, withStatus)).toMatchObject({ status: { ok: 1 } });
    const lost = clientWith(conflict);
    expect(saveStatus(lost.client, WEB, withStatus)).toMatchObject({
      status: { ok: 1 },
      metadata: { resourceVersion: 'live' },
    });
    expect(lost.sent).toHaveLength(2);
    expect(() => saveStatus(clientWith(conflict, conflict).client, WEB, withStatus)).toThrow('lost');
    const refused = clientWith(new StatusError('Forbidden', 403, 'no'));
    expect(() => saveStatus(refused.client, WEB, withStatus)).toThrow('no');
    expect(refused.sent).toHaveLength(1);
  });
});

describe('what a component is told of', () => {
  const watch = (more: Partial<Watch> = {}): Watch => ({ kind: 'Pod', on: () => undefined, ...more });
  const event = (value?: KubeObject, previous?: KubeObject, kind = 'Pod') => ({ kind, value, previous }) as WatchEvent;
  const on = (node: string) => podOf('p', { node });

  test.each<[string, WatchEvent, string | undefined]>([
    ['now', event(on('a'), on('b')), 'a'],
    ['last', event(undefined, on('b')), 'b'],
    ['none', event(podOf('p')), undefined],
    ['of nothing', event(), undefined],
    ['of a Pod without spec', event({ ...podOf('p'), spec: undefined } as never), undefined],
    ['itself', event(on('a'), undefined, 'Node'), 'p'],
    ['of another kind', event(on('a'), undefined, 'Service'), undefined],
  ])('the node %s', (_what, change, node) => expect(addresseeOf(change)).toBe(node));

  test.each<[string, Watch, boolean]>([
    ['all', watch(), true],
    ['its node', watch({ of: 'a' }), true],
    ['another node', watch({ of: 'b' }), false],
    ['what its filter lets through', watch({ filter: (actor, { kind }) => actor === 'c' && kind === 'Pod' }), true],
    ['what its filter does not', watch({ filter: () => false }), false],
    ['neither', watch({ of: 'b', filter: () => true }), false],
    ['nothing, where it only keeps a cache', cacheOf('Pod'), false],
  ])('%s', (_what, one, isTold) => {
    expect(concerns(one, 'c', event(on('a')))).toBe(isTold);
    expect(isCacheOnly(one)).toBe(_what.startsWith('nothing'));
  });

  it('custom kinds by one name', () => {
    expect([watchedAs('Pod'), watchedAs('Thing.a.example')]).toEqual(['Pod', 'custom kinds']);
    const component: Pick<Component, 'watches'> = { watches: [cacheOf('Pod')] };
    expect(component.watches[0]?.on({} as never, {} as never)).toBeUndefined();
  });
});

test.each<[string, string, KubeObject, readonly string[]]>([
  ['namespace', 'Pod', podOf('p'), ['shop']],
  ['namespace', 'Node', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }, []],
  ['controller', 'Pod', podOf('p', OWN), ['shop/u1']],
  ['controller', 'Pod', podOf('p'), []],
  ['owner', 'Pod', podOf('p', OWN), ['u1']],
  ['owner', 'Pod', podOf('p'), []],
  ['orphan', 'Pod', podOf('p'), ['shop']],
  ['orphan', 'Pod', podOf('p', OWN), []],
  ['orphan', 'ReplicaSet', { ...WEB, metadata: { name: 'w' } }, ['']],
  ['node', 'Pod', podOf('p', { node: 'n' }), ['n']],
  ['node', 'Pod', podOf('p'), []],
  ['node', 'Pod', { ...podOf('p'), spec: undefined } as never, []],
  ['volume', 'VolumeAttachment', { spec: { source: { persistentVolumeName: 'v' } } } as never, ['v']],
  ['volume', 'VolumeAttachment', { spec: { source: {} } } as never, []],
  ['service', 'EndpointSlice', podOf('s', { labels: { 'kubernetes.io/service-name': 'web' } }), ['shop/web']],
  ['service', 'EndpointSlice', podOf('s'), []],
  ['service', 'EndpointSlice', { metadata: { name: 's' } } as never, []],
])('index %s of %s (case %#)', (name, kind, object, values) => {
  const found = INDEXERS.find((one) => one.name === name && (one.kind === kind || one.kind === '*'));
  expect(found?.valuesOf(object)).toEqual(values);
});

/** What is noted of reads: who read what, once each, and nothing of other actors, builders and writes. */
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta';
import type { ApiRequest } from '../api/request';
import type { Lister } from '../client/client';
import type { Derived, DerivedCache } from '../client/derived';
import { ReadLog } from './read-log';

const pod = (name: string, revision: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ns', resourceVersion: String(revision) },
});
const pods = Array.from({ length: 8 }, (_, at) => pod(`p${at}`, 10 + at));

const lister = {
  get: (_kind: string, _namespace: string, name: string) => pods.find(({ metadata }) => metadata.name === name),
  byKey: (_kind: string, key: string) => pods.find(({ metadata }) => `ns/${metadata.name}` === key),
  list: () => pods,
  controlledBy: () => pods.slice(0, 1),
  byIndex: () => pods.slice(0, 2),
  unordered: () => pods.slice(0, 3),
  revision: 42,
} as unknown as Lister;

const logOf = (actor: string): ReadLog => {
  const log = new ReadLog();
  log.begin(actor);
  return log;
};
const gist = (log: ReadLog): string[] =>
  log.all.map(
    ({ from, kind, what, count, named }) =>
      `${from} ${kind} ${what} ${count} ${named.map(({ key, revision }) => `${key}@${revision}`).join(',')}`,
  );

describe('reads of a cache', () => {
  it.each<[string, (of: Lister) => unknown, unknown, string]>([
    ['one', (of) => of.get('Pod', 'ns', 'p1'), pods[1], 'cache Pod ns/p1 1 ns/p1@11'],
    ['one that is not there', (of) => of.get('Pod', 'ns', 'no'), undefined, 'cache Pod ns/no 0 '],
    ['one by its key', (of) => of.byKey('Pod', 'ns/p2'), pods[2], 'cache Pod ns/p2 1 ns/p2@12'],
    ['all', (of) => of.list('Pod'), pods, 'cache Pod * 8 ns/p0@10,ns/p1@11,ns/p2@12,ns/p3@13,ns/p4@14,ns/p5@15'],
    [
      'all of a namespace',
      (of) => of.list('Pod', 'ns'),
      pods,
      'cache Pod ns/* 8 ns/p0@10,ns/p1@11,ns/p2@12,ns/p3@13,ns/p4@14,ns/p5@15',
    ],
    [
      'those of an owner',
      (of) => of.controlledBy('Pod', { namespace: 'ns', uid: 'u' }),
      pods.slice(0, 1),
      'cache Pod controller=u 1 ns/p0@10',
    ],
    ['an index', (of) => of.byIndex('Pod', 'node', 'n'), pods.slice(0, 2), 'cache Pod node=n 2 ns/p0@10,ns/p1@11'],
    [
      'a whole index, in any order',
      (of) => of.unordered('Pod', 'node', ''),
      pods.slice(0, 3),
      'cache Pod node 3 ns/p0@10,ns/p1@11,ns/p2@12',
    ],
  ])('of %s', (_what, read, found, noted) => {
    const log = logOf('a');
    const own = log.lister('a', lister);
    expect(own.revision).toBe(42);
    expect(read(own)).toEqual(found);
    read(own);
    expect(gist(log)).toEqual([noted]);
    // Nobody is told of what others read.
    read(log.lister('b', lister));
    expect(gist(log)).toEqual([noted]);
    log.begin('a');
    expect(log.all).toEqual([]);
  });

  it('are told of in their order, a hundred at most', () => {
    const log = logOf('a');
    const own = log.lister('a', lister);
    for (let at = 0; at < 120; at++) own.get('Pod', 'ns', `q${at}`);
    expect(log.all.map(({ what }) => what)).toEqual(Array.from({ length: 100 }, (_, at) => `ns/q${at}`));
  });
});

describe('reads of a derived cache', () => {
  const cache = { name: 'counts' } as DerivedCache<number>;

  it('are told of by its name, not by what its builder reads, even of another cache and when it fails', () => {
    const log = logOf('a');
    const own = log.lister('a', lister);
    let fails = false;
    const inner = { name: 'inner' } as DerivedCache<number>;
    const under = {
      read: (wanted: DerivedCache<number>, key: string) => {
        if (wanted === cache) derived.read(inner, 'x');
        own.list('Pod');
        if (fails) throw new Error('broken');
        return `${wanted.name}/${key}`;
      },
      memo: (...args: unknown[]) => ['memo', ...args],
      forget: (...args: unknown[]) => ['forget', ...args],
      pure: (...args: unknown[]) => ['pure', ...args],
    } as unknown as Derived;
    const derived = log.derived('a', under);
    expect(derived.read(cache)).toBe('counts/');
    expect(gist(log)).toEqual(['derived counts  0 ']);
    expect(derived.read(cache, 'k')).toBe('counts/k');
    fails = true;
    expect(() => derived.read(cache, 'z')).toThrow('broken');
    own.get('Pod', 'ns', 'p1');
    expect(gist(log)).toEqual([
      'derived counts  0 ',
      'derived counts k 0 ',
      'derived counts z 0 ',
      'cache Pod ns/p1 1 ns/p1@11',
    ]);
    const passed = derived as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const name of ['memo', 'forget', 'pure']) expect(passed[name]?.(1, 2)).toEqual([name, 1, 2]);
  });
});

describe('requests', () => {
  it.each<[Partial<ApiRequest>, string[]]>([
    [{ verb: 'get', resource: 'pods', namespace: 'ns', name: 'a' }, ['server pods ns/a 0 ']],
    [{ verb: 'get', resource: 'nodes', name: 'n' }, ['server nodes n 0 ']],
    [
      { verb: 'get', resource: 'deployments', namespace: 'ns', name: 'a', subresource: 'scale' },
      ['server deployments/scale ns/a 0 '],
    ],
    [{ verb: 'list', resource: 'pods', namespace: 'ns' }, ['server pods ns/* 0 ']],
    [{ verb: 'list', resource: 'pods' }, ['server pods * 0 ']],
    [{ verb: 'create', resource: 'pods', namespace: 'ns', name: 'a' }, []],
    [{ verb: 'delete', resource: 'pods', namespace: 'ns', name: 'a' }, []],
  ])('%j', (request, noted) => {
    const log = logOf('a');
    log.request('a', request as ApiRequest);
    log.request('b', { ...request, resource: 'others' } as ApiRequest);
    expect(gist(log)).toEqual(noted);
  });
});

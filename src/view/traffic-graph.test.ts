import { describe, expect, it } from 'vitest';
import type { RequestsAt } from '../session/requests-at';
import { trafficGraph } from './traffic-graph';

const SERVICE = 'Service shop/web (iptables)';
const sample = (failure: 'refused' | undefined, cause: number | null) => ({
  source: 'users',
  sentMs: 0,
  endedMs: 1,
  ...(failure ? { failure } : {}),
  path: ['users', 'node-1:30001', SERVICE, 'Pod shop/web-1'],
  because: failure ? 'Pod web-1 has been told to stop' : '',
  cause,
});

const REQUESTS: RequestsAt = {
  second: 3,
  sources: [{ source: 'users', target: 'http://node-1:30001/', sent: 10, ok: 7, failed: { refused: 3 }, underWay: 0 }],
  edges: [
    { from: SERVICE, to: 'Pod shop/web-1', ended: 4, failed: 3 },
    { from: SERVICE, to: 'Pod shop/web-10', ended: 2, failed: 0 },
    { from: SERVICE, to: 'Pod shop/web-2', ended: 4, failed: 0 },
    { from: 'node-1:30001', to: SERVICE, ended: 10, failed: 3 },
    { from: 'users', to: 'node-1:30001', ended: 10, failed: 3 },
  ],
  samples: [sample('refused', 41), sample('refused', 41), sample(undefined, null)],
};

describe('the drawing of requests', () => {
  it('has a column for each station on the way, and in it those that stand there in order', () => {
    const { stations, columns, rows } = trafficGraph(REQUESTS);
    expect(stations.map(({ name, column, place }) => `${column}.${place} ${name}`).sort()).toEqual([
      '0.0 users',
      '1.0 node-1:30001',
      `2.0 ${SERVICE}`,
      '3.0 Pod shop/web-1',
      '3.1 Pod shop/web-2',
      '3.2 Pod shop/web-10',
    ]);
    expect([columns, rows]).toEqual([4, 3]);
  });

  it('knows which stations are objects, what came through and where ways end', () => {
    const { stations } = trafficGraph(REQUESTS);
    const named = (name: string) => stations.find((station) => station.name === name);
    expect(named(SERVICE)).toMatchObject({
      object: { kind: 'Service', namespace: 'shop', name: 'web' },
      note: 'iptables',
      ended: 10,
      failed: 3,
      isLast: false,
    });
    expect(named('users')).toMatchObject({ object: undefined, ended: 10, failed: 3 });
    expect(named('Pod shop/web-1')).toMatchObject({ ended: 4, failed: 3, isLast: true });
  });

  it('has those that answer in its last column, by whichever way, and who sends beside its source', () => {
    const by = (from: string, to: string) => ({ from, to, ended: 2, failed: 0 });
    const ways = [
      ['site', 'ingress-nginx', 'Ingress shop/a', 'Service shop/web', 'Pod shop/web-1'],
      ['client', 'Pod shop/cl', '10.96.0.9:80', 'Pod shop/web-2'],
      ['typo', 'Pod shop/other'],
    ];
    const { stations } = trafficGraph({
      ...REQUESTS,
      sources: ['site', 'client', 'typo'].map((source) => ({
        source,
        target: '',
        sent: 2,
        ok: 2,
        failed: {},
        underWay: 0,
      })),
      edges: ways.flatMap((way) => way.slice(1).map((to, at) => by(way[at] as string, to))),
    });
    const columnOf = new Map(stations.map(({ name, column }) => [name, column]));
    expect(['Pod shop/web-1', 'Pod shop/web-2'].map((name) => columnOf.get(name))).toEqual([4, 4]);
    expect(['Pod shop/cl', 'Pod shop/other'].map((name) => columnOf.get(name))).toEqual([1, 1]);
  });

  it('counts what ended of a source, also what got nowhere', () => {
    const lost = {
      source: 'lost',
      target: 'http://nobody/',
      sent: 3,
      ok: 0,
      failed: { dns: 2, timeout: 1 },
      underWay: 0,
    };
    const { stations } = trafficGraph({ ...REQUESTS, sources: [...REQUESTS.sources, lost] });
    expect(stations.find(({ name }) => name === 'lost')).toMatchObject({ column: 0, ended: 3, failed: 3 });
  });

  it('says once what failed for the same reason', () => {
    expect(trafficGraph(REQUESTS).failures).toEqual([
      { source: 'users', failure: 'refused', because: 'Pod web-1 has been told to stop', cause: 41, drawn: 2 },
    ]);
  });

  it('folds what differs in how long before only, and keeps causes apart', () => {
    const told = (ms: number, cause: number) => ({
      ...sample('refused', cause),
      because: `container blog was told to end ${ms} ms before`,
    });
    const samples = [told(230, 41), told(190, 41), told(570, 41), told(30, 50)];
    expect(trafficGraph({ ...REQUESTS, samples }).failures).toEqual([
      {
        source: 'users',
        failure: 'refused',
        because: 'container blog was told to end 190–570 ms before',
        cause: 41,
        drawn: 3,
      },
      {
        source: 'users',
        failure: 'refused',
        because: 'container blog was told to end 30 ms before',
        cause: 50,
        drawn: 1,
      },
    ]);
  });

  it('is a source alone when nothing was sent, and ends where ways lead in a circle', () => {
    const nothing = { ...REQUESTS, edges: [], samples: [] };
    expect(trafficGraph(nothing).stations.map(({ name }) => name)).toEqual(['users']);
    const circle = [
      { from: 'users', to: 'a', ended: 1, failed: 0 },
      { from: 'a', to: 'b', ended: 1, failed: 0 },
      { from: 'b', to: 'a', ended: 1, failed: 0 },
    ];
    expect(trafficGraph({ ...nothing, edges: circle }).stations).toHaveLength(3);
  });
});

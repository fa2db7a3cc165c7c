import { describe, expect, it, vi } from 'vitest';
import { memoryOfSource } from '../engine/traffic/counts';
import { createSession } from './create-session';
import { requestsAt } from './requests-at';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 60_000 });

const TEXT = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 40s
  programs:
  - {image: "shop:*", pull: 0s, start: 0s, cpu: {idle: 2m, perRequest: 8m}}
  traffic:
  - {name: users, target: "http://web.default/", rps: 20, from: 10s}
  - {name: lost, target: "http://nobody.default/", rps: 2, from: 10s}
  - {name: inside, source: {pods: app=web}, target: "http://web.default/", rps: 2, from: 25s, to: 30s}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "shop:1", ports: [{containerPort: 80}]}]}
`;

function started() {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('no session');
  session.simulation.run({ timeMs: 40_000 });
  return session;
}

describe('requests at a moment', () => {
  const session = started();
  it('are those of the last whole second: counts, ways and a sample', () => {
    const { second, sources, edges, samples } = requestsAt(session.simulation, 20_400);
    expect(second).toBe(19);
    expect(sources).toEqual([
      { source: 'users', target: 'http://web.default:80/', sent: 20, ok: 20, failed: {}, underWay: 0 },
      { source: 'lost', target: 'http://nobody.default:80/', sent: 2, ok: 0, failed: { dns: 2 }, underWay: 0 },
      { source: 'inside', target: 'http://web.default:80/', sent: 0, ok: 0, failed: {}, underWay: 0 },
    ]);
    expect(edges.map(({ from, to, ended, failed }) => `${from} > ${to} ${ended} ${failed}`)).toContain(
      'Service default/web (iptables) > Pod default/web 20 0',
    );
    expect(samples.length).toBeGreaterThan(10);
    expect(samples.length).toBeLessThanOrEqual(50);
    expect(samples[0]).toMatchObject({
      source: 'lost',
      failure: 'dns',
      because: 'no DNS server knows the name nobody.default',
    });
  });
  it('are none before the first', () =>
    expect(requestsAt(session.simulation, 9000)).toMatchObject({ second: 8, edges: [], samples: [] }));
  it('come from their source also where a Pod sends them', () => {
    const { edges, samples } = requestsAt(session.simulation, 29_000);
    expect(edges).toContainEqual({ from: 'inside', to: 'Pod default/web', ended: 2, failed: 0 });
    const [sample] = samples.filter(({ source }) => source === 'inside');
    expect(sample?.path.slice(0, 2)).toEqual(['inside', 'Pod default/web']);
  });
  it('are told of while they are under way', () => {
    const slow = TEXT.replaceAll('web.default/", rps: 20', 'web.default/", timeout: 5s, rps: 20').replace(
      'start: 0s,',
      'start: 0s, listen: [{port: 80, latency: 2500ms}],',
    );
    const { session: late } = createSession(slow);
    late?.simulation.run({ timeMs: 20_000 });
    const { sources } = requestsAt(late!.simulation, 20_000);
    const underWay = memoryOfSource(late!.simulation, 'users')?.inFlight.reduce((sum, { weight }) => sum + weight, 0);
    expect(sources[0]).toMatchObject({ source: 'users', sent: 20, ok: 20, underWay });
    expect(underWay).toBe(50);
    expect(requestsAt(late!.simulation, 11_000).sources[0]).toMatchObject({ sent: 20, ok: 0, underWay: 20 });
  });
  it('stay what they were when time runs on, and in forks', () => {
    const before = requestsAt(session.simulation, 20_400);
    const fork = session.simulation.fork(session.simulation.stepAtTime(25_000));
    fork.run({ timeMs: 25_000 });
    expect(requestsAt(fork, 20_400)).toEqual(before);
  });
  it('cost CPU, as programs say', () => {
    const { step, nowMs: timeMs } = session.simulation;
    expect(session.kubectl('top pods', { step, timeMs }).stdout.replace(/ +/g, ' ')).toContain('web 162m');
  });
});

describe('a kept connection', () => {
  const ends = (keepAlive: boolean) => {
    const text = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 60s
  programs: [{image: "shop:*", pull: 0s, start: 0s, sigterm: ignore}]
  traffic: [{name: users, target: "http://node-1:30001/", rps: 20, from: 10s, clients: 10, keepAlive: ${keepAlive}}]
  actions: [{at: 20s, kubectl: delete pod web-a --wait=false}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30001}]}
${['web-a', 'web-b']
  .map(
    (name) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {containers: [{name: web, image: "shop:1", ports: [{containerPort: 80}]}]}
`,
  )
  .join('')}`;
    const { session } = createSession(text);
    session?.simulation.run({ timeMs: 60_000 });
    return (second: number): number => {
      const { edges } = requestsAt((session as NonNullable<typeof session>).simulation, second * 1000);
      return edges.filter(({ to }) => to === 'Pod default/web-a').reduce((sum, { ended }) => sum + ended, 0);
    };
  };
  it('goes on to a Pod on its way out for as long as that serves', () => {
    const toOld = ends(true);
    expect(toOld(19)).toBeGreaterThan(0);
    expect(toOld(40)).toBe(toOld(19));
    expect(toOld(52)).toBe(0);
  });
  it('is what makes that so', () => {
    const toOld = ends(false);
    expect(toOld(19)).toBeGreaterThan(0);
    expect(toOld(25)).toBe(0);
  });
});

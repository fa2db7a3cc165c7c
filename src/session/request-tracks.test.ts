import { expect, it } from 'vitest';
import { createSession } from './create-session';
import { requestsBetween, requestTrack, sourcesOf } from './request-tracks';

const TEXT = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 20s
  traffic:
  - {name: users, target: "http://web.default:80/", rps: 10, from: 5s, to: 15s}
  - {name: nobody, target: "http://nothing:80/", rps: 2, from: 5s, to: 6s}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

it('has a lane for each source, seconds in buckets, and nothing beyond the head', () => {
  const { session, problems } = createSession(TEXT);
  expect(problems).toEqual([]);
  session?.simulation.run({ timeMs: 10_000 });
  const window = { fromMs: 0, toMs: 20_000, buckets: 10 };
  const [users, nobody] = session
    ? sourcesOf(session.simulation).map((name) => requestTrack(session.simulation, name, window))
    : [];
  expect(users?.source).toBe('users');
  expect(users?.ok.slice(5)).toEqual([-1, -1, -1, -1, -1]);
  expect((users?.answered ?? 0) + (users?.lost ?? 0)).toBe(50);
  expect(users?.ok.slice(3, 5)).toEqual([10, 10]);
  expect(nobody?.answered).toBe(0);
  expect(nobody?.lost).toBe(2);
  expect(nobody?.failed.slice(0, 5)).toEqual([0, 0, 2, 0, 0]);
  expect(session && requestsBetween(session.simulation, 0, 10_000)).toEqual({
    sent: 52,
    failed: 2 + (users?.lost ?? 0),
  });
  expect(session && requestsBetween(session.simulation, 6_500, 8_400)).toEqual({ sent: 10, failed: 0 });
});

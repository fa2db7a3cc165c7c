import { expect, it } from 'vitest';
import type { Simulation } from '../../engine/simulation';
import type { TrafficMemory } from '../../engine/traffic/record';
import { startText } from '../swarm';
import { requestComplaints } from './requests';

const TEXT = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  traffic: [{name: users, target: "http://web.default/", rps: 5, from: 8s, to: 12s}]
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

/** The complaints about a run whose memory was tampered with. */
function complaints(tamper: (memory: TrafficMemory) => void, text = TEXT): readonly string[] {
  const simulation = startText(text);
  simulation.run({ timeMs: 14_000 });
  tamper(simulation.memoryOf('traffic/users') as TrafficMemory);
  return requestComplaints(simulation as Simulation);
}

it('finds nothing wrong with what really happened', () => expect(complaints(() => undefined)).toEqual([]));

it('sees that a request never ended', () => {
  const found = complaints(({ series }) => series.delete('ok'));
  expect(found[0]).toBe('requests of users: 20 were sent, 0 ended and 0 are under way');
});

it('sees that more took a way than ended', () => {
  const found = complaints(({ seconds }) => {
    const record = seconds.get(9);
    if (record) seconds.set(9, { ...record, elsewhere: 1 });
  });
  expect(found).toEqual(['requests of users: second 9: 5 ended, but 6 took a way']);
});

it('sees a Pod that was never an endpoint', () => {
  const found = complaints(({ seconds }) => {
    const path = ['users', 'Service default/web', 'Pod default/other'];
    seconds.set(9, { routes: [{ path, ended: 5, failed: 0 }], elsewhere: 0, samples: [] });
  });
  expect(found).toEqual(['requests of users: second 9: Pod default/other was never an endpoint']);
});

/** The text, with all Pods of the application shut off by a policy that is enforced. */
const enforced = `${TEXT.replace('spec:\n', 'spec:\n  components: {network-plugin: {enforces-network-policy: "true"}}\n')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: none}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], ingress: []}
`;

it('sees that a policy was not obeyed', () => {
  expect(complaints(() => undefined, enforced)).toEqual([]);
  const found = complaints(({ seconds }) => {
    const path = ['users', 'Service default/web', 'Pod default/web'];
    seconds.set(9, { routes: [{ path, ended: 1, failed: 0 }], elsewhere: 0, samples: [] });
  }, enforced);
  expect(found.at(-1)).toBe(
    'requests of users: second 9: users > Service default/web > Pod default/web got through in spite of a NetworkPolicy',
  );
});

it('knows that a Pod which lost the label of the policy is open again', () => {
  const relabelled = enforced.replace(
    '  traffic:',
    '  actions: [{at: 7s, kubectl: label pod web app=other --overwrite}]\n  traffic:',
  );
  const found = complaints(({ seconds }) => {
    seconds.set(9, {
      routes: [{ path: ['users', 'Pod default/web'], ended: 5, failed: 0 }],
      elsewhere: 0,
      samples: [],
    });
  }, relabelled);
  expect(found.filter((complaint) => complaint.includes('NetworkPolicy'))).toEqual([]);
});

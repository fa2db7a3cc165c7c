import { expect, it } from 'vitest';
import type { ActiveFault } from '../engine/client/environment';
import type { Simulation } from '../engine/simulation';
import { createSession } from '../session/create-session';
import { heldFaults } from './held-faults';

const of = (faults: readonly ActiveFault[]) =>
  heldFaults({
    activeFaults: () => faults,
    traceAt: (step) => ({ message: `step ${step}` }) as ReturnType<Simulation['traceAt']>,
  }).map(({ type, node, text }) => [type, node, text].join(' '));
const at = { sinceMs: 1, step: 1 };

it('faults of one kind are one, and so is a machine that shut down and is off', () => {
  expect(of([])).toEqual([]);
  expect(
    of([
      { ...at, type: 'dns-down' },
      { ...at, type: 'dns-down', step: 2 },
      { ...at, type: 'node-shutdown', node: 'a' },
      { ...at, type: 'node-crash', node: 'a' },
      { ...at, type: 'node-crash', node: 'b' },
    ]),
  ).toEqual(['dns-down  step 1', 'node-shutdown a step 1', 'node-crash b step 1']);
});

it('a run knows what holds at its head, in a fork too, until it is healed', () => {
  const { session } = createSession(`apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: x}
spec:
  duration: 20s
  actions:
  - {at: 2s, fault: {type: component-down, component: kube-proxy, node: node-1}}
  - {at: 4s, heal: {type: component-down, component: kube-proxy, node: node-1}}
`);
  if (!session) throw new Error('no session');
  const { simulation } = session;
  simulation.run({ timeMs: 3000 });
  const [held] = heldFaults(simulation);
  expect(held).toMatchObject({ type: 'component-down', component: 'kube-proxy', node: 'node-1', sinceMs: 2000 });
  expect(held?.text).toBe('kube-proxy on node node-1 has stopped');
  simulation.run({ timeMs: 5000 });
  expect(heldFaults(simulation)).toEqual([]);
  expect(heldFaults(simulation.fork(held?.step ?? 0))).toEqual([held]);
});

import { beforeAll, expect, it } from 'vitest';
import type { Simulation } from '../engine/simulation';
import { startText } from '../testing/swarm';
import { type Hearers, type Hearing, hearersSearch } from './heard';

const TEXT = `
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: outage}
spec:
  duration: 2m
  nodes: [{name: node-1}, {name: node-2}]
  actions:
  - {at: 8s, kubectl: create service clusterip gone --tcp=80}
  - {at: 9s, kubectl: create configmap cfg --from-literal=a=b}
  - {at: 10s, fault: {type: node-partition, node: node-2, for: 10s}}
  - {at: 11s, kubectl: create service clusterip stays --tcp=80}
  - {at: 12s, kubectl: delete service gone}
  - {at: 13s, kubectl: create service clusterip brief --tcp=80}
  - {at: 14s, kubectl: delete service brief}
  - {at: 40s, fault: {type: api-server-down, for: 5s}}
`;

let simulation: Simulation;
beforeAll(() => {
  simulation = startText(TEXT);
  simulation.run({ timeMs: 60_000 });
});

function hearersAt(timeMs: number): { hearers: Hearers; step: number } {
  const step = simulation
    .trace(1, simulation.step)
    .find(({ time, actor }) => time === timeMs && actor === 'user')!.step;
  const search = hearersSearch(simulation, step);
  for (;;) {
    const hearers = search();
    if (hearers) return { hearers, step };
  }
}

const of = (name: string, { hearings }: Hearers): Hearing[] => hearings.filter((hearing) => hearing.name === name);
const ofProxy = (hearers: Hearers, node = 'node-2'): Hearing[] => of(`kube-proxy/${node}`, hearers);
const PUBLISHER = 'root-ca-certificate-publisher-controller';

it('names who is told of a write and leaves it aside, and who watches the kind and is not woken', () => {
  const { hearers } = hearersAt(9000);
  const told = { how: 'told', what: { type: 'Added', kind: 'ConfigMap', key: 'default/cfg' } };
  expect(of(PUBLISHER, hearers)[0]).toMatchObject({ atMs: 9010, heard: told, step: undefined });
  expect(hearers.unconcerned).toContain('garbage-collector-controller');
});

it('says of an outage what a list shows when it is over, what it hides, and what was known already', () => {
  const { hearers, step } = hearersAt(11_000);
  expect(ofProxy(hearers, 'node-1')).toMatchObject([
    { atMs: 11_010, heard: { how: 'told', what: { type: 'Added' } } },
    { atMs: 45_010, heard: { how: 'sync' }, step: undefined },
  ]);
  const [late] = ofProxy(hearers);
  expect(late).toMatchObject({ atMs: 20_010, heard: { how: 'told', what: { type: 'Added', relisted: true } } });
  const acts = simulation.trace(step, simulation.step).filter(({ actor }) => actor === 'kube-proxy/node-2');
  const first = acts.find(({ cause }) => cause === step);
  expect(late?.step).toBe(first?.step);
  expect(hearers.relisted[first!.step]).toBe('Added');
  expect(ofProxy(hearersAt(12_000).hearers)).toMatchObject([
    { atMs: 20_010, heard: { how: 'told', what: { type: 'Deleted', relisted: true } } },
  ]);
  expect(ofProxy(hearersAt(13_000).hearers)).toMatchObject([{ heard: { how: 'never' } }]);
  expect(ofProxy(hearersAt(8_000).hearers)).toMatchObject([
    { atMs: 8_010, heard: { how: 'told', what: { type: 'Added' } } },
    { atMs: 20_010, heard: { how: 'told', what: { type: 'Deleted', relisted: true } } },
  ]);
});

it('calls what a list shows as it was known a Sync', () => {
  const { hearers } = hearersAt(9000);
  expect(of(PUBLISHER, hearers).slice(1)).toMatchObject([{ atMs: 45_010, heard: { how: 'sync' } }]);
  expect(of('kubelet/node-2', hearers).slice(1)).toMatchObject([{ atMs: 20_010, heard: { how: 'sync' } }]);
});

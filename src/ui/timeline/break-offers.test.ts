import { expect, it } from 'vitest';
import { searchFor } from '../../conditions/search';
import { createSession } from '../../session/create-session';
import type { Row } from '../../view/rows';
import { offersFor } from './break-offers';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop:1"}]}
---
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 2m
  actions:
`;

const ALL_GONE = '  - {at: 40s, kubectl: delete pod --all --wait=false}\n';
const TO_NONE = '  - {at: 40s, kubectl: scale deployment web --replicas=0}\n';

const WEB_ID = 'Deployment/default/web';

/** The moment at which an offer holds first, after one, in seconds. */
function firstOf(name: string, text: string, fromMs: number, id = WEB_ID): number | string {
  const { session } = createSession(text);
  if (!session) throw new Error('no session');
  const { simulation } = session;
  simulation.run({ timeMs: fromMs });
  const row = { id, workload: true, desired: 3 } as unknown as Row;
  const offer = offersFor(id, row).find((one) => one.name === name);
  if (!offer) throw new Error('not offered');
  const search = searchFor(simulation, offer.condition, { step: simulation.step, timeMs: fromMs, untilMs: 120_000 });
  for (;;) {
    const found = search();
    if (found === 'nothing') return found;
    if (found) return 'problem' in found ? found.problem : Math.floor(found.timeMs / 1000);
  }
}

it.each([
  ['until.fewer', ALL_GONE, 20, 40],
  ['until.available', ALL_GONE, 20, 40],
  ['until.fewer', '  - {at: 40s, kubectl: delete deployment web}\n', 20, 'nothing'],
  ['until.settled', TO_NONE, 60, 61],
])('%s, where all of it is gone: %s', (name, actions, from, at) => {
  expect(firstOf(name, WEB + actions, from * 1000)).toBe(at);
});

const spec = (rest: string) => `spec:
  ${rest}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop:1"}]}
`;
const scenario = (actions: string) => `---
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 2m
  actions:
${actions}`;

it.each([
  ['StatefulSet', 'serviceName: web\n  replicas: 3', 'until.fewer', 41],
  ['StatefulSet', 'serviceName: web\n  replicas: 3', 'until.available', 41],
  ['ReplicaSet', 'replicas: 3', 'until.fewer', 40],
  ['ReplicaSet', 'replicas: 3', 'until.available', 40],
  ['DaemonSet', 'minReadySeconds: 1', 'until.fewer', 41],
  ['DaemonSet', 'minReadySeconds: 1', 'until.available', 41],
])('Pods of a %s (%s) are counted, too: %s', (kind, rest, name, at) => {
  const text = `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: web}\n${spec(rest)}${scenario(ALL_GONE)}`;
  expect(firstOf(name, text, 30_000, `${kind}/default/web`)).toBe(at);
});

it.each([
  ['StatefulSet', 'serviceName: web\n  replicas: 3'],
  ['DaemonSet', 'minReadySeconds: 1'],
])('a %s is up to date once its new Pods are available', (kind, rest) => {
  const image = `  - {at: 40s, kubectl: set image ${kind.toLowerCase()}/web web=shop:2}\n`;
  const text = `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: web}\n${spec(rest)}${scenario(image)}`;
  expect(firstOf('until.settled', text, 41_000, `${kind}/default/web`)).toBeGreaterThan(42);
});

it('the next step about an object is not one about its namesake in another namespace', () => {
  const namesake = WEB.split('---')[0]!.replace('{name: web}', '{name: web, namespace: two}');
  const two = `apiVersion: v1\nkind: Namespace\nmetadata: {name: two}\n---\n${namesake}---\n`;
  const scaled = '  - {at: 20s, kubectl: scale deployment web -n two --replicas=2}\n';
  const later = '  - {at: 40s, kubectl: scale deployment web --replicas=2}\n';
  const text = two + WEB + scaled + later;
  expect(firstOf('until.next', text, 19_000)).toBe(40);
  expect(firstOf('until.next', text, 19_000, 'Deployment/two/web')).toBe(20);
  expect(offersFor('Deployment/two/web', undefined)[0]?.values).toEqual({ kind: 'Deployment', name: 'two/web' });
});

it('the next Warning can be run until', () => {
  const fails = '  - {at: 20s, kubectl: "set resources deployment web --requests=cpu=100"}\n';
  expect(firstOf('until.warning', WEB + fails, 10_000)).toBe(20);
  expect(firstOf('until.warning', WEB + TO_NONE, 10_000)).toBe('nothing');
});

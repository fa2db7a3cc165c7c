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

const id = 'Deployment/default/web';

/** The moment at which an offer for web holds first, after one, in seconds. */
function firstOf(name: string, actions: string, fromMs: number): number | string {
  const { session } = createSession(WEB + actions);
  if (!session) throw new Error('no session');
  const { simulation } = session;
  simulation.run({ timeMs: fromMs });
  const row = { id, kind: 'Deployment', workload: {}, name: 'web', desired: 3 } as unknown as Row;
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
  expect(firstOf(name, actions, from * 1000)).toBe(at);
});

import { describe, expect, test } from 'vitest';
import { createSession } from './create-session';
import { rehearsalOf } from './rehearsal';

const text = (budget: string, actions = '') => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: t}
spec: {duration: 3m, nodes: [{count: 3}]${actions}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {${budget}, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27"}]}
`;

function rehearse(scenario: string, options = '') {
  const { simulation } = createSession(scenario).session!;
  simulation.run({ timeMs: 20_000 });
  const before = simulation.step;
  const bit = rehearsalOf(simulation, `drain node-1${options}`, { step: before, timeMs: 20_000 });
  for (;;) {
    const answer = bit();
    if (!answer) continue;
    expect(simulation.step).toBe(before);
    return answer;
  }
}

describe('a drain, rehearsed', () => {
  test('one at a time under a budget: what goes, what is refused, how low it gets', () => {
    const answer = rehearse(text('minAvailable: 5'));
    expect(answer).toMatchObject({ code: 0, gone: 2, pending: 0 });
    expect(answer.refused).toBeGreaterThan(0);
    expect(answer.budgets).toEqual(['web']);
    expect(answer.lowest).toEqual([{ namespace: 'default', name: 'web', available: 5, desired: 6 }]);
    expect(answer.tookMs).toBeGreaterThan(0);
  });

  test('a Pod of nobody goes for good', () => {
    const bare =
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: bare}\nspec: {nodeName: node-1, containers: [{name: app, image: nginx}]}\n';
    expect(rehearse(text('minAvailable: 1') + bare, ' --force')).toMatchObject({ code: 0, gone: 3, forGood: ['bare'] });
  });

  test('what the scenario does soon after is no consequence', () => {
    const answer = rehearse(
      text('minAvailable: 1', ', actions: [{at: 30s, kubectl: scale deployment web --replicas=0}]'),
    );
    expect(answer).toMatchObject({ code: 0, gone: 2, pending: 0 });
    expect(answer.lowest).toEqual([{ namespace: 'default', name: 'web', available: 4, desired: 6 }]);
  });

  test('what happens without it is no consequence either', () => {
    const crashing = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: fails}
spec:
  selector: {matchLabels: {app: fails}}
  template:
    metadata: {labels: {app: fails}}
    spec: {containers: [{name: app, image: busybox, command: [sh, -c, sleep 15; exit 1]}], nodeSelector: {kubernetes.io/hostname: node-3}}
---
apiVersion: v1
kind: Pod
metadata: {name: greedy}
spec: {containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: "900"}}}]}
`;
    const answer = rehearse(text('minAvailable: 1') + crashing);
    expect(answer).toMatchObject({ code: 0, pending: 0 });
    expect(answer.lowest.map(({ name }) => name)).toEqual(['web']);
  });

  test('a budget that is never met: it does not end, and nothing goes', () => {
    expect(rehearse(text('minAvailable: 6'))).toMatchObject({ tookMs: null, gone: 0, lowest: [], budgets: ['web'] });
  });
});

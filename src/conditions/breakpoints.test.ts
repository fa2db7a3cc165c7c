import { expect, test } from 'vitest';
import type { Simulation } from '../engine/simulation';
import { createWorld } from '../testing/world';
import { nextStop, type Stop } from './breakpoints';
import { NEXT_WARNING } from './next-warning';

const DOCUMENTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.9.1"}]}
`;

function find(
  simulation: Simulation,
  conditions: readonly string[],
  from: { step: number; timeMs: number },
  untilMs: number,
): Stop {
  const bit = nextStop(simulation, conditions, { ...from, untilMs });
  for (;;) {
    const found = bit();
    if (found) return found;
  }
}

const START = { step: 0, timeMs: 0 };
const AVAILABLE = "get('Deployment', 'web').status.availableReplicas >= 1";

test('stops where one begins to hold, and not again while it goes on holding', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS });
  const first = find(simulation, ['false', AVAILABLE], START, 60_000);
  if (!('condition' in first) || 'problem' in first) throw new Error('it stops');
  expect(first.condition).toBe(AVAILABLE);
  const at = (step: number) =>
    simulation.objectAt(step, 'Deployment', 'default', 'web') as unknown as { status: { availableReplicas?: number } };
  expect(at(first.step).status.availableReplicas).toBeGreaterThan(0);
  expect(at(first.step - 1).status.availableReplicas).toBeUndefined();
  expect(find(simulation, [AVAILABLE], first, 60_000)).toMatchObject({ clear: { timeMs: 60_000 } });
});

test('a condition about the step stops at each such step', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS });
  const condition = "step.object.kind == 'Deployment'";
  const first = find(simulation, [condition], START, 60_000);
  const second = 'step' in first ? find(simulation, [condition], first, 60_000) : first;
  const steps = simulation.trace(1, simulation.step).filter(({ object }) => object?.kind === 'Deployment');
  expect([first, second]).toMatchObject([{ step: steps[0]?.step }, { step: steps[1]?.step }]);
});

test('a stretch without any is told, and searched on from its end as if in one', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS });
  const whole = find(simulation, [AVAILABLE], START, 60_000);
  let from = START;
  for (let untilMs = 500; ; untilMs += 500) {
    const found = find(simulation, [AVAILABLE], from, untilMs);
    if ('clear' in found) from = found.clear;
    else {
      expect(found).toEqual(whole);
      return;
    }
  }
});

test('what comes to hold by time alone is not missed where a stretch ends right after it', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS });
  const conditions = ["time > duration('35s')"];
  expect(find(simulation, conditions, START, 35_500)).toMatchObject({ timeMs: 36_000, isMidway: false });
});

test('what can not be told is a problem', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS });
  expect(find(simulation, ['1 +'], START, 1_000)).toHaveProperty('problem');
  expect(find(simulation, ["list('Pods').size() > 0"], START, 1_000)).toMatchObject({
    problem: 'there is no kind Pods',
  });
});

test('the next Warning is the next step that writes one', () => {
  const { simulation } = createWorld({ documents: DOCUMENTS.replace('nginx:1.9.1', 'nothing.example/like:it') });
  simulation.run({ timeMs: 60_000 });
  const found = find(simulation, [NEXT_WARNING], START, 60_000);
  const warnings = simulation
    .changes(0, simulation.revision)
    .filter(({ kind, value }) => kind === 'Event' && (value as { type?: string } | undefined)?.type === 'Warning');
  if (warnings.length === 0) expect(found).toHaveProperty('clear');
  else expect(found).toMatchObject({ step: warnings[0]?.step, isMidway: true });
});

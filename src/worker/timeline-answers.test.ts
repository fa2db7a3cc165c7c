import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';
import type { Session } from '../session/session';
import { LANE_GROUPS, type Lane } from '../view/lanes/lane-shapes';
import { timelineAnswers } from './timeline-answers';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'nginx:1'}]}
`;

function run(commands: readonly (readonly [number, string])[], untilMs: number): Session {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('the text can be run');
  for (const [timeMs, command] of commands) {
    session.simulation.run({ timeMs });
    session.kubectl(command, { step: session.simulation.step, timeMs });
  }
  session.simulation.run({ timeMs: untilMs });
  return session;
}

function lanesOf(session: Session, toMs: number, buckets: number): readonly Lane[] {
  const slices = LANE_GROUPS.map((group) => ({ group, first: 0, count: 100 }));
  const question = { fromMs: 1, toMs, buckets, slices, pinned: [], text: '', selected: null, horizonMs: toMs };
  return timelineAnswers(() => session)
    .lanes(question)
    .groups.flatMap(({ lanes }) => lanes);
}

test('a Deployment is a stack of its revisions between its bounds', () => {
  const session = run([[10_000, 'set image deployment/web web=nginx:2']], 40_000);
  const web = lanesOf(session, 40_000, 400).find(({ id }) => id === 'Deployment/default/web');
  if (web?.type !== 'rollout') throw new Error('it has a lane');
  expect(web.stacks.map(({ revision }) => revision)).toEqual(['1', '2']);
  const [first, second] = web.stacks;
  expect([first?.counts[90], second?.counts[90]]).toEqual([2, -1]);
  expect([first?.counts[399], second?.counts[399]]).toEqual([0, 2]);
  expect(Math.max(...(web.series.total ?? []))).toBe(3);
  expect([web.series.desired?.[50], web.series.most?.[50], web.series.least?.[50]]).toEqual([2, 3, 2]);
});

test('acts are pins at their steps, named by their commands; one that is refused says so', () => {
  const session = run(
    [
      [5_000, 'scale deployment/web --replicas=3'],
      [9_000, 'delete deployment nothing'],
    ],
    12_000,
  );
  const acts = lanesOf(session, 12_000, 100).find(({ id }) => id === 'acts');
  const pins = acts?.type === 'pins' ? acts.pins : [];
  expect(pins.map(({ text, tone }) => [tone, text])).toEqual([
    ['act', 'scale deployment/web --replicas=3'],
    ['refused', 'delete deployment nothing'],
  ]);
  expect(pins.every(({ step }) => session.simulation.traceAt(step).actor === 'user')).toBe(true);
});

test('a place on a lane is its nearest step, or the next one on it', () => {
  const session = run([[5_000, 'scale deployment/web --replicas=3']], 12_000);
  const { laneStep } = timelineAnswers(() => session);
  const { step } = laneStep({ lane: 'acts', near: 5_010, withinMs: 20 });
  expect(step).toMatchObject({ timeMs: 5_000, actor: 'user' });
  const next = laneStep({ lane: 'actor/deployment-controller', from: step?.step ?? 0, by: 1 });
  expect(next.step?.actor).toBe('deployment-controller');
  expect(laneStep({ lane: 'nothing', near: 0, withinMs: 1 })).toEqual({ step: null, since: null });
});

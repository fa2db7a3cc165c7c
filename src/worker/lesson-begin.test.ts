import { expect, it } from 'vitest';
import { createSession } from '../session/create-session';
import { showActs, standAtChapter } from './lesson-answers';
import type { Slices } from './run-ahead';

const TEXT = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: two}
spec: {duration: 60s}
---
apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: two}
spec:
  title: Two tasks
  chapters:
  - text: Three.
    look: {at: 20s}
    task:
      goal: "get('Deployment', 'web').spec.replicas == 3"
      solution: [{kubectl: scale deployment web --replicas=3}]
  - text: Four.
    look: {at: 30s}
    task:
      goal: "get('Deployment', 'web').spec.replicas == 4"
      solution: [{kubectl: scale deployment web --replicas=4 --current-replicas=3}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

const atOnce: Slices = (bit) => {
  for (;;) {
    const result = bit();
    if (result !== undefined) return Promise.resolve(result);
  }
};

function opened() {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('no session');
  session.simulation.run({ timeMs: 60_000 });
  const at = (timeMs: number) => ({ step: session.simulation.stepAtTime(timeMs), timeMs });
  const commands = () => session.inputs.map(({ payload }) => (payload as { command: string }).command);
  const begin = (chapter: number, own?: typeof session.inputs) =>
    standAtChapter(session, { chapter, fromMs: 0, inputs: own }, atOnce);
  return { session, at, commands, begin };
}

it('a chapter begins without what was tried, at its very moment too, and with what was done for the tasks before', async () => {
  const { session, at, commands, begin } = opened();
  session.kubectl('delete deployment web', at(20_000));
  expect(await begin(0)).toEqual({ timeMs: 20_000 });
  expect(commands()).toEqual([]);
  expect(session.branch.id).toBe(0);
  session.kubectl('scale deployment web --replicas=3', at(20_000));
  const own = session.inputs;
  const done = session.branch;
  session.simulation.run({ timeMs: 60_000 });
  session.kubectl('delete deployment web', at(25_000));
  expect(await begin(1, own)).toEqual({ timeMs: 30_000 });
  expect(session.branch.id).toBe(done.id);
  expect(commands()).toEqual(['scale deployment web --replicas=3']);
});

it('where the tasks before are not done, their solutions are, so that a solution that is shown works', async () => {
  const { session, at, commands, begin } = opened();
  session.kubectl('delete deployment web', at(20_000));
  expect(await begin(1)).toEqual({ timeMs: 30_000 });
  const { parent, fromMs, label } = session.branch;
  expect({ parent, fromMs, label }).toEqual({ parent: 0, fromMs: 20_000, label: 'chapter 2' });
  session.simulation.run({ timeMs: 30_000 });
  const solution = session.scenario.lesson?.chapters[1]?.task?.solution ?? [];
  expect(showActs(session, solution, at(30_000)).map(({ code }) => code)).toEqual([0]);
  expect(commands()).toHaveLength(2);
  await begin(1);
  expect(commands()).toEqual(['scale deployment web --replicas=3']);
  await expect(begin(7)).rejects.toThrow('the lesson has no chapter 8');
});

it('what was handed in is looked at as it is, in its own branch', async () => {
  const { session, at, commands } = opened();
  session.kubectl('scale deployment web --replicas=3', at(20_000));
  session.simulation.run({ timeMs: 25_000 });
  session.kubectl('scale deployment web --replicas=2', at(25_000));
  const { branch, inputs } = session;
  session.kubectl('delete deployment web', at(10_000));
  const place = await standAtChapter(session, { chapter: 0, fromMs: 0, inputs, at: { step: 7 } }, atOnce);
  expect(place).toEqual({ step: 7 });
  expect(session.branch.id).toBe(branch.id);
  expect(commands()).toEqual(['scale deployment web --replicas=3', 'scale deployment web --replicas=2']);
});

it('what a link brought is left too', async () => {
  const first = opened();
  first.session.kubectl('delete deployment web', first.at(10_000));
  const { session } = createSession(TEXT, { inputs: first.session.inputs });
  if (!session) throw new Error('no session');
  await standAtChapter(session, { chapter: 0, fromMs: 0 }, atOnce);
  expect(session.inputs).toEqual([]);
  expect(session.branch).toMatchObject({ id: 1, parent: 0, fromMs: 10_000 });
  session.simulation.run({ timeMs: 20_000 });
  expect(session.simulation.nowMs).toBe(20_000);
});

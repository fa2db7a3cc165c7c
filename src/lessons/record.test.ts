import { expect, it } from 'vitest';
import { parseScenario } from '../scenario/scenario';
import { createSession } from '../session/create-session';
import { checkLesson } from './check';
import { withChapter } from './record';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

function done() {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('no session');
  const { simulation } = session;
  const head = () => ({ step: simulation.step, timeMs: simulation.nowMs });
  simulation.run({ timeMs: 20_000 });
  session.kubectl('scale deployment web --replicas=3', head());
  simulation.run({ timeMs: 25_500 });
  session.kubectl(`label deployment web 'a=b'`, head());
  session.act(
    { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', forMs: 3000 } },
    head(),
    'x',
  );
  return simulation.inputs;
}

it('what was done by hand becomes a task whose solution meets its goal, in a lesson that can grow', () => {
  const goal =
    "get('Deployment', 'web').status.readyReplicas == 3 && get('Deployment', 'web').metadata.labels['a'] == 'b'";
  const recorded = { name: 'scaling', title: 'More: "three"', text: 'Make it **three**.', goal };
  const inputs = done();
  const once = withChapter(TEXT, inputs, recorded);
  const twice = withChapter(`${once}---\n${TEXT.replace('web}', 'other}')}`, inputs.slice(0, 1), {
    ...recorded,
    goal: goal.split(' && ')[0] ?? '',
  });
  for (const [text, chapters] of [
    [once, 1],
    [twice, 2],
  ] as const) {
    const { scenario, problems } = parseScenario(text);
    expect(problems).toEqual([]);
    expect(scenario?.lesson?.chapters).toHaveLength(chapters);
  }
  const { scenario } = parseScenario(once);
  if (!scenario?.lesson) throw new Error('no lesson');
  expect(scenario.lesson.chapters[0]).toMatchObject({ atMs: 20_000, title: 'More: "three"' });
  expect(scenario.lesson.chapters[0]?.task?.solution.map(({ afterMs, title }) => [afterMs, title])).toEqual([
    [0, 'kubectl scale deployment web --replicas=3'],
    [5500, "kubectl label deployment web 'a=b'"],
    [0, 'fault type: node-crash node: node-1 for: 3s'],
  ]);
  const verdicts = [...checkLesson(once, scenario.lesson, scenario)];
  expect(verdicts.filter(({ met }) => !met).map(({ title }) => title)).toEqual([
    'every text is in English and Chinese',
    'chapter 1: the solution without its act 3 does not meet the goal',
  ]);
});

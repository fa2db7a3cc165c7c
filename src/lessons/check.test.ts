import { expect, it } from 'vitest';
import { parseScenario } from '../scenario/scenario';
import { lessonHead } from '../testing/lesson-text';
import { type CheckOptions, checkLesson, verdictLine } from './check';

const TEXT = (chapters: string) => `${lessonHead('40s')}${chapters}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

function verdicts(chapters: string, other: Partial<CheckOptions> = {}): string[] {
  const text = TEXT(chapters);
  const { scenario, problems } = parseScenario(text);
  expect(problems).toEqual([]);
  if (!scenario?.lesson) throw new Error('no lesson');
  return [...checkLesson(text, scenario.lesson, { durationMs: scenario.durationMs, ...other })].map((verdict) =>
    verdictLine(verdict, `${verdict.line}`),
  );
}

const PODS = "list('Pod', 'app=web').filter(p, p.status.phase == 'Running').size()";

it('everything that may be wrong with a lesson is found', () => {
  expect(
    verdicts(`
  - {text: {en: a, zh: b}, look: {at: 20s, select: Deployment web}, predict: {question: {en: a, zh: b}, options: [2, 3], answer: "${PODS}"}}
  - text: only English
    task:
      goal: "${PODS} >= 1"
      solution: [{kubectl: scale rs web --replicas=1}, {kubectl: get pods}]
      wrong: [[{kubectl: get pods}]]
      remarks: [{when: "${PODS} == 7", text: {en: a, zh: b}}]
  - {text: {en: a, zh: b}, look: {at: 20s}, task: {goal: "${PODS} == 9", solution: [{kubectl: scale rs web --replicas=3}]}}
  - {text: {en: a, zh: b}, look: {select: Podd web}, task: {goal: "get('ReplicaSet', 'web').spec.replicas < 'a'", solution: [{kubectl: get pods}]}}`),
  ).toEqual([
    'not ok 7 every text is in English and Chinese # not in both: chapter 2 text',
    'not ok 13 chapter 1: what it selects exists # there is no Deployment web at any time',
    'not ok 13 chapter 1: the prediction has one right answer # the run gives 1: no option agrees (2, 3)',
    expect.stringMatching(/^not ok 14 chapter 2: the start does not meet the goal # the goal is met at 40s, step \d+$/),
    expect.stringMatching(/^ok 14 chapter 2: the solution meets the goal # at 40s, step \d+$/),
    expect.stringMatching(
      /^not ok 14 chapter 2: the solution without its act 1 does not meet the goal # the goal is met/,
    ),
    expect.stringMatching(
      /^not ok 14 chapter 2: the solution without its act 2 does not meet the goal # the goal is met/,
    ),
    expect.stringMatching(/^not ok 14 chapter 2: wrong answer 1 does not meet the goal # the goal is met/),
    'not ok 14 chapter 2: remark 1 is said of a wrong answer # it holds after none of them',
    'ok 20 chapter 3: the start does not meet the goal',
    'not ok 20 chapter 3: the solution meets the goal # it is not met up to 40s',
    'not ok 21 chapter 4: what it selects exists # there is no kind Podd',
    expect.stringMatching(/^not ok 21 chapter 4: the start does not meet the goal # .*no such overload/),
    expect.stringMatching(/^not ok 21 chapter 4: the solution meets the goal # .*no such overload/),
  ]);
});

it('what a writer mistyped is told: commands that are none, acts that fail, fields that nothing has', () => {
  const lines = verdicts(`
  - {text: {en: a, zh: b}, look: {at: 10s}, predict: {question: {en: a, zh: b}, number: true, answer: "maximum(list('Pod').filter(p, p.status.phas == 'Running').size(), '20s', '30s')"}}
  - text: {en: a, zh: b}
    look: {at: 10s}
    task:
      goal: "${PODS} == 2 && get('ReplicaSet', 'web').status.redyReplicas == null"
      solution: [{kubectl: set imagge rs/web web=nginx:2}, {kubectl: scale rs web --replicas=2}]
      wrong: [[{kubectl: frobnicate}], [{kubectl: delete pod nobody}], [{kubectl: scale rs web}, {kubectl: delete rs web}], [{kubectl: get podz}]]`);
  expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([
    'not ok 13 chapter 1: the answer reads fields that there are # Pod.status has no field phas',
    'not ok 14 chapter 2: the goal reads fields that there are # ReplicaSet.status has no field redyReplicas',
    expect.stringMatching(
      /^not ok 14 chapter 2: act 1 of the solution ends without an error # error: unknown command "imagge/,
    ),
    expect.stringMatching(/^not ok 14 chapter 2: the solution without its act 1 does not meet the goal/),
    'not ok 14 chapter 2: act 1 of wrong answer 1 is a command # error: unknown command "frobnicate" for "kubectl"',
    'not ok 14 chapter 2: act 1 of wrong answer 3 is a command # error: required flag(s) "replicas" not set',
    'not ok 14 chapter 2: act 1 of wrong answer 4 is a command # error: the server doesn\'t have a resource type "podz"',
  ]);
});

it('tasks build on each other, and going back undoes what came later', () => {
  const scale = (at: string, from: number, to: number) =>
    `{text: {en: a, zh: b}${at}, task: {goal: "${PODS} == ${to}", solution: [{after: 1s, kubectl: scale rs web --replicas=${to} --current-replicas=${from}}], wrong: [[]]}}`;
  const lines = verdicts(`
  - ${scale(', look: {at: 20s}', 1, 3)}
  - ${scale('', 3, 4)}
  - ${scale(', look: {at: 15s}', 1, 2)}`);
  expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([]);
  expect(lines).toHaveLength(10);
});

it('what a chapter selects may come later, be in any namespace, or be what its own solution makes', () => {
  const lines = verdicts(`
  - {text: {en: a, zh: b}, look: {at: 0s, select: Pod later}}
  - {text: {en: a, zh: b}, look: {at: 0s, select: Service kubernetes}}
  - {text: {en: a, zh: b}, look: {at: 5s, select: ConfigMap kube-system/kube-root-ca.crt}}
  - {text: {en: a, zh: b}, look: {at: 5s, select: ConfigMap nowhere/kube-root-ca.crt}}
  - {text: {en: a, zh: b}, look: {at: 10s, select: Pod later}, task: {goal: "get('Pod', 'later') != null", solution: [{kubectl: run later --image=nginx}], wrong: [[]]}}`);
  expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([
    'not ok 13 chapter 1: what it selects exists # there is no Pod later at any time',
    'not ok 16 chapter 4: what it selects exists # there is no ConfigMap nowhere/kube-root-ca.crt at any time',
  ]);
});

it('another seed and another end hold for the lesson too', () => {
  const chapters = `
  - {text: {en: a, zh: b}, look: {at: 5s}, predict: {question: {en: a, zh: b}, options: [web-ql7w5, b], answer: "list('Pod')[0].metadata.name"}}
  - {text: {en: a, zh: b}, look: {at: 10s}, task: {goal: "${PODS} == 2", solution: [{kubectl: scale rs web --replicas=2}]}}`;
  expect(verdicts(chapters)[1]).toMatch(/^ok/);
  expect(verdicts(chapters, { seed: 2 })[1]).toMatch(/^not ok 13 chapter 1: .* no option agrees/);
  expect(verdicts(chapters)[3]).toMatch(/^ok .* the solution meets the goal/);
  expect(verdicts(chapters, { durationMs: 10_000 })[3]).toMatch(/^not ok .* # it is not met up to 10s/);
});

it('where it is wanted, what was done wrongly is answered, and nothing else', () => {
  const remark = (count: number) => `{when: "${PODS} == ${count}", text: {en: a, zh: b}}`;
  const lines = (counts: readonly number[]) =>
    verdicts(
      `
  - text: {en: a, zh: b}
    look: {at: 10s}
    task: {goal: "${PODS} == 4", solution: [{kubectl: scale rs web --replicas=4}], wrong: [[{kubectl: scale rs web --replicas=2}], [{kubectl: scale rs web --replicas=0}]], remarks: [${counts.map(remark)}]}`,
      { isAnswered: true },
    ).filter((line) => !line.startsWith('ok'));
  expect(lines([0, 2])).toEqual([]);
  expect(lines([2])).toEqual(['not ok 13 chapter 1: wrong answer 2 is answered by a remark # none holds after it']);
  expect(lines([0, 2, 1])).toEqual(['not ok 13 chapter 1: no remark is said of who did nothing # remark 3 is']);
});

import { expect, it } from 'vitest';
import { lessonHead } from '../testing/lesson-text';
import { parseScenario } from './scenario';
import { scenarioDefinitions } from './scenario-schema';

const HEAD = lessonHead('1m');

const task = (rest: string) => `  - {text: a, task: {goal: "time > duration('1s')", ${rest}}}`;
const predict = (rest: string) => `  - {text: a, predict: {question: q, ${rest}}}`;

it.each([
  ['  - {look: {at: 1s}}', '12:6 Lesson: spec.chapters.0: "text" is missing'],
  ['  - {text: {zh: a}}', '12:6 Lesson: spec.chapters.0.text: must be a text, or {en: …, zh: …}'],
  ['  - {text: a, look: {at: 61s}}', '12:22 Lesson: spec.chapters.0.look.at: is past the end of the scenario at 60s'],
  ['  - {text: a, look: {view: graph}}', '"graph" is not known; known here: workloads'],
  ['  - {text: a, look: {select: web}}', 'must be KIND NAME, or KIND NAMESPACE/NAME'],
  [predict('answer: "1 +"'), 'spec.chapters.0.predict.answer: '],
  [predict('answer: "1"'), 'a prediction needs two options or more, or number: true'],
  [predict('answer: "1", options: [1, 2, 1]'), 'spec.chapters.0.predict.options.2: "1" is there twice'],
  [predict('answer: "1", options: [1, 2], number: true'), '"options" and "number" exclude each other'],
  [predict('answer: "1", options: [1, 2], within: 1'), '"within" belongs to "number"'],
  [predict("answer: \"maximum(1, '1s', '2m')\", number: true"), 'answer: is past the end of the scenario at 60s'],
  ['  - {text: a, task: {goal: "get(", solution: [{kubectl: a}]}}', 'spec.chapters.0.task.goal: '],
  [
    '  - {text: a, task: {goal: "3", solution: [{kubectl: a}]}}',
    'the expression is int, which is neither true nor false',
  ],
  [task('solution: []'), 'a solution has at least one act'],
  [task('solution: [{}]'), 'an action needs one of kubectl, apply, fault, heal, addNode'],
  [task('solution: [{kubectl: a, apply: {kind: A}}]'), 'spec.chapters.0.task.solution.0: an act is one of'],
  [task('solution: [{apply: 3}]'), 'solution.0.apply: must be a manifest or a list of manifests'],
  [task('solution: [{kubectl: "get \'"}]'), 'solution.0.kubectl: unexpected end of the command'],
  [task('solution: [{fault: {type: node-crash, node: node-9}}]'), 'there is no node node-9'],
  [task('solution: [{kubectl: a}], wrong: [[{after: soon, kubectl: a}]]'), 'wrong.0.0.after: '],
  [task('solution: [{kubectl: a}], remarks: [{when: "get(", text: a}]'), 'spec.chapters.0.task.remarks.0.when: '],
  [`${task('solution: [{kubectl: a}]').slice(0, -1)}, predict: {question: q, answer: "1", number: true}}`, 'not both'],
])('%s is told where it stands', (chapters, wanted) => {
  const { scenario, problems } = parseScenario(HEAD + chapters);
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n')).toContain(wanted);
  expect(scenario).toBeUndefined();
});

it('is read into moments, questions and acts', () => {
  const { scenario, problems } = parseScenario(`${HEAD}  - text: {en: a, zh: b}
    look: {at: 5s, view: nodes, select: Pod shop/web}
    predict: {question: q, options: [3, {value: 4, en: four, zh: 四}], answer: "maximum(1, '1s', '20s')", why: w}
  - {text: a, task: {goal: "time > duration('1s')", solution: [{after: 2s, kubectl: get pods}, {fault: {type: node-crash, node: node-1, for: 3s}}]}}
`);
  expect(problems).toEqual([]);
  const [first, second] = scenario?.lesson?.chapters ?? [];
  expect(first).toMatchObject({
    atMs: 5000,
    view: 'nodes',
    select: { kind: 'Pod', namespace: 'shop', name: 'web' },
    predict: {
      options: [
        { value: '3', text: '3' },
        { value: '4', text: { en: 'four', zh: '四' } },
      ],
      knownMs: 20_000,
      within: 0,
    },
    line: 12,
  });
  expect(second?.atMs).toBeUndefined();
  expect(second?.task?.solution).toEqual([
    {
      afterMs: 2000,
      inputs: [{ to: 'user', kind: 'kubectl', payload: { command: 'get pods' } }],
      title: 'kubectl get pods',
    },
    {
      afterMs: 0,
      inputs: [{ to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', forMs: 3000 } }],
      title: 'fault type: node-crash node: node-1 for: 3s',
    },
  ]);
});

it('is known to the editor', () => {
  expect(Object.keys(scenarioDefinitions())).toContain('Lesson');
});

import { expect, it } from 'vitest';
import type { TimedInput } from '../engine/simulation';
import { parseScenario } from '../scenario/scenario';
import { encodeLink } from '../scenario/share-link';
import { createSession } from '../session/create-session';
import { checkLesson } from './check';
import { type Recorded, withRecorded } from './record';
import { recordProblems } from './record-problems';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

const GOAL =
  "get('Deployment', 'web').status.readyReplicas == 3 && get('Deployment', 'web').metadata.labels['a'] == 'b'";

/** What is done by hand in one branch, and what in another. */
function done(...commands: readonly (readonly [number, string])[]): readonly TimedInput[] {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('no session');
  const { simulation } = session;
  const head = () => ({ step: simulation.step, timeMs: simulation.nowMs });
  for (const [timeMs, command] of commands) {
    simulation.run({ timeMs });
    if (command === 'crash') {
      const payload = { type: 'node-crash', node: 'node-1', forMs: 3000 };
      session.act({ to: 'fault', kind: 'fault', payload }, head(), 'x');
    } else session.kubectl(command, head());
  }
  return simulation.inputs;
}

const SCALED = [20_000, 'scale deployment web --replicas=3'] as const;
const both = (en: string, zh: string) => ({ en, zh });

const NOTHING = both('', '');

const RECORDED: Recorded = {
  name: 'scaling',
  title: both('More: "three"', '更多'),
  summary: both('Scale: by hand', '手动扩容'),
  atMs: 7_000,
  look: { view: 'nodes', select: 'Deployment web' },
  happens: [],
  question: {
    isAfter: false,
    told: both('Somebody wants **three**.', '有人想要**三个**。'),
    question: both('How many are there at 30 s?', '30 秒时有几个？'),
    options: [
      { value: '1', en: 'one, as nobody says so yet', zh: '一个，还没有人说' },
      { value: '3', en: '', zh: '' },
    ],
    answer: "list('Pod', 'app=web').size()",
    at: '30s',
    why: both('Nothing was changed.', '什么也没改。'),
  },
  task: {
    text: both('Make it **three**, and label it.', '改成**三个**，并加标签。'),
    goal: GOAL,
    hints: [both('`kubectl scale`', '`kubectl scale`'), both('', '')],
    solution: done(SCALED, [25_500, `label deployment web 'a=b'`]),
    wrong: [done(SCALED), done([18_000, 'scale deployment web --replicas=2'])],
    remarks: [
      {
        when: "get('Deployment', 'web').status.readyReplicas == 2",
        text: both('**Two**: "one" is missing.', '还差一个。'),
      },
    ],
    done: both('Three: `done`.', '三个了。'),
  },
};

function lessonOf(text: string) {
  const { scenario, problems } = parseScenario(text);
  expect(problems).toEqual([]);
  if (!scenario?.lesson) throw new Error('no lesson');
  return { scenario, lesson: scenario.lesson, verdicts: [...checkLesson(text, scenario.lesson, scenario)] };
}

it('a question and what was done by hand become a lesson in both languages that holds what it promises', () => {
  const text = withRecorded(TEXT, RECORDED);
  const { lesson, verdicts } = lessonOf(text);
  expect(verdicts.filter(({ met }) => !met)).toEqual([]);
  const [asked, set] = lesson.chapters;
  const looks = { view: 'nodes', select: { kind: 'Deployment', name: 'web' } };
  expect(asked).toMatchObject({ atMs: 18_000, ...looks, title: RECORDED.title, predict: { knownMs: 30_000 } });
  expect(lesson.summary).toEqual(RECORDED.summary);
  expect(asked?.predict?.options.map(({ value }) => value)).toEqual(['1', '3']);
  expect(set?.task).toMatchObject({ hints: [both('`kubectl scale`', '`kubectl scale`')] });
  expect(set).toMatchObject({ ...looks, task: { done: RECORDED.task?.done } });
  expect(set?.task?.remarks.map((remark) => remark.text)).toEqual(RECORDED.task?.remarks.map(({ text: said }) => said));
  expect(verdicts.find(({ title }) => title.includes('remark 1'))).toMatchObject({
    met: true,
    because: 'wrong answer 2',
  });
  expect(set?.task?.solution.map(({ afterMs, title }) => [afterMs, title])).toEqual([
    [2000, 'kubectl scale deployment web --replicas=3'],
    [5500, "kubectl label deployment web 'a=b'"],
  ]);
  expect(set?.task?.wrong.map((acts) => acts.map(({ afterMs, title }) => [afterMs, title]))).toEqual([
    [[2000, 'kubectl scale deployment web --replicas=3']],
    [[0, 'kubectl scale deployment web --replicas=2']],
  ]);
  expect(encodeLink({ text }).length).toBeLessThan(2_000);
});

it('a question is answered with what was done before it: after its task, or where it happens by itself', () => {
  const { question, task } = RECORDED;
  if (!question || !task) throw new Error('both are recorded');
  const answers = (recorded: Recorded) => {
    const { lesson, verdicts, scenario } = lessonOf(withRecorded(TEXT, recorded));
    expect(verdicts.filter(({ met }) => !met)).toEqual([]);
    const said = verdicts.find(({ title }) => title.endsWith('the prediction has one right answer'));
    return [said?.because, lesson.chapters.map(({ atMs }) => atMs), scenario.config.inputs?.length];
  };
  const after = { ...question, isAfter: true, at: '40s' };
  expect(answers({ ...RECORDED, question: after, task: { ...task, wrong: [], remarks: [] } })).toEqual([
    '3',
    [20_000, undefined],
    1,
  ]);
  const happens = [...task.solution];
  const alone = { ...after, isAfter: false };
  expect(answers({ ...RECORDED, atMs: 30_000, question: alone, task: undefined, happens })).toEqual(['3', [19_000], 3]);
});

it('what does not hold is said, and the lesson grows by a chapter each time', () => {
  const solution = done(SCALED, [25_500, `label deployment web 'a=b'`], [25_500, 'crash']);
  const title = both('Once more', '');
  const once = withRecorded(TEXT, {
    name: 'scaling',
    title,
    summary: NOTHING,
    atMs: 0,
    look: {},
    happens: [],
    task: {
      text: both('Do it.', ''),
      goal: GOAL,
      hints: [],
      solution,
      wrong: [solution],
      remarks: [{ when: 'false', text: both('Never.', '从不。') }],
      done: NOTHING,
    },
  });
  const { verdicts } = lessonOf(once);
  expect(verdicts.filter(({ met }) => !met).map(({ title: said, because }) => [said, because])).toEqual([
    ['every text is in English and Chinese', 'not in both: title, chapter 1 title, chapter 1 text'],
    ['chapter 1: the solution without its act 3 does not meet the goal', expect.stringContaining('the goal is met at')],
    ['chapter 1: wrong answer 1 does not meet the goal', expect.stringContaining('the goal is met at')],
    ['chapter 1: remark 1 is said of a wrong answer', 'it holds after none of them'],
  ]);
  const more = withRecorded(`${once}---\n${TEXT.replace('web}', 'other}')}`, {
    ...RECORDED,
    task: undefined,
    question: RECORDED.question && { ...RECORDED.question, options: [] },
  });
  const { lesson } = lessonOf(more);
  expect(lesson.chapters.map(({ predict, task }) => [predict !== undefined, task?.solution.length])).toEqual([
    [false, 3],
    [true, undefined],
  ]);
  expect(lesson.chapters.map(({ atMs }) => atMs)).toEqual([20_000, 7_000]);
  expect(lesson.title).toBe('Once more');
});

it('what could not be read in the text is told by its field before it is put there', () => {
  const { task, question } = RECORDED;
  if (!task || !question) throw new Error('nothing is recorded');
  const told = (recorded: Recorded) =>
    recordProblems(recorded, withRecorded(TEXT, recorded)).map(
      ({ field, number, message }) => `${field} ${number}: ${message}`,
    );
  expect(told(RECORDED)).toEqual([]);
  expect(told({ ...RECORDED, task: { ...task, goal: '1 + 2' } })).toEqual([
    'goal 0: the expression is int, which is neither true nor false',
  ]);
  const remarks = [...task.remarks, { when: 'get(', text: both('a', 'b') }];
  expect(told({ ...RECORDED, task: { ...task, remarks }, question: { ...question, answer: 'lst()' } })).toEqual([
    expect.stringMatching(new RegExp(`^remark ${remarks.length}: .*ends too early`)),
    expect.stringMatching(/^answer 0: .*lst/),
  ]);
  expect(told({ ...RECORDED, question: { ...question, at: '9h' } })).toEqual([
    expect.stringMatching(/^text 0: .*past the end of the scenario/),
  ]);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TimedInput } from '../engine/simulation';
import type { LinkAnswer } from '../scenario/hand-in';
import { encodeLink } from '../scenario/share-link';
import { createSession } from '../session/create-session';
import { CSV_HEAD, csvLine, type Grade, linksIn, notesOf } from './grade-table';
import { grade } from './grading';

const PACE = readFileSync(new URL('./rollouts/pace-of-a-rollout.yaml', import.meta.url), 'utf8');
const REFERENCES = new Map([['pace-of-a-rollout', PACE]]);
const PATCH = `patch deployment web -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":2}}}}'`;
const IMAGE = 'set image deployment/web web=nginx:1.27';

/** What somebody did by hand from a time on. */
function byHand(atMs: number, ...commands: readonly string[]): readonly TimedInput[] {
  return byHandIn(PACE, atMs, ...commands);
}

function byHandIn(text: string, atMs: number, ...commands: readonly string[]): readonly TimedInput[] {
  const { session } = createSession(text);
  if (!session) throw new Error('the lesson can not be read');
  session.simulation.run({ timeMs: atMs });
  for (const command of commands) {
    const { step, nowMs: timeMs } = session.simulation;
    session.kubectl(command, { step, timeMs });
  }
  return session.inputs;
}

const SOLVED = byHand(60_000, PATCH, IMAGE);
const LATER = byHand(75_500, 'get pods', IMAGE, PATCH, 'rollout restart deployment web');
const HALF = byHand(60_000, IMAGE);

interface Sent {
  readonly text?: string;
  readonly inputs?: readonly TimedInput[];
  readonly answers?: readonly LinkAnswer[];
}

function handIn(who: string, { text = PACE, inputs = SOLVED, answers = [] }: Sent): string {
  return `https://kubestep.dev/#${encodeLink({ text, inputs, handIn: { who, answers } })}`;
}

const given = (first: string, second: string): readonly LinkAnswer[] => [
  { chapter: 1, given: first },
  { chapter: 2, given: second },
  { chapter: 3 },
];

/** 24 who did what they say, one after the other: all right, half right, another way, later, and not there. */
const HONEST: readonly (readonly [Sent, string])[] = [
  [{ answers: given('4', '3') }, 'yes,S,2,2,'],
  [{ answers: given('4', '2') }, 'yes,S,1,2,'],
  [{ inputs: HALF, answers: given('3', '2') }, 'no,,0,1,'],
  [{ inputs: LATER, answers: given('4', '3') }, 'yes,S,2,4,'],
  [
    {
      inputs: [],
      answers: [
        { chapter: 1, given: '4' },
        { chapter: 3, inputs: SOLVED },
      ],
    },
    'yes,S,1,2,',
  ],
  [{ inputs: [], answers: given('5', '3') }, 'no,,1,0,'],
];

/** Those of them whose acts are the solution's, one by one. */
const ALIKE = [0, 1, 4];

const tampered = [{ ...SOLVED[0], to: 'kubelet/node-1' }] as unknown as readonly TimedInput[];

/** A character in the middle of a link is another one. */
function altered(link: string): string {
  const at = link.length - 400;
  return `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`;
}

const FORGED: readonly (readonly [string, string])[] = [
  [
    handIn('forger 1', {
      text: PACE.replace(/goal: >-[\s\S]*?hints:/, 'goal: "time > duration(\'1s\')"\n      hints:'),
    }),
    'forger 1,pace-of-a-rollout,no,,0,2,the text of the lesson pace-of-a-rollout was changed',
  ],
  [
    handIn('forger 2', { text: PACE.replace('replicas: 3', 'replicas: 3 '), answers: given('4', '3') }),
    'forger 2,pace-of-a-rollout,no,,0,2,the text of the lesson pace-of-a-rollout was changed',
  ],
  [
    altered(handIn('forger 3', { answers: given('4', '3') })),
    ',,no,,0,0,"line 27: This link is damaged: a part of it is missing or was changed on the way. Ask for it again, or copy it whole."',
  ],
  [
    handIn('forger 4', { inputs: tampered, answers: given('4', '3') }),
    ',,no,,0,0,"line 28: This link is damaged: a part of it is missing or was changed on the way. Ask for it again, or copy it whole."',
  ],
  [
    handIn('forger 5', { answers: [...given('4', '3'), { chapter: 0, given: '4' }] }),
    'forger 5,pace-of-a-rollout,no,,0,2,"there is an answer to chapter 1, which asks nothing of the kind"',
  ],
  [
    `https://kubestep.dev/#${encodeLink({ text: PACE, inputs: SOLVED })}`,
    ',pace-of-a-rollout,no,,0,2,line 30: this is no hand-in: the link does not say whose it is',
  ],
];

describe('a class of thirty, of whom six forge', () => {
  const honest = Array.from({ length: 24 }, (_none, index) => HONEST[index % HONEST.length] as (typeof HONEST)[number]);
  const file = [
    ...honest.map(([sent], index) => `student ${index}: ${handIn(`student ${index}`, sent)}`),
    ...FORGED.map(([link]) => link),
  ].join('\n');
  const links = linksIn(file);
  const lines = [
    ...grade(
      links.map(({ link }) => link),
      REFERENCES,
    ),
  ].map((one, index) => csvLine(one, links[index]?.line ?? 0));

  it('is graded by what runs', () => {
    const wanted = honest.map(([, line], index) => `student ${index},pace-of-a-rollout,${line}`);
    const fixed = (line: string) => line.replace(/,yes,\d+,/, ',yes,S,').replace(/,[\d.]*s?,\d,2$/, '');
    expect(lines.slice(0, 24).map(fixed)).toEqual(
      wanted.map(
        (line, index) => `${line},0,${ALIKE.includes(index % HONEST.length) ? 'done as the solution does it' : ''}`,
      ),
    );
    expect(CSV_HEAD).toMatch(
      /^who,lesson,goal met,step,predictions right,acts,error,.*time,predictions answered,predictions asked$/,
    );
    expect(lines[0]).toMatch(/,yes,177,2,2,,0,done as the solution does it,66\.\d+s,2,2$/);
    expect(lines[2]).toMatch(/,no,,0,1,,0,,,2,2$/);
    expect(lines[4]).toMatch(/,66\.\d+s,1,2$/);
  });

  it('and no forgery counts', () => {
    expect(lines.slice(24)).toEqual(FORGED.map(([, line]) => `${line},0,,,0,0`));
  });
});

it('three who forge do not outvote two: the lesson that was set counts, and without one that is said', () => {
  const own = PACE.replace('name: pace-of-a-rollout', 'name: own').replace('{name: pace-of-a-rollout}', '{name: own}');
  const forged = own.replace('maxSurge == 2', 'maxSurge != 2');
  const answers = [{ chapter: 3, shown: true }];
  const links = [forged, forged, forged, own, own].map((text) => handIn('a', { text, answers }));
  const changed = [0, 'the text of the lesson own was changed', 0];
  const counted = ({ goals, error, shown }: Grade) => [goals, error?.en ?? '', shown];
  expect([...grade(links, REFERENCES, own)].map(counted)).toEqual([
    ...[changed, changed, changed],
    ...[
      [1, '', 1],
      [1, '', 1],
    ],
  ]);
  // Its texts are those of a lesson that is known.
  expect([...grade(links.slice(3), REFERENCES)].map((one) => csvLine(one, 4))[0]).toMatch(
    /^a,own,no,,0,2,"?own is no lesson that is known, and was made from pace-of-a-rollout: [^,]+\(set it, if it is yours\)"?,0,,/,
  );
  const [other] = [...grade([handIn('a', {})], REFERENCES, own)];
  expect(other).toMatchObject({ goals: 0, error: { en: 'the lesson own was set, not pace-of-a-rollout' } });
  const [none] = [...grade([handIn('a', {})], REFERENCES, 'kind: Pod')];
  expect(none?.error?.en).toMatch(/^the lesson that was set: /);
});

const renamed = (text: string): string => text.replaceAll('name: pace-of-a-rollout', 'name: my-own');
const weakened = (text: string): string =>
  text.replace(/goal: >-[\s\S]*?hints:/, 'goal: "time > duration(\'1s\')"\n      hints:');

it.each([
  ['its texts', (text: string) => text.replace('replicas: 3', 'replicas: 4')],
  [
    'its texts, laid out in another way',
    (text: string) => text.replace('replicas: 3', 'replicas: 4').replaceAll('      ', '       '),
  ],
])('a lesson that is known is known under another name by %s', (_by, change) => {
  const text = change(weakened(renamed(PACE)));
  const [one] = [...grade([handIn('a', { text, inputs: [] })], REFERENCES)];
  expect(one).toMatchObject({ lesson: 'my-own', goals: 0, compared: false, opens: true });
  expect(one?.error?.en).toMatch(/^my-own is no lesson that is known, and was made from pace-of-a-rollout/);
  expect(one?.error?.zh).toContain('不是已知的课程');
});

it('and by what it begins with, where everything that it tells is another', () => {
  const known = new Map([['own-way', OWN_WAY]]);
  const text = OWN_WAY.replace('name: own-way', 'name: other').replace('replicas > 2', 'replicas > 0');
  const graded = (one: string) => [...grade([handIn('a', { text: one, inputs: [] })], known)][0];
  expect(graded(text)?.error?.en).toContain('made from own-way');
  const another = graded(text.replace('image: nginx', 'image: httpd')) as Grade;
  expect(another).toMatchObject({ goals: 1, compared: false, error: undefined });
  expect(notesOf(another)).toEqual(['not one of the lessons here: goal taken from the link']);
});

it('of a lesson that is not known the text counts that most hand-ins have', () => {
  const weak = OWN_WAY.replace('replicas > 2', 'replicas > 0');
  const links = [OWN_WAY, weak, OWN_WAY].map((text, index) => handIn(`student ${index}`, { text, inputs: [] }));
  const errors = [...grade(links, new Map())].map(({ error }) => error?.en);
  expect(errors).toEqual([
    undefined,
    expect.stringMatching(/^most hand-ins of this lesson have another text/),
    undefined,
  ]);
});

it('of a lesson that is not known it is said where hand-ins have different texts', () => {
  const links = [OWN_WAY, OWN_WAY.replace('replicas > 2', 'replicas > 0')].map((text) =>
    handIn('', { text, inputs: [] }),
  );
  const notes = [...grade(links, REFERENCES)].map(notesOf);
  expect(notes.map((one) => one.at(-1))).toEqual(Array(2).fill('another hand-in has another text under this name'));
});

it('what looks like the solution is counted, and nothing else', () => {
  const more = PATCH.replace('"maxSurge":2', '"maxSurge":2,"maxUnavailable":0');
  const ways = [
    [PATCH, IMAGE],
    [`  ${PATCH.replace('web -p', 'web   -p')}`, IMAGE],
    [more, IMAGE],
    [PATCH, 'label deployment web a=b', IMAGE],
    [IMAGE, PATCH, 'rollout restart deployment web'],
  ];
  const links = ways.map((commands) => handIn('a', { inputs: byHand(60_000, ...commands) }));
  const graded = [...grade(links, REFERENCES)].map(({ goals, alike }) => [goals, alike]);
  expect(graded).toEqual([
    [1, 1],
    [1, 1],
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
});

it('what anybody would type, or hints tell, is no sign of anything', () => {
  const solution = (acts: string, hint: string) =>
    OWN_WAY.replace(/solution: \[.*\]\}/, `solution: [${acts}], hints: [${JSON.stringify(hint)}]}`);
  const commands = ['scale deployment web --replicas=2', 'scale deployment web --replicas=3'];
  const written = commands.map((command) => `{kubectl: ${command}}`);
  const alikeIn = (text: string, ...done: readonly string[]) =>
    [...grade([handIn('a', { text, inputs: byHandIn(text, 5_000, ...done) })], new Map())].map(({ alike }) => alike);
  expect(alikeIn(OWN_WAY, commands[1]!)).toEqual([0]);
  expect(alikeIn(solution(written.join(', '), 'Two steps.'), ...commands)).toEqual([1]);
  expect(
    alikeIn(solution(written.join(', '), commands.map((one) => `\`kubectl ${one}\``).join(' ')), ...commands),
  ).toEqual([0]);
});

it('no goal is met where a status was written by hand', () => {
  const status = `patch deployment web --subresource=status -p '{"status":{"replicas":3}}'`;
  const [forged] = [...grade([handIn('a', { text: OWN_WAY, inputs: byHandIn(OWN_WAY, 5_000, status) })], new Map())];
  expect(forged).toMatchObject({ goals: 0, byHand: true });
  expect(csvLine(forged as Grade, 1)).toBe(
    'a,own-way,no,,0,1,,0,not one of the lessons here: goal taken from the link; a status was written by hand,,0,1',
  );
});

it('lines without a link are told, empty ones are not, and no name is a formula', () => {
  expect(linksIn('\n Anna https://a/#s=c1&t=3 \n\nhello\r\n#s=c2\n')).toEqual([
    { link: 'https://a/#s=c1&t=3', line: 2 },
    { link: 'hello', line: 4 },
    { link: '#s=c2', line: 5 },
  ]);
  const [line] = [...grade(['hello'], REFERENCES)].map((one) => csvLine(one, 4));
  expect(line).toMatch(/^,,no,,0,0,line 4: this is no link,0,,,0,0$/);
  const nothing = {
    goals: 0,
    tasks: 1,
    met: undefined,
    right: 0,
    answered: 0,
    asked: 0,
    acts: 0,
    shown: 0,
    alike: 0,
    byHand: false,
    compared: true,
    differs: false,
    times: 1,
    opens: false,
    error: undefined,
  };
  expect(csvLine({ ...nothing, who: '=1+1, "x"', lesson: 'l' }, 1)).toBe(`"'=1+1, ""x""",l,no,,0,0,,0,,,0,0`);
  const cells = ['＝1', ' -2', '王小明'].map((who) => csvLine({ ...nothing, who, lesson: 'l' }, 1));
  expect(cells.map((one) => one.replace(/,l,no.*/, ''))).toEqual(["'＝1", "' -2", '王小明']);
});

const OWN_WAY = `apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: own-way}
spec:
  title: Own way
  chapters:
  - text: More than two.
    look: {at: 5s}
    task: {goal: "get('Deployment', 'web').status.replicas > 2", solution: [{kubectl: scale deployment web --replicas=3}]}
  - text: And now?
    look: {at: 15s}
    predict: {question: How many?, options: ["3", "4"], answer: "list('Pod').size()", at: 20s}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

it.each([
  [4, '4', 1],
  [4, '3', 0],
  [3, '4', 0],
  // No option agrees with what came of it: the solution's answer counts.
  [5, '3', 1],
  // A goal that was not met says nothing of what comes after it.
  [1, '3', 1],
])('whoever scaled to %i and says %s of what comes after has %i right', (replicas, said, right) => {
  const inputs = byHandIn(OWN_WAY, 5_000, `scale deployment web --replicas=${replicas}`);
  const link = handIn('a', { text: OWN_WAY, inputs, answers: [{ chapter: 0 }, { chapter: 1, given: said }] });
  const [graded] = [...grade([link], new Map([['own-way', OWN_WAY]]))];
  expect(graded).toMatchObject({ goals: replicas > 2 ? 1 : 0, right, answered: 1, asked: 1, error: undefined });
});

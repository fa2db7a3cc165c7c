/** What is wrong with a Scenario or Lesson document, and what of it has no effect, is said in every language. */
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, exceededLimit, type Use } from '../engine/runtime/limits';
import { LANGUAGES } from '../i18n/language';
import { sentenceTranslator } from '../i18n/sentences';
import { checkLesson } from '../lessons/check';
import type { Lesson } from '../scenario/lesson';
import { parseScenario, type Scenario } from '../scenario/scenario';
import { plainReasons } from '../session/plain-reason';
import { validateText } from '../session/validate';

const scenario = (spec: string): string => `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec: ${spec}\n`;
const lesson = (chapter: string): string =>
  `apiVersion: kubestep.dev/v1alpha1\nkind: Lesson\nmetadata: {name: a}\nspec: {title: A, chapters: [${chapter}]}\n`;
const task = (more: string): string => lesson(`{title: A, text: A, task: {goal: 'true', ${more}}}`);
const predict = (more: string): string => lesson(`{title: A, text: A, predict: {question: A, ${more}}}`);

/** Each is wrong in a way of its own. */
const TEXTS: readonly string[] = [
  ...[
    '{flavour: sweet}',
    '3',
    '{nodes: 3}',
    '{seed: a}',
    '{actions: [{at: 1s, fault: {type: component-down, component: network-plugin}}]}',
    '{seed: 1.5}',
    '{title: {a: 3}}',
    '{title: []}',
    '{duration: 5}',
    '{duration: 5x}',
    '{duration: -5s}',
    '{startTime: yesterday}',
    '{startTime: "2026-13-01T00:00:00Z"}',
    '{startTime: "2026-02-30T00:00:00Z"}',
    '{startTime: "2026-02-03T24:00:00Z"}',
    '{startTime: "2026-02-03T00:60:00Z"}',
    '{startTime: "2026-02-03T00:00:60Z"}',
    '{startTime: "2026-02-03T00:00:00+24:00"}',
    '{startTime: "1969-02-03T00:00:00Z"}',
    '{nodes: [{name: a}, {name: a}]}',
    '{nodes: [{name: a, count: 20000}]}',
    '{nodes: [{name: a, staticPods: [{kind: Service}]}]}',
    '{components: {cook: {}}}',
    '{components: {kubelet: {eviction-hard: a}}}',
    '{components: {kubelet: {eviction-soft-grace-period: a}}}',
    '{components: {kubelet: {eviction-soft: {memory.available: 1Mi}}}}',
    '{components: {kubelet: {serialize-image-pulls: perhaps}}}',
    '{components: {kubelet: {image-gc-high-threshold: 101}}}',
    '{components: {kube-controller-manager: {node-eviction-rate: fast}}}',
    '{components: {kube-controller-manager: {node-monitor-grace-period: long}}}',
    '{components: {kube-controller-manager: {terminated-pod-gc-threshold: many}}}',
    '{components: {kube-controller-manager: {large-cluster-size-threshold: many}}}',
    '{components: {kube-controller-manager: {colour: red}}}',
    '{components: {kube-proxy: {mode: userspace}}}',
    '{actions: [{at: 1s}]}',
    '{actions: [{kubectl: get pods}]}',
    '{actions: [{at: 1s, fault: {type: rain}}]}',
    '{actions: [{at: 1s, fault: {type: node-crash}}]}',
    '{actions: [{at: 1s, fault: {type: node-crash, node: nowhere}}]}',
    '{actions: [{at: 1s, fault: {type: component-down, component: cook}}]}',
    '{actions: [{at: 1s, fault: {type: container-exit, pod: a, code: 300}}]}',
    '{actions: [{at: 1s, fault: {type: dns-down}, as: bob}]}',
    '{actions: [{at: 1s, addNode: {name: node-1}}]}',
    '{actions: [{at: 1s, apply: 3}]}',
    `{actions: [{at: 1s, kubectl: "get 'pods"}]}`,
    '{actions: [{at: 1s, kubectl: "apply -f - <<E"}]}',
    '{traffic: [{target: web, rps: 1}]}',
    '{traffic: [{target: "ftp://web", rps: 1}]}',
    '{traffic: [{target: "http://web:0", rps: 1}]}',
    '{traffic: [{target: "http://web", rps: -1}]}',
    '{traffic: [{target: "http://web", rps: many}]}',
    '{traffic: [{target: "http://web", rps: {}}]}',
    '{traffic: [{target: "http://web", rps: 1e12}]}',
    '{traffic: [{target: "http://web", rps: [{at: 5s, rps: 1}, {at: 1s, rps: 1}]}]}',
    '{traffic: [{target: "http://web", rps: 1, from: 5s, to: 1s}]}',
    '{traffic: [{target: "http://web", rps: 1, timeout: 0s}]}',
    '{traffic: [{target: "http://web", rps: 1, path: a}]}',
    '{traffic: [{target: "http://web", rps: 1, source: 3}]}',
    '{traffic: [{target: "http://web", rps: 1, source: {node: nowhere}}]}',
    '{traffic: [{target: "http://web", rps: 1, affinity: ClientIP, clients: 2}]}',
    '{traffic: [{name: a, target: "http://web", rps: 1}, {name: a, target: "http://web", rps: 1}]}',
    '{programs: [{image: a, pull: []}]}',
    '{programs: [{image: a, pods: 3}]}',
    '{programs: [{image: a, sigterm: 3}]}',
    '{programs: [{image: a, memory: {base: 1Mi, growth: fast}}]}',
    '{expect: [{}]}',
    '{expect: [{that: "true"}]}',
    '{expect: [{always: "true", at: 1s}]}',
    '{expect: [{always: "true", from: 5s, to: 1s}]}',
    '{expect: [{always: "1 + 1"}]}',
    '{expect: [{always: "1 +"}]}',
  ].map(scenario),
  'a: b\n\tc: d',
  'a:\n    b: 1\n  c: 2',
  'a\nb: 1',
  'a: b: c',
  'a: "b',
  'a: ]',
  'a: *b!',
  'a: @b',
  'a: "\\q"',
  'a: 1\na: 2',
  'a: .inf',
  `a: ${'['.repeat(400)}${']'.repeat(400)}`,
  `${scenario('{}')}---\n${scenario('{}')}`,
  `${lesson('{title: A, text: A}')}---\n${lesson('{title: A, text: A}')}`,
  'apiVersion: kubestep.dev/v1alpha1\nkind: Lesson\nmetadata: {name: a}\nspec: {title: A, chapters: []}\n',
  lesson('{title: A, text: 3}'),
  lesson('{title: A, text: A, look: {select: web}}'),
  lesson('{title: A, text: A, look: {at: 9999s}}'),
  task('solution: []'),
  task('solution: [{kubectl: get pods, fault: {type: dns-down}}]'),
  predict("answer: '1'"),
  predict("answer: '1', options: [a, a]"),
  predict("answer: '1', options: [[], b]"),
  predict("answer: '1', options: [a, b], number: true"),
  predict("answer: '1', options: [a, b], within: 1"),
  predict("answer: '1', number: true, within: -1"),
  lesson(
    `{title: A, text: A, predict: {question: A, answer: '1', number: true}, task: {goal: 'true', solution: [{kubectl: get pods}]}}`,
  ),
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: {}}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, lifecycle: {stopSignal: SIGINT}}]}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {schedulingGroup: {podGroupName: x}, containers: [{name: a, image: a}]}\n',
];

const USE: Use = {
  objects: 0,
  revisions: 0,
  steps: 0,
  second: 1,
  timersInMs: 0,
  timersInSecond: 0,
  nowMs: 1,
  busiest: 'kubelet/node-1',
};
const budgets = (['objects', 'revisions', 'steps', 'timersInMs', 'timersInSecond'] as const).map((name) =>
  exceededLimit(DEFAULT_LIMITS, { ...USE, [name]: 1e12 }),
);

/** What is a sentence of the page's own: words of Kubernetes and names are kept. */
const ENGLISH = /\b(?:is|are|was|must|needs|there|known|has no effect|not|belongs)\b/;

const others = Object.entries(LANGUAGES).flatMap(([tag, { load }]) => (load ? [{ tag, load }] : []));

test.each(others)('$tag says what is wrong with a text and a run', async ({ load }) => {
  const say = sentenceTranslator((await load()).sentences);
  const said = TEXTS.flatMap((text) => {
    const { problems, scenario: read } = parseScenario(text);
    const found = [...problems, ...(read?.notices ?? [])].map(({ message }) => message);
    expect.soft(found.length, text).toBeGreaterThan(0);
    return found;
  });
  const all = [...said, ...budgets];
  expect(all).not.toContain(undefined);
  // The YAML parser's own words follow ours.
  const own = (text: string) => text.replace(/（[A-Z][^）]*）$/, '');
  const unsaid = all.filter((message) => say(String(message)) === message || ENGLISH.test(own(say(String(message)))));
  expect(unsaid.map((message) => [message, say(String(message))])).toEqual([]);
});

/** What the API server would refuse, found as it is typed, and what it said of an edit. */
const REFUSED: readonly string[] = [
  ...[
    'replicas: -2, selector: {matchLabels: {app: a}}',
    'selector: {matchLabels: {app: b}}',
    'selector: {matchLabels: {app: a}}, minReadySeconds: -1',
    'replicas: 2',
    'selector: {matchLabels: {app: a}}, strategy: {type: Sometimes}',
    'selector: {matchLabels: {app: a}}, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}',
  ].flatMap((spec) =>
    validateText(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {${spec}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}}\n`,
    ).map(({ message }) => message),
  ),
  ...[
    'metadata: {name: A}\nspec: {containers: [{name: a, image: a, ports: [{containerPort: 99999}]}]}',
    'metadata: {name: a}\nspec: {containers: []}',
  ].flatMap((rest) => validateText(`apiVersion: v1\nkind: Pod\n${rest}\n`).map(({ message }) => message)),
  ...plainReasons(
    'The Deployment "a" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable\n',
  ),
];

test.each(others)('$tag says of what the API server refuses what is wrong with which field', async ({ load }) => {
  const say = sentenceTranslator((await load()).sentences);
  expect(REFUSED.length).toBeGreaterThan(8);
  const unsaid = REFUSED.filter(
    (message) => !/^[^：]+：.*(?:[a-z]+[\w.[\]]* (?:的值|不合要求|太)|缺少|不允许)/.test(say(message)),
  );
  expect(unsaid.map((message) => [message, say(message)])).toEqual([]);
});

const TAUGHT = `${scenario('{duration: 10s}')}---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: taught}
spec:
  title: A
  chapters:
  - {title: A, text: A, look: {select: Pod none}, predict: {question: A, answer: "1 + 1", options: [a, b]}}
  - {title: A, text: A, predict: {question: A, answer: "'a'", number: true}}
  - title: A
    text: A
    task:
      goal: "get('Namespace', 'x') != null"
      solution: [{kubectl: create ns x}, {kubectl: create ns y}]
      wrong: [[{kubectl: create ns x}], [{kubectl: create ns z}]]
      remarks: [{when: "get('Namespace', 'z') != null", text: A}, {when: "get('Namespace', 'w') != null", text: A}]
  - {title: A, text: A, task: {goal: "get('Namespace', 'v') != null", solution: [{kubectl: get pods}]}}
`;

test.each(others)('$tag says what the check of a lesson finds', async ({ load }) => {
  const say = sentenceTranslator((await load()).sentences);
  const { lesson: taught } = parseScenario(TAUGHT).scenario as Scenario;
  const verdicts = [...checkLesson(TAUGHT, taught as Lesson, { durationMs: 10_000 })];
  const said = verdicts.flatMap(({ title, because }) => (because === '' ? [title] : [title, because]));
  expect(said).not.toContain('');
  expect(said.filter((text) => say(text) === text || ENGLISH.test(say(text)))).toEqual([]);
});

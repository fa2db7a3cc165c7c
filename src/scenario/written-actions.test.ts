import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import type { TimedInput } from '../engine/simulation';
import { parseScenario } from './scenario';
import { type WrittenAct, withActions } from './written-actions';

const act = (kind: string, payload: object, atMs: number, to = 'user'): WrittenAct => {
  return { input: { to, kind, payload, atMs } as TimedInput, atMs };
};
const MANIFEST = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  data: { on: 'yes', n: '1' },
} as KubeObject;
const actsOf = (durationMs: number) => [
  act('kubectl', { command: "get pods -o jsonpath='{.items[*]}: #'", untilMs: durationMs }, 1_500),
  act('kubectl', { command: 'get pods -w', untilMs: 90_000 }, 2_000),
  act('kubectl', { command: 'apply -f -', stdin: 'kind: A\nb: |\n  c\n', untilMs: durationMs }, 60_000),
  act('apply', { documents: [MANIFEST, MANIFEST], source: 'editor' }, 61_000),
  act('fault', { type: 'node-crash', node: 'node-1', forMs: 90_000 }, 62_000, 'fault'),
  act('heal', { type: 'node-crash', node: 'node-1' }, 63_000, 'fault'),
  act('join', { name: 'node-9', labels: { a: 'b' }, capacity: { cpu: '4' } }, 64_000),
];
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]}\n';
const scenario = (spec: string) =>
  `# first\napiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: x}\n${spec}`;

/** What a text does by hand, as the engine gets it. */
function inputsOf(text: string) {
  const { scenario: read, problems } = parseScenario(text);
  expect(problems).toEqual([]);
  return read?.config.inputs.filter(({ atMs }) => atMs > 0) ?? [];
}

describe('acts become actions', () => {
  const plain = inputsOf(scenario('spec:\n  duration: 1m\n  actions:\n  - {at: 1s, kubectl: get nodes}\n')).slice(0, 1);
  it.each([
    ['a text without a Scenario', `---\n${POD}`, 0],
    ['a Scenario without actions', `${scenario('spec:\n  duration: 1m\n  # why\n  seed: 3')}\n---\n${POD}`, 0],
    [
      'with actions at its end',
      `${POD}---\n${scenario('spec:\n    duration: 1m\n    actions:\n    - {at: 1s, kubectl: get nodes}')}`,
      1,
    ],
    [
      'with actions between',
      scenario('spec:\n  actions:\n    - at: 1s\n      kubectl: get nodes # all\n\n  duration: 1m\n'),
      1,
    ],
    [
      'with actions in one line',
      scenario('spec:\n  actions: [{at: 1s, kubectl: get nodes}] # few\n  duration: 1m\n'),
      1,
    ],
    ['with an empty list', scenario('spec:\n  actions: []\n  duration: 1m\n'), 0],
    ['with nothing under actions', scenario('spec:\n  actions:\n  duration: 1m\n'), 0],
    ['with a spec in one line', `---\n${scenario('spec: {duration: 1m}\n')}---\n${POD}`, 0],
    ['with a spec of one line, last', `${POD}---\n${scenario('spec: {duration: 1m}')}`, 0],
    ['without a spec', scenario(''), 0],
    ['with an empty spec', scenario('spec:\n'), 0],
    ['with all in one line', scenario('spec: {actions: [{at: 1s, kubectl: get nodes}], duration: 1m} # all'), 1],
    ['with a text of several lines last', scenario('spec:\n  duration: 1m\n  description: |\n    a\n    b\n'), 0],
  ])('%s', (_what, text, before) => {
    const durationMs = text.includes('duration: 1m') ? 60_000 : 300_000;
    const acts = actsOf(durationMs);
    const written = withActions(text, acts, durationMs);
    const inputs = inputsOf(written);
    expect(inputs.slice(0, before)).toEqual(plain.slice(0, before));
    expect(inputs.slice(before).map(({ kind, payload, atMs }) => ({ kind, payload, atMs }))).toMatchObject(
      acts.map(({ input: { kind, payload, atMs } }) => {
        const { source, ...rest } = payload as { source?: string };
        return { kind, payload: rest, atMs };
      }),
    );
    const kept = (line: string) => line.trim() !== '' && !/actions|^spec:|^---$/.test(line);
    for (const line of text.split('\n').filter(kept)) expect(written).toContain(line);
    expect(parseScenario(written).scenario?.documents).toHaveLength(text.includes('kind: Pod') ? 1 : 0);
  });

  it('says when actions are written elsewhere', () => {
    const text = scenario('x: &a [{at: 1s, kubectl: get nodes}]\nspec:\n  actions: *a\n');
    expect(() => withActions(text, actsOf(60_000), 60_000)).toThrow('alias');
  });

  it('reads as people write it', () => {
    const text = scenario('spec:\n  actions:\n  - {at: 1s, kubectl: get nodes}\n  duration: 1m\n');
    const [, watch, , apply, crash] = actsOf(60_000);
    expect(withActions(text, [watch!, apply!, crash!], 60_000)).toBe(
      scenario(`spec:
  actions:
  - {at: 1s, kubectl: get nodes}
  - {at: 2s, kubectl: get pods -w, until: 90s}
  - at: 61s
    apply: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: a
      data:
        "on": "yes"
        "n": "1"
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: a
      data:
        "on": "yes"
        "n": "1"
  - {at: 62s, fault: {type: node-crash, node: node-1, for: 90s}}
  duration: 1m
`),
    );
  });
});

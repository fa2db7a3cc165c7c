import { describe, expect, it, test, vi } from 'vitest';
import type { Deployment } from '../engine/api/types';
import type { Simulation } from '../engine/simulation';
import { decodeLink, encodeLink } from '../scenario/share-link';
import { createSession } from './create-session';
import type { Cursor, Session } from './session';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'shop:1'}]}
`;
const SETTINGS = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: shop}
spec:
  duration: 60s
  nodes: [{count: 2}]
  actions:
  - {at: 30s, kubectl: scale deployment web --replicas=3}
`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: red}\n';
const TEXT = `${SETTINGS}---\n${WEB}---\n${CONFIG}`;

function start(text = TEXT): Session {
  const { session, problems } = createSession(text);
  expect(problems).toEqual([]);
  return session as Session;
}

const head = ({ simulation }: Session): Cursor => ({ step: simulation.step, timeMs: simulation.nowMs });
const at = ({ simulation }: Session, timeMs: number): Cursor => ({ step: simulation.stepAtTime(timeMs), timeMs });
const trace = (simulation: Simulation): string => JSON.stringify(simulation.trace(1, simulation.step));
const replicas = (simulation: Simulation): number | undefined =>
  (simulation.objectAt(simulation.step, 'Deployment', 'default', 'web') as Deployment | undefined)?.spec.replicas;
const scale = (count: number) => ({
  to: 'user',
  kind: 'kubectl',
  payload: { command: `scale deployment web --replicas=${count}` },
});

describe('acting', () => {
  it('at the head goes on in the same branch', () => {
    const session = start();
    session.simulation.run({ timeMs: 10_000 });
    const branch = session.act(scale(4), head(session), 'scale');
    expect(branch.id).toBe(0);
    session.simulation.run({ timeMs: 20_000 });
    expect(replicas(session.simulation)).toBe(4);
    expect(session.branches).toHaveLength(1);
  });

  it('between two steps happens at the moment that is looked at', () => {
    const session = start();
    session.simulation.run({ timeMs: 30_000 });
    const timeMs = 11_234;
    expect(session.simulation.trace(1, session.simulation.step).some(({ time }) => time === timeMs)).toBe(false);
    const { simulation } = session.act(scale(5), at(session, timeMs), 'scale to 5');
    simulation.run({ timeMs: 12_000 });
    expect(simulation.trace(1, simulation.step).find(({ actor }) => actor === 'user')?.time ?? 0).toBeLessThan(timeMs);
    expect(simulation.trace(1, simulation.step).findLast(({ actor }) => actor === 'user')?.time).toBe(timeMs);
  });

  it('in the past forks, and leaves what was as it was', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const main = session.simulation;
    const before = trace(main);
    const cursor = at(session, 10_000);
    const branch = session.act(scale(5), cursor, 'scale to 5');
    expect(branch).toMatchObject({ id: 1, parent: 0, fromStep: cursor.step, label: 'scale to 5' });
    expect(session.branch).toBe(branch);
    branch.simulation.run({ timeMs: 20_000 });
    expect(replicas(branch.simulation)).toBe(5);
    expect(trace(main)).toBe(before);
    expect(JSON.stringify(branch.simulation.trace(1, cursor.step))).toBe(JSON.stringify(main.trace(1, cursor.step)));
    const acted = branch.simulation.traceAt(cursor.step + 1);
    expect(acted).toMatchObject({ actor: 'user', time: 10_000 });
    branch.simulation.run({ timeMs: 60_000 });
    expect(replicas(branch.simulation), 'the scheduled action still comes').toBe(3);
    session.select(0);
    expect(session.simulation).toBe(main);
    expect(() => session.select(7)).toThrow('there is no branch 7');
  });

  it('at a step among others of the same ms comes right after that step', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const { simulation } = session;
    const crowded = simulation
      .trace(1, simulation.step)
      .find((step) => simulation.traceAt(step.step + 1).time === step.time);
    const step = crowded?.step as number;
    session.act(scale(1), { step, timeMs: crowded?.time as number }, 'in between');
    session.simulation.run({ timeMs: 60_000 });
    const own = session.simulation
      .trace(1, session.simulation.step)
      .findIndex(({ message }) => message.includes('--replicas=1'));
    expect(session.simulation.traceAt(own + 1).time).toBe(crowded?.time);
    expect(session.inputs).toMatchObject([{ afterStep: step, atMs: crowded?.time }]);
  });
});

describe('kubectl', () => {
  it('answers at a moment', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    expect(session.kubectl('get deployment web', head(session)).stdout).toContain(
      'web    3/3     3            3           60s',
    );
    const past = session.kubectl('get deployment web', at(session, 20_000));
    expect(past).toMatchObject({ stderr: '', code: 0 });
    expect(past.stdout).toContain('web    2/2     2            2           20s');
    expect(session.branches).toHaveLength(2);
  });

  it('runs time on until a command that waits has ended', () => {
    const session = start();
    session.simulation.run({ timeMs: 5000 });
    session.kubectl('set image deployment/web main=shop:2', head(session));
    const result = session.kubectl('rollout status deployment/web', head(session));
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/Waiting for deployment "web" rollout to finish.*\n.*successfully rolled out\n$/s);
    expect(session.simulation.nowMs).toBeGreaterThan(5000);
  });

  it('gives up waiting for what never comes', () => {
    const session = start(WEB);
    session.simulation.run({ timeMs: 5000 });
    const result = session.kubectl('wait --for=condition=Available=False deployment/web --timeout=-1s', head(session));
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/did not end|timed out/);
  });

  it('reads standard input', () => {
    const session = start();
    session.simulation.run({ timeMs: 5000 });
    const result = session.kubectl('apply -f -', head(session), { stdin: CONFIG.replace('red', 'blue') });
    expect(result).toMatchObject({ stdout: 'configmap/settings configured\n', code: 0 });
  });

  it('waits for its own command, not for another that ends first', () => {
    const session = start();
    session.simulation.act({ to: 'user', kind: 'kubectl', payload: { command: 'get nodes' } });
    expect(session.kubectl('rollout status deployment/web', head(session)).stdout).toContain('successfully rolled out');
  });

  it('says what is wrong with a command', () => {
    const session = start();
    expect(session.kubectl('frobnicate', head(session))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('unknown command "frobnicate" for "kubectl"'),
    });
  });
});

describe('applying an edited text', () => {
  it('applies only what changed', () => {
    const session = start();
    session.simulation.run({ timeMs: 10_000 });
    const edited = TEXT.replace('replicas: 2', 'replicas: 4');
    const { shown, ...result } = session.applyText(edited, head(session));
    expect(result).toEqual({ problems: [], notices: [], needsRestart: false, applied: 1 });
    expect(shown).toEqual(head(session));
    expect(session.branches, 'no future was lost, so no branch was made').toHaveLength(1);
    session.simulation.run({ timeMs: 20_000 });
    expect(replicas(session.simulation)).toBe(4);
    const applied = session.simulation
      .trace(1, session.simulation.step)
      .filter(({ message }) => message.includes('kubectl apply'));
    expect(applied.at(-1)?.message).toContain('deployment.apps/web configured');
    expect(applied.filter(({ time }) => time >= 10_000)).toHaveLength(1);
    expect(session.applyText(edited, head(session))).toMatchObject({ applied: 0 });
    expect(session.applyText(`# a comment\n${edited}`, head(session))).toMatchObject({ applied: 0 });
  });

  it('applies nothing when the text is wrong, and says where', () => {
    const session = start();
    session.simulation.run({ timeMs: 10_000 });
    const before = session.simulation.step;
    const result = session.applyText(`${TEXT}  : [\n`, head(session));
    expect(result.applied).toBe(0);
    expect(result.problems[0]?.line).toBeGreaterThan(10);
    expect(session.simulation.step).toBe(before);
    expect(session.inputs).toEqual([]);
  });

  it('needs a restart when the Scenario document changed', () => {
    const session = start();
    expect(session.applyText(TEXT.replace('count: 2', 'count: 3'), head(session))).toMatchObject({
      needsRestart: true,
      applied: 0,
    });
    expect(session.applyText(TEXT.replace('duration: 60s', 'duration:  60s'), head(session))).toMatchObject({
      needsRestart: false,
    });
  });

  it('that only tells something else of the run needs none', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    session.act(scale(4), at(session, 20_000), 'scale');
    session.simulation.run({ timeMs: 21_000 });
    const green = TEXT.replace('colour: red', 'colour: green');
    const titled = green.replace('spec:', 'spec:\n  title: A shop\n  expect: [{never: "false"}]');
    const result = session.applyText(titled, at(session, 22_000));
    expect(result).toMatchObject({ needsRestart: false, isRetold: true, applied: 1 });
    expect(session.text).toBe(titled.replace('colour: green', 'colour: red'));
    expect(session.scenario.title).toBe('A shop');
    expect(session.branches).toHaveLength(2);
    expect(replicas(session.simulation)).toBe(4);
    expect(session.applyText(titled, at(session, 22_000))).not.toHaveProperty('isRetold');
  });

  it.each([
    ['a duration', ['60s', '90s'], 35_000, true],
    ['an action that is still to come', ['at: 30s', 'at: 40s'], 29_000, true],
    ['an action that has been', ['at: 30s', 'at: 40s'], 30_000, false],
    ['another node', ['count: 2', 'count: 3'], 1000, false],
  ] as const)('goes on where %s changes nothing before the moment', (_what, [before, after], timeMs, goesOn) => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const edited = TEXT.replace(before, after);
    const typed = `${edited}---\n${CONFIG.replace('settings', 'half')}`;
    const result = session.applyText(typed, at(session, timeMs));
    expect(result).toMatchObject({ needsRestart: true, applied: 0 });
    expect(result.goesOn).toBe(goesOn ? edited : undefined);
  });

  it('in the past forks', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    session.applyText(TEXT.replace('colour: red', 'colour: green'), at(session, 10_000));
    expect(session.branch).toMatchObject({ parent: 0, label: 'apply ConfigMap settings' });
  });
});

describe('typing on', () => {
  const withReplicas = (count: number | string) => TEXT.replace('replicas: 2', `replicas: ${count}`);
  const extra = (name: string) => `${TEXT}---\n${CONFIG.replace('settings', name)}`;
  const configMap = (session: Session, name: string) =>
    session.simulation.objectAt(session.simulation.step, 'ConfigMap', 'default', name);

  /** Types texts one after the other at the moment that is shown, as the page does. */
  function type(session: Session, cursor: Cursor, ...texts: readonly string[]): Cursor {
    let shown = cursor;
    for (const text of texts) {
      shown = session.applyText(text, shown).shown ?? shown;
      session.simulation.run({ timeMs: 60_000 });
    }
    return shown;
  }

  it('a null leaves the default', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const shown = type(session, at(session, 10_000), withReplicas('null'));
    const deployment = session.simulation.objectAt(shown.step, 'Deployment', 'default', 'web') as Deployment;
    expect(deployment.spec.replicas).toBe(1);
  });

  it('replaces the branch of what was typed before, and back to the first text leaves nothing', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const main = session.simulation;
    const base = at(session, 10_000);
    const shown = type(session, base, withReplicas(5), withReplicas(7));
    expect(session.branches.map(({ label }) => label)).toEqual(['main', 'apply Deployment web']);
    expect(session.simulation.inputs).toHaveLength(1);
    expect(replicas(session.simulation), 'the scheduled action comes later').toBe(3);
    expect((session.simulation.objectAt(shown.step, 'Deployment', 'default', 'web') as Deployment).spec.replicas).toBe(
      7,
    );
    expect(type(session, shown, withReplicas(2))).toEqual(base);
    expect(session.simulation).toBe(main);
    expect(session.branches).toHaveLength(1);
    expect(session.inputs).toEqual([]);
  });

  it('does so at the head too, where no branch is made', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const base = head(session);
    const shown = type(session, base, withReplicas(5), withReplicas(7));
    expect(session.branches).toHaveLength(1);
    expect(replicas(session.simulation)).toBe(7);
    type(session, shown, withReplicas(2));
    expect(replicas(session.simulation)).toBe(3);
    expect(session.inputs).toEqual([]);
  });

  it('at later moments leads to the text all the same', () => {
    const session = start(`${WEB}---\n${CONFIG}`);
    const text = (count: number, more = '') =>
      `${WEB.replace('replicas: 2', `replicas: ${count}`)}---\n${CONFIG}${more}`;
    session.simulation.run({ timeMs: 60_000 });
    session.applyText(text(5), at(session, 10_000));
    session.simulation.run({ timeMs: 60_000 });
    session.applyText(text(7, `---\n${CONFIG.replace('settings', 'half')}`), at(session, 20_000));
    session.simulation.run({ timeMs: 60_000 });
    expect(configMap(session, 'half')).toBeDefined();
    const { shown } = session.applyText(text(2), at(session, 30_000));
    session.simulation.run({ timeMs: 60_000 });
    expect(replicas(session.simulation)).toBe(2);
    expect(configMap(session, 'half'), 'what an edit brought goes with it').toBeUndefined();
    expect(configMap(session, 'settings')).toBeDefined();
    expect(session.branches).toHaveLength(4);
    expect(session.applyText(text(2), shown as Cursor)).toMatchObject({ applied: 0 });
  });

  it('keeps what the run began with when it leaves the text, as kubectl does', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    expect(session.applyText(`${SETTINGS}---\n${WEB}`, at(session, 10_000))).toMatchObject({ applied: 0 });
  });

  it('leaves one object of a name that was typed slowly', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    for (const [index, name] of ['a', 'ab', 'abc'].entries()) {
      session.applyText(extra(name), at(session, 10_000 + index * 5_000));
      session.simulation.run({ timeMs: 60_000 });
    }
    expect(['a', 'ab', 'abc'].filter((name) => configMap(session, name))).toEqual(['abc']);
  });

  it('goes on after something else was done', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const shown = type(session, at(session, 10_000), withReplicas(5));
    session.act(scale(6), shown, 'scale');
    session.simulation.run({ timeMs: 20_000 });
    session.applyText(withReplicas(7), at(session, 20_000));
    session.simulation.run({ timeMs: 25_000 });
    expect(replicas(session.simulation)).toBe(7);
    expect(session.inputs).toHaveLength(3);
  });

  it.each([
    ['broken YAML', (text: string) => `${text}  : [\n`, /./],
    [
      'an unknown field',
      (text: string) => text.replace('replicas: 5', 'replicaz: 5'),
      /^unknown field "spec.replicaz"$/,
    ],
    [
      'what the server refuses',
      (text: string) => text.replace('replicas: 5', 'replicas: -5'),
      /^Deployment web: spec.replicas: must be greater than or equal to 0$/,
    ],
    [
      'a change of what can not change',
      (text: string) => text.replaceAll('app: web', 'app: shop'),
      /^Deployment web: spec.selector: field is immutable$/,
    ],
  ])('%s forks nothing, keeps earlier edits and says why', (_what, spoil, reason) => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    const shown = type(session, at(session, 10_000), withReplicas(5));
    const { simulation, branches } = session;
    const result = session.applyText(spoil(withReplicas(5)), shown);
    expect(result).toMatchObject({ applied: 0, needsRestart: false });
    expect(result).not.toHaveProperty('shown');
    expect(result.problems[0]?.message).toMatch(reason);
    expect(result.problems[0]?.line).toBeGreaterThan(9);
    expect(session.simulation).toBe(simulation);
    expect(session.branches).toEqual(branches);
    const later = type(session, shown, withReplicas(6));
    const web = session.simulation.objectAt(later.step, 'Deployment', 'default', 'web') as Deployment;
    expect(web.spec.replicas, 'and typing goes on').toBe(6);
    expect(session.branches).toHaveLength(2);
  });

  it('goes on after a link was opened: what it applied is known', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    session.applyText(extra('more').replace('replicas: 2', 'replicas: 5'), at(session, 10_000));
    session.simulation.run({ timeMs: 60_000 });
    const again = createSession(TEXT, { inputs: session.inputs }).session as Session;
    again.simulation.run({ timeMs: 60_000 });
    again.applyText(TEXT, at(again, 20_000));
    again.simulation.run({ timeMs: 25_000 });
    expect(replicas(again.simulation)).toBe(2);
    expect(configMap(again, 'more')).toBeUndefined();
  });
});

test('what a person may not do is known beforehand, and what may be done is no reason to refuse', () => {
  const session = start();
  session.simulation.run({ timeMs: 60_000 });
  const refused = (kind: string, payload: object, to = 'fault') =>
    session.refusalOf({ to, kind, payload }, at(session, 10_000));
  expect(refused('heal', { type: 'node-crash', node: 'node-1' })).toBe(
    'There is no fault "node-crash" on node node-1 to heal',
  );
  expect(refused('fault', { type: 'node-crash', node: 'node-9' })).toMatch(/node-9/);
  expect(refused('fault', { type: 'node-crash', node: 'node-1' })).toBeNull();
  expect(refused('join', { name: 'node-1' }, 'user')).toBe('There is a machine named node-1 already');
  expect(session.branches).toHaveLength(1);
});

describe('branches', () => {
  it('are not made by commands that are refused', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    expect(session.kubectl('delete deployment nope', at(session, 10_000)).code).toBe(1);
    expect(session.branches).toHaveLength(1);
    expect(session.branch.id).toBe(0);
    expect(session.kubectl('delete deployment web nope', at(session, 10_000)).code).toBe(1);
    expect(session.branches, 'a part of it was done').toHaveLength(2);
  });

  it('come back, each with what was done in it, and are run only when somebody goes there', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    session.act(scale(5), at(session, 10_000), 'five');
    session.simulation.run({ timeMs: 60_000 });
    session.act(scale(6), at(session, 20_000), 'six');
    session.simulation.run({ timeMs: 60_000 });
    session.select(1);
    const saved = structuredClone(session.save());
    const again = createSession(saved.text, { saved }).session as Session;
    expect(again.save()).toEqual(saved);
    const further = createSession(saved.text, { saved: { ...saved, nextBranch: 7 } }).session as Session;
    further.simulation.run({ timeMs: 60_000 });
    further.act(scale(7), at(session, 10_000), 'seven');
    expect(further.branch.id, 'numbers of branches that are gone are nobody else’s').toBe(7);
    expect(again.branches.map(({ id, parent, label, fromMs }) => [id, parent, label, fromMs])).toEqual([
      [0, null, 'main', 0],
      [1, 0, 'five', session.branches[1]?.fromMs],
      [2, 1, 'six', session.branches[2]?.fromMs],
    ]);
    for (const { id, simulation } of session.branches) {
      again.select(id).simulation.run({ timeMs: 60_000 });
      expect(trace(again.simulation)).toBe(trace(simulation));
    }
    again.act(scale(7), at(again, 30_000), 'seven');
    expect(again.branch).toMatchObject({ id: 3, parent: 2 });
  });
});

describe('a link', () => {
  it('replays what was done by hand, in a fork of a fork', () => {
    const session = start();
    session.simulation.run({ timeMs: 60_000 });
    session.act(scale(5), at(session, 10_000), 'scale');
    session.simulation.run({ timeMs: 40_000 });
    session.act(
      { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', forMs: 5000 } },
      at(session, 25_500),
      'crash',
    );
    session.simulation.run({ timeMs: 90_000 });
    const decoded = decodeLink(encodeLink({ text: session.text, inputs: session.inputs }));
    if ('error' in decoded) throw new Error(decoded.error);
    const { text, inputs } = decoded.state;
    expect(inputs).toHaveLength(2);
    const replayed = createSession(text, { inputs }).session as Session;
    replayed.simulation.run({ timeMs: 90_000 });
    expect(trace(replayed.simulation)).toBe(trace(session.simulation));
  });
});

describe('createSession', () => {
  it('refuses a machine that nobody could add', () => {
    const payload = { name: 'n-9', capacity: { cpu: '-4' } };
    const added = { to: 'user', kind: 'join', payload, atMs: 1000, afterTimer: 0, afterStep: 0 };
    const { session, problems } = createSession(TEXT, { inputs: [added] });
    expect(session).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the node n-9 can't be added: capacity\.cpu: /),
    ]);
  });

  it('makes no session of a wrong Scenario document', () => {
    const { session, problems } = createSession(TEXT.replace('duration', 'durration'));
    expect(session).toBeUndefined();
    expect(problems[0]).toMatchObject({ line: 5, message: expect.stringContaining('durration') });
  });

  it('runs what can be read of a stream that breaks off', () => {
    const { session, problems } = createSession(`${WEB}---\na: [\n`);
    expect(problems).not.toEqual([]);
    session?.simulation.run({ timeMs: 5000 });
    expect(replicas(session?.simulation as Simulation)).toBe(2);
  });

  it('takes a seed and budgets', () => {
    const { session } = createSession(WEB, { seed: 9, limits: { maxObjects: 30 } });
    expect(session?.simulation.config.seed).toBe(9);
    expect(session?.simulation.run({ timeMs: 5000 })).toMatchObject({ stopped: 'limit' });
  });
});

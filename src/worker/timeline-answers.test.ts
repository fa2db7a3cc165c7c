import { expect, test } from 'vitest';
import { GALLERY } from '../scenario/gallery';
import { createSession } from '../session/create-session';
import type { Session } from '../session/session';
import { LANE_GROUPS, type Lane } from '../view/lanes/lane-shapes';
import { Held } from './held';
import { timelineAnswers } from './timeline-answers';
import type { LanesAnswer } from './timeline-shapes';

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

/** A bit after the other, at once. */
const atOnce = async <T>(bit: () => T | undefined): Promise<T> => {
  for (;;) {
    const result = bit();
    if (result !== undefined) return result;
  }
};

const answersOf = (session: Session, held = new Held()) => timelineAnswers(() => session, atOnce, held);

async function lanesOf(session: Session, toMs: number, buckets: number, held?: Held): Promise<readonly Lane[]> {
  const slices = LANE_GROUPS.map((group) => ({ group, first: 0, count: 100 }));
  const question = { fromMs: 1, toMs, buckets, slices, pinned: [], text: '', selected: null, horizonMs: toMs };
  const { groups } = (await answersOf(session, held).lanes(question)) as LanesAnswer;
  return groups.flatMap(({ lanes }) => lanes);
}

test('a Deployment is a stack of its revisions between its bounds', async () => {
  const session = run([[10_000, 'set image deployment/web web=nginx:2']], 40_000);
  const web = (await lanesOf(session, 40_000, 400)).find(({ id }) => id === 'Deployment/default/web');
  if (web?.type !== 'rollout') throw new Error('it has a lane');
  expect(web.stacks.map(({ revisions }) => revisions[399])).toEqual([1, 2]);
  const [first, second] = web.stacks;
  expect([first?.counts[90], second?.counts[90]]).toEqual([2, -1]);
  expect([first?.counts[399], second?.counts[399]]).toEqual([0, 2]);
  expect(Math.max(...(web.series.total ?? []))).toBe(3);
  expect([web.series.desired?.[50], web.series.most?.[50], web.series.least?.[50]]).toEqual([2, 3, 2]);
});

test('a revision has the number that it had then, also when it is rolled back to later', async () => {
  const session = run(
    [
      [10_000, 'set image deployment/web web=nginx:2'],
      [25_000, 'rollout undo deployment/web'],
    ],
    40_000,
  );
  const web = (await lanesOf(session, 40_000, 400)).find(({ id }) => id === 'Deployment/default/web');
  const first = web?.type === 'rollout' ? web.stacks[0] : undefined;
  expect([first?.revisions[90], first?.revisions[399]]).toEqual([1, 3]);
});

test('acts are pins at their steps, named by their commands; one that is refused says so', async () => {
  const session = run(
    [
      [5_000, 'scale deployment/web --replicas=3'],
      [9_000, 'delete deployment nothing'],
    ],
    12_000,
  );
  const acts = (await lanesOf(session, 12_000, 100)).find(({ id }) => id === 'acts');
  const pins = acts?.type === 'pins' ? acts.pins : [];
  expect(pins.map(({ text, tone }) => [tone, text])).toEqual([
    ['act', 'scale deployment/web --replicas=3'],
    ['refused', 'delete deployment nothing'],
  ]);
  expect(pins.every(({ step }) => session.simulation.traceAt(step).actor === 'user')).toBe(true);
});

test('a place on a lane is its nearest step, or the next one on it', async () => {
  const session = run([[5_000, 'scale deployment/web --replicas=3']], 12_000);
  const { laneStep } = answersOf(session);
  const { step } = await laneStep({ lane: 'acts', near: 5_010, withinMs: 20 });
  expect(step).toMatchObject({ timeMs: 5_000, actor: 'user' });
  const next = await laneStep({ lane: 'actor/deployment-controller', from: step?.step ?? 0, by: 1 });
  expect(next.step?.actor).toBe('deployment-controller');
  expect(await laneStep({ lane: 'nothing', near: 0, withinMs: 1 })).toEqual({ step: null, since: null });
});

test('two branches are held against each other from where they part', async () => {
  const session = run([], 30_000);
  session.kubectl('scale deployment/web --replicas=4', { step: session.simulation.stepAtTime(10_000), timeMs: 10_000 });
  const compared = await answersOf(session).compare({ a: 0, b: 1, timeMs: 25_000, buckets: 30 });
  expect(compared.toMs).toBe(30_000);
  expect(compared.first).toMatchObject({ timeMs: 10_000, b: { actor: 'user' } });
  expect(compared.workloads.map(({ id }) => id)).toEqual(['Deployment/default/web']);
  expect(compared.differing.slice(0, 10).every((count) => count === 0)).toBe(true);
  expect(compared.differing[20]).toBeGreaterThan(0);
  const web = compared.objects.find(({ id }) => id === 'Deployment/default/web');
  expect(web?.fields).toContainEqual({ path: 'spec.replicas', a: '2', b: '4' });
  expect(compared.objects.filter(({ kind, only }) => kind === 'Pod' && only === 'b')).toHaveLength(2);
  expect(compared.differingObjects).toBe(compared.objects.length);
  expect([compared.a.podsCreated, compared.b.podsCreated]).toEqual([0, 2]);
  expect([compared.a.lowest?.available, compared.b.lowest?.available]).toEqual([2, 2]);
  expect(compared.b.short?.ms).toBeGreaterThan(0);
});

test('totals are those of what is selected', async () => {
  const session = run([[5_000, 'scale deployment/web --replicas=3']], 20_000);
  const { totals } = answersOf(session);
  const ofPod = session.simulation.objectsAt(session.simulation.step, 'Pod')[0]?.metadata.name;
  expect(await totals({ fromMs: 4_000, toMs: 60_000, selected: `Pod/default/${ofPod}` })).toMatchObject({
    of: 'Deployment/default/web',
    podsCreated: 1,
    requests: { sent: 0, failed: 0 },
  });
});

test("the scenario's own commands are told with what they printed, once they have ended, and nobody else's", async () => {
  const actions = '{at: 5s, kubectl: scale deployment/web --replicas=3}, {at: 6s, kubectl: delete deployment nothing}';
  const settings = `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec: {duration: 20s, actions: [${actions}]}\n---\n`;
  const { session } = createSession(settings + TEXT);
  if (!session) throw new Error('the text can be run');
  const { simulation } = session;
  simulation.run({ timeMs: 8_000 });
  session.kubectl('scale deployment/web --replicas=1', { step: simulation.step, timeMs: 8_000 });
  simulation.run({ timeMs: 20_000 });
  const { commands } = answersOf(session);
  const all = await commands({ step: simulation.step, timeMs: 20_000 });
  expect(all.map(({ command, output }) => [command, output.code])).toEqual([
    ['scale deployment/web --replicas=3', 0],
    ['delete deployment nothing', 1],
  ]);
  expect(all[1]?.output.stderr).toContain('NotFound');
  expect(await commands({ step: (all[1]?.step ?? 0) - 1, timeMs: 5_500 })).toHaveLength(1);
});

test('a command that takes time has printed what it has by the moment shown, and no more', async () => {
  const drain = GALLERY.find(({ name }) => name === 'drain-with-budget');
  const forever = 'wait --for=condition=Nope node/node-1 --timeout=10m';
  const given = `actions:\n  - {at: 9s, kubectl: ${forever}}\n`;
  const { session } = createSession(((await drain?.load()) ?? '').replace('actions:\n', given));
  if (!session) throw new Error('the text can be run');
  const { simulation } = session;
  simulation.run({ timeMs: 50_000 });
  const { commands } = answersOf(session);
  const at = async (timeMs: number) => {
    const told = await commands({ step: simulation.stepAtTime(timeMs), timeMs });
    return told.map(({ command, output, isRunning = false }) => ({ command, output, isRunning }));
  };
  const waiting = { command: forever, output: { stdout: '', stderr: '' }, isRunning: true };
  expect(await at(8_999)).toEqual([]);
  expect(await at(14_999)).toMatchObject([waiting]);
  const [early, , ...none] = await at(17_000);
  expect(none).toEqual([]);
  expect(early).toMatchObject({ command: 'drain node-2', isRunning: true });
  expect(early?.output.stdout).toMatch(/^node\/node-2 cordoned\nevicting pod default\/web-/);
  expect(early?.output.stdout).not.toContain('drained');
  expect(early?.output.stderr).toContain('will retry after 5s');
  const [ended, still] = await at(50_000);
  expect(still).toMatchObject(waiting);
  expect(ended).toMatchObject({ command: 'drain node-2', isRunning: false });
  // A question that waits hides the end, not that it runs.
  const held = new Held();
  held.hold(17_000);
  const whileHeld = answersOf(session, held).commands;
  const shown = await whileHeld({ step: simulation.step, timeMs: 50_000 });
  expect(shown).toEqual(await commands({ step: simulation.stepAtTime(17_000), timeMs: 17_000 }));
  expect(shown[0]).toMatchObject({ command: 'drain node-2', isRunning: true });
  // It was refused before it was done.
  const marks = ended?.output.printed ?? [];
  expect(marks.at(-1)?.stderr).toBe(marks.at(-2)?.stderr);
  expect(marks.at(-1)?.stdout).toBe(ended?.output.stdout.length);
});

test('while a question is open, the timeline is that of a run that has come no further', async () => {
  const commands = [[10_000, 'set image deployment/web web=nginx:2']] as const;
  const held = new Held();
  held.hold(12_000);
  const [far, short] = [run(commands, 60_000), run(commands, 12_000)];
  expect(await lanesOf(far, 60_000, 120, held)).toEqual(await lanesOf(short, 60_000, 120));
  const stretch = { fromMs: 0, toMs: 60_000, selected: null };
  const [seen, all] = [answersOf(far, held), answersOf(far)];
  expect(await seen.totals(stretch)).toEqual(await answersOf(short).totals(stretch));
  expect(await seen.totals(stretch)).not.toEqual(await all.totals(stretch));
  const last = await seen.laneStep({ lane: 'actor/deployment-controller', near: 60_000, withinMs: 60_000 });
  expect(last.step?.timeMs).toBeLessThanOrEqual(12_000);
  held.hold(null);
  expect(await seen.totals(stretch)).toEqual(await all.totals(stretch));
});

import { expect, it } from 'vitest';
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';
import { createSession } from '../session/create-session';
import { createWorld } from '../testing/world';
import { logAround, stepOfAct, stepsWith, stepThatMatters } from './searches';

/** Ready for 10 s, then never again. */
const FAILS = `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: app
    image: busybox
    command: [sh, -c, "touch /tmp/ok; sleep 10; rm /tmp/ok; sleep 3600"]
    readinessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 2}
`;

/** A run that is over: `.` is a heartbeat, `r` a report, `m` a milestone. */
function recorded(steps: string): Simulation {
  const verbs: Record<string, string> = { '.': 'renew', r: 'update-status', m: 'start' };
  const traceAt = (step: number): Partial<TraceStep> => ({
    step,
    time: step * 10,
    actor: 'kubelet/node-1',
    verb: verbs[steps[step - 1] as string] as string,
    message: `does ${verbs[steps[step - 1] as string]} ${step}`,
  });
  const stepAtTime = (timeMs: number) => Math.min(steps.length, Math.floor(timeMs / 10));
  return {
    step: steps.length,
    nowMs: 0,
    traceAt,
    stepAtTime,
    run: () => ({ stopped: 'idle' }),
  } as unknown as Simulation;
}

function found<T>(search: () => T | undefined): T {
  for (;;) {
    const result = search();
    if (result !== undefined) return result;
  }
}

it.each([
  ['m..rm', 1, 1, 'reconciles', 4],
  ['m..rm', 1, 1, 'milestones', 5],
  ['m..rm', 1, 1, 'all', 2],
  ['m..rm', 5, -1, 'milestones', 1],
  ['m..rm', 1, -1, 'all', 0],
  ['m...', 1, 1, 'reconciles', 3],
  ['m...', 4, 1, 'reconciles', 4],
] as const)('in %s from %i by %i, on the level of %s, is step %i', (steps, from, by, level, to) => {
  expect(found(stepThatMatters(recorded(steps), from, by, level, 30))).toBe(to);
});

it.each([
  ['m..rm', 1, 'reconciles', '1 [2 heartbeats from 2] 4 5'],
  ['m..rm', 4, 'milestones', '1 [3 steps from 2] 5'],
  ['mm..', 2, 'reconciles', '1 2 [2 heartbeats from 3]'],
  ['m.m', 3, 'all', '1 2 3'],
  ['m...m', 3, 'reconciles', '1 [3 heartbeats from 2] 5'],
] as const)('the log of %s around step %i, on the level of %s', (steps, step, level, lines) => {
  const log = logAround(recorded(steps), { step, before: 9, after: 9 }, level);
  const shown = log.map((line) =>
    line.type === 'step'
      ? line.link.step
      : `[${line.count} ${line.heartbeats === line.count ? 'heartbeats' : 'steps'} from ${line.first}]`,
  );
  expect(shown.join(' ')).toBe(lines);
});

it('folds requests that fail as before, and tells them from other steps', () => {
  const text =
    'apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: lost}\nspec:\n  traffic: [{name: users, target: http://lost.default/, rps: 2}]\n';
  const { session } = createSession(text);
  const { simulation } = session!;
  simulation.run({ timeMs: 9_500 });
  const log = logAround(simulation, { step: simulation.step, before: 2, after: 0 }, 'reconciles');
  const folded = log.at(-1);
  expect(folded).toMatchObject({ type: 'fold', heartbeats: 0, probes: 0 });
  const { count } = folded as { count: number };
  expect(count).toBeGreaterThan(3);
  expect(folded).toHaveProperty('requests', count);
});

it('folds probes that fail as before, and shows the first and the one that changes the Pod', () => {
  const world = createWorld({ nodes: 1, documents: FAILS });
  world.runFor(40_000);
  const { simulation } = world;
  const log = logAround(simulation, { step: simulation.step, before: 9, after: 9 }, 'reconciles');
  const probes = log.filter((line) => line.type === 'fold' || line.link.verb === 'probe');
  const shown = probes.map((line) => (line.type === 'fold' ? [line.probes, line.heartbeats, line.count] : 'probe'));
  const [last] = shown.slice(-1);
  expect(shown.slice(-4, -1)).toEqual(['probe', [1, 0, 1], 'probe']);
  expect(last).toEqual([11, 3, 14]);
});

it.each([
  [
    'of a command, its own step',
    [
      ['user', 'run', null],
      ['kubelet/n', 'register', 3],
    ],
    3,
  ],
  [
    'of a machine that is added, the step it joins in',
    [
      ['user', 'join', null],
      ['other', 'renew', 2],
      ['kubelet/n', 'register', 3],
    ],
    5,
  ],
  [
    'of one that there is already, the refusal',
    [
      ['other', 'renew', 1],
      ['user', 'refuse', null],
    ],
    4,
  ],
  [
    'of one whose kubelet is down, the act',
    [
      ['user', 'join', null],
      ['other', 'renew', 2],
    ],
    3,
  ],
  ['of nothing, none', [['other', 'renew', 1]], undefined],
] as const)('what is shown %s', (_what, after, shown) => {
  const steps = [['other', 'renew', null], ['other', 'renew', null], ...after] as const;
  const traceAt = (step: number) => {
    const [actor, verb, cause] = steps[step - 1] as (typeof steps)[number];
    return { step, time: 0, actor, verb, cause };
  };
  const run = { step: steps.length, nowMs: 0, traceAt, run: () => ({ stopped: 'idle' }) };
  expect(stepOfAct(run as unknown as Simulation, 2)).toBe(shown);
});

it('finds steps by what they say, the nearest first', () => {
  expect(stepsWith(recorded('m..rmm'), 'START', 4).map(({ step }) => step)).toEqual([5, 6, 1]);
  expect(stepsWith(recorded('m'), ' ', 1)).toEqual([]);
});

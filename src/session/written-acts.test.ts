import { expect, test } from 'vitest';
import { createSession } from './create-session';
import type { Session } from './session';
import { textWithActs } from './written-acts';

const TEXT = `# kept
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1.27", env: [{name: MODE, value: "yes"}]}]}
`;
const END_MS = 60_000;

function begun(text: string): Session {
  const { session, problems } = createSession(text);
  expect(problems).toEqual([]);
  session?.simulation.run({ timeMs: END_MS });
  return session as Session;
}

/** Everything that happened, but for what a command line called its file. */
const happened = ({ simulation }: Session) =>
  simulation
    .trace(1, simulation.step)
    .map(
      ({ time, actor, verb, message }) =>
        `${time} ${actor} ${verb} ${message.replace('apply -f editor', 'apply -f -')}`,
    );

const printed = (session: Session) =>
  session.kubectl('get all,nodes -o wide', { step: session.simulation.step, timeMs: END_MS });

test('acts, edits and faults between steps, in a branch of the past: their text is the same run, step by step', () => {
  const session = begun(TEXT);
  const { simulation } = session;
  const at = (timeMs: number) => ({ step: session.simulation.stepAtTime(timeMs), timeMs });
  session.kubectl('scale deployment web --replicas=4', at(12_345));
  session.simulation.run({ timeMs: 20_000 });
  expect(session.applyText(TEXT.replace('nginx:1.27', 'nginx:1.28'), at(14_321))).toMatchObject({
    problems: [],
    applied: 1,
  });
  session.simulation.run({ timeMs: 30_000 });
  session.act(
    { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-2', forMs: 5_000 } },
    at(25_007),
    'crash',
  );
  session.simulation.run({ timeMs: END_MS });
  expect(session.simulation).not.toBe(simulation);
  const written = textWithActs(session);
  expect(written).toContain('- {at: 12345ms, kubectl: scale deployment web --replicas=4}\n');
  expect(written).toContain('value: "yes"');
  expect(written.slice(written.indexOf('# kept'))).toBe(TEXT);
  const replayed = begun(written);
  expect(happened(replayed)).toEqual(happened(session));
  expect(printed(replayed)).toEqual(printed(session));
});

// Some have more steps of the same ms behind them, which come of what is done in it.
test.each([1, 5, 6, 7, 8, 15, 16, 27, 28, 30, 40])(
  'what was done right after step %i is written at that very moment, and comes to the same run',
  (step) => {
    const session = begun(TEXT);
    const timeMs = session.simulation.traceAt(step).time;
    session.kubectl('set image deployment web c=nginx:1.28', { step, timeMs });
    const { simulation } = session;
    session.kubectl('scale deployment web --replicas=3', { step: simulation.step, timeMs: simulation.nowMs });
    simulation.run({ timeMs: END_MS });
    const written = textWithActs(session);
    const at = timeMs % 1000 === 0 ? `${timeMs / 1000}s` : `${timeMs}ms`;
    const before = step - simulation.stepAtTime(timeMs - 1);
    expect(written).toContain(`{at: ${at}, afterSteps: ${before}, kubectl: set image deployment web c=nginx:1.28}`);
    const replayed = begun(written);
    expect(happened(replayed)).toEqual(happened(session));
    const { simulation: other } = replayed;
    for (const from of [other.step - 1, simulation.stepAtTime(timeMs) + 1, step - 1]) {
      const fork = other.fork(from);
      fork.run({ timeMs: END_MS });
      expect(fork.trace(1, fork.step)).toEqual(other.trace(1, other.step));
    }
    expect(printed(replayed)).toEqual(printed(session));
  },
);

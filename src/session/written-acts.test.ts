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

test('what was done right after a step stays after it, and comes to the same', () => {
  const session = begun(TEXT);
  const { simulation } = session;
  const step = simulation.trace(1, simulation.step).find(({ actor }) => actor === 'replicaset-controller')?.step ?? 0;
  session.kubectl('set image deployment web c=nginx:1.28', { step, timeMs: simulation.traceAt(step).time });
  session.simulation.run({ timeMs: END_MS });
  const written = textWithActs(session);
  expect(written).toContain(`at: ${simulation.traceAt(step).time + 1}ms`);
  const replayed = begun(written);
  expect(happened(replayed).slice(0, step)).toEqual(happened(session).slice(0, step));
  expect(printed(replayed).stdout.split('\n').length).toBe(printed(session).stdout.split('\n').length);
  expect(replayed.simulation.objectAt(replayed.simulation.step, 'Deployment', 'default', 'web')?.status).toMatchObject({
    updatedReplicas: 2,
    readyReplicas: 2,
  });
});

import { describe, expect, it } from 'vitest';
import { createSession } from '../../session/create-session';
import type { Session } from '../../session/session';
import { textWithActs } from '../../session/written-acts';
import { startText } from '../../testing/swarm';
import type { Node, Pod } from '../api/types';
import type { Input, Simulation } from '../simulation';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1.27", resources: {requests: {cpu: "2"}}}]}
`;
const SCENARIO = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: grows}
spec:
  nodes: [{count: 2, capacity: {cpu: "4"}}]
`;
const TEXT = `${SCENARIO}---\n${WEB}`;
const ZONE = { 'topology.kubernetes.io/zone': 'b' };
const join = (name: string, more: object = {}): Input => ({ to: 'user', kind: 'join', payload: { name, ...more } });
const ADDED = join('node-3', { labels: ZONE, capacity: { cpu: '4' } });

function begun(text = TEXT): Session {
  const { session, problems } = createSession(text);
  expect(problems).toEqual([]);
  return session as Session;
}

const nodeAt = (simulation: Simulation, name: string) =>
  simulation.objectAt(simulation.step, 'Node', undefined, name) as Node | undefined;
const podsOn = (simulation: Simulation, node: string) =>
  (simulation.objectsAt(simulation.step, 'Pod') as Pod[]).filter(({ spec }) => spec.nodeName === node);
const traceOf = (simulation: Simulation) => simulation.trace(1, simulation.step);

/** A run in which a node is added at 20 s. */
function grown(): Session {
  const session = begun();
  session.simulation.run({ timeMs: 20_000 });
  session.act(ADDED, { step: session.simulation.step, timeMs: 20_000 }, 'add node node-3');
  session.simulation.run({ timeMs: 60_000 });
  return session;
}

describe('a machine that is added', () => {
  it('joins as any other: not ready, then ready, and the Pod that waited runs on it', () => {
    const session = begun();
    session.simulation.run({ timeMs: 20_000 });
    expect(
      (session.simulation.objectsAt(session.simulation.step, 'Pod') as Pod[]).filter(({ spec }) => !spec.nodeName),
    ).toHaveLength(1);
    session.act(ADDED, { step: session.simulation.step, timeMs: 20_000 }, 'add');
    const { simulation } = session;
    simulation.run({ timeMs: 60_000 });
    expect(nodeAt(simulation, 'node-3')).toMatchObject({
      metadata: { labels: ZONE },
      spec: { podCIDR: '10.244.2.0/24' },
      status: { capacity: { cpu: '4' }, addresses: [{ address: '192.168.0.12' }, {}] },
    });
    expect(nodeAt(simulation, 'node-3')?.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True' }),
    );
    expect(podsOn(simulation, 'node-3').map(({ status }) => [status.phase, status.podIP])).toEqual([
      ['Running', '10.244.2.2'],
    ]);
    const steps = traceOf(simulation);
    const act = steps.find(({ verb }) => verb === 'join');
    expect(act).toMatchObject({ actor: 'user', message: 'A machine named node-3 is added: its kubelet starts' });
    expect(steps.find(({ verb, actor }) => verb === 'register' && actor === 'kubelet/node-3')?.cause).toBe(act?.step);
  });

  it('is there again in forks of before and after, in a run of the same inputs, and when saved', () => {
    const session = grown();
    const { simulation } = session;
    const whole = traceOf(simulation);
    const act = whole.find(({ verb }) => verb === 'join')?.step ?? 0;
    for (const step of [act - 1, act, act + 40]) {
      const fork = simulation.fork(step);
      expect(traceOf(fork)).toEqual(whole.slice(0, step));
      if (step < act) continue;
      fork.run({ timeMs: 60_000 });
      expect(traceOf(fork)).toEqual(whole);
    }
    const before = simulation.fork(act - 1);
    before.run({ timeMs: 60_000 });
    expect(nodeAt(before, 'node-3')).toBeUndefined();
    const { session: again } = createSession(TEXT, { inputs: simulation.inputs });
    again?.simulation.run({ timeMs: 60_000 });
    expect(traceOf(again?.simulation as Simulation)).toEqual(whole);
    const { text: _text, ...saved } = session.save();
    const restored = begun();
    restored.restore(saved);
    restored.simulation.run({ timeMs: 60_000 });
    expect(traceOf(restored.simulation)).toEqual(whole);
  });

  it('stands in the text as an action that comes to the same', () => {
    const session = grown();
    const text = textWithActs(session);
    expect(text).toContain('addNode: {name: node-3, labels: {topology.kubernetes.io/zone: b}, capacity: {cpu: "4"}}');
    const again = startText(text);
    again.run({ timeMs: 60_000 });
    expect(podsOn(again, 'node-3')).toHaveLength(1);
  });

  it('may crash, be drained and be joined by others, each with a block and an address of its own', () => {
    const session = grown();
    const at = () => ({ step: session.simulation.step, timeMs: session.simulation.nowMs });
    session.kubectl('create -f -', at(), {
      stdin: 'apiVersion: v1\nkind: Node\nmetadata: {name: ghost}\n',
    });
    session.simulation.run({ timeMs: 65_000 });
    session.act(join('node-4'), at(), 'add');
    session.act(join('ghost'), at(), 'add');
    session.act(join('node-3'), at(), 'add');
    session.act(
      { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-3', forMs: 20_000 } },
      at(),
      'x',
    );
    session.kubectl('create -f -', at(), {
      stdin: 'apiVersion: v1\nkind: Node\nmetadata: {name: ghost-2}\n',
    });
    session.simulation.run({ timeMs: 120_000 });
    const { simulation } = session;
    const known = (simulation.objectsAt(simulation.step, 'Node') as Node[]).map(({ metadata, spec, status }) => {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
      return [metadata.name, spec.podCIDR, status?.addresses?.[0]?.address, ready].join(' ');
    });
    expect(known).toEqual([
      'ghost 10.244.3.0/24 192.168.0.14 True',
      'ghost-2 10.244.5.0/24  ',
      'node-1 10.244.0.0/24 192.168.0.10 True',
      'node-2 10.244.1.0/24 192.168.0.11 True',
      'node-3 10.244.2.0/24 192.168.0.12 True',
      'node-4 10.244.4.0/24 192.168.0.13 True',
    ]);
    const messages = traceOf(simulation).map(({ message }) => message);
    expect(messages).toContain('There is a machine named node-3 already');
    expect(messages).toContain('Node node-3 boots again');
    const fork = simulation.fork(simulation.step);
    expect(traceOf(fork)).toEqual(traceOf(simulation));
  });

  it('starts its agents once the faults that hold let them', () => {
    const session = begun();
    session.simulation.run({ timeMs: 20_000 });
    const at = () => ({ step: session.simulation.step, timeMs: session.simulation.nowMs });
    const kubelets = { type: 'component-down', component: 'kubelet' };
    session.act({ to: 'fault', kind: 'fault', payload: kubelets }, at(), 'x');
    session.act(ADDED, at(), 'add');
    session.simulation.run({ timeMs: 30_000 });
    expect(nodeAt(session.simulation, 'node-3')).toBeUndefined();
    session.act({ to: 'fault', kind: 'heal', payload: kubelets }, at(), 'x');
    session.simulation.run({ timeMs: 40_000 });
    expect(nodeAt(session.simulation, 'node-3')).toBeDefined();
  });
});

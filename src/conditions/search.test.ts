import { describe, expect, it } from 'vitest';
import { createSession } from '../session/create-session';
import { CommandRun } from '../session/run-command';
import { type Found, searchFor } from './search';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop:1"}]}
---
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  actions: [{at: 20s, kubectl: set image deployment/web web=shop:2}]
`;

function find(condition: string, ranMs: number, from = { step: 0, timeMs: 0 }): Found {
  const { session } = createSession(WEB);
  if (!session) throw new Error('no session');
  session.simulation.run({ timeMs: ranMs });
  const search = searchFor(session.simulation, condition, { ...from, untilMs: 60_000 });
  for (;;) {
    const found = search();
    if (found !== undefined) return found;
  }
}

const READY = "get('Deployment', 'web').status.availableReplicas == 3";

describe('a search', () => {
  it('finds the same moment whether the run has been there or not', () => {
    const found = find(READY, 0) as { step: number; timeMs: number };
    expect(find(READY, 30_000)).toEqual(found);
    expect(found.timeMs).toBeGreaterThan(2000);
    expect(found.timeMs).toBeLessThan(4000);
  });

  it('looks at whole seconds too, and not at where it begins', () => {
    expect(find('time >= duration("7s")', 0)).toMatchObject({ timeMs: 7000 });
    expect(find('time >= duration("7s")', 30_000, { step: 40, timeMs: 7000 })).not.toMatchObject({ timeMs: 7000 });
  });

  it('finds the very ms of what comes to hold by time alone, between steps and among them', () => {
    for (const ranMs of [0, 60_000]) {
      for (const ms of [35_000, 20_070, 20_500])
        expect(find(`time > duration('${ms}ms')`, ranMs)).toMatchObject({ timeMs: ms + 1 });
      expect(find('totalRequests().sent == 0 && time >= duration("20.4s")', ranMs)).toMatchObject({ timeMs: 20_400 });
    }
  });

  it.each([
    ["get('Deployment', 'web').spec.replicas == 9", 'nothing'],
    ["list('Pods').size() > 0", { problem: 'there is no kind Pods' }],
    ["get('Deployment', 'web').spec.replicas", { problem: 'the expression is neither true nor false' }],
  ])('%s comes to %j', (condition, found) => {
    expect(find(condition, 0)).toEqual(found);
  });

  it('says what is wrong with an expression that can not be read', () => {
    expect(find('get(', 0)).toMatchObject({ problem: 'character 5: it ends too early, a value is missing' });
  });
});

describe('what a container printed, where the run has gone on since', () => {
  const LOOP = `apiVersion: v1
kind: Pod
metadata: {name: loop}
spec: {containers: [{name: c, image: busybox, command: [sh, -c, "echo hello; sleep 2; echo bye; sleep 1; exit 1"]}]}
`;
  const LATE = "kubectl run late --image=busybox --command -- sh -c 'echo late; sleep 1; exit 1'";

  /** The seconds in which its words and those of a Pod that somebody made at 8 s come, seen from 1 s on in a run that has come to some time. */
  function secondsSeen(ranMs: number): number[] {
    const { session } = createSession(LOOP);
    if (!session) throw new Error('no session');
    const { simulation } = session;
    simulation.run({ timeMs: 8000 });
    new CommandRun(simulation, { command: LATE }).finish();
    simulation.run({ timeMs: ranMs });
    const from = { step: simulation.stepAtTime(1000), timeMs: 1000, untilMs: 60_000 };
    return ["logs('loop').contains('hello')", "logs('loop', 'c').contains('bye')", "logs('late') != ''"].map((text) => {
      const search = searchFor(simulation, text, from);
      for (;;) {
        const found = search();
        if (found !== undefined) return Math.floor((found as { timeMs: number }).timeMs / 1000);
      }
    });
  }

  it('is what kubectl logs shows at that moment, however often the container has begun anew', () => {
    const seen = secondsSeen(8000);
    expect(seen.every((second) => second >= 1 && second < 12)).toBe(true);
    expect(secondsSeen(100_000)).toEqual(seen);
  });
});

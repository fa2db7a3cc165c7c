import { describe, expect, it } from 'vitest';
import { createSession } from '../session/create-session';
import { checkExpectations } from './checks';
import { isProblem, readExpectation, type WrittenExpectation } from './expectation';
import { compilePrediction, predict } from './prediction';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop:1", ports: [{containerPort: 80}]}]}
---
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 40s
  actions: [{at: 20s, kubectl: set image deployment/web web=shop:2}]
`;

function start() {
  const { session } = createSession(WEB);
  if (!session) throw new Error('no session');
  return session.simulation;
}

function verdictOf(written: WrittenExpectation) {
  const read = readExpectation(written);
  if (isProblem(read)) throw new Error(read.message);
  const [verdict] = checkExpectations(start(), [read], 40_000).verdicts;
  return verdict;
}

const ALIVE = "list('Pod', 'app=web').filter(p, p.metadata.deletionTimestamp == null).size()";

describe('an expectation', () => {
  it.each<[WrittenExpectation, boolean, string]>([
    [{ always: `${ALIVE} <= 4`, fromMs: 5000 }, true, ''],
    [{ always: `${ALIVE} <= 3`, fromMs: 5000 }, false, 'did not hold at 20.'],
    [{ always: `${ALIVE} == 3`, fromMs: 5000, toMs: 19_000 }, true, ''],
    [{ never: `${ALIVE} == 4` }, false, 'held at 20.'],
    [{ never: `${ALIVE} == 5` }, true, ''],
    [{ eventually: "get('Deployment', 'web').status.availableReplicas == 3", byMs: 10_000 }, true, ''],
    [
      { eventually: "get('Deployment', 'web').status.availableReplicas == 3", byMs: 1000 },
      false,
      'did not hold up to 1.000 s',
    ],
    [{ eventually: "get('Deployment', 'shop').status.availableReplicas == 3" }, false, 'did not hold up to 40.000 s'],
    [{ that: "events('ScalingReplicaSet').size() == 1", atMs: 15_000 }, true, ''],
    [{ that: "events('ScalingReplicaSet').size() == 2", atMs: 15_000 }, false, 'did not hold at 15.000 s'],
    [{ that: 'time == duration("15s")', atMs: 15_000 }, true, ''],
    [{ eventually: "step.actor == 'user' && step.verb != null && time > duration('19s')" }, true, ''],
    [{ always: "list('Pods').size() == 0" }, false, 'could not be told: there is no kind Pods at 0.000 s'],
    [{ always: "list('Pod', 'a in b').size() == 0" }, false, 'could not be told: unable to parse requirement'],
    [
      { never: "requests('users').failed > 0" },
      false,
      'could not be told: there is no source of requests called users',
    ],
    [{ always: 'totalRequests().sent == 0' }, true, ''],
    [
      { always: "get('Deployment', 'web').spec.replicas" },
      false,
      'could not be told: the expression is neither true nor false',
    ],
  ])('%j', (written, met, because) => {
    const verdict = verdictOf(written);
    expect(verdict).toMatchObject({ met });
    expect(verdict?.because.slice(0, because.length)).toBe(because);
  });

  it.each<[WrittenExpectation, string]>([
    [{}, 'an expectation needs one of always, never, eventually, that'],
    [{ always: 'true', never: 'false' }, 'an expectation needs one of always, never, eventually, that'],
    [{ that: 'true' }, '"that" needs "at"'],
    [{ always: 'true', byMs: 5 }, '"by" does not belong to "always", which takes from and to'],
    [{ eventually: 'true', fromMs: 5, byMs: 4 }, 'must not be earlier than "from"'],
    [{ always: "get('Pod'" }, 'character 10: it ends too early, ) is missing'],
    [{ always: 'pods.size() == 3' }, 'character 1: pods is not known here'],
    [{ always: '3' }, 'the expression is int, which is neither true nor false'],
  ])('that cannot be read: %j', (written, message) => {
    const read = readExpectation(written);
    expect(isProblem(read) ? read.message.split('\n')[0] : '').toBe(message);
  });
});

describe('what a container printed', () => {
  const LOUD = `apiVersion: v1
kind: Pod
metadata: {name: loud, namespace: kube-system}
spec: {containers: [{name: c, image: busybox, command: [sh, -c, "echo one; sleep 10; echo two; sleep 60"]}]}
`;
  it('is known at the moment it is asked for', () => {
    const { session } = createSession(LOUD);
    const prediction = compilePrediction("first(logs('kube-system/loud').contains('two'), '0s', '20s')");
    if ('problem' in prediction || !session) throw new Error('not to be read');
    const { value } = predict(session.simulation, prediction, 0) as { value: { ms: number } };
    expect(value.ms).toBeGreaterThan(10_000);
    expect(value.ms).toBeLessThanOrEqual(14_000);
  });
});

describe('a prediction', () => {
  const answer = (text: string) => {
    const prediction = compilePrediction(text);
    return 'problem' in prediction ? { problem: prediction.problem } : predict(start(), prediction, 0);
  };
  it.each([
    [`maximum(${ALIVE}, '20s', '40s')`, 4],
    [`minimum(${ALIVE}, '20s', '40s')`, 3],
    [`maximum(${ALIVE}, '20s', '40s') - minimum(${ALIVE}, '20s', '40s')`, 1],
    [`maximum(${ALIVE}, '5s', '19s') > 3`, false],
    ["first(get('Deployment', 'nope') != null, '0s', '5s')", null],
  ])('%s is %j', (text, value) => expect(answer(text)).toEqual({ value }));
  it('tells when something is the case for the first time', () => {
    const found = answer("first(list('Pod').size() == 4, '0s', '40s')") as { value: { ms: number } };
    expect(found.value.ms).toBeGreaterThan(20_000);
    expect(found.value.ms).toBeLessThan(20_200);
  });
  it.each([
    ["maximum(1, '40s', '20s')", 'maximum takes an expression and two times in order'],
    ["maximum(first(true, '1s', '2s'), '20s', '40s')", "maximum can't go through what goes through time itself"],
    ["maximum(nope, '20s', '40s')", 'character 9: nope '],
  ])('%s is refused', (text, message) => {
    const found = answer(text) as { problem: string };
    expect(found.problem.slice(0, message.length)).toBe(message);
  });
});

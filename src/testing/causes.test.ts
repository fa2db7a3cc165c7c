/** What is done because a time is over leads back to where that time is reckoned from, whatever first set a timer of its key. */
import { expect, test } from 'vitest';
import type { TraceStep } from '../engine/trace/trace';
import { createTerminal, type Terminal } from './terminal';

const PROGRAMS = [
  { image: 'app:bad', pull: 0, startMs: 100, listen: [{ port: 80, afterMs: 3_600_000 }] },
  { image: 'app:*', pull: 0, startMs: 100, listen: [{ port: 80, afterMs: 0 }] },
];

const probed = (image: string) => ({
  containers: [{ name: 'app', image, readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 } }],
});

function deployment(spec: object): object {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: probed('app:good') };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: labels }, template, ...spec },
  };
}

function start(...documents: object[]): Terminal {
  return createTerminal({ nodes: 1, programs: PROGRAMS as never, documents: documents as never });
}

const steps = ({ world }: Terminal): readonly TraceStep[] => world.steps();

function said(terminal: Terminal, pattern: RegExp): TraceStep {
  const found = steps(terminal).find(({ message }) => pattern.test(message));
  if (!found) throw new Error(`nothing says ${pattern}`);
  return found;
}

const causeOf = (terminal: Terminal, { cause }: TraceStep): TraceStep | undefined => steps(terminal)[(cause ?? 0) - 1];

function chain(terminal: Terminal, from: TraceStep): TraceStep[] {
  const links: TraceStep[] = [];
  for (let step: TraceStep | undefined = from; step; step = causeOf(terminal, step)) links.push(step);
  return links;
}

test('a deadline that is missed leads to the rollout that misses it', () => {
  const terminal = start(deployment({ replicas: 2, progressDeadlineSeconds: 30 }));
  terminal.world.runUntil(10_000);
  terminal.run('set image deployment/web app=app:bad');
  terminal.world.runUntil(45_000);
  const links = chain(terminal, said(terminal, /ProgressDeadlineExceeded/));
  expect(links[1]?.message).toMatch(/ReplicaSetUpdated/);
  expect(links.at(-1)?.message).toMatch(/set image/);
});

test('a Pod that has been ready for long enough leads to its getting ready, not to the Pod that was before it', () => {
  const terminal = start(deployment({ replicas: 1, minReadySeconds: 10 }));
  terminal.world.runUntil(5000);
  terminal.run('scale deployment web --replicas=2');
  terminal.world.runUntil(30_000);
  const reports = steps(terminal).filter(({ message }) => /ReplicaSet .* 2 Pods, 2 ready, 2 available/.test(message));
  const ready = steps(terminal).filter(({ message }) => /readiness probe .* succeeded/.test(message));
  expect(causeOf(terminal, reports[0] as TraceStep)).toEqual(ready[1]);
});

test('each run of a CronJob leads to the schedule that asks for it', () => {
  const jobTemplate = { spec: { template: { spec: { ...probed('app:good'), restartPolicy: 'Never' } } } };
  const metadata = { name: 'tick' };
  const terminal = start({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '* * * * *', jobTemplate },
  });
  terminal.world.runUntil(130_000);
  terminal.run(`patch cronjob tick -p '{"spec":{"schedule":"*/5 * * * *"}}'`);
  terminal.world.runUntil(310_000);
  const runs = steps(terminal).filter(({ message }) => /was due at/.test(message));
  expect(runs.map((run) => causeOf(terminal, run)?.object?.kind)).toEqual(['CronJob', 'CronJob', 'CronJob']);
  expect(runs.map((run) => causeOf(terminal, run)?.time)).toEqual([0, 0, 130_000]);
});

test('each autoscaler leads to what was asked of it, though several were applied in one moment', () => {
  const autoscaler = (name: string) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, metrics: [] },
  });
  const terminal = start(deployment({ replicas: 1 }), autoscaler('one'), autoscaler('two'));
  terminal.world.runUntil(60_000);
  const looks = steps(terminal).filter(({ actor }) => actor === 'horizontal-pod-autoscaler-controller');
  expect(looks.length).toBeGreaterThan(1);
  for (const look of looks) expect(look.object?.name).toMatch(causeOf(terminal, look)?.object?.name ?? 'nobody');
});

test('a Job that is stopped at its deadline leads to its start, not to a Pod of it', () => {
  const template = { spec: { ...probed('app:good'), restartPolicy: 'Never' } };
  const spec = { activeDeadlineSeconds: 20, template };
  const terminal = start({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'long' }, spec });
  terminal.world.runUntil(30_000);
  const stopped = said(terminal, /deadline/);
  expect(causeOf(terminal, stopped)).toMatchObject({ actor: 'job-controller', object: { kind: 'Job' } });
  expect(causeOf(terminal, stopped)?.time).toBeLessThan(100);
});

test('a node that has been silent leads to its last sign of life', () => {
  const terminal = createTerminal({ nodes: 2 });
  terminal.world.runUntil(25_000);
  terminal.world.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-2' } });
  terminal.world.runUntil(90_000);
  const silent = said(terminal, /Node node-2 has been silent/);
  const last = causeOf(terminal, silent);
  expect(last?.message).toBe('Node node-2 is alive: renewed its Lease');
  expect(last?.time).toBe(steps(terminal).findLast(({ message }) => message === last?.message)?.time);
  expect(chain(terminal, said(terminal, /Node node-2 gets the taint .*NoExecute/))[1]).toEqual(silent);
});

test('a claim that the binder looks at once more leads to what came last of that which it waits for', () => {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { storageClassName: 'late', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const late = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'late' },
    provisioner: 'rook-ceph.rbd.csi.ceph.com',
  };
  const terminal = start(claim);
  terminal.world.runUntil(20_000);
  expect(causeOf(terminal, said(terminal, /"late" not found/))?.object).toMatchObject({ kind: claim.kind });
  terminal.world.client.create(late as never);
  terminal.world.runUntil(40_000);
  const asked = said(terminal, /^Asked the provisioner/);
  expect(causeOf(terminal, asked)?.object).toMatchObject({ kind: late.kind, name: 'late' });
});

import { expect, test } from 'vitest';
import type { Simulation } from '../../engine/simulation';
import { createWorld } from '../../testing/world';
import { LANE_GROUPS, type Lane, type LaneQuestion } from './lane-shapes';
import { holderOf, lanesOf, overviewOf, stepsOfLane } from './lanes';
import { TrackIndex } from './track-index';

const DOCUMENTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.9.1"}]
`;

const NO_SOURCES = {
  names: [],
  lane: () => {
    throw new Error('there are none');
  },
};

const worldOf = (simulation: Simulation, index = new TrackIndex(simulation)) => ({
  simulation,
  index: index.advance(),
  sources: NO_SOURCES,
});

function ask(
  simulation: Simulation,
  window: Pick<LaneQuestion, 'fromMs' | 'toMs' | 'buckets'>,
  more: Partial<LaneQuestion> = {},
) {
  const slices = LANE_GROUPS.map((group) => ({ group, first: 0, count: 1000 }));
  const { groups, ...rest } = lanesOf(worldOf(simulation), {
    ...window,
    slices,
    pinned: [],
    text: '',
    selected: null,
    ...more,
  });
  const of = (group: string) => groups.find((each) => each.group === group)?.lanes ?? [];
  return { ...rest, groups, of };
}

const inLane = <T extends Lane['type']>(lanes: readonly Lane[], type: T, name: string) =>
  lanes.find((lane): lane is Extract<Lane, { type: T }> => lane.type === type && lane.name === name);

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test('lanes of components and people count every step once', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const { of } = ask(simulation, { fromMs: 0, toMs: 20_000, buckets: 40 });
  const counted = of('controllers').map((lane) => (lane.type === 'counts' ? lane.total : 0));
  const acts = simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'user' || actor === 'fault');
  expect(sum(counted) + acts.length).toBe(simulation.step);
  expect(of('controllers').map(({ name }) => name)).toContain('kubelet');
  const overview = overviewOf(worldOf(simulation), 20_000, 10);
  expect(sum(overview.counts)).toBe(simulation.step);
  expect(sum(overview.acts)).toBe(acts.length);
});

test('a Pod and a Node are stretches of one state each, without gaps, up to the head', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const { of } = ask(simulation, { fromMs: 0, toMs: 60_000, buckets: 60_000 });
  const [pod] = of('pods');
  const spans = pod?.type === 'phases' ? pod.spans : [];
  expect([...new Set(spans.map(({ look }) => look))]).toEqual(['pending', 'creating', 'ready']);
  expect(spans.at(-1)).toMatchObject({ look: 'ready', text: 'Running', toMs: 20_000 });
  for (let at = 1; at < spans.length; at += 1) expect(spans[at]?.fromMs).toBe(spans[at - 1]?.toMs);
  expect(of('nodes').every((node) => node.type === 'phases' && node.spans.at(-1)?.text === 'Ready')).toBe(true);
});

test('states shorter than a bucket give way to what came next, and leave no gap', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { of } = ask(world.simulation, { fromMs: 0, toMs: 20_000, buckets: 2 });
  const [pod] = of('pods');
  expect(pod?.type === 'phases' && pod.spans).toMatchObject([{ look: 'ready', toMs: 20_000 }]);
});

test('Pods are those of what is selected, whatever of it that is', () => {
  const world = createWorld({
    documents: `${DOCUMENTS}---${DOCUMENTS.replaceAll('web', 'shop')}`,
  });
  world.runFor(20_000);
  const { simulation } = world;
  const window = { fromMs: 0, toMs: 20_000, buckets: 20 };
  expect(ask(simulation, window).of('pods')).toHaveLength(4);
  const ofWeb = ask(simulation, window, { selected: 'Deployment/default/web' });
  expect(ofWeb.of('pods').map(({ name }) => name.startsWith('web-'))).toEqual([true, true]);
  expect(ofWeb.podsOf).toBe('Deployment/default/web');
  const { index } = worldOf(simulation);
  expect(holderOf(index, ofWeb.of('pods')[0]!.id)).toBe('Deployment/default/web');
  expect(holderOf(index, 'Service/default/web')).toBeNull();
  expect(ask(simulation, window, { selected: 'Node/node-1' }).of('pods').length).toBeLessThan(4);
});

test('lanes are searched, cut into slices, and pinned ones told whatever else is', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const { of, pinned, groups } = ask(
    simulation,
    { fromMs: 0, toMs: 20_000, buckets: 20 },
    {
      text: 'SCHEDULER',
      pinned: ['actor/kubelet', 'Pod/default/nobody'],
      slices: [{ group: 'controllers', first: 0, count: 1 }],
    },
  );
  expect(of('controllers').map(({ name }) => name)).toEqual(['default-scheduler']);
  expect(of('workloads')).toEqual([]);
  expect(pinned.map(({ name }) => name)).toEqual(['kubelet']);
  expect(groups.find(({ group }) => group === 'pods')?.total).toBe(0);
});

const RUNS = `
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: "* * * * *"
  successfulJobsHistoryLimit: 1
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 20"]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  completions: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 5"]}]
`;

test('runs of a CronJob are bars, also those whose Jobs are gone; a Job of its own counts what succeeded', () => {
  const world = createWorld({ documents: RUNS });
  world.runFor(250_000);
  const { simulation } = world;
  const { of } = ask(simulation, { fromMs: 0, toMs: 300_000, buckets: 300 });
  const runs = inLane(of('workloads'), 'runs', 'tick')?.runs ?? [];
  expect(runs.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete', 'running']);
  expect(runs.map(({ from }) => from)).toEqual([60, 120, 180, 240]);
  expect(runs[0]!.to - runs[0]!.from).toBeGreaterThan(19);
  expect(runs[3]!.to).toBe(251);
  expect(simulation.objectsAt(simulation.step, 'Job').length).toBeLessThan(5);
  expect(of('workloads').map(({ id }) => id)).toEqual(['Job/default/once', 'CronJob/default/tick']);
  const { ready, desired } = inLane(of('workloads'), 'amounts', 'once')?.series ?? {};
  expect([ready?.[250], desired?.[250], ready?.[251]]).toEqual([2, 2, -1]);
});

const STORED = `
apiVersion: v1
kind: PersistentVolume
metadata: {name: small}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /s}, persistentVolumeReclaimPolicy: Retain}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {resources: {requests: {storage: 1Gi}}, accessModes: [ReadWriteOnce]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: huge}
spec: {resources: {requests: {storage: 9Gi}}, accessModes: [ReadWriteOnce]}
`;

test('claims and volumes have lanes of what they are, claims first', () => {
  const world = createWorld({ documents: STORED });
  world.runFor(5_000);
  world.client.delete('PersistentVolumeClaim', 'default', 'data');
  world.runFor(5_000);
  const lanes = ask(world.simulation, { fromMs: 0, toMs: 10_000, buckets: 100 }).of('storage');
  expect(
    lanes.map((lane) => [lane.id, lane.type === 'phases' ? lane.spans.map(({ text }) => text) : lane.type]),
  ).toEqual([
    ['PersistentVolumeClaim/default/data', ['Bound']],
    ['PersistentVolumeClaim/default/huge', ['Pending']],
    ['PersistentVolume/small', ['Bound', 'Released']],
  ]);
});

test('an index that reads as time goes holds what one holds that reads at the end', () => {
  const world = createWorld({ documents: DOCUMENTS });
  const { simulation } = world;
  const early = new TrackIndex(simulation);
  for (let second = 0; second < 20; second += 1) {
    world.runFor(1000);
    early.advance();
  }
  const window = { fromMs: 0, toMs: 20_000, buckets: 50 };
  const slices = LANE_GROUPS.map((group) => ({ group, first: 0, count: 100 }));
  const question = { ...window, slices, pinned: [], text: '', selected: null };
  expect(lanesOf(worldOf(simulation, early), question)).toEqual(lanesOf(worldOf(simulation), question));
  expect(stepsOfLane(early, 'actor/kubelet')?.steps.length).toBeGreaterThan(5);
});

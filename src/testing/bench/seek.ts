/**
 * Benchmark: jumps to random steps in a history of 100,000 steps with 1,000 Pods, as the page does it (rows that differ
 * between two cursors), and what that history keeps in memory. Prints one JSON line. Needs `node --expose-gc`.
 */
import { createSimulation } from '../../engine/create-simulation';
import { Random } from '../../engine/kernel/random';
import { userComponent } from '../../kubectl/user-component';
import { projectBetween } from '../../view/diff';
import { LANE_GROUPS } from '../../view/lanes/lane-shapes';
import { lanesOf, overviewOf } from '../../view/lanes/lanes';
import { TrackIndex } from '../../view/lanes/track-index';
import { cpuSeconds, heapMiB, percentile } from './measure';

const STEPS = 100_000;
const PODS = 1000;
const SEEKS = 2000;
const FORKS = 40;

function deployment(image: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: PODS,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image }] } },
    },
  };
}

const before = heapMiB();
const nodes = Array.from({ length: 20 }, (_, index) => ({
  name: `node-${index + 1}`,
  capacity: { cpu: '100', memory: '400Gi', pods: '500' },
}));
const limits = { maxObjects: 1e9, maxStepsPerSecond: 1e9, maxRevisions: 1e9 };
const config = { seed: 1, startTime: '2026-01-01T00:00:00Z', nodes, components: {}, programs: [], inputs: [], limits };
const simulation = createSimulation(config, { components: [userComponent] });
if (process.env.SEEK_DEBUG) setInterval(() => {}, 1e9);
for (let version = 1; simulation.step < STEPS; version++) {
  simulation.act({ to: 'user', kind: 'apply', payload: { documents: [deployment(`nginx:1.${version}`)] } });
  simulation.run({ timeMs: simulation.nowMs + 40_000, step: STEPS });
  if (process.env.SEEK_DEBUG) console.error(simulation.step, simulation.nowMs, simulation.revision, heapMiB());
}
const historyMiB = heapMiB() - before;

const random = Random.split(7, 'seek');
const timesMs: number[] = [];
let at = simulation.step;
for (let seek = 0; seek < SEEKS; seek++) {
  const target = 1 + random.below(STEPS);
  const startMs = performance.now();
  projectBetween(simulation, at, target);
  timesMs.push(performance.now() - startMs);
  at = target;
}
timesMs.sort((a, b) => a - b);
/** CPU time, since a fork is to be quick on a machine that does other things too. */
const forksMs: number[] = [];
for (let fork = 0; fork < FORKS; fork++) {
  const target = 1 + random.below(STEPS);
  const since = process.cpuUsage();
  simulation.fork(target);
  forksMs.push(cpuSeconds(since) * 1000);
}
forksMs.sort((a, b) => a - b);
const beforeForksMiB = heapMiB();
const kept = Array.from({ length: 10 }, () => simulation.fork(1 + random.below(STEPS)));
const forkMiB = (heapMiB() - beforeForksMiB) / kept.length;

/** Windows of the timeline: all of time, and random parts of it. */
const sources = {
  names: [],
  lane: () => {
    throw new Error('there are none');
  },
};
const slices = LANE_GROUPS.map((group) => ({ group, first: 0, count: 12 }));
const lanesMs: number[] = [];
const readMs = performance.now();
const index = new TrackIndex(simulation).advance();
const indexMs = performance.now() - readMs;
for (let look = 0; look < 50; look++) {
  const fromMs = look % 5 === 0 ? 0 : random.below(simulation.nowMs);
  const toMs = look % 5 === 0 ? simulation.nowMs : Math.min(simulation.nowMs, fromMs + 1 + random.below(60_000));
  const startMs = performance.now();
  const world = { index: index.advance(), simulation, sources };
  lanesOf(world, { fromMs, toMs, buckets: 480, slices, pinned: [], text: '', selected: null });
  overviewOf(world, simulation.nowMs, 240);
  lanesMs.push(performance.now() - startMs);
}
lanesMs.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    steps: simulation.step,
    pods: simulation.objectsAt(simulation.step, 'Pod').length,
    revisions: simulation.revision,
    historyMiB,
    seekP50Ms: percentile(timesMs, 0.5),
    seekP99Ms: percentile(timesMs, 0.99),
    seekMaxMs: timesMs[timesMs.length - 1],
    forkP50Ms: percentile(forksMs, 0.5),
    forkMaxMs: forksMs[forksMs.length - 1],
    forkMiB,
    indexMs,
    lanesP50Ms: percentile(lanesMs, 0.5),
    lanesMaxMs: lanesMs[lanesMs.length - 1],
  }),
);

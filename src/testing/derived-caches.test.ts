/**
 * Caches can't be seen: a run of the swarm in which every component drops all its caches before each delivery writes the same
 * objects in the same steps, with the same evidence, as one that keeps them. More seeds with `CACHE_SEEDS=1-60`.
 */
import { expect, it, vi } from 'vitest';
import type { DerivedTrial } from '../engine/client/derived';
import type { Simulation } from '../engine/simulation';
import { drawScenario, startText } from './swarm';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 300_000 });

/** By then people have stopped and put things right, and most of it has healed. */
const UNTIL_MS = 320_000;
const FIXED: readonly number[] = [1, 4, 7, 17];

function seedsOf(range: string | undefined): readonly number[] {
  if (!range) return FIXED;
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function run(text: string, trial: DerivedTrial): Simulation {
  const simulation = startText(text, { derivedTrial: trial });
  const { message } = simulation.run({ timeMs: UNTIL_MS });
  if (message) throw new Error(message);
  return simulation;
}

/** Every step with its evidence, and every write with what it left. */
function linesOf(simulation: Simulation): string[] {
  const steps = simulation
    .trace(1, simulation.step)
    .map((step) => JSON.stringify([step, simulation.detailAt(step.step)]));
  const writes = simulation
    .changes(0, simulation.revision)
    .map(({ revision, step, key, value }) => JSON.stringify([revision, step, key, value ?? null]));
  return [...steps, ...writes];
}

function expectSame(text: string, name: string): void {
  const kept = linesOf(run(text, 'none'));
  const dropped = linesOf(run(text, 'drop'));
  const different = kept.findIndex((line, index) => line !== dropped[index]);
  expect(dropped[different], `line ${different} of ${name}`).toBe(kept[different]);
  expect(dropped).toHaveLength(kept.length);
}

it.each(seedsOf(process.env.CACHE_SEEDS))('seed %i', (seed) => expectSame(drawScenario(seed), `seed ${seed}`));

/** A full node loses all its Pods at once; orphans of two workloads, and budgets that overlap, stand by. */
const STORM = `
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: storm}
spec:
  nodes: [{name: n1, capacity: {cpu: "4", memory: 8Gi, pods: "6"}}, {name: n2, capacity: {cpu: "4", memory: 8Gi, pods: "3"}}]
  programs: [{image: deaf, sigterm: ignore}]
  actions:
  - {at: 10s, kubectl: delete pods --all --force --grace-period=0}
  - {at: 20s, kubectl: delete deployment web --cascade=orphan}
  - {at: 22s, kubectl: delete replicasets --all --cascade=orphan}
  - at: 25s
    apply:
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 5
        selector: {matchLabels: {app: web}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: deaf}]}}
  - {at: 40s, kubectl: drain n1 --force --timeout=5s}
  - {at: 50s, kubectl: delete pods --all --force --grace-period=0}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: deaf}]}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: all}
spec: {minAvailable: 50%, selector: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: bare, labels: {app: web}}
spec: {containers: [{name: c, image: deaf}]}
`;

it('storms of deletions, orphans and overlapping budgets', () => expectSame(STORM, 'the storm'));

import { describe, expect, it } from 'vitest';
import { place, podOf, schedulingWorld, scoresOf } from '../../../testing/placement';
import { manifests } from '../../../testing/world';
import type { Pod } from '../../api/types';
import type { SchedulingEvidence } from '../evidence';

describe('NodeResourcesFit (LeastAllocated)', () => {
  it('is the mean share of CPU and memory left free', () => {
    const { evidence, outcome } = place(
      ['n1', 'n2', 'n3'],
      ['name: f1, nodeName: n1, cpu: 2, memory: 4Gi', 'name: f2, nodeName: n2, cpu: 1, memory: 2Gi'],
      'name: a, cpu: 700m, memory: 1400Mi',
    );
    // n1: cpu (4000-2700)/4000 = 32 %, memory (8192-5496)/8192 = 32 %; n3: 82 % and 82 %
    expect(scoresOf(evidence, 'NodeResourcesFit')).toEqual({ n1: 32, n2: 57, n3: 82 });
    expect(outcome).toBe('n3');
  });

  it('counts a container without requests as 100m and 200Mi', () => {
    const placed = ['z1', 'z2', 'z3'].map((name) => `name: ${name}, nodeName: n1`);
    const { evidence } = place(['n1 cpu=2 memory=4Gi', 'n2 cpu=2 memory=4Gi'], placed, 'name: a');
    // n1: (2000-400)/2000 = 80 %, (4096-800)/4096 = 80 %; n2: 95 %, 95 %
    expect(scoresOf(evidence, 'NodeResourcesFit')).toEqual({ n1: 80, n2: 95 });
  });
});

describe('NodeResourcesBalancedAllocation', () => {
  it('rates the change: 75 for none, more for evening out, less for skewing', () => {
    const { evidence } = place(
      ['n1', 'n2', 'n3'],
      ['name: f1, nodeName: n1, cpu: 2', 'name: f2, nodeName: n2, memory: 4Gi'],
      'name: a, cpu: 1, memory: 1Gi',
    );
    // n3: 0 to |0.25-0.125|/2, 100 to 93: 50 + (50-7)/2; n1: 75 to 68: 50 + (50-7)/2; n2: 75 to 81: 50 + (50+6)/2
    expect(scoresOf(evidence, 'NodeResourcesBalancedAllocation')).toEqual({ n1: 71, n2: 78, n3: 71 });
  });

  it('leaves Pods without requests unrated', () => {
    const { evidence } = place(['n1', 'n2'], [], 'name: a');
    expect(scoresOf(evidence, 'NodeResourcesBalancedAllocation')).toEqual({ n1: undefined, n2: undefined });
  });
});

describe('TaintToleration', () => {
  it('prefers nodes with fewer intolerable PreferNoSchedule taints, three times as much', () => {
    const nodes = ['n1 !a:PreferNoSchedule !b:PreferNoSchedule', 'n2 !a:PreferNoSchedule', 'n3'];
    const { evidence } = place(nodes, [], 'name: p');
    expect(scoresOf(evidence, 'TaintToleration')).toEqual({ n1: 0, n2: 150, n3: 300 });
    const tolerant = place(nodes, [], 'name: p, tolerations: [{key: a, operator: Exists}]');
    expect(scoresOf(tolerant.evidence, 'TaintToleration')).toEqual({ n1: 0, n2: 300, n3: 300 });
  });
});

describe('NodeAffinity', () => {
  it('adds the weights of the preferred terms that hold', () => {
    const { evidence } = place(
      ['n1 a=1', 'n2 a=1 b=1', 'n3'],
      [],
      `name: p, affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
        {weight: 10, preference: {matchExpressions: [{key: a, operator: Exists}]}},
        {weight: 30, preference: {matchExpressions: [{key: b, operator: Exists}]}}]}}`,
    );
    expect(scoresOf(evidence, 'NodeAffinity')).toEqual({ n1: 50, n2: 200, n3: 0 });
  });
});

const preferred = (kind: string, app: string, weight: number, topologyKey: string): string =>
  `affinity: {${kind}: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: ${weight}, podAffinityTerm: {labelSelector: {matchLabels: {app: ${app}}}, topologyKey: ${topologyKey}}}]}}`;

describe('InterPodAffinity', () => {
  const nodes = ['a1 zone=a', 'a2 zone=a', 'b1 zone=b'];

  it('pulls to the zone of the Pod it prefers', () => {
    const { evidence } = place(
      nodes,
      ['name: c, labels: {app: cache}, nodeName: a1'],
      `name: p, ${preferred('podAffinity', 'cache', 50, 'topology.kubernetes.io/zone')}`,
    );
    expect(scoresOf(evidence, 'InterPodAffinity')).toEqual({ a1: 200, a2: 200, b1: 0 });
  });

  it('pushes away in proportion', () => {
    const { evidence } = place(
      nodes,
      ['w1, nodeName: a1', 'w2, nodeName: a1', 'w3, nodeName: a2'].map((rest) => `labels: {app: web}, name: ${rest}`),
      `name: p, ${preferred('podAntiAffinity', 'web', 100, 'kubernetes.io/hostname')}`,
    );
    expect(scoresOf(evidence, 'InterPodAffinity')).toEqual({ a1: 0, a2: 100, b1: 200 });
  });

  it('heeds what placed Pods prefer, and their required affinity a little', () => {
    const required =
      'affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchExpressions: [{key: app, operator: In, values: [star, x]}]}, topologyKey: kubernetes.io/hostname}]}}';
    const { evidence } = place(
      nodes,
      [
        `name: fan, nodeName: a2, ${preferred('podAffinity', 'star', 4, 'kubernetes.io/hostname')}`,
        `name: foe, nodeName: a1, ${preferred('podAntiAffinity', 'star', 4, 'kubernetes.io/hostname')}`,
        `name: needs, nodeName: b1, labels: {app: x}, ${required}`,
      ],
      'name: p, labels: {app: star}',
    );
    // a1 -4, a2 +4, b1 +1, scaled to 0 … 100 and doubled
    expect(scoresOf(evidence, 'InterPodAffinity')).toEqual({ a1: 0, a2: 200, b1: 124 });
  });
});

describe('PodTopologySpread', () => {
  it('scores ScheduleAnyway domains by their Pods', () => {
    const { evidence } = place(
      ['a1 zone=a', 'a2 zone=a', 'b1 zone=b'],
      ['w1, nodeName: a1', 'w2, nodeName: a1', 'w3, nodeName: b1'].map((rest) => `labels: {app: web}, name: ${rest}`),
      'name: p, labels: {app: web}, topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}]',
    );
    // ln 4 per Pod: 2 Pods round to 3, 1 Pod to 1; 100 (3 + 1 - s) / 3, doubled
    expect(scoresOf(evidence, 'PodTopologySpread')).toEqual({ a1: 66, a2: 66, b1: 200 });
  });

  const service = manifests(`
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}, ports: [{port: 80}]}`);

  it('spreads the Pods of a Service over hosts and zones by default', () => {
    const { evidence, outcome } = place(
      ['a1 zone=a', 'a2 zone=a', 'b1 zone=b'],
      ['name: w1, labels: {app: web}, nodeName: a1'],
      'name: p, labels: {app: web}',
      service,
    );
    // hosts weigh ln 5, zones ln 4: a1 1.6+2+1.4+4 = 9, a2 2+1.4+4 = 7, b1 2+4 = 6
    expect(scoresOf(evidence, 'PodTopologySpread')).toEqual({ a1: 132, a2: 176, b1: 200 });
    expect(outcome).toBe('b1');
  });

  it('leaves a Pod that belongs to nothing unscored', () => {
    const { evidence } = place(['a1', 'a2'], [], 'name: p, labels: {app: web}');
    expect(scoresOf(evidence, 'PodTopologySpread')).toEqual({ a1: undefined, a2: undefined });
  });

  it('does not count terminating Pods', () => {
    const world = schedulingWorld(['n1', 'n2'], service);
    for (const [name, nodeName] of [
      ['w1', 'n1'],
      ['w2', 'n2'],
    ]) {
      world.client.create(podOf(`name: ${name}, labels: {app: web}, nodeName: ${nodeName}`));
    }
    const old = world.get<Pod>('Pod', 'default', 'w1');
    world.client.updateStatus({ ...old, status: { ...old.status, phase: 'Running' } });
    world.client.delete('Pod', 'default', 'w1');
    world.runFor(50);
    expect(world.find('Pod', 'default', 'w1')?.metadata.deletionTimestamp).toBeDefined();
    world.client.create(podOf('name: p, labels: {app: web}'));
    world.runFor(50);
    const step = world.steps().findLast((one) => one.actor === 'default-scheduler');
    const evidence = world.simulation.detailAt(step?.step ?? 0) as SchedulingEvidence;
    // hosts weigh ln 4: n1 0 + 2, n2 1.4 + 2
    expect(scoresOf(evidence, 'PodTopologySpread')).toEqual({ n1: 200, n2: 132 });
  });
});

describe('ImageLocality', () => {
  it('prefers nodes with the image, by size and spread', () => {
    const world = schedulingWorld(['n1', 'n2', 'n3']);
    const give = (name: string, sizeBytes: number): void => {
      const node = world.get('Node', undefined, name);
      const status = { ...(node.status as object), images: [{ names: ['app:v1'], sizeBytes }] };
      world.client.updateStatus({ ...node, status });
    };
    give('n1', 800 * 1024 * 1024);
    give('n2', 800 * 1024 * 1024);
    world.runFor(50);
    world.client.create(podOf('name: p'));
    world.runFor(50);
    const step = world.steps().findLast((one) => one.actor === 'default-scheduler');
    const evidence = world.simulation.detailAt(step?.step ?? 0) as SchedulingEvidence;
    // 800 Mi × 2/3 of the nodes = 533 Mi: 100 (533-23) / (1000-23)
    expect(scoresOf(evidence, 'ImageLocality')).toEqual({ n1: 52, n2: 52, n3: 0 });
  });
});

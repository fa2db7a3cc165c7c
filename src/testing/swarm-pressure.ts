/** What the swarm's nodes run short of: programs that use ever more memory, disk or process ids, and faults that take them from beside. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick, type SwarmAction } from './swarm-draws';

/** What `leak` uses: so much at first, so much more each second, until all is put right. */
export const LEAK = { baseMib: 20, growthMib: 4, untilMs: 265_000 };

const calmed = (usage: string): object[] => [{ from: `${LEAK.untilMs}ms`, usage }];

/** Programs that use ever more. */
export const PRESSURE_PROGRAMS = [
  {
    image: 'leak:*',
    pull: '500ms',
    memory: { base: `${LEAK.baseMib}Mi`, growth: `${LEAK.growthMib}Mi/s`, at: calmed(`${LEAK.baseMib}Mi`) },
  },
  { image: 'flood:*', pull: '500ms', memory: { base: '50Mi', growth: '90Mi/s', at: calmed('10Mi') } },
  { image: 'scribe:*', pull: '500ms', size: '300Mi', disk: { base: '50Mi', growth: '25Mi/s', at: calmed('10Mi') } },
  { image: 'forks:*', pull: '500ms', processes: { base: '20', growth: '300/s', at: calmed('20') } },
];

const RESOURCES = [
  {},
  { requests: { memory: '40Mi' } },
  { limits: { memory: '60Mi' } },
  { limits: { memory: '80Mi', cpu: '50m' } },
  { requests: { memory: '30Mi' }, limits: { memory: '100Mi' } },
  { limits: { 'ephemeral-storage': '400Mi' } },
];

/** In a third of the runs one to three Pods, or as many of a Deployment, that use ever more. */
export function drawPressure(random: Random): KubeObject[] {
  if (!once(random, 3)) return [];
  return Array.from({ length: 1 + random.below(3) }, (_, index): KubeObject => {
    const name = `greedy${index + 1}`;
    const image = `${pick(random, ['leak', 'leak', 'flood', 'scribe', 'forks'])}:1`;
    const spec = { containers: [{ name: 'main', image, resources: pick(random, RESOURCES) }] };
    if (once(random, 2)) return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
    const labels = { app: name };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 1 + random.below(3),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
    };
  });
}

/** In a third of the runs one to three faults that take what a node has. */
export function drawPressureFaults(random: Random, nodes: readonly string[], stopMs: number): SwarmAction[] {
  if (!once(random, 3)) return [];
  return Array.from({ length: 1 + random.below(3) }, () => {
    const type = pick(random, ['memory-pressure', 'disk-pressure', 'pid-pressure']);
    const lasts = `${1 + random.below(40)}s`;
    return { at: `${random.below(stopMs)}ms`, fault: { type, node: pick(random, nodes), for: lasts } };
  });
}

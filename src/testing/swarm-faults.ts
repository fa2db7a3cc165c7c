/** What breaks in the swarm's scenarios: single faults, and outages within outages. */
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

/** A fault, and how long after the first of its group it strikes. */
export interface DrawnFault {
  readonly afterMs: number;
  readonly fault: object;
}

const COMPONENTS = [
  'kube-scheduler',
  'kube-controller-manager',
  'deployment-controller',
  'replicaset-controller',
  'endpointslice-controller',
  'disruption-controller',
  'garbage-collector-controller',
  'pod-garbage-collector-controller',
  'node-lifecycle-controller',
  'taint-eviction-controller',
  'namespace-controller',
  'custom-resource-definition-controller',
];

const drawSeconds = (random: Random): { for: string } => ({ for: `${1 + random.below(once(random, 2) ? 90 : 8)}s` });

function drawFault(random: Random, node: string, pods: string): object {
  const duration = drawSeconds(random);
  return pick(random, [
    () => ({ type: 'node-crash', node, ...duration }),
    () => ({ type: 'node-partition', node, ...duration }),
    () => ({ type: 'container-exit', pod: pods, code: random.below(3) }),
    () => ({ type: 'oom-kill', pod: pods }),
    () => ({ type: 'image-pull-error', image: pick(random, ['good:2', 'good:3', 'slow:1']), ...duration }),
    () => ({ type: 'registry-down', ...duration }),
    () => ({ type: 'component-down', component: pick(random, COMPONENTS), ...duration }),
    () => ({ type: 'component-down', component: 'kubelet', node, ...duration }),
    () => ({ type: 'api-server-down', for: `${200 + random.below(6000)}ms` }),
  ])();
}

/** Two faults of which the second strikes while the first lasts; it ends before or after that. */
function drawOverlap(random: Random, node: string): DrawnFault[] {
  const pairs: (() => readonly [object, object])[] = [
    () => [{ type: 'api-server-down' }, { type: 'component-down', component: 'kube-apiserver' }],
    () => [{ type: 'component-down', component: 'kube-apiserver' }, { type: 'api-server-down' }],
    () => [
      { type: 'node-crash', node },
      { type: 'component-down', component: 'kubelet', node },
    ],
    () => [
      { type: 'component-down', component: 'kubelet', node },
      { type: 'node-crash', node },
    ],
    () => [
      { type: 'node-partition', node },
      { type: 'node-crash', node },
    ],
    () => [
      { type: 'component-down', component: 'kube-controller-manager' },
      { type: 'component-down', component: 'deployment-controller' },
    ],
    () => {
      const twice = pick(random, [
        { type: 'node-crash', node },
        { type: 'node-partition', node },
        { type: 'registry-down' },
        { type: 'api-server-down' },
        { type: 'component-down', component: 'kube-scheduler' },
      ]);
      return [twice, twice];
    },
  ];
  const [outer, inner] = pick(random, pairs)();
  const lasts = 2 + random.below(25);
  return [
    { afterMs: 0, fault: { ...outer, for: `${lasts}s` } },
    { afterMs: random.below(lasts * 1000), fault: { ...inner, for: `${1 + random.below(40)}s` } },
  ];
}

/** One fault, or two that overlap. `pods` is a pattern of names. */
export const drawFaults = (random: Random, node: string, pods: string): DrawnFault[] =>
  once(random, 3) ? drawOverlap(random, node) : [{ afterMs: 0, fault: drawFault(random, node, pods) }];

/** What people do and what breaks in the swarm's scenarios. */
import type { KubeObject } from '../engine/api/meta';
import type { Pod } from '../engine/api/types';
import type { Random } from '../engine/kernel/random';
import { drawImage, once, pick } from './swarm-workloads';

/** One of a scenario's actions. */
export interface SwarmAction {
  readonly at: string;
  readonly kubectl?: string;
  readonly apply?: KubeObject;
  readonly fault?: object;
}

/** What actions can be about. */
export interface Surroundings {
  readonly deployments: readonly string[];
  readonly nodeNames: readonly string[];
  readonly documents: readonly KubeObject[];
  /** The names of the Pods that exist at the moment of the action. */
  podNames(): readonly string[];
}

type Drawn = Omit<SwarmAction, 'at'>;

const COMPONENTS = [
  'kube-scheduler',
  'kube-controller-manager',
  'deployment-controller',
  'replicaset-controller',
  'endpointslice-controller',
  'disruption-controller',
  'garbage-collector-controller',
  'node-lifecycle-controller',
];

function drawCommand(random: Random, { deployments, nodeNames }: Surroundings): string {
  const name = pick(random, deployments);
  const node = pick(random, nodeNames);
  const commands: (() => string)[] = [
    () => `set image deployment/${name} main=${drawImage(random)}`,
    () => `set image deployment/${name} main=${drawImage(random)}`,
    () => `scale deployment/${name} --replicas=${random.below(8)}`,
    () => `scale deployment/${name} --replicas=${random.below(8)}`,
    () => `rollout undo deployment/${name}`,
    () => `rollout restart deployment/${name}`,
    () => `rollout pause deployment/${name}`,
    () => `rollout resume deployment/${name}`,
    () => `drain ${node} --ignore-daemonsets --force`,
    () => `drain ${node} --timeout=${20 + random.below(60)}s`,
    () => `cordon ${node}`,
    () => `uncordon ${node}`,
    () => `taint nodes ${node} swarm=yes:${pick(random, ['NoSchedule', 'NoExecute', 'PreferNoSchedule'])} --overwrite`,
    () => `taint nodes ${node} swarm-`,
    () => `label nodes ${node} topology.kubernetes.io/zone=zone-${'abc'.charAt(random.below(3))} --overwrite`,
    () => `label pods -l app=${name} turn=t${random.below(4)} --overwrite`,
    () => `annotate deployment/${name} note=n${random.below(9)} --overwrite`,
    () => `delete pods -l app=${name}${once(random, 3) ? ' --grace-period=0 --force' : ''}`,
    () => `delete rs -l app=${name} --cascade=${pick(random, ['background', 'foreground', 'orphan'])}`,
    () => `delete deployment ${name} --cascade=${pick(random, ['background', 'foreground', 'orphan'])}`,
    () => `delete service ${name}`,
  ];
  return pick(random, commands)();
}

function drawFault(random: Random, { nodeNames, deployments }: Surroundings): object {
  const duration = { for: `${1 + random.below(once(random, 2) ? 90 : 8)}s` };
  const node = pick(random, nodeNames);
  return pick(random, [
    () => ({ type: 'node-crash', node, ...duration }),
    () => ({ type: 'node-partition', node, ...duration }),
    () => ({ type: 'container-exit', pod: `${pick(random, deployments)}-*`, code: random.below(3) }),
    () => ({ type: 'oom-kill', pod: `${pick(random, deployments)}-*` }),
    () => ({ type: 'image-pull-error', image: pick(random, ['good:2', 'good:3', 'slow:1']), ...duration }),
    () => ({ type: 'registry-down', ...duration }),
    () => ({ type: 'component-down', component: pick(random, COMPONENTS), ...duration }),
    () => ({ type: 'component-down', component: 'kubelet', node, ...duration }),
    () => ({ type: 'api-server-down', for: `${200 + random.below(6000)}ms` }),
  ])();
}

/** Something on one Pod, by name. */
function drawOnPod(random: Random, podName: string): Drawn {
  return pick(random, [
    () => ({ kubectl: `label pod ${podName} app-` }),
    () => ({ kubectl: `label pod ${podName} app=d1 --overwrite` }),
    () => ({ kubectl: `delete pod ${podName}` }),
    () => ({ kubectl: `delete pod ${podName} --grace-period=0 --force` }),
    () => ({
      kubectl: `annotate pod ${podName} controller.kubernetes.io/pod-deletion-cost=${random.below(9) - 4} --overwrite`,
    }),
    () => ({ fault: { type: 'container-exit', pod: podName, code: 1 } }),
  ])();
}

/** One action. */
export function drawAction(random: Random, surroundings: Surroundings): Drawn {
  const dice = random.below(10);
  if (dice < 3) return { fault: drawFault(random, surroundings) };
  if (dice === 3) return { apply: pick(random, surroundings.documents) };
  if (dice === 4) {
    const names = surroundings.podNames();
    if (names.length > 0) return drawOnPod(random, pick(random, names));
  }
  return { kubectl: drawCommand(random, surroundings) };
}

/** Opens all Nodes, brings back what was deleted, and lets every Deployment go on. */
export function mendingActions(
  atMs: number,
  documents: readonly KubeObject[],
  nodeNames: readonly string[],
): SwarmAction[] {
  const opened = nodeNames.flatMap((node) => [`uncordon ${node}`, `taint nodes ${node} swarm-`]);
  const deployments = documents.filter(({ kind }) => kind === 'Deployment');
  const resumed = deployments.map(({ metadata }) => `rollout resume deployment/${metadata.name}`);
  const drawn: Drawn[] = [
    ...documents.map((document) => ({ apply: document })),
    ...[...opened, ...resumed].map((kubectl) => ({ kubectl })),
  ];
  return drawn.map((action, index) => ({ at: `${atMs + 1000 * index}ms`, ...action }));
}

/** Gives every Deployment an image that works, and removes Pods that nobody looks after. */
export function finalActions(atMs: number, deployments: readonly string[], strays: readonly Pod[]): SwarmAction[] {
  const commands = [
    ...strays.map(({ metadata }) => `delete pod ${metadata.name} --ignore-not-found --wait=false`),
    ...deployments.map((name) => `set image deployment/${name} main=good:9`),
  ];
  return commands.map((kubectl, index) => ({ at: `${atMs + index}ms`, kubectl }));
}

/** What people do in the swarm's scenarios. */
import type { KubeObject } from '../engine/api/meta';
import type { Pod } from '../engine/api/types';
import type { Random } from '../engine/kernel/random';
import { controllerUid } from './checkers/history';
import { type Drawn, once, pick, type SwarmAction } from './swarm-draws';
import { drawFaults } from './swarm-faults';
import { ZONES } from './swarm-placement';
import { settlingCommands } from './swarm-stateful';
import { drawImage, drawUrgentPod, settledDocuments, WIDGETS } from './swarm-workloads';

/** What actions can be about. */
export interface Surroundings {
  readonly nodeNames: readonly string[];
  readonly documents: readonly KubeObject[];
  /** The objects of these kinds that exist at the moment of the action. */
  existing(kinds: readonly string[]): readonly KubeObject[];
}

const namespaceOf = ({ metadata }: KubeObject): string => metadata.namespace ?? 'default';

const deploymentsOf = (documents: readonly KubeObject[]): KubeObject[] =>
  documents.filter(({ kind }) => kind === 'Deployment');

function drawOnDeployment(random: Random, deployment: KubeObject): string {
  const { name } = deployment.metadata;
  const commands: (() => string)[] = [
    () => `set image deployment/${name} main=${drawImage(random)}`,
    () => `set image deployment/${name} main=${drawImage(random)}`,
    () => `scale deployment/${name} --replicas=${random.below(8)}`,
    () => `scale deployment/${name} --replicas=${random.below(8)}`,
    () => `rollout undo deployment/${name}`,
    () => `rollout restart deployment/${name}`,
    () => `rollout pause deployment/${name}`,
    () => `rollout resume deployment/${name}`,
    () => `label pods -l app=${name} turn=t${random.below(4)} --overwrite`,
    () => `annotate deployment/${name} note=n${random.below(9)} --overwrite`,
    () => `delete pods -l app=${name}${once(random, 3) ? ' --grace-period=0 --force' : ''}`,
    () => `delete rs -l app=${name} --cascade=${pick(random, ['background', 'foreground', 'orphan'])}`,
    () => `delete deployment ${name} --cascade=${pick(random, ['background', 'foreground', 'orphan'])}`,
    () => `delete service ${name}`,
    () => 'delete pods --all --grace-period=0 --force',
    () => 'delete deployments,replicasets,pods --all --wait=false',
  ];
  return `${pick(random, commands)()} -n ${namespaceOf(deployment)}`;
}

function drawOnCluster(random: Random, { nodeNames }: Surroundings): string {
  const node = pick(random, nodeNames);
  const commands: (() => string)[] = [
    () => `drain ${node} --ignore-daemonsets --force`,
    () => `drain ${node} --timeout=${20 + random.below(60)}s`,
    () => `cordon ${node}`,
    () => `uncordon ${node}`,
    () => `taint nodes ${node} swarm=yes:${pick(random, ['NoSchedule', 'NoExecute', 'PreferNoSchedule'])} --overwrite`,
    () => `taint nodes ${node} swarm-`,
    () => `label nodes ${node} topology.kubernetes.io/zone=${pick(random, ZONES)} --overwrite`,
    () => (once(random, 3) ? `delete node ${node}` : `cordon ${node}`),
    () => (once(random, 3) ? 'delete namespace other --wait=false' : `uncordon ${node}`),
    () => `delete priorityclass ${pick(random, ['high', 'polite', 'low'])}`,
    () => `delete crd ${WIDGETS.metadata.name} --wait=false`,
    () => `delete widgets --all --cascade=${pick(random, ['background', 'foreground', 'orphan'])} --wait=false`,
  ];
  return pick(random, commands)();
}

/** What people leave behind and take up again: everything of a workload changes hands within a moment. */
function drawAdoption(random: Random, deployment: KubeObject): Drawn[] {
  const { name } = deployment.metadata;
  const place = `-n ${namespaceOf(deployment)}`;
  const orphaned = `delete deployment ${name} --cascade=orphan ${place}`;
  const sets = `delete rs -l app=${name} --cascade=orphan ${place}`;
  const again = { afterMs: random.below(once(random, 2) ? 200 : 4000), apply: deployment };
  return pick<() => Drawn[]>(random, [
    () => [{ kubectl: orphaned }, again],
    () => [{ kubectl: sets }],
    () => [{ kubectl: orphaned }, { kubectl: sets, afterMs: random.below(100) }, again],
  ])();
}

const UNGATE = `-p '[{"op":"remove","path":"/spec/schedulingGates"}]'`;

/** More or less CPU for a running container, or another container beside it. */
function drawOnContainers(random: Random, pod: Pod): string {
  const place = `${pod.metadata.name} -n ${namespaceOf(pod)}`;
  const { name } = pod.spec.containers[0] ?? {};
  const resources = { requests: { cpu: `${10 + random.below(40) * 20}m` } };
  const body = JSON.stringify({ spec: { containers: [{ name, resources }] } });
  if (once(random, 2)) return `patch pod ${place} --subresource=resize -p '${body}'`;
  return `debug ${place} --image=${drawImage(random)} -c look-${random.below(3)} -- sleep ${random.below(40)}`;
}

/** Something on one Pod, by name. */
function drawOnPod(random: Random, pod: KubeObject): Drawn {
  const { name } = pod.metadata;
  const on = (verb: string, rest = ''): Drawn => ({
    kubectl: `${verb} pod ${name} -n ${namespaceOf(pod)} ${rest}`.trim(),
  });
  const isGated = (pod as Pod).spec.schedulingGates !== undefined;
  if (isGated && once(random, 2)) return on('patch', `--type=json ${UNGATE}`);
  return pick(random, [
    () => on('label', 'app-'),
    () => on('label', 'app=d1 --overwrite'),
    () => on('label', 'pod-template-hash-'),
    () => on('patch', `--type=merge -p '{"metadata":{"labels":{"app":"${pick(random, ['d1', 'd2', 'none'])}"}}}'`),
    () => ({ kubectl: drawOnContainers(random, pod as Pod) }),
    () => ({ kubectl: drawOnContainers(random, pod as Pod) }),
    () => on('delete'),
    () => on('delete', '--grace-period=0 --force'),
    () => on('annotate', `controller.kubernetes.io/pod-deletion-cost=${random.below(9) - 4} --overwrite`),
    () => ({ fault: { type: 'container-exit', pod: `${namespaceOf(pod)}/${name}`, code: 1 } }),
  ])();
}

/** A widget or a ConfigMap that belongs to something there is. */
function drawOwned(random: Random, { existing }: Surroundings): Drawn | undefined {
  const owners = existing(['Deployment', 'ReplicaSet', 'Widget.swarm.example.com']);
  if (owners.length === 0) return undefined;
  const owner = pick(random, owners);
  const { apiVersion, kind, metadata } = owner;
  const blocks = once(random, 2);
  const isWidget = once(random, 2);
  const name = `owned-${random.below(4)}`;
  // What owns itself and blocks its owner's deletion waits for itself for ever when it is deleted in the foreground.
  const isItself = isWidget && kind === 'Widget' && metadata.name === name;
  const reference = {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    ...(blocks && !isItself ? { blockOwnerDeletion: true } : {}),
  };
  return {
    apply: {
      apiVersion: isWidget ? 'swarm.example.com/v1' : 'v1',
      kind: isWidget ? 'Widget' : 'ConfigMap',
      metadata: {
        name,
        namespace: metadata.namespace,
        ...(once(random, 4) ? {} : { ownerReferences: [reference] }),
      },
      ...(isWidget ? { spec: { size: random.below(9) } } : { data: { size: `${random.below(9)}` } }),
    },
  };
}

/** One action, or a few that belong together. */
export function drawActions(random: Random, surroundings: Surroundings): Drawn[] {
  const { documents, nodeNames, existing } = surroundings;
  const deployment = pick(random, deploymentsOf(documents));
  const dice = random.below(14);
  if (dice < 3) {
    const pods = `${namespaceOf(deployment)}/${deployment.metadata.name}-*`;
    return drawFaults(random, pick(random, nodeNames), pods);
  }
  if (dice === 3) return [{ apply: pick(random, documents) }];
  if (dice === 4) {
    const pods = existing(['Pod']);
    if (pods.length > 0) return [drawOnPod(random, pick(random, pods))];
  }
  if (dice === 5) return drawAdoption(random, deployment);
  if (dice === 6 && documents.includes(WIDGETS)) {
    const owned = drawOwned(random, surroundings);
    if (owned) return [owned];
  }
  if (dice === 7 || dice === 8) return [{ apply: drawUrgentPod(random) }];
  if (dice < 11) return [{ kubectl: drawOnCluster(random, surroundings) }];
  return [{ kubectl: drawOnDeployment(random, deployment) }];
}

/** Opens all Nodes, brings back what was deleted, without what holds it back, and lets every Deployment go on. */
export function mendingActions(
  atMs: number,
  documents: readonly KubeObject[],
  nodeNames: readonly string[],
): SwarmAction[] {
  const opened = nodeNames.flatMap((node) => [`uncordon ${node}`, `taint nodes ${node} swarm-`]);
  const resumed = deploymentsOf(documents).map(
    (one) => `rollout resume deployment/${one.metadata.name} -n ${namespaceOf(one)}`,
  );
  const drawn: Drawn[] = [
    ...settledDocuments(documents).map((document) => ({ apply: document })),
    ...[...opened, ...resumed].map((kubectl) => ({ kubectl })),
  ];
  return drawn.map((action, index) => ({ at: `${atMs + 1000 * index}ms`, ...action }));
}

/** Whether it has a container to look at it whose image never comes. */
const isLookedAtInVain = ({ spec }: Pod): boolean =>
  spec.ephemeralContainers?.some(({ image }) => image?.startsWith('missing:')) ?? false;

/** Removes Pods that nobody looks after, and those that would wait for ever. */
export const strayActions = (pods: readonly Pod[]): Drawn[] =>
  pods
    .filter((pod) => controllerUid(pod) === undefined || isLookedAtInVain(pod))
    .map((pod) => ({
      kubectl: `delete pod ${pod.metadata.name} -n ${namespaceOf(pod)} --ignore-not-found --wait=false`,
    }));

/** Gives every Deployment an image that works, and removes the kind that people brought along. */
export function finalActions(atMs: number, documents: readonly KubeObject[]): SwarmAction[] {
  const commands = [
    ...deploymentsOf(documents).map(
      (one) => `set image deployment/${one.metadata.name} main=good:9 -n ${namespaceOf(one)}`,
    ),
    ...settlingCommands(documents),
    ...(documents.includes(WIDGETS) ? [`delete crd ${WIDGETS.metadata.name} --wait=false`] : []),
  ];
  return commands.map((kubectl, index) => ({ at: `${atMs + index}ms`, kubectl }));
}

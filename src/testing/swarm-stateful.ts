/** The swarm's StatefulSets, DaemonSets and ReplicationControllers, and what people do to them. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick, type SwarmAction } from './swarm-draws';
import { ZONES } from './swarm-placement';
import { storageClass } from './swarm-storage';
import { IMAGES } from './swarm-workloads';

const drawImage = (random: Random): string => (once(random, 4) ? pick(random, IMAGES) : `good:${1 + random.below(3)}`);

function template(random: Random, name: string, place: object): object {
  const readinessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 1 + random.below(3), failureThreshold: 2 };
  const container = {
    name: 'main',
    image: drawImage(random),
    resources: { requests: { cpu: '20m', memory: '16Mi' } },
    ...(once(random, 2) ? { readinessProbe } : {}),
  };
  const terminationGracePeriodSeconds = pick(random, [0, 2, 10]);
  const labels = { app: name };
  return { metadata: { labels }, spec: { terminationGracePeriodSeconds, ...place, containers: [container] } };
}

function drawStatefulSet(random: Random): KubeObject[] {
  const name = 's1';
  const updateStrategy = pick(random, [
    { type: 'OnDelete' },
    { rollingUpdate: { partition: random.below(3) } },
    ...Array.from({ length: 3 }, () => ({ rollingUpdate: { partition: 0 } })),
  ]);
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
  };
  const policies = ['Retain', 'Delete'];
  const hasClaims = once(random, 2);
  const statefulSet: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels: { app: name } },
    spec: {
      serviceName: name,
      replicas: random.below(5),
      podManagementPolicy: pick(random, ['OrderedReady', 'OrderedReady', 'Parallel']),
      updateStrategy,
      minReadySeconds: once(random, 4) ? 2 : 0,
      revisionHistoryLimit: pick(random, [0, 2, 10]),
      ...(once(random, 4) ? { ordinals: { start: 3 } } : {}),
      persistentVolumeClaimRetentionPolicy: { whenDeleted: pick(random, policies), whenScaled: pick(random, policies) },
      selector: { matchLabels: { app: name } },
      template: template(random, name, {}),
      ...(hasClaims ? { volumeClaimTemplates: [claim] } : {}),
    },
  };
  const provisioner = pick(random, ['hostpath.csi.k8s.io', 'ebs.csi.aws.com']);
  const volumeBindingMode = pick(random, ['Immediate', 'WaitForFirstConsumer']);
  const spec = { clusterIP: 'None', selector: { app: name }, ports: [{ port: 80 }] };
  const service: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
  return [...(hasClaims ? [storageClass(['fast', provisioner, { volumeBindingMode }])] : []), service, statefulSet];
}

/**
 * DaemonSets surge no longer: where a kubelet under pressure turns the Pods of one that surges away, the controller makes Pods without end, as upstream's
 * does. It passes a failed Pod over while that waits for its back-off, sees none that runs, and makes the next at once (podsShouldBeOnNode).
 */
export function stopSurging(documents: readonly KubeObject[]): void {
  for (const document of documents.filter(({ kind }) => kind === 'DaemonSet')) {
    const spec = document.spec as { updateStrategy?: { rollingUpdate?: Readonly<Record<string, unknown>> } };
    if (spec.updateStrategy?.rollingUpdate?.maxSurge) spec.updateStrategy = { rollingUpdate: { maxUnavailable: 1 } };
  }
}

function drawDaemonSet(random: Random): KubeObject {
  const name = 'ds1';
  const updateStrategy = pick(random, [
    { type: 'OnDelete' },
    { rollingUpdate: { maxUnavailable: 1 } },
    { rollingUpdate: { maxUnavailable: pick(random, [2, '50%', '100%']) } },
    { rollingUpdate: { maxUnavailable: 0, maxSurge: pick(random, [1, '50%']) } },
  ]);
  const place = {
    ...(once(random, 3) ? { nodeSelector: { 'topology.kubernetes.io/zone': pick(random, ZONES) } } : {}),
    ...(once(random, 2) ? { tolerations: [{ key: 'swarm', operator: 'Exists' }] } : {}),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, labels: { app: name } },
    spec: {
      updateStrategy,
      minReadySeconds: once(random, 4) ? 2 : 0,
      revisionHistoryLimit: pick(random, [0, 2, 10]),
      selector: { matchLabels: { app: name } },
      template: template(random, name, place),
    },
  };
}

function drawReplicationController(random: Random): KubeObject {
  const metadata = { name: 'rc1', labels: { app: 'rc1' } };
  const spec = { replicas: random.below(4), selector: { app: 'rc1' }, template: template(random, 'rc1', {}) };
  return { apiVersion: 'v1', kind: 'ReplicationController', metadata, spec };
}

/** In half of the runs one of them, or several. */
export function drawStateful(random: Random): KubeObject[] {
  if (once(random, 2)) return [];
  return [
    ...(once(random, 3) ? [] : drawStatefulSet(random)),
    ...(once(random, 2) ? [drawDaemonSet(random)] : []),
    ...(once(random, 4) ? [drawReplicationController(random)] : []),
  ];
}

const PLURALS: Readonly<Record<string, string>> = {
  DaemonSet: 'daemonset',
  ReplicationController: 'replicationcontroller',
  StatefulSet: 'statefulset',
};

const drawnAmong = (documents: readonly KubeObject[]): KubeObject[] => documents.filter(({ kind }) => PLURALS[kind]);

function drawCommand(random: Random, { kind, metadata: { name } }: KubeObject): string {
  const on = `${PLURALS[kind]}/${name}`;
  const commands: (() => string)[] = [
    () => `set image ${on} main=${drawImage(random)}`,
    () => `set image ${on} main=${drawImage(random)}`,
    () => `rollout undo ${on}`,
    () => `rollout restart ${on}`,
    () => `scale ${on} --replicas=${random.below(6)}`,
    () => `scale ${on} --replicas=${random.below(6)}`,
    () => `delete pods -l app=${name}${once(random, 2) ? ' --grace-period=0 --force' : ' --wait=false'}`,
    () => `delete pod ${name}-${random.below(4)} --ignore-not-found --wait=false`,
    () => `delete ${on} --cascade=${pick(random, ['background', 'foreground', 'orphan'])} --wait=false`,
    () => `delete pvc --all --wait=false`,
    () => `label pod ${name}-${random.below(3)} app=off --overwrite`,
  ];
  return pick(random, commands)();
}

/** What people do to them between two times, each with its moment. */
export function drawStatefulActions(
  random: Random,
  documents: readonly KubeObject[],
  fromMs: number,
  toMs: number,
): { readonly at: string; readonly kubectl: string }[] {
  const drawn = drawnAmong(documents);
  if (drawn.length === 0) return [];
  const count = 2 + random.below(8);
  return Array.from({ length: count }, () => ({
    atMs: fromMs + random.below(toMs - fromMs),
    kubectl: drawCommand(random, pick(random, drawn)),
  })).map(({ atMs, kubectl }) => ({ at: `${atMs}ms`, kubectl }));
}

const hasLocalVolumes = (documents: readonly KubeObject[], spec: unknown): boolean =>
  JSON.stringify(spec).includes('"volumeClaimTemplates"') &&
  documents.some(({ kind, ...rest }) => kind === 'StorageClass' && JSON.stringify(rest).includes('hostpath.csi'));

/** In the end each gets an image that works, and Pods that are in its way are deleted, as people must do with StatefulSets. */
export function settlingCommands(documents: readonly KubeObject[]): string[] {
  const partition = `'{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'`;
  return drawnAmong(documents).flatMap(({ kind, metadata: { name }, spec }) => [
    // Below a partition the old template stays, with whatever is wrong in it.
    ...(JSON.stringify(spec).includes('"partition"')
      ? [`patch ${PLURALS[kind]}/${name} --type merge -p ${partition}`]
      : []),
    `set image ${PLURALS[kind]}/${name} main=good:9`,
    // What was on a node that somebody deleted is lost, so that its Pod would wait for ever.
    ...(hasLocalVolumes(documents, spec) ? [`delete pvc -l app=${name} --wait=false`] : []),
    `delete pods -l app=${name} --wait=false`,
  ]);
}

/**
 * People touch each StatefulSet and Deployment once what was in its way is gone: after many refusals, of a quota say, they would look again
 * only some ten minutes later.
 */
export function wakingActions(atMs: number, documents: readonly KubeObject[]): SwarmAction[] {
  const woken = documents.filter(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment');
  return woken.map(({ kind, metadata: { name } }) => ({
    at: `${atMs}ms`,
    kubectl: `annotate ${kind.toLowerCase()}/${name} looked=again --overwrite`,
  }));
}

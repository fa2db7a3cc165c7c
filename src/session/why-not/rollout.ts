/** Why a rollout waits: its bounds in numbers, and what the Pods it waits for say. */
import { findCondition, isPodReady } from '../../engine/api/conditions';
import type { KubeObject } from '../../engine/api/meta';
import { controllerOf } from '../../engine/api/meta';
import { isRollingUpdate, type RolloutBounds, rolloutBounds } from '../../engine/api/rollout-bounds';
import type { Deployment, Pod, ReplicaSet, ResourceQuota, StatefulSet } from '../../engine/api/types';
import { undoing, unreadyFinding } from './creating-pod';
import { noNodeFinding } from './no-node';
import { type Asked, type Candidate, command, type Finding, inNamespace, type Said, say, type World } from './said';
import { again, podsOf, targetOf } from './world';

/** How far a Deployment or a StatefulSet is from what it is to be: 0 when all is done. */
function missingOf(root: KubeObject): Finding['missing'] {
  return (world) => {
    const now = again<Deployment | StatefulSet>(world, root);
    if (!now) return 1;
    const { replicas = 1 } = now.spec;
    const {
      replicas: total = 0,
      updatedReplicas = 0,
      availableReplicas = 0,
      observedGeneration = 0,
    } = now.status ?? {};
    if (observedGeneration < (now.metadata.generation ?? 0)) return Math.max(1, replicas);
    const old = Math.max(0, total - updatedReplicas);
    return Math.max(0, replicas - updatedReplicas) + Math.max(0, replicas - availableReplicas) + old;
  };
}

/** Undefined while nothing is to be done. */
export function rolloutFinding(asked: Asked, root: Deployment | StatefulSet): Finding | undefined {
  const { world } = asked;
  const missing = missingOf(root);
  if (missing(world) === 0) return undefined;
  const waiting = waitingPod(world, root);
  const inner = waiting && (waiting.spec.nodeName ? unreadyFinding(world, waiting) : noNodeFinding(asked, waiting));
  const own =
    root.kind === 'Deployment' ? deploymentSentences(root as Deployment) : orderSentences(root as StatefulSet, waiting);
  // Why the API server refuses its Pods, if it does.
  const refused = findCondition((root as Deployment).status?.conditions, 'ReplicaFailure')?.message;
  return {
    sentences: [
      ...own,
      ...(refused ? [say('rollout.refused', { message: refused })] : []),
      ...(waiting ? waitingSentences(waiting, inner?.sentences ?? []) : []),
    ],
    verdicts: inner?.verdicts ?? [],
    candidates: unlike([
      ...deletions(root, waiting),
      ...(root.kind === 'Deployment' ? resuming(root as Deployment) : []),
      ...(refused ? quotaCandidates(world, root, refused) : []),
      ...(inner?.candidates ?? []),
      ...(root.kind === 'Deployment' ? boundCandidates(root as Deployment) : []),
      ...undoing(root),
    ]),
    missing,
    ...(root.kind === 'Deployment' ? { standing: standingOf(root as Deployment) } : {}),
  };
}

function waitingSentences({ metadata: { name } }: Pod, why: readonly Said[]): Said[] {
  return why.length > 0 ? [say('rollout.pod', { name }), ...why] : [say('rollout.podAlone', { name })];
}

/** The same change is offered once. */
function unlike(candidates: readonly Candidate[]): Candidate[] {
  const byText = new Map(candidates.map((each) => [JSON.stringify(each.input), each]));
  return [...byText.values()];
}

/** The Pod of the newest revision that is furthest from being ready. */
function waitingPod(world: World, root: KubeObject): Pod | undefined {
  const pods = podsOf(world, root).filter((pod) => !isPodReady(pod));
  const revision = (pod: Pod): number => {
    const owner = controllerOf(pod);
    const set =
      owner?.kind === 'ReplicaSet'
        ? world.get<ReplicaSet>('ReplicaSet', pod.metadata.namespace, owner.name)
        : undefined;
    return Number(set?.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  };
  const placed = (pod: Pod): number => (pod.spec.nodeName ? 1 : 0);
  return [...pods].sort(
    (a, b) => revision(b) - revision(a) || placed(a) - placed(b) || (a.metadata.name < b.metadata.name ? -1 : 1),
  )[0];
}

const boundsOf = (deployment: Deployment): RolloutBounds | undefined =>
  isRollingUpdate(deployment) ? rolloutBounds(deployment) : undefined;

function countsOf({ status }: Deployment) {
  const { replicas: total = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status ?? {};
  return { total, updated, available };
}

function standingOf(deployment: Deployment): Said {
  const { total, updated, available } = countsOf(deployment);
  return say('rollout.now', { count: total, updated, desired: deployment.spec.replicas ?? 1, available });
}

/** What keeps old Pods and new ones apart is only told where there are old ones. */
function deploymentSentences(deployment: Deployment): Said[] {
  const { total, updated, available } = countsOf(deployment);
  const bounds = boundsOf(deployment);
  const said: Said[] = deployment.spec.paused ? [say('rollout.paused')] : [];
  said.push(standingOf(deployment));
  if (!bounds || total <= updated) return said;
  const { desired, maxSurge: surge, maxUnavailable: unavailable } = bounds;
  const [most, least] = [desired + surge, desired - unavailable];
  said.push(say('rollout.bounds', { most, least, desired, surge, unavailable }));
  if (total >= most) said.push(say('rollout.full', { total, most }));
  if (available <= least) said.push(say('rollout.needed', { available, least }));
  return said;
}

/** A StatefulSet goes one by one, unless it may go in parallel: not even a Pod that has an older template is replaced before it is ready. */
function orderSentences(set: StatefulSet, waiting: Pod | undefined): Said[] {
  if (!waiting || set.spec.podManagementPolicy === 'Parallel') return [];
  const pod = waiting.metadata.name;
  return [say('rollout.ordered', { pod }), ...(isHeldBack(set, waiting) ? [say('rollout.behind', { pod })] : [])];
}

/** Whether an ordered StatefulSet waits for a Pod that has not the template that it is to have. */
function isHeldBack({ spec, status }: StatefulSet, { metadata }: Pod): boolean {
  if (spec.podManagementPolicy === 'Parallel' || metadata.deletionTimestamp) return false;
  return metadata.labels?.['controller-revision-hash'] !== status?.updateRevision;
}

/** What is deleted comes back with the template that it is to have. */
function deletions(root: Deployment | StatefulSet, waiting: Pod | undefined): Candidate[] {
  if (root.kind !== 'StatefulSet' || !waiting || !isHeldBack(root as StatefulSet, waiting)) return [];
  const { name, namespace } = waiting.metadata;
  const input = command(`delete pod ${name} --wait=false${inNamespace(namespace)}`);
  return [{ said: say('fix.delete', { pod: name }), input }];
}

function resuming(deployment: Deployment): Candidate[] {
  if (!deployment.spec.paused) return [];
  const text = `rollout resume ${targetOf(deployment)}${inNamespace(deployment.metadata.namespace)}`;
  return [{ said: say('fix.resume', { target: targetOf(deployment) }), input: command(text) }];
}

function patched(root: KubeObject, patch: object): Candidate['input'] {
  const target = `${targetOf(root)}${inNamespace(root.metadata.namespace)}`;
  return command(`patch ${target} --type=merge -p '${JSON.stringify(patch)}'`);
}

/** One more may be unavailable, one more may be there: each lets the other side move. */
function boundCandidates(deployment: Deployment): Candidate[] {
  const bounds = boundsOf(deployment);
  const { total, updated } = countsOf(deployment);
  if (!bounds || total <= updated) return [];
  const { desired, maxSurge: surge, maxUnavailable: unavailable } = bounds;
  const candidates: Candidate[] = [];
  const raise = (field: 'maxUnavailable' | 'maxSurge', from: number) =>
    patched(deployment, { spec: { strategy: { rollingUpdate: { [field]: from + 1 } } } });
  if (unavailable < desired) {
    const said = say('fix.unavailable', { from: unavailable, count: unavailable + 1 });
    candidates.push({ said, input: raise('maxUnavailable', unavailable) });
  }
  candidates.push({ said: say('fix.surge', { from: surge, count: surge + 1 }), input: raise('maxSurge', surge) });
  return candidates;
}

/** `exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2`: as much more as the Pods that are missing ask for. */
function quotaCandidates(world: World, root: KubeObject, message: string): Candidate[] {
  const name = /exceeded quota: ([^,]+),/.exec(message)?.[1];
  const quota = name && world.get<ResourceQuota>('ResourceQuota', root.metadata.namespace, name);
  const found = /requested: ([\w./-]+)=(\d+), used: [\w./-]+=(\d+), limited: [\w./-]+=(\d+)$/.exec(message);
  if (!quota || !found) return [];
  const [, resource = '', asked, used, from = ''] = found;
  const { replicas = 1 } = (root as Deployment).spec;
  const short = Math.max(1, replicas - podsOf(world, root).length);
  const to = String(Number(used) + Number(asked) * short);
  return [
    {
      said: say('fix.quota', { resource, name, from, to }),
      input: patched(quota, { spec: { hard: { [resource]: to } } }),
    },
  ];
}

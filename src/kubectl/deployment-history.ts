/**
 * The ReplicaSets of a Deployment and their revisions, for `kubectl rollout`.
 * Follows staging/src/k8s.io/kubectl/pkg/util/deployment/deployment.go and polymorphichelpers/{history,rollback}.go.
 */
import { controllerOf } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import { formatLabelSelector } from '../engine/api/selector';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../engine/api/types';
import type { Reader } from './command';
import { attempt, KubectlError } from './errors';

const REVISION = 'deployment.kubernetes.io/revision';
const HASH_LABEL = 'pod-template-hash';

/** The revision an object carries, or undefined when it has none or a broken one. */
export function revisionOf(object: ReplicaSet | Deployment): number | undefined {
  const text = object.metadata.annotations?.[REVISION];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The ReplicaSets that a Deployment owns, in order of name. */
export function replicaSetsOf(reader: Reader, deployment: Deployment): ReplicaSet[] {
  const labelSelector = formatLabelSelector(deployment.spec.selector);
  const all = reader.list<ReplicaSet>('ReplicaSet', { namespace: deployment.metadata.namespace, labelSelector });
  return all.filter((replicaSet) => controllerOf(replicaSet)?.uid === deployment.metadata.uid);
}

/** ReplicaSets by revision. */
export function historyOf(reader: Reader, deployment: Deployment): Map<number, ReplicaSet> {
  const history = new Map<number, ReplicaSet>();
  const owned = attempt(() => replicaSetsOf(reader, deployment));
  if (owned instanceof Error) {
    const { name } = deployment.metadata;
    throw new KubectlError(`failed to retrieve replica sets from deployment ${name}: ${owned.message}`);
  }
  for (const replicaSet of owned) {
    const revision = revisionOf(replicaSet);
    if (revision !== undefined) history.set(revision, replicaSet);
  }
  return history;
}

/** The template without the hash that the Deployment's controller adds. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH_LABEL]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The template of a ReplicaSet, which those of Deployments always have. */
export function templateOf(replicaSet: ReplicaSet): PodTemplateSpec {
  const { template } = replicaSet.spec;
  if (!template) throw new KubectlError(`ReplicaSet ${JSON.stringify(replicaSet.metadata.name)} has no template`);
  return template;
}

/** True when two templates differ at most in their hash. */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(withoutHash(a), withoutHash(b));
}

/** The ReplicaSet to go back to: of that revision, or with 0 the one before the latest. */
export function revisionToRestore(reader: Reader, deployment: Deployment, toRevision: number): ReplicaSet {
  const history = historyOf(reader, deployment);
  if (toRevision > 0) {
    const found = history.get(toRevision);
    if (!found) throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
    return found;
  }
  const revisions = [...history.keys()].sort((a, b) => b - a);
  const previous = revisions[1];
  if (previous === undefined) {
    throw new KubectlError(`no rollout history found for deployment ${JSON.stringify(deployment.metadata.name)}`);
  }
  return history.get(previous) as ReplicaSet;
}

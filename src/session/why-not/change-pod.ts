/** Changes to what Pods are made of: of a workload's template by a patch; a Pod that nobody owns is made anew. */
import type { KubeObject } from '../../engine/api/meta';
import { applyJsonPatch } from '../../engine/api/patch/json';
import type { Pod, PodSpec } from '../../engine/api/types';
import type { Input } from '../../engine/simulation';
import { command, inNamespace } from './said';
import { targetOf, type Workload } from './world';

/** One operation of a JSON patch, its path below the Pod's spec. */
export interface SpecOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Kinds whose template may be changed; a Job's may not. */
const CHANGEABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController']);

/** Undefined where it can't be changed. */
export function changeOfSpec(root: KubeObject, operations: readonly SpecOperation[]): Input | undefined {
  if (root.kind === 'Pod') return madeAnew(root as Pod, operations);
  if (!CHANGEABLE.has(root.kind)) return undefined;
  const patch = operations.map(({ path, ...rest }) => ({ ...rest, path: `/spec/template/spec${path}` }));
  return command(
    `patch ${targetOf(root)}${inNamespace(root.metadata.namespace)} --type=json -p '${JSON.stringify(patch)}'`,
  );
}

/** The Pod without what the cluster has given it, changed; `replace --force` deletes the old one first. */
function madeAnew({ metadata, spec }: Pod, operations: readonly SpecOperation[]): Input {
  const { name, namespace, labels, annotations } = metadata;
  const changed = applyJsonPatch({ ...spec, nodeName: undefined }, operations) as object;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec: changed };
  return command('replace --force --grace-period=0 -f -', JSON.stringify(pod));
}

/** What a Pod is to be like: a workload's template, where it has one, as nobody has filled it in yet. */
export const specOf = (root: KubeObject, pod: Pod): PodSpec =>
  root.kind === 'Pod' ? pod.spec : ((root as Workload).spec.template?.spec ?? pod.spec);

/** A key as a part of a path. */
export const asPart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

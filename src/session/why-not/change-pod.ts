/** Changes to what Pods are made of: of a workload's template by a patch; a Pod that nobody owns is made anew. */
import type { KubeObject } from '../../engine/api/meta';
import { clonePlain } from '../../engine/api/plain';
import type { Pod } from '../../engine/api/types';
import type { Input } from '../../engine/simulation';
import { command, inNamespace } from './said';
import { targetOf } from './world';

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

type Changeable = Record<string, unknown>;

/** The Pod without what the cluster has given it, changed; `replace --force` deletes the old one first. */
function madeAnew({ metadata, spec }: Pod, operations: readonly SpecOperation[]): Input {
  const { name, namespace, labels, annotations } = metadata;
  const changed = clonePlain(spec) as unknown as Changeable;
  changed.nodeName = undefined;
  for (const operation of operations) operate(changed, operation);
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec: changed };
  return command('replace --force --grace-period=0 -f -', JSON.stringify(pod));
}

/** Paths are ours: their parents are there. */
function operate(spec: Changeable, { op, path, value }: SpecOperation): void {
  const parts = path.split('/').slice(1);
  const last = parts.pop() as string;
  const parent = parts.reduce<unknown>((at, part) => (at as Changeable)[part], spec);
  if (Array.isArray(parent)) {
    const place = last === '-' ? parent.length : Number(last);
    parent.splice(place, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'remove') delete (parent as Changeable)[last];
  else (parent as Changeable)[last] = value;
}

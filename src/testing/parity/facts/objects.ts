/** Facts about objects: `final` (all that is there at the end), `conditions`, and `replicas` (counts over time). */
import { controllerOf, type KubeObject } from '../../../engine/api/meta';
import { cleanObject, isSystem } from '../clean';
import type { Substitute } from '../placeholders';
import { at, type Json, type JsonRecord, listAt, pushTo, type Run, sortLists, textAt } from '../run';

const WITH_CONDITIONS = [
  ...['Deployment', 'ReplicaSet', 'Pod', 'Job', 'Node', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
  'PersistentVolumeClaim',
];
const WITH_COUNTS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job'];

const labelOf = ({ kind, metadata: { namespace, name } }: KubeObject): string =>
  `${kind} ${namespace ? `${namespace}/` : ''}${name}`;

function liveObjects(run: Run): KubeObject[] {
  const live = new Map<string, KubeObject>();
  for (const { type, object } of run.watch) {
    const id = object.metadata.uid ?? labelOf(object);
    if (type === 'DELETED') live.delete(id);
    else live.set(id, object);
  }
  return [...live.values()].filter((object) => !isSystem(object));
}

/** Every object at the end; nodes of Pods only where the case is about them. */
export function final(run: Run, substitute: Substitute, keepNode: boolean): Json {
  const objects: JsonRecord = {};
  for (const object of liveObjects(run))
    pushTo(objects, substitute(labelOf(object)), cleanObject(object, substitute, keepNode));
  return sortLists(objects);
}

/** The conditions at the end, of the kinds the case names. */
export function conditions(run: Run, substitute: Substitute, kinds: readonly string[] = WITH_CONDITIONS): Json {
  const found: JsonRecord = {};
  for (const object of liveObjects(run)) {
    if (!kinds.includes(object.kind)) continue;
    const lines = listAt(object, 'status', 'conditions').map((condition) =>
      substitute(['type', 'status', 'reason', 'message'].map((field) => textAt(condition, field)).join(' | ')),
    );
    pushTo(found, substitute(labelOf(object)), lines.sort().join('\n'));
  }
  return sortLists(found);
}

function countsOf(object: KubeObject, isGone: boolean): string {
  const numbers = (...fields: readonly string[]): string =>
    fields.map((field) => Number(at(object, 'status', field) ?? 0)).join(' ');
  if (object.kind === 'Job') return numbers('active', 'succeeded', 'failed');
  if (object.kind === 'DaemonSet')
    return numbers('desiredNumberScheduled', 'updatedNumberScheduled', 'numberAvailable');
  return isGone ? 'deleted' : textAt(object, 'spec', 'replicas');
}

/** The distinct counts that each workload went through, and those of a Deployment's ReplicaSets together. */
export function replicas(run: Run, substitute: Substitute): Json {
  const rows: Record<string, string[]> = {};
  const add = (key: string, row: string): void => {
    rows[key] ??= [];
    if (rows[key].at(-1) !== row) rows[key].push(row);
  };
  const current = new Map<string, KubeObject>();
  for (const { type, object } of run.watch) {
    if (!WITH_COUNTS.includes(object.kind)) continue;
    const isGone = type === 'DELETED';
    if (isGone) current.delete(labelOf(object));
    else current.set(labelOf(object), object);
    add(substitute(labelOf(object)), countsOf(object, isGone));
    const owner = controllerOf(object);
    if (object.kind !== 'ReplicaSet' || owner?.kind !== 'Deployment') continue;
    const sets = [...current.values()].filter(
      (other) => other.kind === 'ReplicaSet' && controllerOf(other)?.uid === owner.uid,
    );
    const texts = sets.map((set) => `${substitute(set.metadata.name)}=${textAt(set, 'spec', 'replicas')}`);
    add(`rollout ${owner.name}`, texts.sort().join(' '));
  }
  return rows;
}

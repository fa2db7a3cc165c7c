/** Object → row, by its kind (row-registry.ts). */
import { controllerOf, type KubeObject } from '../engine/api/meta';
import { kindId } from '../engine/api/scheme';
import { otherRow } from './row-makers/other';
import { replicatedRow } from './row-makers/workload';
import { ROW_DEFINITIONS } from './row-registry';
import { type Row, type RowBase, type RowMaker, rowId } from './rows';

/** Rows by the object they were made of: objects never change, and jumps come back to the same ones again and again. */
const made = new WeakMap<KubeObject, Row>();

/** A custom object: one with a Pod template is a workload. */
const customRow: RowMaker = (base, object) =>
  (object as { spec?: { template?: unknown } }).spec?.template
    ? replicatedRow(base, object)
    : otherRow(true)(base, object);

/** How rows of a kind are made; undefined for kinds that have none. */
function makerOf(kind: string): RowMaker | undefined {
  const definition = ROW_DEFINITIONS.get(kind);
  if (!definition) return customRow;
  return definition.place === 'none' ? undefined : definition.make;
}

/** True when objects of this kind have rows. */
export function hasRows(kind: string): boolean {
  return makerOf(kind) !== undefined;
}

/** The row of an object; undefined for kinds that have none. */
export function rowOf(object: KubeObject): Row | undefined {
  const known = made.get(object);
  if (known) return known;
  const kind = kindId(object.apiVersion, object.kind);
  const row = makerOf(kind)?.(baseOf(object, kind), object);
  if (row) made.set(object, row);
  return row;
}

function baseOf(object: KubeObject, kind: string): RowBase {
  const { namespace, name, uid } = object.metadata;
  const owner = controllerOf(object);
  return {
    id: rowId(kind, namespace, name),
    kind,
    namespace: namespace ?? '',
    name,
    uid: uid ?? '',
    owner: owner && rowId(kindId(owner.apiVersion, owner.kind), owner.kind === 'Node' ? '' : namespace, owner.name),
  };
}

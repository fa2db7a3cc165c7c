/** The rows of kinds without a drawing of their own: kubectl's columns, and a word beside the name. */
import type { KubeObject } from '../../engine/api/meta';
import { findResource } from '../../engine/api/scheme';
import type { APIService } from '../../engine/api/types';
import type { OtherRow, RowBase, RowMaker } from '../rows';

/** What the endpoints controller makes says so; it has no owner. */
const MADE_BY = 'endpoints.kubernetes.io/managed-by';
/** Ages change without the object. */
const LEFT_OUT = /^(AGE|CREATED AT)$/;
const EMPTY = /^(|<none>|<unset>|<unknown>)$/;
/** For cells of kubectl's tables that are no ages. */
export const NO_CLOCK = { nowMs: 0, timeOf: () => 0 };

function cellsOf({ kind, name }: RowBase, object: KubeObject): OtherRow['cells'] {
  const table = findResource(kind)?.table;
  if (!table) return [];
  const cells = table.row(object, NO_CLOCK);
  return table.columns.flatMap(({ title }, index) => {
    const cell = cells[index] ?? '';
    return LEFT_OUT.test(title) || EMPTY.test(cell) || cell === name ? [] : [[title, cell] as const];
  });
}

/** Makes rows of a kind; `note` is the cell of kubectl's table to be seen beside the name. */
export function otherRow(listed: boolean, note?: string): RowMaker {
  return (base, object) => {
    const cells = cellsOf(base, object);
    return { ...base, other: true, listed, note: cells.find(([title]) => title === note)?.[1], cells };
  };
}

/** What this API server serves by itself is furniture; what others serve is named. */
export const apiServiceRow: RowMaker = (base, object) =>
  otherRow((object as APIService).spec?.service !== undefined, 'SERVICE')(base, object);

/** What usually stands behind another object: named where it is nobody's, as what was written by hand may be. */
export const nobodysRow: RowMaker = (base, object) => {
  const { ownerReferences, labels } = object.metadata;
  const isMade = labels !== undefined && MADE_BY in labels;
  return otherRow(!ownerReferences?.length && !isMade)(base, object);
};

/**
 * The rows of the moment the page shows. Only {@link applyDelta} writes them; unchanged rows keep their reference, so a
 * component that selects one row is woken only when that row changes. `structure` counts changes that the drawing's
 * cards and edges depend on.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { RowsDelta } from '../../view/diff';
import { isPod, type PodLook, type PodRow, type Row } from '../../view/rows';
import { changesStructure } from '../../view/structure';
import { useThrottled } from './throttled';

/** How many Pods are in each state. */
export type LookCounts = Readonly<Record<PodLook, number>>;

const NO_PODS: LookCounts = {
  pending: 0,
  creating: 0,
  notReady: 0,
  ready: 0,
  terminating: 0,
  failed: 0,
  succeeded: 0,
};

interface World {
  /** Changed in place, because copying thousands of entries per frame is what makes pages stutter; see `version`. */
  readonly rows: Map<string, Row>;
  readonly version: number;
  readonly structure: number;
  readonly podCount: number;
  readonly looks: LookCounts;
}

export const useWorld = create<World>(() => ({
  rows: new Map(),
  version: 0,
  structure: 0,
  podCount: 0,
  looks: NO_PODS,
}));

/** Brings the rows to another moment. */
export function applyDelta(delta: RowsDelta): void {
  const { rows, version, structure } = useWorld.getState();
  let { podCount } = useWorld.getState();
  const looks = { ...useWorld.getState().looks };
  let restructured = false;
  const gone = delta.full ? staleIds(rows, delta.put) : delta.removed;
  for (const id of gone) {
    const row = rows.get(id);
    if (!row) continue;
    if (isPod(row)) {
      podCount -= 1;
      looks[row.look] -= 1;
    }
    rows.delete(id);
    restructured = true;
  }
  for (const row of delta.put) {
    const before = rows.get(row.id);
    if (isPod(row)) {
      if (before) looks[(before as PodRow).look] -= 1;
      else podCount += 1;
      looks[row.look] += 1;
    }
    restructured ||= changesStructure(before, row);
    rows.set(row.id, row);
  }
  if (!restructured && delta.put.length === 0) return;
  useWorld.setState({ version: version + 1, structure: structure + (restructured ? 1 : 0), podCount, looks });
}

function staleIds(rows: ReadonlyMap<string, Row>, put: readonly Row[]): string[] {
  const kept = new Set(put.map((row) => row.id));
  return [...rows.keys()].filter((id) => !kept.has(id));
}

/** All rows, for what is made of many of them: another object whenever one of the counts has gone on, at most once in so many ms. */
export function useRows(count: 'version' | 'structure', waitMs: number): Pick<World, 'rows'> {
  const at = useThrottled(
    useWorld((world) => world[count]),
    waitMs,
  );
  return useMemo(() => ({ rows: useWorld.getState().rows, at }), [at]);
}

/** One row, of the type the caller knows it has. */
export function useRow<R extends Row>(id: string | undefined): R | undefined {
  return useWorld((world) => (id === undefined ? undefined : (world.rows.get(id) as R | undefined)));
}

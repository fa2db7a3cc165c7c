/** Where the lanes of one workload in two branches are drawn differently. */
import { deepEqual } from '../../engine/api/plain';
import type { Lane, Series } from '../lanes/lane-shapes';

/** What of a lane is drawn in a bucket; empty where nothing is. */
function drawnIn(lane: Lane | null, bucket: number): readonly unknown[] {
  if (!lane) return [];
  const valueIn = (series: Series) => series[bucket] ?? -1;
  if (lane.type === 'runs') {
    const present = lane.runs.filter(({ from, to }) => from <= bucket && bucket < to);
    return present.map(({ job, state }) => [job, state]);
  }
  if (lane.type !== 'amounts' && lane.type !== 'rollout') return [];
  const amounts = Object.entries(lane.series)
    .map(([name, series]) => [name, valueIn(series)] as const)
    .filter(([, value]) => value >= 0);
  const stacks = lane.type === 'rollout' ? lane.stacks : [];
  const layers = stacks
    .filter(({ counts }) => valueIn(counts) > 0)
    .map(({ replicaSet, revisions, counts }) => [replicaSet, valueIn(revisions), valueIn(counts)]);
  return [...amounts, ...layers];
}

/** By bucket: 1 where they differ, else 0. */
export function differingIn(a: Lane | null, b: Lane | null, buckets: number): Series {
  return Array.from({ length: buckets }, (_, bucket) => (deepEqual(drawnIn(a, bucket), drawnIn(b, bucket)) ? 0 : 1));
}

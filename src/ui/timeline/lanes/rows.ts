/** Which lanes stand where: every lane of every group has its place, only those in sight are asked for and drawn. Pure. */
import { LANE_GROUPS, type LaneGroup, type LaneSlice } from '../../../view/lanes/lane-shapes';

/** Heights of the lanes of each group, in pixels. */
export const LANE_HEIGHTS: Readonly<Record<LaneGroup, number>> = {
  happenings: 20,
  traffic: 34,
  workloads: 34,
  pods: 17,
  storage: 17,
  nodes: 17,
  controllers: 15,
};

export const HEAD_HEIGHT = 18;

/** A group as it stands: its head (if it has one), and its lanes one below the other. */
export interface Placed {
  readonly group: LaneGroup;
  readonly total: number;
  /** Undefined: it has none. */
  readonly headPx: number | undefined;
  readonly lanesPx: number;
  readonly folded: boolean;
}

/** Where every group stands below `topPx`, and how high all of them are. What happened has no head: it is always there. */
export function placed(
  totals: Readonly<Partial<Record<LaneGroup, number>>>,
  folded: readonly LaneGroup[],
  topPx: number,
): { groups: readonly Placed[]; heightPx: number } {
  const groups: Placed[] = [];
  let y = topPx;
  for (const group of LANE_GROUPS) {
    const total = totals[group] ?? 0;
    if (total === 0) continue;
    const hasHead = group !== 'happenings';
    const isFolded = hasHead && folded.includes(group);
    const headPx = hasHead ? y : undefined;
    if (hasHead) y += HEAD_HEIGHT;
    groups.push({ group, total, headPx, lanesPx: y, folded: isFolded });
    if (!isFolded) y += total * LANE_HEIGHTS[group];
  }
  return { groups, heightPx: y };
}

/** Lanes above and below what is in sight that are there too: keys reach them before they are seen. */
const SPARE = 3;

/** Which lanes of each group are in sight. */
export function slicesIn(groups: readonly Placed[], scrollPx: number, heightPx: number): LaneSlice[] {
  return groups.flatMap(({ group, total, lanesPx, folded }) => {
    if (folded) return [];
    const each = LANE_HEIGHTS[group];
    const first = Math.max(0, Math.min(total, Math.floor((scrollPx - lanesPx) / each) - SPARE));
    const end = Math.max(0, Math.min(total, Math.ceil((scrollPx + heightPx - lanesPx) / each) + SPARE));
    return end > first ? [{ group, first, count: end - first }] : [];
  });
}

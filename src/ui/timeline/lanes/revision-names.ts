/** Where the numbers of a Deployment's revisions are written: each in the longest stretch of its band that has room for it. Pure. */
import type { RevisionStack } from '../../../view/lanes/lane-shapes';
import { STAIRS_HEIGHT } from './stairs';

/** What a name needs, in px. */
const NAME_HEIGHT = 10;
/** Less of what is in sight is too short for a name. */
const LEAST_SHARE = 0.06;

/** Buckets, from the first to before the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A name in its place. */
export interface RevisionName extends Stretch {
  readonly replicaSet: string;
  readonly revision: number;
  /** Of the lane's height, from the top, in px. */
  readonly middlePx: number;
}

/** Revisions on one another, the oldest at the bottom. */
export function layersOf(
  stacks: readonly RevisionStack[],
): { readonly stack: RevisionStack; readonly below: readonly number[] }[] {
  let below: readonly number[] = [];
  return stacks.map((stack) => {
    const layer = { stack, below };
    below = stack.counts.map((count, bucket) => Math.max(0, count) + (below[bucket] ?? 0));
    return layer;
  });
}

/** The stretches in which a band stays as it is, in sight. */
function stretchesOf({ counts, revisions }: RevisionStack, below: readonly number[], seen: Stretch): Stretch[] {
  const stretches: Stretch[] = [];
  const isSame = (at: number, other: number): boolean =>
    counts[at] === counts[other] && revisions[at] === revisions[other] && (below[at] ?? 0) === (below[other] ?? 0);
  for (let from = seen.from; from < seen.to; ) {
    let to = from + 1;
    while (to < seen.to && isSame(from, to)) to += 1;
    if ((counts[from] ?? 0) > 0) stretches.push({ from, to });
    from = to;
  }
  return stretches;
}

/** The names; one revision alone needs none. `top`: the amount that is as high as the lane. `seen`: the buckets in sight. */
export function revisionNames(stacks: readonly RevisionStack[], top: number, seen: Stretch): RevisionName[] {
  if (stacks.length < 2) return [];
  const pxOf = (amount: number): number => (amount / Math.max(1, top)) * (STAIRS_HEIGHT - 6);
  return layersOf(stacks).flatMap(({ stack, below }) => {
    const { replicaSet, counts, revisions } = stack;
    const longest = new Map<number, Stretch>();
    for (const stretch of stretchesOf(stack, below, seen)) {
      const { from, to } = stretch;
      const hasRoom = pxOf(counts[from] ?? 0) >= NAME_HEIGHT && to - from >= LEAST_SHARE * (seen.to - seen.from);
      const known = longest.get(revisions[from] ?? -1);
      if (hasRoom && (!known || to - from > known.to - known.from)) longest.set(revisions[from] ?? -1, stretch);
    }
    return [...longest].map(([revision, { from, to }]) => {
      const middlePx = STAIRS_HEIGHT - 2 - pxOf((below[from] ?? 0) + (counts[from] ?? 0) / 2);
      return { replicaSet, revision, from, to, middlePx };
    });
  });
}

/**
 * Which branches of a session have chips. Acting twice in a row makes two branches, as time had run on in between; a
 * branch whose future nobody ever looked at is then no more than the beginning of the next, and shares its chip.
 */
import type { BranchInfo } from '../session/session';
import type { BranchChip, BranchOrigin } from './branch-shapes';

export interface BranchNotes {
  /** The last step of each branch that was shown. */
  readonly seen: Map<number, number>;
  /** Branches that go on in another. */
  readonly continued: Set<number>;
}

/** Notes of a fresh session, or of one that was brought back. */
export function newNotes(continued: readonly number[] = []): BranchNotes {
  return { seen: new Map(), continued: new Set(continued) };
}

/** A step of a branch is shown. */
export function noteSeen({ seen }: BranchNotes, branch: number, step: number): void {
  if ((seen.get(branch) ?? -1) < step) seen.set(branch, step);
}

/** Something was done at a step of one branch, which made another. The first branch always keeps its chip. */
export function noteFork({ seen, continued }: BranchNotes, from: BranchInfo, step: number): void {
  if (from.parent !== null && (seen.get(from.id) ?? 0) <= step) continued.add(from.id);
}

const originOf = ({ id, parent, fromStep }: BranchInfo): BranchOrigin => ({ id, parent, fromStep });

/** The chips, in the order in which the branches arose. A branch that was continued in one that is gone has its own again. */
export function chipsOf(branches: readonly BranchInfo[], { continued }: BranchNotes): BranchChip[] {
  const byId = new Map(branches.map((branch) => [branch.id, branch]));
  const parents = new Set(branches.map(({ parent }) => parent));
  const isHidden = (id: number) => continued.has(id) && parents.has(id);
  const chips: BranchChip[] = [];
  for (const branch of branches) {
    if (isHidden(branch.id)) continue;
    let first = branch;
    const through = [originOf(branch)];
    const labels = [branch.label];
    while (first.parent !== null && isHidden(first.parent)) {
      first = byId.get(first.parent) as BranchInfo;
      labels.unshift(first.label);
      through.push(originOf(first));
    }
    const { parent, fromStep, fromMs } = first;
    const shared = through.length > 1 ? { through } : {};
    chips.push({ id: branch.id, parent, fromStep, fromMs, label: labels.join(', then '), ...shared });
  }
  return chips;
}

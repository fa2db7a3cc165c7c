/**
 * Which branches of a session have chips. Acting twice in a row makes two branches, as time had run on in between; a
 * branch whose future nobody ever looked at is then no more than the beginning of the next, and shares its chip.
 */
import type { BranchInfo } from '../session/session';
import type { BranchChip } from './protocol';

export interface BranchNotes {
  /** The last step of each branch that was shown. */
  readonly seen: Map<number, number>;
  /** Branches that held half-typed edits. */
  readonly replaced: Set<number>;
  /** Branches that go on in another. */
  readonly continued: Set<number>;
}

/** Notes of a fresh session. */
export function newNotes(): BranchNotes {
  return { seen: new Map(), replaced: new Set(), continued: new Set() };
}

/** A step of a branch is shown. */
export function noteSeen({ seen }: BranchNotes, branch: number, step: number): void {
  if ((seen.get(branch) ?? -1) < step) seen.set(branch, step);
}

/** Something was done at a step of one branch, which made another. The first branch always keeps its chip. */
export function noteFork({ seen, continued }: BranchNotes, from: BranchInfo, step: number): void {
  if (from.parent !== null && (seen.get(from.id) ?? 0) <= step) continued.add(from.id);
}

/** The chips, in the order in which the branches arose. */
export function chipsOf(branches: readonly BranchInfo[], { replaced, continued }: BranchNotes): BranchChip[] {
  const chips: BranchChip[] = [];
  for (const branch of branches) {
    if (replaced.has(branch.id) || continued.has(branch.id)) continue;
    let first = branch;
    const labels = [branch.label];
    for (let id = branch.parent; id !== null && (continued.has(id) || replaced.has(id)); id = branches[id]!.parent) {
      if (replaced.has(id)) continue;
      first = branches[id]!;
      labels.unshift(first.label);
    }
    const { fromStep, simulation } = first;
    const fromMs = fromStep > 0 ? simulation.traceAt(fromStep).time : 0;
    chips.push({ id: branch.id, parent: branch.parent, fromStep, fromMs, label: labels.join(', then ') });
  }
  return chips;
}

/** Branches as the page is told of them. */

/** Where a branch has come from. */
export interface BranchOrigin {
  readonly id: number;
  readonly parent: number | null;
  readonly fromStep: number;
}

/** One line of time, as its chip shows it. */
export interface BranchChip extends BranchOrigin {
  readonly fromMs: number;
  readonly label: string;
  /** Of the branches that share the chip, where there are several. */
  readonly through?: readonly BranchOrigin[];
}

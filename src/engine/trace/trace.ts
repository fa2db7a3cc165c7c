/** The record of what happened: one entry per step, as the contract's section 2 lists it. */
import type { ObjectReference } from '../client/component';

/** One atomic thing that one component did. */
export interface TraceStep {
  /** 1, 2, 3 … */
  readonly step: number;
  /** Virtual ms. */
  readonly time: number;
  readonly actor: string;
  readonly verb: string;
  readonly object: ObjectReference | null;
  /** The step that led to it. */
  readonly cause: number | null;
  /** One plain sentence. */
  readonly message: string;
}

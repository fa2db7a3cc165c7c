/** What a kubelet remembers of the resize of a Pod. */
import type { Pod } from '../api/types';

/** A condition of a resize. */
export interface ResizeCondition {
  readonly reason: string;
  readonly message: string;
  readonly generation: number;
  /** metav1.Time since when it has had its reason. */
  readonly since: string;
  readonly probedAt: string;
}

/** How the resize of a Pod stands. */
export interface PodResize {
  /** The Pod as the API has it, while what it asks for is not allocated. */
  readonly wanted?: Pod;
  readonly pending?: ResizeCondition;
  readonly progress?: ResizeCondition;
}

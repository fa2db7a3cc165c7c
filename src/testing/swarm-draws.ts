/** How the swarm chooses, and what it chooses of what people do. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';

/** One of these. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}

/** True once in `times`. */
export const once = (random: Random, times: number): boolean => random.below(times) === 0;

/** One of a scenario's actions. */
export interface SwarmAction {
  readonly at: string;
  readonly kubectl?: string;
  readonly apply?: KubeObject;
  readonly fault?: object;
}

/** One whose moment comes later, and how long after that it is due. */
export interface Drawn extends Omit<SwarmAction, 'at'> {
  readonly afterMs?: number;
}

/**
 * All strategies by kind: the one place where a kind is given its rules.
 */
import type { Strategy } from '../strategy';

/** The strategy of every simulated kind; a kind that is not here gets the generic behaviour. */
export const STRATEGIES: ReadonlyMap<string, Strategy> = new Map<string, Strategy>([]);

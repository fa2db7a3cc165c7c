/** From how far one looks at the drawing, for what is in it. */
import { createContext } from 'react';

/** True when the drawing as a whole is simplified. */
export const Simplified = createContext(false);

/** True when one looks closely. */
export const Near = createContext(false);

/** From more Pods than the first number a drawing shows a crowd, until there are fewer than the second. */
const CROWD_ABOVE = 800;
const CROWD_UNTIL = 600;

/**
 * Whether so many Pods are drawn as pictures at any distance. What became a picture stays one while the number goes up and
 * down, as it does in a rollout: else every Pod's element, and the table that stands in for them, would come and go with it.
 */
export const isCrowd = (podCount: number, wasCrowd: boolean): boolean =>
  podCount > (wasCrowd ? CROWD_UNTIL : CROWD_ABOVE);

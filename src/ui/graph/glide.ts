/** How the camera moves by itself: it glides, unless that is unwanted. */

/** Whether a person wants nothing to move. */
export const isMotionReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const GLIDE_MS = 320;

/** As React Flow's camera takes it; `isStill`: it is not to be seen moving. */
export const glide = (isStill = false): { readonly duration: number } => ({
  duration: isStill || isMotionReduced() ? 0 : GLIDE_MS,
});

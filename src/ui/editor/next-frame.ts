/** Between two pieces of work: whatever else waits has its turn, and what has changed is drawn. */

/** Pages in the background are not drawn. */
const LONGEST_FRAME_MS = 100;

/** See the header. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME_MS);
  });

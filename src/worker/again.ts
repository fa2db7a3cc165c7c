/** What could not be fetched is asked for again: a network may fail for a while. */

/** So long after each failure. */
export const AGAIN_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000];

/** Loads something; rejects when it can't be had for a while. */
export async function insisting<T>(load: () => Promise<T>): Promise<T> {
  for (const waitMs of AGAIN_MS) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, waitMs));
    }
  }
  return load();
}

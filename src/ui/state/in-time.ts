/** What the browser is asked for and may never answer: storage that another program locks, a lock manager that hangs. The page goes on without it. */

/** Calls back after a while; the answer takes that back. */
export type Later = (task: () => void, ms: number) => () => void;

/** So long storage is waited for, where something waits for what it has. */
const PATIENCE_MS = 3_000;
/** Nothing waits for what is written: a machine that is busy may take its time before that counts as lost. */
export const WRITING_MS = 12_000;

/** The answer, if it comes in time.
 * @throws Error when it does not; a late one is passed over. */
export function inTime<T>(answer: Promise<T>, later: Later, patienceMs = PATIENCE_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = later(() => reject(new Error('the browser does not answer')), patienceMs);
    answer.then(resolve, reject).finally(cancel);
  });
}

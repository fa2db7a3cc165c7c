/** What the browser is asked for and may never answer: storage that another program locks, a lock manager that hangs. The page goes on without it. */

/** Calls back after a while; the answer takes that back. */
export type Later = (task: () => void, ms: number) => () => void;

/** So long storage is waited for. */
const PATIENCE_MS = 3_000;

/** The answer, if it comes in time.
 * @throws Error when it does not; a late one is passed over. */
export function inTime<T>(answer: Promise<T>, later: Later): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = later(() => reject(new Error('the browser does not answer')), PATIENCE_MS);
    answer.then(resolve, reject).finally(cancel);
  });
}

/** The page without a network: a service worker keeps it, once everything it consists of has been loaded and the browser has nothing else to do. */

/** What is fetched for later must not be in the way of what is fetched for now. */
const AFTER_MS = 3_000;

/** See the header. Where the page stands in another one, or is being developed, nothing is kept. */
export function keepForOffline(): void {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!import.meta.env.PROD || !serviceWorker || parent !== window) return;
  setTimeout(() => {
    // A browser looks for a new release when it sees fit, which may be late. Where nothing can be kept the page works all the same, with a network.
    serviceWorker
      .register('./service-worker.js')
      .then((registration) => registration.update())
      .catch(() => undefined);
  }, AFTER_MS);
}

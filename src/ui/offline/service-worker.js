/*
 * Keeps the page for times without a network. RELEASE and FILES are written before this when the page is built (src/cli/offline.ts).
 * What carries its content's hash in its name never changes and comes from the cache; all else (the page itself first of all) is asked of
 * the network, so that a new release shows at the next visit, and comes from the cache where there is none. The release before stays until
 * the one after it, for tabs that still run it.
 */
const PREFIX = 'kubestep-';
const CACHE = PREFIX + RELEASE;
/** A network that does not answer within this is none. */
const WAIT_MS = 4_000;
const HASHED = /\/assets\/[^/]+-[\w-]{8}\.\w+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(
        FILES.map((file) => new Request(file, { cache: HASHED.test(`/${file}`) ? 'default' : 'reload' })),
      );
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

/** From the cache of this release, else of the one before. */
async function cached(request) {
  const own = await (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });
  return own ?? caches.match(request, { ignoreSearch: true, ignoreVary: true });
}

async function fromNetwork(request) {
  const kept = await cached(request.mode === 'navigate' && isPage(request.url) ? './index.html' : request);
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS, kept));
  return Promise.race([fetch(request).then((answer) => (answer.ok ? answer : kept)), late]).catch(() => kept);
}

/** Whether an address is the page's own, by either of its names. */
function isPage(url) {
  const { pathname } = new URL(url);
  const home = new URL('./', self.location.href).pathname;
  return pathname === home || pathname === `${home}index.html`;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (HASHED.test(request.url)) event.respondWith(cached(request).then((kept) => kept ?? fetch(request)));
  else event.respondWith(fromNetwork(request));
});

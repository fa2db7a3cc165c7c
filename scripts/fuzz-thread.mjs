/** The fuzzing thread: says which case it begins, so that whoever watches knows what hangs, and what was wrong with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { createServer } from 'vite';
import { root } from './prepare.mjs';

const server = await createServer({
  root,
  server: { middlewareMode: true, ws: false, watch: null },
  logLevel: 'error',
});
const { runCase, targets } = await server.ssrLoadModule('/src/testing/fuzz/registry.ts');
const chosen = targets().filter(({ name }) => !workerData.only || name === workerData.only);
for (let seed = workerData.from; chosen.length > 0; seed++) {
  for (const target of chosen) {
    parentPort.postMessage({ begin: target.name, seed });
    const { input, complaints } = runCase(target, seed);
    parentPort.postMessage({ end: target.name, seed, input, complaints });
  }
}

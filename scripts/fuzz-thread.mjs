/** The fuzzing thread: says which case it begins, so that whoever watches knows what hangs, and what was wrong with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadSource } from './source-module.mjs';

const { loaded } = await loadSource('/src/testing/fuzz/registry.ts');
const { runCase, targets } = loaded;
const chosen = targets().filter(({ name }) => !workerData.only || name === workerData.only);
for (let seed = workerData.from; chosen.length > 0; seed++) {
  for (const target of chosen) {
    parentPort.postMessage({ begin: target.name, seed });
    const { input, complaints } = runCase(target, seed);
    parentPort.postMessage({ end: target.name, seed, input, complaints });
  }
}

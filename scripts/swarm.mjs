/**
 * `npm run swarm -- --runs 10000`: random scenarios from seeds, nine of ten small, each run to rest and held against every promise
 * (src/testing/checkers). `--from SEED` (default 1), `--threads N` (default: all processors but one). Exit code 1 when a promise was
 * broken; the scenarios of such seeds are written to the system's folder for temporary files, for `kubestep run`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { optionsOf } from './options.mjs';
import { ensureInstalled } from './prepare.mjs';
import { bundleSource } from './source-module.mjs';

const values = optionsOf({
  runs: { type: 'string', default: '100' },
  from: { type: 'string', default: '1' },
  threads: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
});
const from = Number(values.from);
const runs = Number(values.runs);
const threads = Number(values.threads);
if (![from, runs, threads].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('--runs, --from and --threads are whole numbers from 1 on');
  process.exit(2);
}
ensureInstalled();
const folder = mkdtempSync(join(tmpdir(), 'kubestep-swarm-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const swarm = await bundleSource('src/testing/swarm.ts', folder);

let next = from;
let done = 0;
const failed = [];

function report({ seed, complaints }) {
  done++;
  if (complaints.length > 0) {
    failed.push(seed);
    console.log(`seed ${seed}: ${complaints.length} complaints\n  ${complaints.slice(0, 6).join('\n  ')}`);
  }
  if (done % 50 === 0) console.log(`${done} of ${runs} runs, ${failed.length} with complaints`);
}

function thread() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./swarm-thread.mjs', import.meta.url), {
      workerData: { swarm, folder: tmpdir() },
    });
    const give = () => {
      if (next < from + runs) worker.postMessage(next++);
      else void worker.terminate().then(resolve);
    };
    worker.on('message', (message) => {
      if (message.seed !== undefined) report(message);
      give();
    });
    worker.on('error', reject);
  });
}

await Promise.all(Array.from({ length: Math.min(threads, runs) }, thread));
const where =
  failed.length > 0 ? ` (seeds ${failed.join(', ')}; see ${join(tmpdir(), 'kubestep-swarm-SEED.yaml')})` : '';
console.log(`${done} runs from seed ${from}: ${failed.length} with complaints${where}`);
process.exitCode = failed.length > 0 ? 1 : 0;

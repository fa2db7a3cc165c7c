/**
 * `npm run fuzz`: random inputs of every kind until the time is up: nothing may throw, stop the cluster, take over 5 s, or answer in
 * JavaScript's words. `-- --minutes 10`, `--from SEED`, `--only TARGET` (kubectl, manifests, shell, texts, links). Exit code 1 when
 * something is wrong; each finding names its target and seed and prints its input.
 */
import { Worker } from 'node:worker_threads';
import { optionsOf } from './options.mjs';
import { ensureInstalled } from './prepare.mjs';

const LONGEST_MS = 5000;
/** Findings of one target that are alike are printed so often. */
const ALIKE = 3;

const values = optionsOf({
  minutes: { type: 'string', default: '1' },
  from: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  only: { type: 'string' },
});
ensureInstalled();

const deadline = Date.now() + Number(values.minutes) * 60_000;
const counts = {};
const alike = {};
let findings = 0;

function report(target, seed, input, complaints) {
  findings++;
  const kind = `${target} ${complaints[0].replace(/\d+/g, '0').slice(0, 60)}`;
  alike[kind] = (alike[kind] ?? 0) + 1;
  if (alike[kind] > ALIKE) return;
  console.log(`\n── ${target}, seed ${seed}\n${complaints.slice(0, 3).join('\n')}\n${input.slice(0, 1500)}`);
}

/** Runs a thread from a seed on until it hangs or time is up; resolves with the seed to go on from. */
function runFrom(from) {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./fuzz-thread.mjs', import.meta.url), {
      workerData: { from, only: values.only },
    });
    let current = { begin: '', seed: from };
    let since = Date.now();
    const stop = (next) => {
      clearInterval(watchdog);
      void worker.terminate().then(() => resolve(next));
    };
    const watchdog = setInterval(() => {
      if (Date.now() > deadline) stop(undefined);
      else if (current.begin && Date.now() - since > LONGEST_MS) {
        report(current.begin, current.seed, '(run it with --from and --only)', [`takes more than ${LONGEST_MS} ms`]);
        stop(current.seed + 1);
      }
    }, 200);
    worker.on('message', (message) => {
      since = Date.now();
      if (message.begin) {
        current = message;
        return;
      }
      counts[message.end] = (counts[message.end] ?? 0) + 1;
      if (message.complaints.length > 0) report(message.end, message.seed, message.input, message.complaints);
    });
    worker.on('error', (error) => {
      report(current.begin, current.seed, '', [`the thread died: ${error.message}`]);
      stop(current.seed + 1);
    });
  });
}

let next = Number(values.from);
console.log(`from seed ${next}`);
while (next !== undefined && Date.now() < deadline) next = await runFrom(next);
console.log(`\n${JSON.stringify(counts)}: ${findings} findings`);
process.exitCode = findings > 0 ? 1 : 0;

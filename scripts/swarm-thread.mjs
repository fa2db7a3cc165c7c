/** A thread of the swarm: asks for a seed, runs it, says what was wrong. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { runSwarm } = await import(workerData.swarm);

function run(seed) {
  try {
    const { text, complaints } = runSwarm(seed);
    if (complaints.length > 0) writeFileSync(join(workerData.folder, `kubestep-swarm-${seed}.yaml`), text);
    return { seed, complaints };
  } catch (error) {
    return { seed, complaints: [`it broke off: ${error instanceof Error ? error.stack : error}`] };
  }
}

parentPort.on('message', (seed) => parentPort.postMessage(run(seed)));
parentPort.postMessage({});

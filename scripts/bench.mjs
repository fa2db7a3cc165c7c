/**
 * `npm run bench`: what the engine costs, measured, not asserted. Each size runs in a process of its own; the same work is
 * done by @ngrok/webernetes, which runs in real time (its CPU seconds are compared, not its waiting). `--quick` leaves out
 * the sizes that take minutes, `--no-browser` the part in Chromium. `--variants SEEDS` compares rolling updates under load instead.
 * `--help` lists these.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from './options.mjs';
import { ensureInstalled, root, runOrExit, tool } from './prepare.mjs';

const {
  quick,
  variants: seeds,
  'no-browser': withoutBrowser,
} = optionsOf({ quick: { type: 'boolean' }, 'no-browser': { type: 'boolean' }, variants: { type: 'string' } });
ensureInstalled();
runOrExit(tool('vite'), ['build', '--config', 'src/testing/bench/vite.config.ts'], { stdio: ['ignore', 2, 2] });

function measure(script, args = [], nodeArgs = []) {
  console.error(`${script} ${args.join(' ')} …`);
  const path = join(root, 'dist', 'bench', `${script}.js`);
  const result = spawnSync(process.execPath, ['--max-old-space-size=8192', ...nodeArgs, path, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const line = result.stdout.trim().split('\n').pop() ?? '';
  if (result.status !== 0 || !line.startsWith('{')) return undefined;
  return JSON.parse(line);
}

function table(title, head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => String(row[column]).length)));
  const print = (cells) => console.log(cells.map((cell, column) => String(cell).padStart(widths[column])).join('  '));
  console.log(`\n${title}`);
  print(head);
  for (const row of rows) print(row);
}

if (seeds !== undefined) {
  table(
    `Rolling updates of WordPress at 50 requests a second through a NodePort, over ${seeds} seeds`,
    ['variant', 'seeds that lose requests', 'sent', 'failed', 'in a thousand', 'worst seed'],
    (measure('variants', [seeds])?.rows ?? []).map(({ what, failing, sent, failed, worst }) => {
      const thousandths = (share) => (share * 1000).toFixed(2);
      return [what, failing, sent, failed, thousandths(failed / sent), thousandths(worst)];
    }),
  );
  process.exit();
}

const number = (value, digits = 2) => (value === undefined ? '–' : value.toFixed(digits));
const sizes = quick ? [10, 100, 300] : [10, 100, 300, 1000, 10_000];
const own = sizes.map((size) => measure('rollout', [String(size)]));
table(
  'Deployment of N replicas: create, rolling update, scale to 0 (CPU seconds)',
  ['replicas', 'create', 'update', 'to 0', 'total', 'steps', 'ms per Pod', 'peak MiB'],
  own.map((cost, index) =>
    cost
      ? [
          sizes[index],
          number(cost.createS),
          number(cost.updateS),
          number(cost.scaleS),
          number(cost.cpuS),
          cost.steps,
          number((cost.cpuS * 1000) / cost.replicas),
          number(cost.peakMiB, 0),
        ]
      : [sizes[index], 'failed', '', '', '', '', '', ''],
  ),
);

const loads = [
  ['20', '500', '300'],
  ['20', '500', '20'],
  ['1000', '100000', '60'],
].map((load) => measure('traffic', load));
table(
  'Requests from outside to a Service, after its Pods run (CPU seconds; the cluster goes on meanwhile)',
  ['Pods', 'a second', 'seconds', 'sent', 'ok', 'CPU seconds', 'peak MiB'],
  loads.map((cost) =>
    cost
      ? [cost.pods, cost.perSecond, cost.seconds, cost.sent, cost.ok, number(cost.cpuS), number(cost.peakMiB, 0)]
      : ['failed', '', '', '', '', '', ''],
  ),
);

const onManyNodes = ['Deployment on as many nodes', 'DaemonSet'];
const withClaims = 'StatefulSet with claims';
const podsOf = (kind) => {
  if (kind === withClaims) return '100';
  if (onManyNodes.includes(kind)) return quick ? '100' : '500';
  return quick ? '200' : '1000';
};
const kinds = ['Deployment', 'StatefulSet in parallel', 'StatefulSet in order', withClaims, 'Job', ...onManyNodes].map(
  (kind) => measure('by-kind', [kind, podsOf(kind)]),
);
const perPod = (cost) => cost && (cost.cpuS * 1000) / cost.pods;
const ofFewer = measure('by-kind', ['Deployment', podsOf(withClaims)]);
/** Nodes cost by themselves, and so does the start: what is on many, or is fewer, is held against a Deployment like that. */
function likeDeployment({ kind }) {
  if (kind === withClaims) return perPod(ofFewer);
  return perPod(onManyNodes.includes(kind) ? kinds.find((cost) => cost?.kind === onManyNodes[0]) : kinds[0]);
}
table(
  'Pods of each kind, from their creation to their end (a Job each for Jobs)',
  ['kind', 'Pods', 'CPU seconds', 'ms per Pod', 'times Deployment', 'steps', 'peak MiB'],
  kinds.map((cost, index) =>
    cost
      ? [
          cost.kind,
          cost.pods,
          number(cost.cpuS),
          number(perPod(cost)),
          number(perPod(cost) / likeDeployment(cost)),
          cost.steps,
          number(cost.peakMiB, 0),
        ]
      : [index, 'failed', '', '', '', '', ''],
  ),
);

const peerSizes = quick ? [10, 100] : [10, 100, 300];
const peers = peerSizes.map((size) => measure('rollout-webernetes', [String(size)]));
table(
  'The same on @ngrok/webernetes 0.3.5',
  ['replicas', 'create', 'update', 'to 0', 'total', 'peak MiB', 'times Kubestep'],
  peers.map((cost, index) => {
    const mine = own[sizes.indexOf(peerSizes[index])];
    if (!cost) return [peerSizes[index], 'failed', '', '', '', '', ''];
    const ratio = mine ? cost.cpuS / mine.cpuS : undefined;
    return [
      peerSizes[index],
      number(cost.createS),
      number(cost.updateS),
      number(cost.scaleS),
      number(cost.cpuS),
      number(cost.peakMiB, 0),
      number(ratio, 0),
    ];
  }),
);

const seek = measure('seek', [], ['--expose-gc']);
if (seek) {
  table(
    'Jumps in a history of 100,000 steps and 1,000 Pods',
    ['steps', 'revisions', 'history MiB', 'jump p50 ms', 'p99 ms', 'fork p50 CPU ms', 'max CPU ms', 'fork keeps MiB'],
    [
      [
        seek.steps,
        seek.revisions,
        number(seek.historyMiB, 0),
        number(seek.seekP50Ms),
        number(seek.seekP99Ms),
        number(seek.forkP50Ms, 0),
        number(seek.forkMaxMs, 0),
        number(seek.forkMiB),
      ],
    ],
  );
}
console.log(`\nNode ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`);
if (!withoutBrowser) await import('./bench-browser.mjs');

/** The swarm's Jobs and CronJobs, in a namespace of their own, and what people do to them. Drawn apart from everything else. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick, type SwarmAction } from './swarm-draws';

/** Where they are. */
const NAMESPACE = 'jobs';

/** How their images behave; `ends` and `fails` do what they say after a while. */
export const JOB_PROGRAMS = [
  { image: 'ends:*', pull: '500ms', start: '200ms', exit: { after: '6s', code: 0 }, sigterm: { exitAfter: '1s' } },
  { image: 'fails:*', pull: '500ms', start: '200ms', exit: { after: '3s', code: 3 } },
  { image: 'long:*', pull: '500ms', exit: { after: '70s', code: 0 }, sigterm: { exitAfter: '4s' } },
];

function drawTemplate(random: Random): object {
  const image = pick(random, ['ends:1', 'ends:1', 'ends:1', 'fails:1', 'long:1']);
  const text = 'sleep 2; test $((JOB_COMPLETION_INDEX % 2)) = 0 || exit 4';
  const container = once(random, 4) ? { image: 'busybox:1.36', command: ['sh', '-c', text] } : { image };
  const resources = once(random, 3) ? { resources: { requests: { cpu: '100m' } } } : {};
  const spec = {
    restartPolicy: once(random, 4) ? 'OnFailure' : 'Never',
    terminationGracePeriodSeconds: pick(random, [0, 2, 10]),
    containers: [{ name: 'main', ...container, ...resources }],
  };
  return { spec };
}

function drawFailurePolicy(random: Random): object {
  const rules = [
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    { action: pick(random, ['FailJob', 'Count']), onExitCodes: { operator: 'In', values: [3, 4] } },
  ];
  return { podFailurePolicy: { rules } };
}

/** Limits are low, so that no wait is longer than a minute. */
function drawJobSpec(random: Random): Record<string, unknown> {
  const template = drawTemplate(random) as { spec: { restartPolicy: string } };
  const isIndexed = once(random, 2);
  const completions = 1 + random.below(5);
  const parallelism = 1 + random.below(4);
  const mode = isIndexed ? { completionMode: 'Indexed', completions } : once(random, 4) ? {} : { completions };
  // Containers that are started again have no limit per index but the number of restarts, which would be for ever.
  const isPerIndex = isIndexed && template.spec.restartPolicy === 'Never' && once(random, 2);
  const limits = isPerIndex
    ? { backoffLimitPerIndex: random.below(3), ...(once(random, 2) ? { maxFailedIndexes: 1 } : {}) }
    : { backoffLimit: random.below(4) };
  const mayJudge = template.spec.restartPolicy === 'Never' && once(random, 3);
  return {
    ...mode,
    ...limits,
    parallelism,
    ...(mayJudge ? drawFailurePolicy(random) : {}),
    ...(!mayJudge && once(random, 3) ? { podReplacementPolicy: 'Failed' } : {}),
    ...(isIndexed && once(random, 3) ? { successPolicy: { rules: [{ succeededIndexes: '0' }] } } : {}),
    ...(once(random, 4) ? { activeDeadlineSeconds: 5 + random.below(30) } : {}),
    ...(once(random, 4) ? { ttlSecondsAfterFinished: random.below(20) } : {}),
    ...(once(random, 5) ? { suspend: true } : {}),
    template,
  };
}

/** In every second run: up to three Jobs and a CronJob, their namespace first. */
export function drawJobs(random: Random): KubeObject[] {
  if (once(random, 2)) return [];
  const documents: KubeObject[] = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }];
  const count = 1 + random.below(3);
  for (let index = 1; index <= count; index++) {
    const metadata = { name: `j${index}`, namespace: NAMESPACE };
    documents.push({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: drawJobSpec(random) });
  }
  const { suspend: _suspend, ...spec } = drawJobSpec(random);
  const schedule = pick(random, ['* * * * *', '@every 20s', '*/2 * * * *']);
  const cronSpec = {
    schedule,
    concurrencyPolicy: pick(random, ['Allow', 'Forbid', 'Replace']),
    successfulJobsHistoryLimit: random.below(3),
    failedJobsHistoryLimit: random.below(2),
    ...(once(random, 3) ? { startingDeadlineSeconds: 10 } : {}),
    ...(once(random, 3) ? { timeZone: pick(random, ['Europe/Paris', 'Asia/Kolkata', 'Etc/UTC']) } : {}),
    jobTemplate: { spec },
  };
  const metadata = { name: 'c1', namespace: NAMESPACE };
  documents.push({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: cronSpec });
  return documents;
}

function drawJobAction(random: Random, documents: readonly KubeObject[]): Omit<SwarmAction, 'at'> {
  const jobs = documents.filter(({ kind }) => kind === 'Job');
  const { name } = pick(random, jobs).metadata;
  const patch = (what: string, spec: object): string => `patch ${what} -p '${JSON.stringify({ spec })}'`;
  const cascade = pick(random, ['background', 'foreground', 'orphan']);
  const size = random.below(5);
  const commands = [
    patch(`job ${name}`, { suspend: once(random, 2) }),
    patch(`job ${name}`, { parallelism: size }),
    patch(`job ${name}`, { parallelism: size + 1, completions: size + 1 }),
    `delete job ${name} --cascade=${cascade} --wait=false`,
    `delete pods --all --wait=false${once(random, 3) ? ' --grace-period=0 --force' : ''}`,
    patch('cronjob c1', { suspend: once(random, 2) }),
    patch('cronjob c1', { concurrencyPolicy: pick(random, ['Allow', 'Forbid', 'Replace']) }),
    patch('cronjob c1', { schedule: pick(random, ['@every 15s', '* * * * *']) }),
    `create job by-hand-${random.below(3)} --from=cronjob/c1`,
    `delete cronjob c1 --cascade=${cascade} --wait=false`,
  ];
  if (once(random, 6)) return { apply: pick(random, documents.slice(1)) };
  if (once(random, 8)) return { fault: { type: 'container-exit', pod: `${NAMESPACE}/${name}-*`, code: 3 } };
  return { kubectl: `${pick(random, commands)} -n ${NAMESPACE}` };
}

/** What people do to them until they stop. */
export function drawJobActions(random: Random, documents: readonly KubeObject[], stopMs: number): SwarmAction[] {
  if (documents.length === 0) return [];
  return Array.from({ length: random.below(10) }, () => ({
    at: `${2000 + random.below(stopMs)}ms`,
    ...drawJobAction(random, documents),
  }));
}

/** The calendar stands still in the end, or nothing would ever come to rest. */
export function finalJobActions(atMs: number, documents: readonly KubeObject[]): SwarmAction[] {
  if (documents.length === 0) return [];
  const suspended = JSON.stringify({ spec: { suspend: true } });
  return [{ at: `${atMs}ms`, kubectl: `patch cronjob c1 -n ${NAMESPACE} -p '${suspended}'` }];
}

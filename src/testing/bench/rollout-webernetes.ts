/**
 * The same work as rollout.ts on @ngrok/webernetes, which runs in real time: CPU seconds count, not the wait.
 * Prints one JSON line.
 */
import { BaseImage, Cluster, type ProcessContext } from '@ngrok/webernetes';
import { cpuSeconds, peakMiB } from './measure';

const DEADLINE_MS = 15 * 60_000;

class Web extends BaseImage {
  static readonly imageName: string = 'web';
  static readonly imageVersion: string = '1';
  readonly defaultCommand = ['serve'];

  override async exec(context: ProcessContext): Promise<number> {
    context.listenHttp(80, async () => ({ statusCode: 200, body: 'ok' }));
    return await context.waitUntilKilled();
  }
}

class NewWeb extends Web {
  static override readonly imageVersion = '2';
}

interface Status {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  availableReplicas?: number;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(replicas: number): Promise<void> {
  const cluster = new Cluster();
  cluster.registerImage(Web);
  cluster.registerImage(NewWeb);
  await cluster.init();
  const namespace = 'default';
  const pods = new Set<string>();
  let status: Status = {};
  cluster.informer('deployments', (_type, deployment) => {
    status = (deployment.status ?? {}) as Status;
  }).start();
  const podInformer = cluster.informer('pods', (type, pod) => {
    const { name = '', labels } = pod.metadata ?? {};
    if (labels?.app !== 'web') return;
    if (type === 'delete') pods.delete(name);
    else pods.add(name);
  });
  podInformer.start();
  const manifest = (count: number, version: string) => ({
    apiVersion: 'apps/v1' as const,
    kind: 'Deployment' as const,
    metadata: { name: 'web', namespace },
    spec: {
      replicas: count,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'app', image: `web:${version}`, ports: [{ containerPort: 80 }] }] },
      },
    },
  });
  const isDone = (wanted: number, generation: number) =>
    (status.observedGeneration ?? 0) >= generation &&
    (status.replicas ?? 0) === wanted &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    pods.size === wanted;
  const phases: Record<string, number> = {};
  const phase = async (name: string, count: number, version: string, generation: number): Promise<void> => {
    const before = process.cpuUsage();
    const end = performance.now() + DEADLINE_MS;
    await cluster.apply([manifest(count, version)]);
    while (!isDone(count, generation) && performance.now() < end) await sleep(100);
    if (!isDone(count, generation)) throw new Error(`${name} did not end: ${JSON.stringify(status)}, ${pods.size} Pods`);
    phases[name] = cpuSeconds(before);
  };
  await phase('createS', replicas, '1', 1);
  await phase('updateS', replicas, '2', 2);
  await phase('scaleS', 0, '2', 3);
  const cpuS = Object.values(phases).reduce((sum, seconds) => sum + seconds, 0);
  console.log(JSON.stringify({ replicas, ...phases, cpuS, peakMiB: peakMiB() }));
  process.exit(0);
}

await main(Number(process.argv[2] ?? 10));

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
    context.listenHttp(80, async () => ({ statusCode: 200, body: 'ok' }) as never);
    return await context.waitUntilKilled();
  }
}

class NewWeb extends Web {
  static override readonly imageVersion = '2';
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(replicas: number): Promise<void> {
  const cluster = new Cluster();
  cluster.registerImage(Web);
  cluster.registerImage(NewWeb);
  await cluster.init();
  const namespace = 'default';
  const pods = new Map<string, { image: string; ready: boolean }>();
  cluster.informer('pods', (type, { metadata, spec, status }) => {
    if (metadata?.labels?.app !== 'web') return;
    const name = metadata.name ?? '';
    const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
    if (type === 'delete') pods.delete(name);
    else pods.set(name, { image: spec?.containers[0]?.image ?? '', ready: ready === true });
  });
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
  const isDone = (wanted: number, version: string) =>
    pods.size === wanted && [...pods.values()].every((pod) => pod.ready && pod.image === `web:${version}`);
  const phases: Record<string, number> = {};
  const phase = async (name: string, count: number, version: string): Promise<void> => {
    const before = process.cpuUsage();
    const end = performance.now() + DEADLINE_MS;
    await cluster.apply([manifest(count, version)]);
    while (!isDone(count, version) && performance.now() < end) await sleep(100);
    if (!isDone(count, version)) throw new Error(`${name} did not end: ${pods.size} Pods`);
    phases[name] = cpuSeconds(before);
  };
  await phase('createS', replicas, '1');
  await phase('updateS', replicas, '2');
  await phase('scaleS', 0, '2');
  const cpuS = Object.values(phases).reduce((sum, seconds) => sum + seconds, 0);
  console.log(JSON.stringify({ replicas, ...phases, cpuS, peakMiB: peakMiB() }));
  process.exit(0);
}

await main(Number(process.argv[2] ?? 10));

/** The swarm's autoscalers: for Deployments that may stand anywhere, so that any size can be had. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

interface Workload {
  readonly template: {
    readonly spec: { readonly containers: readonly { readonly ports?: readonly { hostPort?: number }[] }[] };
  };
}

const PLACED = ['affinity', 'nodeSelector', 'topologySpreadConstraints', 'tolerations'];

/** Whether any number of its Pods finds a place in the end. */
function isFree({ kind, spec }: KubeObject): boolean {
  if (kind !== 'Deployment') return false;
  const { template } = spec as unknown as Workload;
  const hasHostPort = template.spec.containers.some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort));
  return !hasHostPort && !PLACED.some((field) => field in template.spec);
}

function drawBehavior(random: Random): object {
  if (!once(random, 3)) return {};
  const window = { stabilizationWindowSeconds: pick(random, [0, 30, 120]) };
  const policies = [{ type: pick(random, ['Pods', 'Percent']), value: pick(random, [1, 2, 50]), periodSeconds: 30 }];
  return pick(random, [
    { behavior: { scaleDown: window } },
    { behavior: { scaleUp: { ...window, policies } } },
    { behavior: { scaleDown: { ...window, policies, selectPolicy: 'Min' } } },
  ]);
}

/** In a third of the runs autoscalers for some of the Deployments. */
export function drawAutoscalers(random: Random, documents: readonly KubeObject[]): KubeObject[] {
  if (!once(random, 3)) return [];
  return documents
    .filter((document) => isFree(document) && !once(random, 3))
    .map(({ metadata }) => {
      const { name, namespace } = metadata;
      const min = 1 + random.below(3);
      return {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name, ...(namespace ? { namespace } : {}) },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: min,
          maxReplicas: min + random.below(5),
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: pick(random, [30, 50, 80]) },
              },
            },
          ],
          ...drawBehavior(random),
        },
      };
    });
}

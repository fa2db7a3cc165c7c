/** The swarm's sources of requests: to Services that are there, or not, from everywhere, until after all faults have healed. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

const targetOf = ({ metadata: { name, namespace = 'default' } }: KubeObject): string => `http://${name}.${namespace}/`;

const HOST = 'swarm.example';

/** In a quarter of the runs an Ingress for some of the Services, of a controller that is known. */
export function drawIngress(random: Random, documents: readonly KubeObject[]): KubeObject[] {
  const services = documents.filter(
    ({ kind, spec }) => kind === 'Service' && !(spec as { clusterIP?: string }).clusterIP,
  );
  if (!once(random, 4) || services.length === 0) return [];
  const controller = pick(random, ['k8s.io/ingress-nginx', 'traefik.io/ingress-controller']);
  const namespace = pick(random, services).metadata.namespace ?? 'default';
  const own = services.filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace);
  const paths = own.map(({ metadata: { name } }, index) => ({
    path: index === 0 ? '/' : `/${name}`,
    pathType: pick(random, ['Prefix', 'ImplementationSpecific']),
    backend: { service: { name, port: { number: pick(random, [80, 80, 81]) } } },
  }));
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'swarm' },
      spec: { controller },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'swarm', namespace },
      spec: { ingressClassName: 'swarm', rules: [{ host: HOST, http: { paths } }] },
    },
  ];
}

function senderOf(random: Random, nodeNames: readonly string[]): object {
  if (once(random, 2)) return {};
  if (once(random, 2)) return { source: { node: pick(random, nodeNames) } };
  return { source: { pods: 'app', namespace: 'default' } };
}

/** In a third of the runs one or two sources. */
export function drawTraffic(
  random: Random,
  documents: readonly KubeObject[],
  nodeNames: readonly string[],
  untilMs: number,
): object[] {
  if (!once(random, 3)) return [];
  const services = documents.filter(({ kind }) => kind === 'Service').map(targetOf);
  const hosts = documents.some(({ kind }) => kind === 'Ingress') ? services.map(() => `http://${HOST}/`) : [];
  return Array.from({ length: 1 + random.below(2) }, (_, index) => ({
    name: `source-${index}`,
    target: pick(random, [...services, ...services, ...hosts, 'http://nobody.default/']),
    rps: once(random, 3)
      ? [
          { at: '1s', rps: 1 },
          { at: '2m', rps: 7 },
        ]
      : pick(random, [0.7, 3, 5]),
    from: `${random.below(20_000)}ms`,
    to: `${untilMs}ms`,
    timeout: pick(random, ['200ms', '1s', '3s']),
    retries: pick(random, [0, 0, 2]),
    keepAlive: once(random, 3),
    clients: pick(random, [1, 3, 10]),
    ...senderOf(random, nodeNames),
  }));
}

/** The swarm's networks: how proxies are set, whom policies shut off, and lone Pods whose containers have restart rules of their own. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

/** Settings of components: in half of the runs another proxy, in a third a plugin that enforces policies. */
export function drawComponents(random: Random): object {
  const proxy = pick(random, [
    undefined,
    undefined,
    { mode: 'nftables' },
    { mode: 'ipvs', 'ipvs-scheduler': pick(random, ['rr', 'lc', 'dh', 'sh', 'sed', 'nq']) },
  ]);
  return {
    ...(proxy ? { 'kube-proxy': proxy } : {}),
    ...(once(random, 3) ? { 'network-plugin': { 'enforces-network-policy': 'true' } } : {}),
  };
}

/** In half of the runs a policy that lets nothing, or some, into the Pods of a Deployment. */
export function drawPolicies(random: Random, documents: readonly KubeObject[]): KubeObject[] {
  const deployments = documents.filter(({ kind }) => kind === 'Deployment');
  if (!once(random, 2) || deployments.length === 0) return [];
  const { name, namespace } = pick(random, deployments).metadata;
  const ingress = once(random, 2) ? [] : [{ from: [{ podSelector: { matchLabels: { app: name } } }] }];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'swarm', ...(namespace ? { namespace } : {}) },
      spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress },
    },
  ];
}

const ENDS = [
  'exit 0',
  'exit 42',
  'sleep 3; exit 42',
  'sleep 2; exit 1',
  'test -e /v/x && exit 0; touch /v/x; exit 42',
  'trap "exit 42" TERM; while true; do sleep 1; done',
];

function drawRuled(random: Random, name: string): object {
  const exitCodes = { operator: pick(random, ['In', 'NotIn']), values: [pick(random, [0, 1, 42])] };
  const restartPolicyRules = [{ action: pick(random, ['Restart', 'Restart', 'RestartAllContainers']), exitCodes }];
  return {
    name,
    image: 'busybox:1.36',
    command: ['sh', '-c', pick(random, ENDS)],
    volumeMounts: [{ name: 'v', mountPath: '/v' }],
    ...(once(random, 4) ? {} : { restartPolicy: pick(random, ['Never', 'OnFailure']), restartPolicyRules }),
    ...(once(random, 4)
      ? { livenessProbe: { exec: { command: ['false'] }, periodSeconds: 5, failureThreshold: 2 } }
      : {}),
  };
}

/** In a third of the runs a lone Pod with such containers. */
export function drawRuledPod(random: Random): KubeObject[] {
  if (!once(random, 3)) return [];
  const names = ['one', 'two'].slice(0, 1 + random.below(2));
  const spec = {
    restartPolicy: pick(random, ['Always', 'OnFailure', 'Never']),
    terminationGracePeriodSeconds: pick(random, [0, 2, 10]),
    containers: names.map((name) => drawRuled(random, name)),
    volumes: [{ name: 'v', emptyDir: {} }],
  };
  return [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'ruled', labels: { app: 'ruled' } }, spec }];
}

/**
 * The Secret that kube-webhook-certgen makes: charts with an admission webhook run it in a Job and mount what it made in their Deployment.
 * Follows images/kube-webhook-certgen of ingress-nginx (cmd/create.go). Simplified: the kubelet asks for it as the Pod's ServiceAccount when the
 * program has ended, certificates are placeholders, and a refusal is told without changing how the program ended.
 */
import { StatusError } from '../api/status-error';
import type { Container, Secret } from '../api/types';
import { isOffline, type Kubelet } from './api-writes';
import type { PodRecord } from './records';

const IMAGE = /\/kube-webhook-certgen[:@]/;
const PLACEHOLDER = 'c2ltdWxhdGVk';

/** Makes it, when this container of the Pod has just done that. */
export function makeCertificates(kubelet: Kubelet, { pod }: PodRecord, { image = '', args = [] }: Container): void {
  const option = (flag: string, otherwise: string): string =>
    args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3) ?? otherwise;
  if (!IMAGE.test(image) || args[0] !== 'create' || isOffline(kubelet)) return;
  const { context } = kubelet;
  const { namespace = '' } = pod.metadata;
  const user = { name: `system:serviceaccount:${namespace}:${pod.spec.serviceAccountName}`, groups: [] };
  const keys = [option('ca-name', 'ca'), option('cert-name', 'cert'), option('key-name', 'key')];
  const secret: Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    // Charts name the Pod's own namespace, by a variable.
    metadata: { name: option('secret-name', ''), namespace },
    data: Object.fromEntries(keys.map((key) => [key, PLACEHOLDER])),
  };
  try {
    const client = context.client.acting({ identity: user });
    if (client.find('Secret', namespace, secret.metadata.name)) return;
    client.create(secret);
    context.say('create', secret, `A program of Pod ${pod.metadata.name} made Secret ${secret.metadata.name}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.say('fail', pod, `A program of Pod ${pod.metadata.name} made no Secret: ${error.message}`);
  }
}

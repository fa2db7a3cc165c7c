/**
 * Secrets that programs of well-known images make and that other Pods of the same manifests mount: without them these would wait for ever.
 * Follows images/kube-webhook-certgen of ingress-nginx (cmd/create.go) and the sources of the others. Simplified: the kubelet asks for them as the
 * Pod's ServiceAccount when the program has begun or ended, values are placeholders, and a refusal is told without changing how the program ended.
 */
import { StatusError } from '../api/status-error';
import type { Container, Secret } from '../api/types';
import { isOffline, type Kubelet } from './api-writes';
import { containerSpec, type PodRecord } from './records';

interface Maker {
  /** What stands in its image, command and arguments, with a space between. */
  readonly said: RegExp;
  /** It makes them as it begins; else when it has ended well. */
  readonly early?: true;
  /** Its Secrets: a name, or the flag or variable that says it and the name otherwise. */
  readonly names: readonly (readonly [from: string, otherwise: string])[];
  readonly keys: readonly string[];
}

const TLS = ['ca.crt', 'tls.crt', 'tls.key'];
const named = (...names: string[]): Maker['names'] => names.map((name) => ['', name] as const);

const MAKERS: readonly Maker[] = [
  { said: /\/kube-webhook-certgen[:@]\S* create /, names: [['--secret-name', '']], keys: [] },
  { said: /argocd.* admin redis-initial-password /, names: named('argocd-redis'), keys: ['auth'] },
  { said: /argocd\S* .*argocd-server /, early: true, names: named('argocd-initial-admin-secret'), keys: ['password'] },
  { said: /metallb\/controller[:@]/, early: true, names: [['METALLB_ML_SECRET_NAME', '']], keys: ['secretkey'] },
  {
    said: /\/keda[:@]\S* .*--enable-cert-rotation(=true)? /,
    early: true,
    names: [['--cert-secret-name', 'kedaorg-certs']],
    keys: ['ca.key', ...TLS],
  },
  { said: /contour[:@]\S* contour certgen /, names: named('contourcert', 'envoycert'), keys: TLS },
  { said: /envoyproxy\/gateway[:@]\S* (envoy-gateway )?certgen /, names: named('envoy-gateway', 'envoy'), keys: TLS },
];

const PLACEHOLDER = 'c2ltdWxhdGVk';

/** Makes them, when this container of the Pod has just begun, or ended well. */
export function makeObjects(kubelet: Kubelet, record: PodRecord, index: number, isEarly: boolean): void {
  const { image = '', command = [], args = [], env = [] }: Container = containerSpec(record, index);
  const words = [...command, ...args];
  const text = `${[image, ...words].join(' ')} `;
  const maker = MAKERS.find(({ said, early = false }) => early === isEarly && said.test(text));
  if (!maker || isOffline(kubelet)) return;
  const option = (flag: string, otherwise: string): string =>
    words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) ??
    env.find(({ name }) => name === flag)?.value ??
    otherwise;
  const certgen = [option('--ca-name', 'ca'), option('--cert-name', 'cert'), option('--key-name', 'key')];
  const keys = maker.keys.length > 0 ? maker.keys : certgen;
  for (const [from, otherwise] of maker.names) {
    const name = option(from, otherwise);
    if (name !== '') makeSecret(kubelet, record, name, keys);
  }
}

function makeSecret({ context }: Kubelet, { pod }: PodRecord, name: string, keys: readonly string[]): void {
  const { namespace = '' } = pod.metadata;
  const user = { name: `system:serviceaccount:${namespace}:${pod.spec.serviceAccountName}`, groups: [] };
  const secret: Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    // Charts name the Pod's own namespace, by a variable.
    metadata: { name, namespace },
    data: Object.fromEntries(keys.map((key) => [key, PLACEHOLDER])),
  };
  try {
    const client = context.client.acting({ identity: user });
    if (client.find('Secret', namespace, name)) return;
    client.create(secret);
    context.say('create', secret, `A program of Pod ${pod.metadata.name} made Secret ${name}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.say('fail', pod, `A program of Pod ${pod.metadata.name} made no Secret: ${error.message}`);
  }
}

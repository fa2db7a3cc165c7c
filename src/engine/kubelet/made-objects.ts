/**
 * Secrets, and a ConfigMap, that programs of well-known images make and that other Pods of the same manifests mount: without them these would wait for ever.
 * Follows images/kube-webhook-certgen of ingress-nginx (cmd/create.go) and the sources of the others. Simplified: the kubelet asks for them as the
 * Pod's ServiceAccount when the program has begun or ended, values are placeholders, and a refusal is told without changing how the program ended.
 */
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { Container } from '../api/types';
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
  /** They are ConfigMaps, one in each namespace that there is. */
  readonly everywhere?: true;
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

const ISTIO: Maker = {
  said: /istio\/pilot[:@]\S* discovery /,
  early: true,
  names: named('istio-ca-root-cert'),
  keys: ['root-cert.pem'],
  everywhere: true,
};

const PLACEHOLDER = 'c2ltdWxhdGVk';

/** Makes them, when this container of the Pod has just begun, or ended well. */
export function makeObjects(kubelet: Kubelet, record: PodRecord, index: number, isEarly: boolean): void {
  const { image = '', command = [], args = [], env = [] }: Container = containerSpec(record, index);
  const words = [...command, ...args];
  const text = `${[image, ...words].join(' ')} `;
  const maker = [...MAKERS, ISTIO].find(({ said, early = false }) => early === isEarly && said.test(text));
  if (!maker || isOffline(kubelet)) return;
  const option = (flag: string, otherwise: string): string =>
    words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) ??
    env.find(({ name }) => name === flag)?.value ??
    otherwise;
  const certgen = [option('--ca-name', 'ca'), option('--cert-name', 'cert'), option('--key-name', 'key')];
  const keys = maker.keys.length > 0 ? maker.keys : certgen;
  for (const [from, otherwise] of maker.names) {
    const name = option(from, otherwise);
    if (name !== '') make(kubelet, record, name, { ...maker, keys });
  }
}

function make({ context }: Kubelet, { pod }: PodRecord, name: string, { keys, everywhere }: Maker): void {
  const own = pod.metadata.namespace ?? '';
  const user = { name: `system:serviceaccount:${own}:${pod.spec.serviceAccountName}`, groups: [] };
  const kind = everywhere ? 'ConfigMap' : 'Secret';
  const data = Object.fromEntries(keys.map((key) => [key, PLACEHOLDER]));
  try {
    const client = context.client.acting({ identity: user });
    // Charts name the Pod's own namespace, by a variable.
    const namespaces = everywhere ? client.list('Namespace').map(({ metadata }) => metadata.name) : [own];
    for (const namespace of namespaces) {
      if (client.find(kind, namespace, name)) continue;
      const made: KubeObject = { apiVersion: 'v1', kind, metadata: { name, namespace }, data } as KubeObject;
      client.create(made);
      context.say('create', made, `A program of Pod ${pod.metadata.name} made ${kind} ${name}`);
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.say('fail', pod, `A program of Pod ${pod.metadata.name} made no ${kind}: ${error.message}`);
  }
}

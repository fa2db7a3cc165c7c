/**
 * The root CA publisher: every namespace has the ConfigMap kube-root-ca.crt, with which Pods trust the API server.
 * Follows pkg/controller/certificates/rootcacertpublisher/publisher.go. The certificate is a placeholder: nothing is encrypted here.
 */
import { keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { isReason } from '../../api/status-error';
import type { ConfigMap, Namespace } from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, type ControllerWatch, defineController, type Result } from '../../client/controller';

const NAME = 'kube-root-ca.crt';
const ANNOTATION = 'kubernetes.io/description';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';
/** What Pods trust the API server by. */
export const ROOT_CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\na3ViZXN0ZXAgc2ltdWxhdGVzIEt1YmVybmV0ZXM=\n-----END CERTIFICATE-----\n';
const DATA: Record<string, string> = { 'ca.crt': ROOT_CERTIFICATE };

const configMaps: ControllerWatch<ControllerMemory> = {
  kind: 'ConfigMap',
  map: (_context, event) => {
    const { name, namespace } = (event.value ?? event.previous)?.metadata ?? {};
    return name === NAME && namespace ? [namespace] : [];
  },
};

/** The root CA publisher. */
export const rootCaPublisher = defineController({
  name: 'root-ca-certificate-publisher-controller',
  for: 'Namespace',
  watches: [configMaps],
  reconcile,
});

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  if (!context.lister.byKey<Namespace>('Namespace', key)) return undefined;
  const current = context.lister.get<ConfigMap>('ConfigMap', key, NAME);
  if (!current) return publish(context, key);
  if (deepEqual(current.data, DATA) && current.metadata.annotations?.[ANNOTATION]) return undefined;
  const annotations = { ...current.metadata.annotations, [ANNOTATION]: DESCRIPTION };
  const restored = context.client.update({ ...current, metadata: { ...current.metadata, annotations }, data: DATA });
  context.say('update', restored, `Restored ConfigMap ${keyOf(restored)}: it must hold the cluster's root certificate`);
  return undefined;
}

function publish(context: Context<ControllerMemory>, namespace: string): Result {
  const configMap: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: NAME, namespace, annotations: { [ANNOTATION]: DESCRIPTION } },
    data: DATA,
  };
  try {
    const created = context.client.create(configMap);
    context.say('create', created, `Published the cluster's root certificate in Namespace ${namespace}`);
  } catch (error) {
    if (!isReason(error, 'NotFound') && !isTerminating(error)) throw error;
  }
  return undefined;
}

function isTerminating(error: unknown): boolean {
  if (!isReason(error, 'Forbidden')) return false;
  return error.details.causes?.some((cause) => cause.reason === 'NamespaceTerminating') === true;
}

/**
 * ServiceAccount: every Pod runs as one, gets its API token mounted and its pull secrets.
 * Follows plugin/pkg/admission/serviceaccount/admission.go. The real server waits about a second for a namespace's `default`
 * account to be made; here the Pod is let in as if it had waited. Mountable-secrets enforcement is left out.
 */
import { MIRROR_POD } from '../../api/pod';
import type { Container, Pod, ServiceAccount, Volume, VolumeMount } from '../../api/types';
import { withoutRoom } from '../../kernel/in-one-piece';
import { randomSuffix } from '../object-meta';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import { refuseUnnamed } from './refusal';

const DEFAULT_ACCOUNT = 'default';
const VOLUME_PREFIX = 'kube-api-access-';
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The same for every Pod, so shared and frozen throughout. */
const TOKEN_SOURCES: NonNullable<Volume['projected']> = Object.freeze({
  sources: Object.freeze([
    Object.freeze({ serviceAccountToken: Object.freeze({ expirationSeconds: 3607, path: 'token' }) }),
    Object.freeze({
      configMap: Object.freeze({
        name: 'kube-root-ca.crt',
        items: Object.freeze([Object.freeze({ key: 'ca.crt', path: 'ca.crt' })]),
      }),
    }),
    Object.freeze({
      downwardAPI: Object.freeze({
        items: Object.freeze([
          Object.freeze({
            path: 'namespace',
            fieldRef: Object.freeze({ apiVersion: 'v1', fieldPath: 'metadata.namespace' }),
          }),
        ]),
      }),
    }),
  ]),
  defaultMode: 420,
}) as NonNullable<Volume['projected']>;

/** ServiceAccount. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Pod' || request.operation !== 'CREATE' || request.subresource) return;
    const pod = draft as Pod;
    if (pod.metadata.annotations?.[MIRROR_POD] !== undefined) return;
    const name = pod.spec.serviceAccountName || pod.spec.serviceAccount || DEFAULT_ACCOUNT;
    pod.spec.serviceAccountName = name;
    pod.spec.serviceAccount = name;
    const account = lookUp(pod, name, request);
    const automount = pod.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
    if (automount) mountToken(pod, request);
    if (!pod.spec.imagePullSecrets?.length && account?.imagePullSecrets?.length) {
      pod.spec.imagePullSecrets = account.imagePullSecrets;
    }
  },
};

function lookUp(pod: Pod, name: string, request: RequestContext): ServiceAccount | undefined {
  const { namespace } = pod.metadata;
  const account = request.find('ServiceAccount', namespace, name) as ServiceAccount | undefined;
  if (account || name === DEFAULT_ACCOUNT) return account;
  const why = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
  throw refuseUnnamed(pod, why);
}

function mountToken(pod: Pod, request: RequestContext): void {
  const { spec } = pod;
  const present = spec.volumes?.find((volume) => (volume.name ?? '').startsWith(VOLUME_PREFIX));
  const name = present?.name ?? VOLUME_PREFIX + randomSuffix(request.random);
  const mount: VolumeMount = { mountPath: TOKEN_PATH, name, readOnly: true };
  const initMounted = mountInto(spec.initContainers, mount);
  const mounted = mountInto(spec.containers, mount);
  if (!present && (initMounted || mounted)) {
    spec.volumes = withoutRoom([...(spec.volumes ?? []), { name, projected: TOKEN_SOURCES }]);
  }
}

/** Mounts the token where nothing is mounted at its path; says whether any container needed it. */
function mountInto(containers: readonly Container[] | undefined, mount: VolumeMount): boolean {
  let isNeeded = false;
  for (const container of containers ?? []) {
    if (container.volumeMounts?.some((other) => other.mountPath === TOKEN_PATH)) continue;
    container.volumeMounts = withoutRoom([...(container.volumeMounts ?? []), mount]);
    isNeeded = true;
  }
  return isNeeded;
}

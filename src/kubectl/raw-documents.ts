/**
 * What `get --raw` reads that is no object: the server's version, its groups and its health. Follows apiserver/pkg/server/healthz/healthz.go.
 * The checks are those of a server with the built-in controllers of 1.36.
 */
import type { Discovery } from '../engine/api/discovery';
import { BUILD, SERVER_VERSION } from '../engine/api/server-version';
import { discoveryDocument } from './raw-discovery';

/** What kubectl says of itself. */
export const CLIENT_VERSION = { major: '1', minor: '36', ...BUILD };

const CHECKS = `ping log loopback-serving-certificate etcd etcd-readiness informer-sync poststarthook/start-apiserver-admission-initializer
poststarthook/generic-apiserver-start-informers poststarthook/priority-and-fairness-config-consumer
poststarthook/priority-and-fairness-filter poststarthook/storage-object-count-tracker-hook
poststarthook/start-apiextensions-informers poststarthook/start-apiextensions-controllers poststarthook/crd-informer-synced
poststarthook/start-system-namespaces-controller poststarthook/peer-endpoint-reconciler-controller
poststarthook/start-cluster-authentication-info-controller poststarthook/start-kube-apiserver-identity-lease-controller
poststarthook/start-kube-apiserver-identity-lease-garbage-collector poststarthook/storage-readiness
poststarthook/start-legacy-token-tracking-controller poststarthook/start-service-ip-repair-controllers
poststarthook/rbac/bootstrap-roles poststarthook/scheduling/bootstrap-system-priority-classes
poststarthook/priority-and-fairness-config-producer poststarthook/bootstrap-controller
poststarthook/start-kubernetes-service-cidr-controller poststarthook/start-kube-aggregator-informers
poststarthook/apiservice-status-local-available-controller poststarthook/apiservice-status-remote-available-controller
poststarthook/apiservice-registration-controller poststarthook/apiservice-discovery-controller
poststarthook/kube-apiserver-autoregistration autoregister-completion poststarthook/apiservice-openapi-controller
poststarthook/apiservice-openapiv3-controller shutdown`;

/** Checks that only say whether the server is ready, and what they leave out. */
const OF_READINESS: readonly string[] = ['etcd-readiness', 'informer-sync', 'shutdown'];
const NOT_OF_READINESS = 'loopback-serving-certificate';

function checksOf(what: string): string[] {
  return CHECKS.split(/\s+/).filter((check) =>
    what === 'readyz' ? check !== NOT_OF_READINESS : !OF_READINESS.includes(check),
  );
}

/** The answer of /healthz, /livez, /readyz and their single checks, all of which pass. */
export function healthOf(path: string, query: URLSearchParams): string | undefined {
  const match = /^\/(healthz|livez|readyz)(?:\/(.+))?$/.exec(path);
  if (!match) return undefined;
  const [, what = '', check] = match;
  const checks = checksOf(what);
  if (check !== undefined) return checks.includes(check) ? 'ok' : undefined;
  if (!query.has('verbose')) return 'ok';
  const excluded = [...new Set(query.getAll('exclude'))];
  const lines = checks.map((one) => `[+]${one} ${excluded.includes(one) ? 'excluded: ' : ''}ok\n`);
  const unknown = excluded.filter((one) => !checks.includes(one)).map((one) => JSON.stringify(one));
  const warning =
    unknown.length > 0
      ? `warn: some health checks cannot be excluded: no matches for ${unknown.sort().join(', ')}\n`
      : '';
  return `${lines.join('')}${warning}${what} check passed\n`;
}

const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const IDENTITY = {
  issuer: ISSUER,
  jwks_uri: 'https://127.0.0.1:6443/openid/v1/jwks',
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
};

/** The document of a path that describes the server. */
export function documentOf(path: string, discovery: Discovery): string | undefined {
  if (/^\/version\/?$/.test(path)) return JSON.stringify(SERVER_VERSION, undefined, 2);
  if (path === '/.well-known/openid-configuration') return JSON.stringify(IDENTITY);
  const checks = ['healthz', 'livez', 'readyz'].flatMap((what) => checksOf(what).map((one) => `/${what}/${one}`));
  return discoveryDocument(path, discovery, checks);
}

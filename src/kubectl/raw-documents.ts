/**
 * What `get --raw` reads that is no object: the server's version, its groups and its health. Follows apiserver/pkg/server/healthz/healthz.go
 * and apiserver/pkg/endpoints/discovery/group.go. The checks are those of a server with the built-in controllers of 1.36.
 */
import type { Discovery } from '../engine/api/discovery';

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '$Format:%H$',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const CHECKS = `ping log etcd etcd-readiness informer-sync poststarthook/start-apiserver-admission-initializer
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

/** Checks that only say whether the server is ready. */
const OF_READINESS: readonly string[] = ['etcd-readiness', 'informer-sync', 'shutdown'];

function checksOf(what: string): string[] {
  const checks = CHECKS.split(/\s+/);
  return what === 'readyz' ? checks : checks.filter((check) => !OF_READINESS.includes(check));
}

/** The answer of /healthz, /livez, /readyz and their single checks, all of which pass. */
export function healthOf(path: string, verbose: boolean): string | undefined {
  const match = /^\/(healthz|livez|readyz)(?:\/(.+))?$/.exec(path);
  if (!match) return undefined;
  const [, what = '', check] = match;
  const checks = checksOf(what);
  if (check !== undefined) return checks.includes(check) ? 'ok' : undefined;
  if (!verbose) return 'ok';
  return `${checks.map((one) => `[+]${one} ok\n`).join('')}${what} check passed\n`;
}

/** The document of a path that describes the server. */
export function documentOf(path: string, discovery: Discovery): string | undefined {
  if (/^\/version\/?$/.test(path)) return JSON.stringify(VERSION, undefined, 2);
  const [, group] = /^\/apis\/([^/]+)\/?$/.exec(path) ?? [];
  if (group === undefined) return undefined;
  const names = new Set(discovery.served.filter((one) => one.group === group).map(({ version }) => version));
  if (names.size === 0) return undefined;
  const versions = [...names].map((version) => ({ groupVersion: `${group}/${version}`, version }));
  const answer = { kind: 'APIGroup', apiVersion: 'v1', name: group, versions, preferredVersion: versions[0] };
  return `${JSON.stringify(answer)}\n`;
}

/**
 * The documents by which clients learn what a server serves, as `get --raw` reads them. Follows
 * apiserver/pkg/endpoints/{discovery/group.go,installer.go}, kube-aggregator/pkg/apiserver/handler_apis.go and
 * apiextensions-apiserver/pkg/apiserver/customresource_discovery_controller.go.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { LOCAL_GROUP_VERSIONS } from '../engine/api/api-services';
import type { Discovery } from '../engine/api/discovery';
import { podMetricsKind } from '../engine/api/kinds/metrics';
import { apiVersionOf } from '../engine/api/scheme';
import { categoriesOf, type Listed, verbsOf } from './served-verbs';
import { UNSIMULATED } from './unsimulated';

const SERVER = '127.0.0.1:6443';
const PART_VERBS = ['get', 'patch', 'update'];

/** Parts of objects whose paths have another kind or other verbs: the resource, the part, the kind, the verbs, and group and version of the kind. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map(
  `namespaces/finalize Namespace update
nodes/proxy NodeProxyOptions create,delete,get,patch,update
pods/attach PodAttachOptions create,get
pods/binding Binding create
pods/eviction Eviction create policy v1
pods/exec PodExecOptions create,get
pods/log Pod get
pods/portforward PodPortForwardOptions create,get
pods/proxy PodProxyOptions create,delete,get,patch,update
serviceaccounts/token TokenRequest create authentication.k8s.io v1
services/proxy ServiceProxyOptions create,delete,get,patch,update`
    .split('\n')
    .map((line) => {
      const [path = '', ...rest] = line.split(' ');
      return [path, rest] as const;
    }),
);

/** Kinds that are only named here and have a status. */
const WITH_STATUS: readonly string[] = [
  'certificatesigningrequests',
  'flowschemas',
  'prioritylevelconfigurations',
  'resourceclaims',
  'servicecidrs',
];

/** A resource of a group's version. */
interface ApiResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly storageVersionHash?: string;
}

/** Kinds that are kept in another group or version than that in which they are served. */
const KEPT_AS: Readonly<Record<string, string>> = {
  Event: '/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1beta1',
  MutatingAdmissionPolicy: 'admissionregistration.k8s.io/v1beta1',
  MutatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1beta1',
};

/** Eight bytes that stand for how objects are stored (apiserver/pkg/endpoints/discovery/storageversionhash.go). */
function storageHash({ group, version, kind, schema, storageVersion = version }: Listed): string {
  const kept = (schema ? undefined : KEPT_AS[kind]) ?? `${group}/${storageVersion}`;
  const bytes = sha256(utf8ToBytes(`${kept}/${kind}`)).slice(0, 8);
  return btoa(String.fromCharCode(...bytes));
}

const orNothing = <K extends string>(key: K, list: readonly string[]): Partial<Record<K, readonly string[]>> =>
  list.length > 0 ? ({ [key]: list } as Record<K, readonly string[]>) : {};

function partOf({ plural, namespaced, kind }: Listed, part: string): ApiResource {
  const name = `${plural}/${part}`;
  const common = { name, singularName: '', namespaced };
  if (part === 'scale') return { ...common, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: PART_VERBS };
  const [other, verbs, group, version] = PARTS.get(name) ?? [kind, PART_VERBS.join(',')];
  const home = group ? { group, version } : {};
  return { ...common, ...home, kind: other as string, verbs: (verbs as string).split(',') };
}

function resourcesOf(info: Listed): ApiResource[] {
  const { group, plural, singular, namespaced, kind, shortNames, schema } = info;
  const isMeasured = kind.endsWith('Metrics');
  const verbs = verbsOf(info);
  const whole: ApiResource = {
    name: plural,
    singularName: isMeasured ? '' : singular,
    namespaced,
    kind,
    verbs,
    ...orNothing('shortNames', shortNames),
    ...orNothing('categories', categoriesOf(info)),
    ...(verbs.includes('watch') ? { storageVersionHash: storageHash(info) } : {}),
  };
  const known: readonly string[] = WITH_STATUS.includes(plural) ? ['status'] : info.subresources;
  const others = [...PARTS.keys()].filter((path) => path.startsWith(`${plural}/`)).map((path) => path.split('/')[1]);
  const parts = group === '' ? [...new Set([...known, ...(others as string[])])] : [...known];
  if (!schema) parts.sort();
  return [whole, ...parts.map((part) => partOf(info, part))];
}

/** What there is in a version of a group. */
function resourceList(served: readonly Listed[], group: string, version: string): object | undefined {
  const found = served.filter((one) => one.group === group && one.version === version);
  if (found.length === 0) return undefined;
  const kinds = found.some(({ schema }) => schema) ? found : [...found].sort((a, b) => (a.plural < b.plural ? -1 : 1));
  return {
    kind: 'APIResourceList',
    // The oldest group's list says no version of its own.
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources: kinds.flatMap(resourcesOf),
  };
}

/** The groups but the core one, by priority: built-in, custom, measured; each with its versions, the preferred one first. */
function groupsOf(served: readonly Listed[]): { name: string; versions: object[]; preferredVersion: object }[] {
  const rank = ({ group }: Listed): number => {
    const place = LOCAL_GROUP_VERSIONS.findIndex((one) => (one.group ?? '') === group);
    return place >= 0 ? place : group === 'metrics.k8s.io' ? 1000 : 999;
  };
  const byGroup = new Map<string, Set<string>>();
  for (const one of [...served].sort((a, b) => rank(a) - rank(b))) {
    if (one.group) byGroup.set(one.group, (byGroup.get(one.group) ?? new Set()).add(one.version));
  }
  // The aggregator's own group comes first.
  const own = 'apiregistration.k8s.io';
  const names = [own, ...[...byGroup.keys()].filter((name) => name !== own)];
  return names.map((name) => {
    const versions = [...(byGroup.get(name) ?? [])].map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] as object };
  });
}

/** Paths of the server that are no API, beside those of its health. */
const OTHER_PATHS =
  '/.well-known/openid-configuration /api /api/v1 /apis /apis/ /flagz /healthz /livez /metrics /metrics/slis /openapi/v2 /openapi/v3 /openapi/v3/ /openid/v1/jwks /readyz /statusz /version';

/** Every path that the server names. */
function rootPaths(served: readonly Listed[], checks: readonly string[]): object {
  const versions = served.filter(({ group }) => group !== '').map(({ group, version }) => `/apis/${group}/${version}`);
  const groups = groupsOf(served).map(({ name }) => `/apis/${name}`);
  return { paths: [...new Set([...OTHER_PATHS.split(' '), ...groups, ...versions, ...checks])].sort() };
}

/** The document of a path; undefined when there is none. `checks` are the paths of the server's health. */
export function discoveryDocument(path: string, discovery: Discovery, checks: readonly string[]): string | undefined {
  // A group whose server does not answer is named all the same.
  const named = discovery.stale === undefined ? [] : [podMetricsKind];
  const served: readonly Listed[] = [...discovery.served, ...named, ...UNSIMULATED];
  if (path === '/') return JSON.stringify(rootPaths(served, checks), undefined, 2);
  const [, root, group = '', version] = /^\/(apis?)(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  if (root === undefined) return undefined;
  const line = (document: object | undefined): string | undefined => document && `${JSON.stringify(document)}\n`;
  if (root === 'api') {
    if (group !== '') return version === undefined ? line(resourceList(served, '', group)) : undefined;
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: SERVER }];
    return line({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs });
  }
  if (group === '') return line({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(served) });
  if (version !== undefined) return line(resourceList(served, group, version));
  const found = groupsOf(served).find(({ name }) => name === group);
  return line(found && { kind: 'APIGroup', apiVersion: 'v1', ...found });
}

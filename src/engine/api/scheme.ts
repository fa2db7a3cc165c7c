/**
 * Which kinds exist and what they are called: the table behind REST mapping, kubectl's names and the limits page.
 * Names follow each kind's registration in pkg/registry and `kubectl api-resources` of Kubernetes 1.36.
 */

/** One kind of API object. */
export interface ResourceInfo {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly categories: readonly string[];
  readonly subresources: readonly ('status' | 'scale' | 'eviction' | 'binding')[];
}

function resource(
  group: string,
  version: string,
  kind: string,
  plural: string,
  shortNames: string,
  options: Partial<ResourceInfo> = {},
): ResourceInfo {
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: shortNames ? shortNames.split(',') : [],
    namespaced: true,
    categories: [],
    subresources: [],
    ...options,
  };
}

const ALL = { categories: ['all'] } as const;

/** Every kind that is simulated, in the order of `kubectl api-resources`. */
export const RESOURCES: readonly ResourceInfo[] = [
  resource('', 'v1', 'ConfigMap', 'configmaps', 'cm'),
  resource('', 'v1', 'Event', 'events', 'ev'),
  resource('', 'v1', 'Namespace', 'namespaces', 'ns', { namespaced: false, subresources: ['status'] }),
  resource('', 'v1', 'Node', 'nodes', 'no', { namespaced: false, subresources: ['status'] }),
  resource('', 'v1', 'Pod', 'pods', 'po', { ...ALL, subresources: ['status', 'eviction', 'binding'] }),
  resource('', 'v1', 'Secret', 'secrets', ''),
  resource('', 'v1', 'ServiceAccount', 'serviceaccounts', 'sa'),
  resource('', 'v1', 'Service', 'services', 'svc', { ...ALL, subresources: ['status'] }),
  resource('apps', 'v1', 'Deployment', 'deployments', 'deploy', { ...ALL, subresources: ['status', 'scale'] }),
  resource('apps', 'v1', 'ReplicaSet', 'replicasets', 'rs', { ...ALL, subresources: ['status', 'scale'] }),
  resource('coordination.k8s.io', 'v1', 'Lease', 'leases', ''),
  resource('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', ''),
  resource('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'pdb', { subresources: ['status'] }),
  resource('scheduling.k8s.io', 'v1', 'PriorityClass', 'priorityclasses', 'pc', { namespaced: false }),
];

const byKind = new Map(RESOURCES.map((info) => [info.kind, info]));

/** The table row of a kind, or undefined when it is not simulated. */
export function findResource(kind: string): ResourceInfo | undefined {
  return byKind.get(kind);
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(info: ResourceInfo): string {
  return info.group ? `${info.group}/${info.version}` : info.version;
}

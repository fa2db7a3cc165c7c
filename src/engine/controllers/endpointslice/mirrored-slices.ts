/**
 * The EndpointSlices that say what hand-written Endpoints say. Pure.
 * Follows pkg/controller/endpointslicemirroring/reconciler.go and utils.go. Endpoints keep the order of their addresses; upstream's is that of a Go map.
 */
import { deepEqual } from '../../api/plain';
import type {
  CoreEndpointPort,
  Endpoint,
  EndpointAddress,
  EndpointPort,
  EndpointSlice,
  EndpointSubset,
  Endpoints,
} from '../../api/types';
import { newControllerRef } from '../../client/controller-ref';
import { SERVICE_NAME_LABEL } from '../../client/indexers';
import { inOrder } from './endpoints';
import { type Member, portsKeyOf, subsetsOf } from './endpoints-members';
import { MANAGED_BY_LABEL } from './service-endpoints';
import { TRIGGER_TIME_ANNOTATION } from './trigger-time';

/** Who says that a slice mirrors. */
export const MIRRORED_BY = 'endpointslicemirroring-controller.k8s.io';
const MAX_PER_SUBSET = 1000;
const NOT_COPIED = [TRIGGER_TIME_ANNOTATION, 'kubectl.kubernetes.io/last-applied-configuration'];

/** What is to be written, and how many addresses don't fit. */
export interface MirrorPlan {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly delete: readonly EndpointSlice[];
  readonly skipped: number;
}

/** Whether Endpoints want to be mirrored. */
export function shouldMirror({ metadata }: Endpoints): boolean {
  return (
    metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
    metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] === undefined
  );
}

/** Subsets in canonical form: each address once for each set of ports; where it is said to be both, it is not ready. */
function repacked(subsets: readonly EndpointSubset[]): EndpointSubset[] {
  const known = new Map<
    string,
    { address: EndpointAddress; ports: Map<string, [CoreEndpointPort | undefined, boolean]> }
  >();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    const sides = [
      ...addresses.map((each) => [each, true] as const),
      ...notReadyAddresses.map((each) => [each, false] as const),
    ];
    for (const [address, isReady] of sides) {
      const key = `${address.ip} ${address.targetRef?.uid ?? ''}`;
      const entry = known.get(key) ?? { address, ports: new Map() };
      known.set(key, entry);
      for (const port of ports.length > 0 ? ports : [undefined]) {
        const text = port ? portsKeyOf([port]) : '';
        entry.ports.set(text, [port, isReady && entry.ports.get(text)?.[1] !== false]);
      }
    }
  }
  const members = [...known]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, { address, ports }]) =>
      [true, false].flatMap((isReady): Member[] => {
        const own = [...ports.values()].filter(([, ready]) => ready === isReady);
        const list = own.flatMap(([port]) => port ?? []);
        return own.length > 0 ? [{ address, isReady, ports: list, portsKey: portsKeyOf(list) }] : [];
      }),
    );
  return subsetsOf(members);
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(targetRef ? { targetRef } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(hostname ? { hostname } : {}),
  };
}

function slicePort({ name = '', port, protocol, appProtocol }: CoreEndpointPort): EndpointPort {
  return { name, port, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) };
}

function sliceOf(endpoints: Endpoints, addressType: string, ports: EndpointPort[], list: Endpoint[]): EndpointSlice {
  const { name, namespace, labels, annotations } = endpoints.metadata;
  const copied = Object.entries(annotations ?? {}).filter(([key]) => !NOT_COPIED.includes(key));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: '',
      generateName: `${name}-`,
      namespace,
      labels: { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MIRRORED_BY },
      ...(copied.length > 0 ? { annotations: Object.fromEntries(copied) } : {}),
      ownerReferences: [newControllerRef(endpoints)],
    },
    addressType,
    endpoints: list,
    ports,
  };
}

function says(slice: EndpointSlice, wanted: EndpointSlice): boolean {
  const { metadata, endpoints } = slice;
  return (
    deepEqual(endpoints ?? [], wanted.endpoints) &&
    deepEqual(metadata.labels, wanted.metadata.labels) &&
    deepEqual(metadata.annotations ?? {}, wanted.metadata.annotations ?? {}) &&
    deepEqual(metadata.ownerReferences, wanted.metadata.ownerReferences)
  );
}

/** What to do for the slices to say what the Endpoints say: one slice for each set of ports and family of addresses. */
export function planMirror(endpoints: Endpoints, slices: readonly EndpointSlice[]): MirrorPlan {
  const keyOf = ({ addressType, ports }: EndpointSlice) => `${addressType} ${JSON.stringify(ports ?? [])}`;
  const left = new Map<string, EndpointSlice[]>();
  for (const slice of slices) left.set(keyOf(slice), [...(left.get(keyOf(slice)) ?? []), slice]);
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  let skipped = 0;
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of repacked(endpoints.subsets ?? [])) {
    const all = [
      ...addresses.map((address) => endpointOf(address, true)),
      ...notReadyAddresses.map((address) => endpointOf(address, false)),
    ];
    skipped += Math.max(0, all.length - MAX_PER_SUBSET);
    const kept = all.slice(0, MAX_PER_SUBSET);
    for (const addressType of ['IPv4', 'IPv6']) {
      const list = kept.filter(({ addresses: [ip = ''] }) => ip.includes(':') === (addressType === 'IPv6'));
      if (list.length === 0) continue;
      const wanted = sliceOf(endpoints, addressType, inOrder(ports.map(slicePort)), list);
      const [present, ...more] = left.get(keyOf(wanted)) ?? [];
      left.set(keyOf(wanted), more);
      if (!present) create.push(wanted);
      else if (!says(present, wanted)) {
        const { name, resourceVersion } = present.metadata;
        const { generateName: _made, ...metadata } = wanted.metadata;
        update.push({ ...wanted, metadata: { ...metadata, name, resourceVersion } });
      }
    }
  }
  return recycled({ create, update, delete: [...left.values()].flat(), skipped });
}

/** Slices that would go take what others would be made for. */
function recycled({ create, update, delete: gone, skipped }: MirrorPlan): MirrorPlan {
  const reused: EndpointSlice[] = [];
  const rest = [...gone];
  const made = create.filter((wanted) => {
    const at = rest.findIndex(({ addressType }) => addressType === wanted.addressType);
    const [slice] = at < 0 ? [] : rest.splice(at, 1);
    if (!slice) return true;
    const { name, resourceVersion } = slice.metadata;
    const { generateName: _made, ...metadata } = wanted.metadata;
    reused.push({ ...wanted, metadata: { ...metadata, name, resourceVersion } });
    return false;
  });
  return { create: made, update: [...update, ...reused], delete: rest, skipped };
}

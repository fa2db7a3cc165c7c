/** EndpointSlices hold Pods that their Service selects, and in the end all of them, ready as they are. */
import { keyOf } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import { matchesSet } from '../../engine/api/selector';
import type { EndpointSlice, Pod, Service } from '../../engine/api/types';
import { type Checker, type ClusterState, isReady, nameOf, STALE_MS } from './history';

const CONTROLLER = 'endpointslice-controller';

function serviceOf(slice: EndpointSlice, state: ClusterState): Service | undefined {
  const name = slice.metadata.labels?.['kubernetes.io/service-name'];
  return state.find<Service>('Service', `${slice.metadata.namespace}/${name}`);
}

function selected(service: Service, state: ClusterState): Pod[] {
  const { selector } = service.spec;
  if (!selector || Object.keys(selector).length === 0) return [];
  return state.list<Pod>('Pod').filter(({ metadata, status }) => {
    if (metadata.namespace !== service.metadata.namespace || !matchesSet(selector, metadata.labels)) return false;
    return Boolean(status?.podIP) && status?.phase !== 'Failed' && status?.phase !== 'Succeeded';
  });
}

function endpointText(pod: Pod, publishesAll: boolean): string {
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const ready = publishesAll || (isReady(pod) && !isGoing);
  return `${pod.metadata.name} ${pod.status?.podIP} ready=${ready} serving=${isReady(pod)} terminating=${isGoing}`;
}

export const endpointSlices: Checker = {
  name: 'EndpointSlices',
  begin: (complain) => {
    /** When each Pod last changed its labels or went, by uid. */
    const changedMs = new Map<string, number>();
    const serviceChangedMs = new Map<string, number>();
    return {
      change: ({ kind, key, value, previous, atMs }, state, step) => {
        if (kind === 'Service') serviceChangedMs.set(key, atMs);
        if (kind === 'Pod' && !deepEqual(value?.metadata.labels, previous?.metadata.labels)) {
          changedMs.set((value ?? previous)?.metadata.uid ?? '', atMs);
        }
        if (kind !== 'EndpointSlice' || !value || step?.actor !== CONTROLLER) return;
        const slice = value as EndpointSlice;
        const service = serviceOf(slice, state);
        if (!service || atMs - (serviceChangedMs.get(keyOf(service)) ?? 0) < STALE_MS) return;
        const names = new Set<string>();
        for (const { targetRef, conditions } of slice.endpoints ?? []) {
          const { uid = '', name = '' } = targetRef ?? {};
          const mayBeReady = service.spec.publishNotReadyAddresses || (conditions?.serving && !conditions.terminating);
          if (conditions?.ready && !mayBeReady) complain(`${nameOf(slice)} says that ${name} is ready, as it is not`);
          if (names.has(name)) complain(`${nameOf(slice)} holds Pod ${name} twice`);
          names.add(name);
          if (atMs - (changedMs.get(uid) ?? -STALE_MS) < STALE_MS) continue;
          const pod = state.withUid<Pod>(uid);
          if (!pod) complain(`${nameOf(slice)} holds Pod ${name}, which is gone`);
          else if (!matchesSet(service.spec.selector, pod.metadata.labels))
            complain(`${nameOf(slice)} holds ${name}, which its Service doesn't select`);
        }
      },
      settled: (state) => {
        const told = new Map<Service, string[]>();
        for (const slice of state.list<EndpointSlice>('EndpointSlice')) {
          const service = serviceOf(slice, state);
          if (!service) continue;
          const lines = (slice.endpoints ?? []).map(
            ({ targetRef, addresses, conditions }) =>
              `${targetRef?.name} ${addresses[0]} ready=${conditions?.ready} serving=${conditions?.serving} terminating=${conditions?.terminating}`,
          );
          told.set(service, [...(told.get(service) ?? []), ...lines]);
        }
        for (const service of state.list<Service>('Service')) {
          if (!service.spec.selector) continue;
          const publishesAll = service.spec.publishNotReadyAddresses === true;
          const truth = selected(service, state).map((pod) => endpointText(pod, publishesAll));
          const said = told.get(service) ?? [];
          if (said.sort().join('; ') !== truth.sort().join('; ')) {
            complain(`${nameOf(service)} ends with endpoints [${said.join('; ')}], its Pods are [${truth.join('; ')}]`);
          }
        }
      },
    };
  },
};

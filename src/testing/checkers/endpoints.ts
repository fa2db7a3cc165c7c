/** Endpoints end with the Pods that their Service selects, ready as they are, and none that are on their way out. */
import { keyOf } from '../../engine/api/meta';
import { matchesSet } from '../../engine/api/selector';
import type { EndpointAddress, Endpoints, Pod, Service } from '../../engine/api/types';
import { type Checker, type ClusterState, isActive, isReady, nameOf } from './history';

function truthOf({ metadata, spec }: Service, state: ClusterState): string[] {
  const pods = state.list<Pod>('Pod').filter((pod) => {
    if (pod.metadata.namespace !== metadata.namespace || !matchesSet(spec.selector ?? {}, pod.metadata.labels))
      return false;
    return Boolean(pod.status?.podIP) && isActive(pod);
  });
  return pods.map((pod) => `${pod.metadata.name} ${pod.status.podIP} ${isReady(pod)}`).sort();
}

const textOf = (addresses: readonly EndpointAddress[] | undefined, isReadySide: boolean): string[] =>
  (addresses ?? []).map(({ targetRef, ip }) => `${targetRef?.name} ${ip} ${isReadySide}`);

export const endpoints: Checker = {
  name: 'Endpoints',
  begin: (complain) => ({
    settled: (state) => {
      for (const service of state.list<Service>('Service')) {
        if (!service.spec.selector) continue;
        const found = state.find<Endpoints>('Endpoints', keyOf(service));
        const said = (found?.subsets ?? []).flatMap((subset) => [
          ...textOf(subset.addresses, true),
          ...textOf(subset.notReadyAddresses, false),
        ]);
        const truth = truthOf(service, state);
        if (!found) complain(`${nameOf(service)} has no Endpoints`);
        else if (said.sort().join('; ') !== truth.join('; '))
          complain(`${nameOf(found)} end with [${said.join('; ')}], the Pods are [${truth.join('; ')}]`);
      }
      for (const one of state.list<Endpoints>('Endpoints')) {
        if (!state.find('Service', keyOf(one))) complain(`${nameOf(one)} outlive their Service`);
      }
    },
  }),
};

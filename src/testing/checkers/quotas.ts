/** No Pod is let in beyond what a ResourceQuota says, counted from scratch, and in the end quotas know what is used. */
import { quantityMilli } from '../../engine/api/quantity';
import type { Container, Pod, ResourceQuota } from '../../engine/api/types';
import { type Checker, type ClusterState, nameOf } from './history';

const isOver = ({ status }: Pod): boolean => status?.phase === 'Failed' || status?.phase === 'Succeeded';

/** What Pods that aren't over use of what the swarm's quotas limit; those on their way out may count or not. */
function usedBy(pods: readonly Pod[]): Map<string, number> {
  const asked = ({ resources }: Container): number => quantityMilli(resources?.requests?.cpu);
  const cpu = ({ spec }: Pod): number => {
    const inits = spec.initContainers ?? [];
    const sidecars = inits.filter(({ restartPolicy }) => restartPolicy === 'Always');
    const together = [...spec.containers, ...sidecars].reduce((sum, container) => sum + asked(container), 0);
    return Math.max(together, ...inits.filter((one) => !sidecars.includes(one)).map(asked));
  };
  return new Map([
    ['pods', pods.length * 1000],
    ['requests.cpu', pods.reduce((sum, pod) => sum + cpu(pod), 0)],
  ]);
}

function podsIn(state: ClusterState, { metadata }: ResourceQuota): Pod[] {
  return state.list<Pod>('Pod').filter((pod) => pod.metadata.namespace === metadata.namespace && !isOver(pod));
}

export const quotas: Checker = {
  name: 'quotas',
  begin: (complain) => ({
    change: ({ kind, value, previous }, state) => {
      if (kind !== 'Pod' || !value || previous) return;
      for (const quota of state.list<ResourceQuota>('ResourceQuota')) {
        if (quota.metadata.namespace !== value.metadata.namespace) continue;
        const staying = podsIn(state, quota).filter((pod) => !pod.metadata.deletionTimestamp);
        for (const [name, used] of usedBy(staying)) {
          const hard = quota.status?.hard?.[name];
          if (hard === undefined || used <= quantityMilli(hard)) continue;
          complain(
            `${nameOf(value)} was let in, though with it ${name} is ${used / 1000} of ${hard} in ${nameOf(quota)}`,
          );
        }
      }
    },
    settled: (state) => {
      for (const quota of state.list<ResourceQuota>('ResourceQuota')) {
        const truth = usedBy(podsIn(state, quota));
        for (const name of Object.keys(quota.spec.hard ?? {})) {
          const [said, used] = [quota.status?.used?.[name], truth.get(name)];
          if (used === undefined || (said !== undefined && quantityMilli(said) === used)) continue;
          complain(`${nameOf(quota)} ends saying that ${name} is ${said}; true is ${used / 1000}`);
        }
      }
    },
  }),
};

/** Generations count changes of the spec, and nobody reports to have seen one that isn't there yet. */
import type { KubeObject } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import type { Pod } from '../../engine/api/types';
import { type Checker, nameOf } from './history';

const observed = (object: KubeObject): number =>
  Number((object.status as { observedGeneration?: number } | undefined)?.observedGeneration ?? 0);

const isFinished = ({ kind, status }: KubeObject): boolean =>
  kind === 'Pod' && ['Failed', 'Succeeded'].includes((status as Pod['status'])?.phase ?? '');

export const generations: Checker = {
  name: 'generations',
  begin: (complain) => ({
    change: ({ kind, key, value, previous, atMs }, state) => {
      if (!value || state.lateNamesake(kind, key, atMs)) return;
      const { generation = 0 } = value.metadata;
      if (observed(value) > generation) complain(`${nameOf(value)} observed ${observed(value)} of ${generation}`);
      if (!previous) {
        if (generation > 1) complain(`${nameOf(value)} starts with generation ${generation}`);
        return;
      }
      const before = previous.metadata.generation ?? 0;
      if (generation < before || generation > before + 1) {
        complain(`${nameOf(value)} went from generation ${before} to ${generation}`);
      }
      if (observed(value) < observed(previous)) complain(`${nameOf(value)} forgot what it had observed`);
      // Kinds that don't count generations have none; binding a Pod is no change of what people asked for.
      if (generation === 0 || value.kind === 'Pod') return;
      if (generation === before && !deepEqual(value.spec, previous.spec)) {
        complain(`${nameOf(value)} has a new spec and still generation ${generation}`);
      }
    },
    settled: (state) => {
      for (const object of state.kinds().flatMap((kind) => state.list(kind))) {
        const { generation = 0 } = object.metadata;
        // A kubelet pays no heed to changes of a Pod that it is done with (pod_workers.go, UpdatePod).
        if (isFinished(object)) continue;
        if (observed(object) > 0 && observed(object) !== generation) {
          complain(`${nameOf(object)} ends with generation ${generation} and observed ${observed(object)}`);
        }
      }
    },
  }),
};

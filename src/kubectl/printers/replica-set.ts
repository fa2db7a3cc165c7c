/** ReplicaSet as a table row. Follows printReplicaSet in pkg/printers/internalversion/printers.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { ReplicaSet } from '../../engine/api/types';
import { ageOf, columns, containerCells, type Printer } from './columns';

/** ReplicaSet. */
export const replicaSetPrinter: Printer<ReplicaSet> = {
  columns: columns('NAME,DESIRED,CURRENT,READY,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (replicaSet, clock) => {
    const { metadata, spec, status } = replicaSet;
    return [
      metadata.name,
      String(spec.replicas ?? 1),
      String(status?.replicas ?? 0),
      String(status?.readyReplicas ?? 0),
      ageOf(replicaSet, clock),
      ...containerCells(spec.template?.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

/** Deployment as a table row. Follows printDeployment in pkg/printers/internalversion/printers.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { Deployment } from '../../engine/api/types';
import { ageOf, columns, containerCells, type Printer } from './columns';

/** Deployment. */
export const deploymentPrinter: Printer<Deployment> = {
  columns: columns('NAME,READY,UP-TO-DATE,AVAILABLE,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (deployment, clock) => {
    const { metadata, spec } = deployment;
    const status = deployment.status ?? {};
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`,
      String(status.updatedReplicas ?? 0),
      String(status.availableReplicas ?? 0),
      ageOf(deployment, clock),
      ...containerCells(spec.template.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

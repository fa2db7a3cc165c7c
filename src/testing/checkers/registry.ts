/** All checkers: what must hold in every run, whatever happens in it. */
import { addresses } from './addresses';
import { authorized } from './authorized';
import { autoscalers } from './autoscalers';
import { availability } from './availability';
import { bindings } from './bindings';
import { cronJobRuns } from './cron-job-runs';
import { daemonSets } from './daemon-sets';
import { disruptionBudgets } from './disruption-budgets';
import { endpointSlices } from './endpoint-slices';
import { endpoints } from './endpoints';
import { generations } from './generations';
import type { Checker } from './history';
import { jobCounts } from './job-counts';
import { kubeletPromises } from './kubelet-promises';
import { ownerReferences } from './owner-references';
import { placement } from './placement';
import { pressure } from './pressure';
import { quotas } from './quotas';
import { replicaSetCounts } from './replica-set-counts';
import { revisions } from './revisions';
import { rolloutBounds } from './rollout-bounds';
import { settledWell } from './settled';
import { statefulSets } from './stateful-sets';
import { storage } from './storage';
import { storms } from './storms';

/** Every checker. */
export const CHECKERS: readonly Checker[] = [
  revisions,
  generations,
  ownerReferences,
  addresses,
  bindings,
  kubeletPromises,
  placement,
  replicaSetCounts,
  statefulSets,
  daemonSets,
  rolloutBounds,
  availability,
  disruptionBudgets,
  endpointSlices,
  endpoints,
  autoscalers,
  quotas,
  pressure,
  jobCounts,
  cronJobRuns,
  storage,
  authorized,
  storms,
  settledWell,
];

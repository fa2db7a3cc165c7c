/**
 * All strategies by kind: the one place where a kind is given its rules.
 */
import type { Strategy } from '../strategy';
import { configMapStrategy } from './config-map';
import { eventStrategy } from './core-event';
import { deploymentStrategy } from './deployment';
import { endpointSliceStrategy } from './endpoint-slice';
import { leaseStrategy } from './lease';
import { namespaceStrategy } from './namespace';
import { nodeStrategy } from './node';
import { podStrategy } from './pod';
import { podDisruptionBudgetStrategy } from './pod-disruption-budget';
import { priorityClassStrategy } from './priority-class';
import { replicaSetStrategy } from './replica-set';
import { secretStrategy } from './secret';
import { serviceStrategy } from './service';
import { serviceAccountStrategy } from './service-account';

/** The strategy of every simulated kind. */
export const STRATEGIES: ReadonlyMap<string, Strategy> = new Map<string, Strategy>([
  ['ConfigMap', configMapStrategy],
  ['Event', eventStrategy],
  ['Namespace', namespaceStrategy],
  ['Node', nodeStrategy],
  ['Pod', podStrategy],
  ['Secret', secretStrategy],
  ['ServiceAccount', serviceAccountStrategy],
  ['Service', serviceStrategy],
  ['Deployment', deploymentStrategy],
  ['ReplicaSet', replicaSetStrategy],
  ['Lease', leaseStrategy],
  ['EndpointSlice', endpointSliceStrategy],
  ['PodDisruptionBudget', podDisruptionBudgetStrategy],
  ['PriorityClass', priorityClassStrategy],
]);

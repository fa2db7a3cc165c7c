/** Every built-in kind that is simulated: the one place where a kind is added. */
import { configMapKind } from './config-map';
import { customResourceDefinitionKind } from './custom-resource-definition';
import type { KindDefinition } from './definition';
import { deploymentKind } from './deployment';
import { endpointSliceKind } from './endpoint-slice';
import { eventKind } from './event';
import { leaseKind } from './lease';
import { namespaceKind } from './namespace';
import { nodeKind } from './node';
import { podKind } from './pod';
import { podDisruptionBudgetKind } from './pod-disruption-budget';
import { priorityClassKind } from './priority-class';
import { replicaSetKind } from './replica-set';
import { secretKind } from './secret';
import { serviceKind } from './service';
import { serviceAccountKind } from './service-account';

/** In the order of `kubectl api-resources`. */
export const KINDS: readonly KindDefinition[] = [
  configMapKind,
  eventKind,
  namespaceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  customResourceDefinitionKind,
  deploymentKind,
  replicaSetKind,
  leaseKind,
  endpointSliceKind,
  podDisruptionBudgetKind,
  priorityClassKind,
];

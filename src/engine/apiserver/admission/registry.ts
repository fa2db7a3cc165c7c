/**
 * The admission plugins of the simulated API server, in the order they run: all `admit` first, then all `validate`.
 * Follows pkg/kubeapiserver/options/plugins.go (AllOrderedPlugins and the set enabled by default), for the kinds that exist here.
 */
import type { AdmissionPlugin } from '../strategy';
import { defaultTolerationSeconds } from './default-toleration-seconds';
import { namespaceLifecycle } from './namespace-lifecycle';
import { podSecurity } from './pod-security';
import { podTopologyLabels } from './pod-topology-labels';
import { priority } from './priority';
import { runtimeClass } from './runtime-class';
import { serviceAccount } from './service-account';
import { taintNodesByCondition } from './taint-nodes-by-condition';

/** Every plugin, in order. */
export const ADMISSION_PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  serviceAccount,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  runtimeClass,
  podTopologyLabels,
];

/**
 * Defaults of DaemonSets. Fills in place.
 * Follows pkg/apis/apps/v1/defaults.go (SetDefaults_DaemonSet).
 */
import type { KubeObject } from '../meta';
import type { DaemonSet, DaemonSetSpec } from '../types';
import { defaultPodTemplate } from './pod-template';

/** Fills what a DaemonSet leaves open. */
export function defaultDaemonSet(draft: KubeObject): void {
  const daemonSet = draft as DaemonSet;
  daemonSet.spec ??= {} as DaemonSetSpec;
  const { spec } = daemonSet;
  spec.template ??= {};
  defaultPodTemplate(spec.template);
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= 'RollingUpdate';
  if (spec.updateStrategy.type === 'RollingUpdate') {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
    spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
  }
  // The stored form has no word for "not given".
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate) {
    rollingUpdate.maxUnavailable ??= 0;
    rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
}

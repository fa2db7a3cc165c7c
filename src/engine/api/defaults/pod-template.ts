/**
 * Defaults of a Pod's spec that templates get too. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_PodSpec) and what is applied to all objects with a PodSpec.
 */
import type { PodSpec, PodTemplateSpec } from '../types';
import { defaultContainer } from './container';
import { defaultResourceList } from './resource-list';
import { defaultVolume } from './volume';

const TERMINATION_GRACE_PERIOD_SECONDS = 30;

/** Fills what a Pod's spec leaves open, whether in a Pod or in a template. */
export function defaultPodSpec(spec: PodSpec): void {
  // The gate GenericWorkload is off in 1.36 (pkg/api/pod/util.go).
  delete spec.schedulingGroup;
  spec.containers ??= [];
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  spec.restartPolicy ||= 'Always';
  spec.terminationGracePeriodSeconds ??= TERMINATION_GRACE_PERIOD_SECONDS;
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ||= 'default-scheduler';
  defaultResourceList(spec.overhead);
  // The older spelling and the newer one always say the same.
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else if (spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
}

/** Fills what a template leaves open. */
export function defaultPodTemplate(template: PodTemplateSpec): void {
  template.metadata ??= {};
  template.spec ??= { containers: [] };
  defaultPodSpec(template.spec);
}

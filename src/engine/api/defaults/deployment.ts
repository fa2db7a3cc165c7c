/**
 * Defaults of Deployments. Fills in place.
 * Follows pkg/apis/apps/v1/defaults.go (SetDefaults_Deployment).
 */
import type { KubeObject } from '../meta';
import type { Deployment, DeploymentSpec } from '../types';
import { defaultPodTemplate } from './pod-template';

/** Fills what a Deployment leaves open. */
export function defaultDeployment(draft: KubeObject): void {
  const deployment = draft as Deployment;
  deployment.spec ??= {} as DeploymentSpec;
  const { spec } = deployment;
  spec.template ??= {} as DeploymentSpec['template'];
  defaultPodTemplate(spec.template);
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
}

/**
 * Defaults of ReplicationControllers. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_ReplicationController).
 */
import type { KubeObject } from '../meta';
import type { ReplicationController, ReplicationControllerSpec } from '../types';
import { defaultPodTemplate } from './pod-template';

const isEmpty = (map: object | undefined): boolean => Object.keys(map ?? {}).length === 0;

/** Fills what a ReplicationController leaves open: it selects, and is labelled, by its template's labels. */
export function defaultReplicationController(draft: KubeObject): void {
  const controller = draft as ReplicationController;
  controller.spec ??= {} as ReplicationControllerSpec;
  const { spec, metadata } = controller;
  spec.replicas ??= 1;
  if (!spec.template) return;
  defaultPodTemplate(spec.template);
  const labels = spec.template.metadata?.labels;
  if (!labels) return;
  if (isEmpty(spec.selector)) spec.selector = { ...labels };
  if (isEmpty(metadata.labels)) metadata.labels = { ...labels };
}

/**
 * The scale that an autoscaler's target has now.
 * Follows reconcileAutoscaler and scaleForResourceMappings in pkg/controller/podautoscaler/horizontal.go.
 */
import type { KindDefinition } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { groupOf } from '../../api/scheme';
import { StatusError } from '../../api/status-error';
import type { HorizontalPodAutoscaler } from '../../api/types';
import type { Context } from '../../client/component';

/** A Scale of autoscaling/v1. */
interface Scale extends KubeObject {
  readonly spec: { readonly replicas?: number };
  readonly status: { readonly replicas: number; readonly selector?: string };
}

/** The target with its size. */
export interface Target {
  readonly info: KindDefinition;
  readonly replicas: number;
  readonly selector: string;
  readonly resourceVersion: string;
}

/** How often the controller manager looks anew which kinds there are (NewControllerContext in cmd/kube-controller-manager). */
const DISCOVERY_MS = 30_000;

/** Whether a kind was there when the controller manager last looked. */
function isKnown({ nowMs, timeOf }: Context, { definedAt }: KindDefinition): boolean {
  return definedAt === undefined || timeOf(definedAt) < nowMs - (nowMs % DISCOVERY_MS);
}

/** The target of an autoscaler, or why it can't be had. */
export function targetOf(context: Context, autoscaler: HorizontalPodAutoscaler): Target | { readonly error: string } {
  const { apiVersion = '', kind, name } = autoscaler.spec.scaleTargetRef;
  if (apiVersion.split('/').length > 2) return { error: `unexpected GroupVersion string: ${apiVersion}` };
  const group = groupOf(apiVersion);
  const info = context.client.discovery().preferred.find((each) => each.group === group && each.kind === kind);
  if (!info || !isKnown(context, info)) return { error: `no matches for kind "${kind}" in group "${group}"` };
  try {
    const scale = context.client.get<Scale>(info.id, autoscaler.metadata.namespace, name, 'scale');
    return {
      info,
      replicas: scale.spec.replicas ?? 0,
      selector: scale.status.selector ?? '',
      resourceVersion: scale.metadata.resourceVersion ?? '',
    };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { error: error.message };
  }
}

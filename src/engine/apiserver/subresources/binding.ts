/**
 * The pods/binding subresource: gives a Pod its Node, once. Follows pkg/registry/core/pod/storage/storage.go.
 */
import { joinKey, type KubeObject } from '../../api/meta';
import { badRequest, conflict, invalid } from '../../api/status-error';
import { topologyLabelsOf } from '../admission/pod-topology-labels';
import { commit, type Exchange, named } from '../exchange';

/** The v1 Binding that a request carries. */
interface Binding {
  readonly metadata?: { readonly name?: unknown };
  readonly target?: { readonly kind?: unknown; readonly name?: unknown };
}

/** Binds the named Pod to the Node that the body names. */
export function createBinding(exchange: Exchange): KubeObject {
  const { host, request } = exchange;
  const { metadata, target } = (request.body ?? {}) as Binding;
  if (metadata?.name !== undefined && metadata.name !== request.name)
    throw badRequest('name in URL does not match name in Binding object');
  const nodeName = target?.name;
  if (typeof nodeName !== 'string' || nodeName === '') {
    throw invalid('', 'Binding', request.name ?? '', [
      { type: 'FieldValueRequired', field: 'target.name', message: 'Required value' },
    ]);
  }
  const node = host.store.get('Node', joinKey(undefined, nodeName));
  return commit(exchange, bindPod(named(exchange), nodeName, topologyLabelsOf(node), host.now), 'bind');
}

/** The Pod bound to a Node, with PodScheduled=True and the labels that tell its zone and region. Throws 409 when it is bound already or being deleted. */
function bindPod(
  pod: KubeObject,
  nodeName: string,
  topologyLabels: Record<string, string> | undefined,
  now: string,
): KubeObject {
  const { name, generation, deletionTimestamp } = pod.metadata;
  const spec = pod.spec as { nodeName?: string };
  // A nomination has served its purpose once the Pod is bound.
  const { nominatedNodeName: _served, ...status } = pod.status as {
    conditions?: readonly { type: string }[];
    nominatedNodeName?: string;
  };
  const refuse = (why: string) => conflict('', 'pods/binding', name, why);
  if (deletionTimestamp) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (spec.nodeName) throw refuse(`pod ${name} is already assigned to node "${spec.nodeName}"`);
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    ...(generation ? { observedGeneration: generation } : {}),
  };
  const others = (status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
  const labels = topologyLabels ? { ...pod.metadata.labels, ...topologyLabels } : pod.metadata.labels;
  const metadata = labels === pod.metadata.labels ? pod.metadata : { ...pod.metadata, labels };
  return { ...pod, metadata, spec: { ...spec, nodeName }, status: { ...status, conditions: [...others, scheduled] } };
}

/**
 * Gives a Pod its Node, once: the pods/binding subresource, and Bindings. Follows pkg/registry/core/pod/storage/storage.go.
 */
import type { KindDefinition } from '../../api/kinds/definition';
import { joinKey, type KubeObject } from '../../api/meta';
import { findResource } from '../../api/scheme';
import { badRequest, conflict, StatusError } from '../../api/status-error';
import { topologyLabelsOf } from '../admission/pod-topology-labels';
import { commit, type Exchange, named } from '../exchange';
import { checkPreconditions } from '../verbs/deletion';

/** What a client sends of a Binding, checked or not. */
interface Sent {
  readonly metadata?: Partial<KubeObject['metadata']>;
  readonly target?: { readonly kind?: unknown; readonly name?: unknown };
}

/** Binds the named Pod to the Node that the body names. */
export function createBinding(exchange: Exchange): KubeObject {
  const { host, request } = exchange;
  const { metadata = {}, target } = (request.body ?? {}) as Sent;
  if (metadata.name !== undefined && metadata.name !== request.name)
    throw badRequest('name in URL does not match name in Binding object');
  const { name: nodeName, kind = '' } = target ?? {};
  // Upstream hands on what validation says without the status of an invalid object.
  const problems = [
    ...(kind === '' || kind === 'Node'
      ? []
      : [`target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`]),
    ...(typeof nodeName === 'string' && nodeName !== '' ? [] : ['target.name: Required value']),
  ];
  if (problems.length > 0) throw new StatusError('', 500, listed(problems));
  const pod = named(exchange);
  const topology = topologyLabelsOf(host.store.get('Node', joinKey(undefined, nodeName as string)));
  return commit(exchange, bindPod(pod, nodeName as string, { ...metadata, topology }, host.now), 'bind');
}

const listed = (problems: readonly string[]): string =>
  problems.length > 1 ? `[${problems.join(', ')}]` : (problems[0] as string);

/** A Binding that is created on its own binds the Pod of its name, without a word on pods/binding. */
export function bindNamed(exchange: Exchange, binding: KubeObject): KubeObject {
  // Only the subresource keeps what a sender says of the Pod's identity.
  const { uid: _uid, resourceVersion: _version, ...metadata } = binding.metadata ?? {};
  const request = { ...exchange.request, name: metadata.name ?? '', body: { ...binding, metadata } };
  createBinding({ ...exchange, info: findResource('Pod') as KindDefinition, request });
  return { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success', code: 201 } as unknown as KubeObject;
}

/** What of a Binding, and of its Node, gets into the metadata of the Pod. */
interface Added extends Partial<KubeObject['metadata']> {
  readonly topology: Record<string, string> | undefined;
}

/** The Pod bound to a Node, with PodScheduled=True and the labels that tell its zone and region. Throws 409 when it is bound already or being deleted. */
function bindPod(pod: KubeObject, nodeName: string, added: Added, now: string): KubeObject {
  const { name, generation, deletionTimestamp } = pod.metadata;
  const spec = pod.spec as { nodeName?: string; schedulingGates?: readonly unknown[] };
  // A nomination has served its purpose once the Pod is bound.
  const { nominatedNodeName: _served, ...status } = pod.status as {
    conditions?: readonly { type: string }[];
    nominatedNodeName?: string;
  };
  const refuse = (why: string) => conflict('', 'pods/binding', name, why);
  checkPreconditions(pod, findResource('Pod') as KindDefinition, { preconditions: added });
  if (deletionTimestamp) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (spec.nodeName) throw refuse(`pod ${name} is already assigned to node "${spec.nodeName}"`);
  if (spec.schedulingGates?.length) throw refuse(`pod ${name} has non-empty .spec.schedulingGates`);
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    ...(generation ? { observedGeneration: generation } : {}),
  };
  const others = (status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
  const { labels, topology, annotations } = added;
  const metadata = {
    ...pod.metadata,
    ...(labels || topology ? { labels: { ...pod.metadata.labels, ...labels, ...topology } } : {}),
    ...(annotations ? { annotations: { ...pod.metadata.annotations, ...annotations } } : {}),
  };
  return { ...pod, metadata, spec: { ...spec, nodeName }, status: { ...status, conditions: [...others, scheduled] } };
}

/**
 * The pods/exec, pods/attach and pods/portforward subresources: a command in a container, its own process, or its ports, as the node's kubelet has them.
 * Follows pkg/registry/core/pod/rest/subresources.go and streamLocation in pkg/registry/core/pod/strategy.go. A stream is asked for part by
 * part; the first is a POST, as SPDY's is, and the rest belong to it.
 */
import type { ExecAnswer, LogAnswer } from '../../api/pod-streams';
import { badRequest } from '../../api/status-error';
import type { Pod } from '../../api/types';
import { type Exchange, named } from '../exchange';
import { containerOf, kubeletOf } from '../kubelet-connection';

function nodeOf(exchange: Exchange, pod: Pod) {
  if (!pod.spec.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const kubelet = kubeletOf(exchange, pod, (_address, failure) => `error dialing backend: ${failure}`);
  const { name, namespace = '' } = pod.metadata;
  return { kubelet, metadata: { name, namespace } };
}

function placeOf(exchange: Exchange, wanted: string | undefined) {
  const pod = named(exchange) as Pod;
  const container = containerOf(pod, wanted);
  return { pod, container, ...nodeOf(exchange, pod) };
}

/** Answers with what a command has printed so far. */
export function createExec(exchange: Exchange): ExecAnswer {
  const { exec } = exchange.options;
  if (!exec) throw badRequest('you must specify at least one command for the container');
  const { pod, container, kubelet, metadata } = placeOf(exchange, exec.container);
  return { apiVersion: 'v1', kind: 'PodExec', metadata, ...kubelet.exec(pod, container, exec) };
}

/** Answers with what a container's process prints from now on. */
export function createAttach(exchange: Exchange): LogAnswer {
  const { log = {} } = exchange.options;
  const { pod, container, kubelet, metadata } = placeOf(exchange, log.container);
  return { apiVersion: 'v1', kind: 'PodLog', metadata, ...kubelet.attach(pod, container, log) };
}

/** Answers that the kubelet would take connections. */
export function createPortForward(exchange: Exchange): LogAnswer {
  const { metadata } = nodeOf(exchange, named(exchange) as Pod);
  return { apiVersion: 'v1', kind: 'PodLog', metadata, text: '', instance: '', next: 0, isOver: true };
}

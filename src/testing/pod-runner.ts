/**
 * A stand-in for scheduler and kubelets in tests of controllers: binds every Pod to a node in turn, starts it after a
 * delay, and removes it some time after its deletion. Images called `never:…` never get ready, `fail:…` end in failure.
 */
import { isPodReady } from '../engine/api/conditions';
import { keyOf, splitKey } from '../engine/api/meta';
import type { Pod } from '../engine/api/types';
import type { Component, Context } from '../engine/client/component';

/** How Pods behave, in ms. */
export interface PodRunnerOptions {
  readonly nodes: readonly string[];
  readonly readyAfterMs?: number;
  readonly goneAfterMs?: number;
}

function podAt(context: Context, key: string): Pod | undefined {
  const { namespace, name } = splitKey(key);
  return context.client.find<Pod>('Pod', namespace, name);
}

function setReady(context: Context, pod: Pod, status: 'True' | 'False', phase: string): void {
  const ready = { type: 'Ready', status, lastTransitionTime: context.now } as const;
  const number = Number(context.memory.started ?? 0) + 1;
  context.memory.started = number;
  const ip = pod.status.podIP ?? `10.244.${number >> 8}.${number & 255}`;
  context.client.updateStatus<Pod>({
    ...pod,
    status: { ...pod.status, phase, podIP: ip, podIPs: [{ ip }], conditions: [ready] },
  });
}

/** Builds the component. Leave out `default-scheduler` and use no kubelets (`nodes: 0`) with it. */
export function createPodRunner(options: PodRunnerOptions): Component {
  const { nodes, readyAfterMs = 1000, goneAfterMs = 500 } = options;
  return {
    name: 'pod-runner',
    // Not a kubelet's: it speaks for all nodes, and the node authorizer would refuse it.
    process: 'stand-in',
    watches: [
      {
        kind: 'Pod',
        on: (context, event) => {
          if (!event.previous && event.value) context.after(0, 'start', event.key);
          const isMarked = event.value?.metadata.deletionTimestamp && !event.previous?.metadata.deletionTimestamp;
          if (isMarked) context.after(goneAfterMs, 'remove', event.key);
        },
      },
    ],
    initial: () => ({ bound: 0, started: 0 }),
    handle: (context, timer) => {
      const pod = podAt(context, timer.key);
      if (!pod) return;
      const { namespace = '', name } = pod.metadata;
      if (timer.kind === 'start') {
        const bound = Number(context.memory.bound);
        context.memory.bound = bound + 1;
        if (!pod.spec.nodeName) context.client.bind(namespace, name, nodes[bound % nodes.length] as string);
        context.after(readyAfterMs, 'run', keyOf(pod));
      } else if (timer.kind === 'run' && !pod.metadata.deletionTimestamp && !isPodReady(pod)) {
        const image = pod.spec.containers[0]?.image ?? '';
        if (image.startsWith('fail:')) setReady(context, pod, 'False', 'Failed');
        else setReady(context, pod, image.startsWith('never:') ? 'False' : 'True', 'Running');
      } else if (timer.kind === 'remove') {
        context.client.delete('Pod', namespace, name, { gracePeriodSeconds: 0 });
      }
    },
  };
}

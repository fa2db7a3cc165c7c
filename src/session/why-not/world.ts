/** The objects of a moment, and which workload a Pod belongs to in the end. */

import { controllerOf, type KubeObject } from '../../engine/api/meta';
import { isPodActive } from '../../engine/api/pod';
import type { Pod, PodSpec } from '../../engine/api/types';
import { waitsOf } from '../../engine/kubelet-waits';
import { servedPorts } from '../../engine/served-ports';
import type { Input, Simulation } from '../../engine/simulation';
import { command, inNamespace, type Missing, type World } from './said';

/** The objects at a step, each kind read once. */
export function worldAt(simulation: Simulation, step: number): World {
  const lists = new Map<string, readonly unknown[]>();
  return {
    list<T>(kind: string) {
      const known = lists.get(kind) ?? simulation.objectsAt(step, kind);
      lists.set(kind, known);
      return known as readonly T[];
    },
    get: <T>(kind: string, namespace: string | undefined, name: string) =>
      simulation.objectAt(step, kind, namespace, name) as T | undefined,
    waits: (pod) => waitsOf(simulation, pod, step),
    serves: (pod, container) => servedPorts(simulation, pod, container),
  };
}

/** A workload, as far as all of them are alike. */
export interface Workload extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly parallelism?: number; readonly template?: { spec: PodSpec } };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

/** What controls an object in the end: a Deployment for a ReplicaSet's Pod, the object itself if nothing does. */
export function rootOf(world: World, object: KubeObject): KubeObject {
  let root = object;
  for (let depth = 0; depth < 5; depth += 1) {
    const owner = controllerOf(root);
    const found = owner && world.get<KubeObject>(owner.kind, root.metadata.namespace, owner.name);
    if (!found || found.metadata.uid !== owner?.uid) return root;
    root = found;
  }
  return root;
}

/** Pods that a workload holds in the end, or the Pod that is asked about. Those on their way out don't count. */
export function podsOf(world: World, root: KubeObject): readonly Pod[] {
  const { namespace } = root.metadata;
  return world
    .list<Pod>('Pod')
    .filter((pod) => pod.metadata.namespace === namespace && isPodActive(pod))
    .filter((pod) => rootOf(world, pod).metadata.uid === root.metadata.uid);
}

/** How many Pods a workload wants; 1 for a Pod. */
export function wantedOf(root: KubeObject): number {
  const { spec } = root as Workload;
  if (root.kind === 'DaemonSet') return (root as Workload).status?.desiredNumberScheduled ?? 0;
  return root.kind === 'Pod' ? 1 : (spec.replicas ?? spec.parallelism ?? 1);
}

/** Counts the Pods that a workload wants and that are not as they should be. */
export function missingPods(root: KubeObject, isGood: (pod: Pod) => boolean): Missing {
  return (world) => {
    const now = again(world, root);
    if (!now) return 1;
    const pods = podsOf(world, now);
    const good = pods.filter(isGood).length;
    return Math.max(0, wantedOf(now) - good) + (pods.length - good);
  };
}

/** The same object at another moment, if it is still there. */
export const again = <T extends KubeObject>(world: World, { kind, metadata }: KubeObject): T | undefined =>
  world.get<T>(kind, metadata.namespace, metadata.name);

/** `deployment/web`, as commands name it. */
export const targetOf = ({ kind, metadata }: KubeObject): string => `${kind.toLowerCase()}/${metadata.name}`;

const SCALED = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']);

/** Whether `kubectl scale` is how it gets other Pods. */
export const isScaled = ({ kind }: KubeObject): boolean => SCALED.has(kind);

/** The act that gives it so many. */
export const scaling = (root: KubeObject, replicas: number): Input =>
  command(`scale ${targetOf(root)}${inNamespace(root.metadata.namespace)} --replicas=${replicas}`);

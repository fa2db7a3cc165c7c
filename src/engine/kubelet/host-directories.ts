/**
 * Directories of a node of which a hostPath does not say what is to be there: the runtime makes them when a container is to have them. Before
 * that the kubelet looks into one for what a subPath names, and does not find it.
 * Follows makeMounts in pkg/kubelet/kubelet_pods.go.
 */
import type { Container, HostPathVolumeSource, PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types';
import { claimNameOf } from '../api/volume-claim';
import type { Lister } from '../client/client';
import type { Kubelet } from './api-writes';
import { pathProblem } from './environment';
import type { PodRecord } from './records';

function hostPathOf(lister: Lister, { metadata, spec }: Pod, name: string): HostPathVolumeSource | undefined {
  const volume = spec.volumes?.find((one) => one.name === name);
  const claimName = volume && claimNameOf(metadata.name, volume);
  if (claimName === undefined) return volume?.hostPath;
  const claim = lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', metadata.namespace, claimName);
  return lister.get<PersistentVolume>('PersistentVolume', undefined, claim?.spec.volumeName ?? '')?.spec.hostPath;
}

/** Why a container can't have the volumes that it mounts, if it can't. What is missing of directories is made for it. */
export function mountProblem(
  { context, runtime }: Kubelet,
  { pod }: PodRecord,
  spec: Container,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const problem = pathProblem(spec, environment);
  if (problem) return problem;
  for (const { name, subPath, subPathExpr } of spec.volumeMounts ?? []) {
    const source = hostPathOf(context.lister, pod, name);
    if (!source || source.type || runtime.hostEntry(source.path)) continue;
    if (subPath || subPathExpr) return `stat ${source.path}: no such file or directory`;
    runtime.makeHostEntry(source.path, 'directory');
  }
  return undefined;
}

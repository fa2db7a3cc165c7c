/**
 * What a container's environment and a Pod's volumes need of ConfigMaps and Secrets, and the words for what is missing.
 * Follows makeEnvironmentVariables in pkg/kubelet/kubelet_pods.go and pkg/volume/{configmap,secret,projected}. Looked up live at each try;
 * a changed ConfigMap does not reach running containers.
 */
import { decodeBase64ToBytes } from '../api/base64';
import type { ConfigMap, Container, Pod, Secret, Volume } from '../api/types';
import type { Client } from '../client/client';

interface Wanted {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
  readonly optional: boolean;
}

/** Environment of a container, or what is missing for it. */
export type Environment = { readonly values: Record<string, string> } | { readonly missing: string };

function lookUp(client: Client, namespace: string, wanted: Wanted): Record<string, string> | undefined {
  const found = client.find<ConfigMap | Secret>(wanted.kind, namespace, wanted.name);
  return found && (found.data ?? {});
}

function missingText(namespace: string, wanted: Wanted): string {
  if (wanted.key === undefined) return `${wanted.kind.toLowerCase()} "${wanted.name}" not found`;
  return `couldn't find key ${wanted.key} in ${wanted.kind} ${namespace}/${wanted.name}`;
}

/** The variables a container gets, in the order upstream fills them: envFrom first, then env. */
export function containerEnvironment(client: Client, pod: Pod, container: Container): Environment {
  const values: Record<string, string> = {};
  const namespace = pod.metadata.namespace ?? '';
  for (const source of container.envFrom ?? []) {
    const reference = source.configMapRef ?? source.secretRef;
    if (!reference) continue;
    const kind = source.configMapRef ? 'ConfigMap' : 'Secret';
    const wanted: Wanted = { kind, name: reference.name ?? '', optional: reference.optional ?? false };
    const data = lookUp(client, namespace, wanted);
    if (!data && !wanted.optional) return { missing: missingText(namespace, wanted) };
    for (const [key, value] of Object.entries(data ?? {})) {
      values[`${source.prefix ?? ''}${key}`] = kind === 'Secret' ? decodeBase64ToBytes(value) : value;
    }
  }
  for (const variable of container.env ?? []) {
    const reference = variable.valueFrom?.configMapKeyRef ?? variable.valueFrom?.secretKeyRef;
    if (!reference) {
      values[variable.name] = variable.value ?? downward(pod, variable.valueFrom?.fieldRef?.fieldPath);
      continue;
    }
    const kind = variable.valueFrom?.configMapKeyRef ? 'ConfigMap' : 'Secret';
    const { name = '', key, optional = false } = reference;
    const data = lookUp(client, namespace, { kind, name, optional });
    if (!data && !optional) return { missing: missingText(namespace, { kind, name, optional }) };
    const value = data?.[key];
    if (data && value === undefined && !optional)
      return { missing: missingText(namespace, { kind, name, key, optional }) };
    if (value !== undefined) values[variable.name] = kind === 'Secret' ? decodeBase64ToBytes(value) : value;
  }
  return { values };
}

function downward(pod: Pod, path: string | undefined): string {
  if (path === 'metadata.name') return pod.metadata.name;
  if (path === 'metadata.namespace') return pod.metadata.namespace ?? '';
  if (path === 'metadata.uid') return pod.metadata.uid ?? '';
  if (path === 'spec.nodeName') return pod.spec.nodeName ?? '';
  if (path === 'spec.serviceAccountName') return pod.spec.serviceAccountName ?? '';
  return '';
}

function volumeNeeds(volume: Volume): Wanted[] {
  if (volume.configMap) {
    return [{ kind: 'ConfigMap', name: volume.configMap.name ?? '', optional: volume.configMap.optional ?? false }];
  }
  if (volume.secret) {
    return [{ kind: 'Secret', name: volume.secret.secretName ?? '', optional: volume.secret.optional ?? false }];
  }
  const needs: Wanted[] = [];
  for (const source of volume.projected?.sources ?? []) {
    if (source.configMap && source.configMap.name !== 'kube-root-ca.crt') {
      needs.push({
        kind: 'ConfigMap',
        name: source.configMap.name ?? '',
        optional: source.configMap.optional ?? false,
      });
    }
    if (source.secret) {
      needs.push({ kind: 'Secret', name: source.secret.name ?? '', optional: source.secret.optional ?? false });
    }
  }
  return needs;
}

/** The FailedMount message of the first volume that can't be set up, if any. */
export function failedMount(client: Client, pod: Pod): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  for (const volume of pod.spec.volumes ?? []) {
    for (const wanted of volumeNeeds(volume)) {
      if (wanted.optional || lookUp(client, namespace, wanted)) continue;
      return `MountVolume.SetUp failed for volume "${volume.name}" : ${missingText(namespace, wanted)}`;
    }
  }
  return undefined;
}

/** Files that volumes of ConfigMaps and Secrets put into a container. */
export function mountedFiles(client: Client, pod: Pod, container: Container): Record<string, string> {
  const files: Record<string, string> = {};
  const namespace = pod.metadata.namespace ?? '';
  for (const mount of container.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === mount.name);
    for (const wanted of volume && !volume.projected ? volumeNeeds(volume) : []) {
      const items = volume?.configMap?.items ?? volume?.secret?.items;
      for (const [key, value] of Object.entries(lookUp(client, namespace, wanted) ?? {})) {
        const path = items ? items.find((item) => item.key === key)?.path : key;
        if (path === undefined || (mount.subPath && mount.subPath !== path)) continue;
        const target = mount.subPath ? mount.mountPath : `${mount.mountPath.replace(/\/$/, '')}/${path}`;
        files[target] = wanted.kind === 'Secret' ? decodeBase64ToBytes(value) : value;
      }
    }
  }
  return files;
}

/**
 * The volumes that the kubelet fills before a Pod's containers start: ConfigMaps, Secrets, the downward API, projections of them.
 * Follows pkg/volume/{configmap,secret,downwardapi,projected}. Written once: later changes do not reach running containers. Tokens and the
 * root certificate are placeholders; claims and the volumes of vendors hold nothing.
 */
import { decodeBase64ToBytes } from '../api/base64';
import type { DownwardAPIVolumeFile, Volume } from '../api/types';
import type { Files } from '../machine/cri';
import type { Kubelet } from './api-writes';
import { lookUp, needOf, type Wanted } from './config-references';
import { podField, resourceField } from './environment';
import { containersOf, type PodRecord } from './records';

type Entries = [path: string, content: string][];

function referenced({ context }: Kubelet, record: PodRecord, wanted: Wanted): Entries {
  const entries: Entries = [];
  const data = lookUp(context.lister, record.pod.metadata.namespace ?? '', wanted) ?? {};
  for (const [key, value] of Object.entries(data)) {
    const path = wanted.items ? wanted.items.find((item) => item.key === key)?.path : key;
    if (path !== undefined) entries.push([path, wanted.kind === 'Secret' ? decodeBase64ToBytes(value) : value]);
  }
  return entries;
}

function downward(kubelet: Kubelet, record: PodRecord, items: readonly DownwardAPIVolumeFile[]): Entries {
  return items.map(({ path, fieldRef, resourceFieldRef }) => {
    if (fieldRef) return [path, podField(kubelet, record, fieldRef.fieldPath)];
    const container = containersOf(record.pod).find(({ name }) => name === resourceFieldRef?.containerName);
    if (!resourceFieldRef || !container) return [path, ''];
    return [path, resourceField(kubelet, container, resourceFieldRef.resource, resourceFieldRef.divisor)];
  });
}

function entriesOf(kubelet: Kubelet, record: PodRecord, volume: Volume): Entries | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return referenced(kubelet, record, needOf('ConfigMap', configMap.name, configMap));
  if (secret) return referenced(kubelet, record, needOf('Secret', secret.secretName, secret));
  if (downwardAPI) return downward(kubelet, record, downwardAPI.items ?? []);
  if (!projected) return undefined;
  return (projected.sources ?? []).flatMap((source): Entries => {
    if (source.configMap)
      return referenced(kubelet, record, needOf('ConfigMap', source.configMap.name, source.configMap));
    if (source.secret) return referenced(kubelet, record, needOf('Secret', source.secret.name, source.secret));
    if (source.downwardAPI) return downward(kubelet, record, source.downwardAPI.items ?? []);
    return source.serviceAccountToken ? [[source.serviceAccountToken.path, 'token']] : [];
  });
}

/** Fills a Pod's volumes on its machine. */
export function setUpVolumes(kubelet: Kubelet, record: PodRecord): void {
  for (const volume of record.pod.spec.volumes ?? []) {
    const entries = entriesOf(kubelet, record, volume);
    if (entries) kubelet.runtime.writeVolume(record.uid, volume.name, Object.fromEntries(entries) as Files);
  }
}

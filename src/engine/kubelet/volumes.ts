/**
 * The volumes that the kubelet fills before a Pod's containers start, and again when what they show has changed: ConfigMaps, Secrets, the
 * downward API, projections of them, all files at once.
 * Follows pkg/volume/{configmap,secret,downwardapi,projected}. Tokens and the root certificate are placeholders; claims and the volumes of
 * vendors hold nothing.
 */
import type { DownwardAPIVolumeFile, Pod, Volume } from '../api/types';
import type { Files } from '../machine/cri';
import { MODE_SUFFIX, OWNER_SUFFIX } from '../machine/shell/paths';
import { type Kubelet, podEvent } from './api-writes';
import { contentOf, failedMounts, needOf, problemsOf, type Wanted } from './config-references';
import { podField, resourceField } from './environment';
import { retryDelay } from './mount-retries';
import { mountedVolumes } from './mounted-volumes';
import { containersOf, type PodRecord } from './records';

type Entries = [path: string, content: string][];

/** The mode that files have unless something else is said. */
const DEFAULT_MODE = 0o644;
/** What a group's files have at least. */
const GROUP_READS = 0o440;

/** A file's mode as the machine keeps it. */
const modeEntry = (path: string, mode: number): [string, string] => [`${path}${MODE_SUFFIX}`, mode.toString(8)];

/** Gives all files that have no mode of their own that of their volume. A group that volumes are given to may read them (SetVolumeOwnership of pkg/volume). */
function withModes(entries: Entries, { configMap, secret, downwardAPI, projected }: Volume, fsGroup?: number): Entries {
  const source = configMap ?? secret ?? downwardAPI ?? projected;
  const mode = source?.defaultMode ?? DEFAULT_MODE;
  const own = new Set(entries.map(([path]) => path));
  const plain =
    mode === DEFAULT_MODE
      ? []
      : entries.filter(([path]) => !path.endsWith(MODE_SUFFIX) && !own.has(`${path}${MODE_SUFFIX}`));
  const all = [...entries, ...plain.map(([path]) => modeEntry(path, mode))];
  if (fsGroup === undefined) return all;
  return all.flatMap(([path, text]): Entries => {
    if (path.endsWith(MODE_SUFFIX)) return [[path, (Number.parseInt(text, 8) | GROUP_READS).toString(8)]];
    return [
      [path, text],
      [`${path}${OWNER_SUFFIX}`, `0:${fsGroup}`],
    ];
  });
}

function referenced({ context }: Kubelet, record: PodRecord, wanted: Wanted): Entries {
  const entries: Entries = [];
  const data = contentOf(context.lister, record.pod.metadata.namespace ?? '', wanted) ?? {};
  for (const [key, value] of Object.entries(data)) {
    const item = wanted.items?.find((one) => one.key === key);
    const path = wanted.items ? item?.path : key;
    if (path === undefined) continue;
    entries.push([path, value]);
    if (item?.mode !== undefined) entries.push(modeEntry(path, item.mode));
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

/** Fills a Pod's volumes on its machine; returns the names of those that hold something else than before. What can't be set up stays as it is. */
export function setUpVolumes(kubelet: Kubelet, record: PodRecord): string[] {
  const changed: string[] = [];
  for (const volume of mountedVolumes(record.pod)) {
    const entries = entriesOf(kubelet, record, volume);
    if (!entries || problemsOf(kubelet.context.lister, record.pod, volume).length > 0) continue;
    const files: Files = Object.fromEntries(withModes(entries, volume, record.pod.spec.securityContext?.fsGroup));
    if (kubelet.runtime.writeVolume(record.uid, volume.name, files)) changed.push(volume.name);
  }
  return changed;
}

/** Tells of volumes that can't be filled again, which keep what they hold, and tries anew later; not before the time of the last failure is over. */
function noteFailures(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  const { refills } = context.memory;
  const { uid, pod } = record;
  const messages = failedMounts(context.lister, pod);
  const last = refills.get(uid);
  if (messages.length === 0) refills.delete(uid);
  if (messages.length === 0 || (last && context.nowMs < last.againAtMs)) return;
  for (const message of messages) podEvent(kubelet, record, undefined, 'Warning', 'FailedMount', message);
  const text = messages.join('; ');
  context.say('wait', pod, `Pod ${pod.metadata.name} keeps the files that it has: ${text}`);
  const failures = last?.failures ?? 0;
  const delayMs = retryDelay(failures);
  refills.set(uid, { failures: failures + 1, againAtMs: context.nowMs + delayMs });
  context.after(delayMs, 'refresh', uid);
}

/** Fills them again, as every sync does, with what the API says of the Pod by now. */
export function refreshVolumes(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  const { uid, sandbox, phase } = record;
  if (phase !== 'syncing' || !sandbox || !record.pod.spec.volumes) return;
  const { namespace, name } = record.pod.metadata;
  const pod = context.lister.get<Pod>('Pod', namespace, name);
  noteFailures(kubelet, record);
  const changed = setUpVolumes(kubelet, pod?.metadata.uid === uid ? { ...record, pod } : record);
  if (changed.length === 0) return;
  const what = `The files of volume ${changed.join(', ')} in Pod ${name} are replaced: the kubelet looks at them with each sync`;
  context.say('refresh', record.pod, what);
}

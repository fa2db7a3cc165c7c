/**
 * What a Pod's volumes need of ConfigMaps and Secrets, and the words for what is missing.
 * Follows pkg/volume/{configmap,secret,projected}. They are looked up as they are at each try.
 */
import { decodeBase64ToBytes } from '../api/base64';
import type { ConfigMap, KeyToPath, Pod, Secret, Volume } from '../api/types';
import type { Lister } from '../client/client';
import { mountedVolumes } from './mounted-volumes';

/** A ConfigMap or Secret that a Pod refers to. */
export interface Wanted {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
  readonly optional: boolean;
  /** Which of its keys go to which paths of a volume; undefined: all, by their own names. */
  readonly items?: readonly KeyToPath[];
}

/** What a ConfigMap or Secret holds; undefined when it is not there. */
export function lookUp(lister: Lister, namespace: string, wanted: Wanted): Record<string, string> | undefined {
  const found = lister.get<ConfigMap | Secret>(wanted.kind, namespace, wanted.name);
  return found && (found.data ?? {});
}

/** The same with what a ConfigMap holds in base64, as files show it. */
export function contentOf(
  lister: Lister,
  namespace: string,
  { kind, name }: Wanted,
): Record<string, string> | undefined {
  const found = lister.get<ConfigMap & Secret>(kind, namespace, name);
  if (!found) return undefined;
  const encoded = Object.entries(kind === 'Secret' ? (found.data ?? {}) : (found.binaryData ?? {}));
  const decoded = Object.fromEntries(encoded.map(([key, value]) => [key, decodeBase64ToBytes(value)]));
  return kind === 'Secret' ? decoded : { ...decoded, ...found.data };
}

/** The kubelet's words for what is missing. */
export function missingText(namespace: string, wanted: Wanted): string {
  if (wanted.key === undefined) return `${wanted.kind.toLowerCase()} "${wanted.name}" not found`;
  return `couldn't find key ${wanted.key} in ${wanted.kind} ${namespace}/${wanted.name}`;
}

/** The reference that a volume's source makes. */
export function needOf(
  kind: Wanted['kind'],
  name: string | undefined,
  source: { readonly optional?: boolean; readonly items?: readonly KeyToPath[] },
): Wanted {
  const { optional = false, items } = source;
  return { kind, name: name ?? '', optional, ...(items ? { items } : {}) };
}

function volumeNeeds(volume: Volume): Wanted[] {
  if (volume.configMap) return [needOf('ConfigMap', volume.configMap.name, volume.configMap)];
  if (volume.secret) return [needOf('Secret', volume.secret.secretName, volume.secret)];
  const needs: Wanted[] = [];
  for (const source of volume.projected?.sources ?? []) {
    if (source.configMap && source.configMap.name !== 'kube-root-ca.crt') {
      needs.push(needOf('ConfigMap', source.configMap.name, source.configMap));
    }
    if (source.secret) needs.push(needOf('Secret', source.secret.name, source.secret));
  }
  return needs;
}

/** Whether a volume of a Pod shows a ConfigMap or Secret. */
export function showsContent(pod: Pod, kind: string, name: string): boolean {
  return mountedVolumes(pod).some((volume) =>
    volumeNeeds(volume).some((need) => need.kind === kind && need.name === name),
  );
}

/** Why a source of a volume can't be shown; undefined when it can. */
function problemOf(lister: Lister, namespace: string, wanted: Wanted): string | undefined {
  if (wanted.optional) return undefined;
  const content = contentOf(lister, namespace, wanted);
  if (!content) return missingText(namespace, wanted);
  const lacking = wanted.items?.find(({ key }) => !Object.hasOwn(content, key));
  if (!lacking) return undefined;
  return wanted.kind === 'Secret'
    ? `references non-existent secret key: ${lacking.key}`
    : `configmap references non-existent config key: ${lacking.key}`;
}

/** Why a volume of a Pod can't be set up, each reason once. */
export function problemsOf(lister: Lister, { metadata: { namespace = '' } }: Pod, volume: Volume): readonly string[] {
  return [...new Set(volumeNeeds(volume).flatMap((wanted) => problemOf(lister, namespace, wanted) ?? []))];
}

/** The FailedMount messages of the volumes that can't be set up, one for each. */
export function failedMounts(lister: Lister, pod: Pod): string[] {
  return mountedVolumes(pod).flatMap((volume) => {
    const problems = problemsOf(lister, pod, volume);
    if (problems.length === 0) return [];
    const text = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
    return [`MountVolume.SetUp failed for volume "${volume.name}" : ${text}`];
  });
}

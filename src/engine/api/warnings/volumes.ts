/**
 * Volumes that are out of use, and files of one volume that would lie in one another.
 * Follows warningsForPodSpecAndMeta and warningsForOverlappingVirtualPaths in pkg/api/pod/warnings.go.
 */
import type { Volume, VolumeProjection } from '../types';
import { quoteGo } from '../validation/field-errors';

/** Sources of volumes that are gone or going, in the order in which they are looked at. */
const DEPRECATED: readonly (readonly [string, string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** How upstream's paths call a source, where that is not its name. */
const SPELLED: Readonly<Record<string, string>> = { storageos: 'storageOS' };

/** Sources that are out of use. `field` is the list's. */
export function deprecatedVolumeWarnings(volumes: readonly Volume[], field: string): string[] {
  return volumes.flatMap((volume, index) =>
    DEPRECATED.filter(([source]) => (volume as unknown as Record<string, unknown>)[source] !== undefined).map(
      ([source, why]) => `${field}[${index}].${SPELLED[source] ?? source}: ${why}`,
    ),
  );
}

/** A file of a volume, and where it comes from when a volume has several sources. */
interface Place {
  readonly path: string;
  readonly source: string;
}

type Item = { readonly path: string };

const placesOf = (items: readonly Item[] | undefined, source: string): Place[] =>
  (items ?? []).map(({ path }) => ({ path: path.replace(/\/+$/, ''), source }));

const shown = ({ path, source }: Place): string => (source ? `${quoteGo(path)} (${source})` : quoteGo(path));

function isInside(inner: string, outer: string): boolean {
  return `${inner}/`.startsWith(`${outer}/`);
}

function overlaps(places: readonly Place[]): string[] {
  return places.flatMap((place, index) => {
    if (place.path === '') return [];
    const others = places.slice(0, index).filter(({ path }) => path !== '');
    return others
      .filter(({ path }) => isInside(path, place.path) || isInside(place.path, path))
      .map((other) => `${shown(place)} with ${shown(other)}`);
  });
}

function projectedPlaces(source: VolumeProjection): Place[] {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (configMap?.items) return placesOf(configMap.items, `ConfigMap ${quoteGo(configMap.name ?? '')}`);
  if (secret?.items) return placesOf(secret.items, `Secret ${quoteGo(secret.name ?? '')}`);
  if (downwardAPI?.items) return placesOf(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken) return placesOf([serviceAccountToken], 'ServiceAccountToken');
  return [];
}

/** Files that would overwrite or lie in one another. */
export function overlappingPathWarnings(volumes: readonly Volume[]): string[] {
  return volumes.flatMap(({ name, configMap, secret, downwardAPI, projected }) => {
    const say = (what: string, places: readonly Place[]) =>
      overlaps(places).map((body) => `volume ${quoteGo(name)} (${what}): overlapping paths: ${body}`);
    const sources = projected?.sources ?? [];
    const empty = sources.filter((source) => Object.keys(source).length === 0);
    return [
      ...say(`ConfigMap ${quoteGo(configMap?.name ?? '')}`, placesOf(configMap?.items, '')),
      ...say(`Secret ${quoteGo(secret?.secretName ?? '')}`, placesOf(secret?.items, '')),
      ...say('DownwardAPI', placesOf(downwardAPI?.items, '')),
      ...empty.map(() => `volume ${quoteGo(name)} (Projected) has no sources provided`),
      ...say('Projected', sources.flatMap(projectedPlaces)),
    ];
  });
}

/** What the volumes of a manifest's claims are to be filled with, which nobody does here, each with its place. */
import { isObject } from '../engine/api/plain';
import type { Problem, SourceDocument } from '../kubectl/yaml';

type Path = readonly (string | number)[];

function sourcesIn(value: unknown, path: Path, isClaim: boolean): readonly Path[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (isClaim && /^dataSource(?:Ref)?$/.test(key)) return isObject(below) ? [here] : [];
    return sourcesIn(below, here, isClaim || /^volumeClaimTemplates?$/.test(key));
  });
}

/** See the header. */
export function idleSources(document: SourceDocument): Problem[] {
  const { kind, metadata, spec } = document.object;
  return sourcesIn(spec, ['spec'], kind === 'PersistentVolumeClaim').map((path) => ({
    ...document.rangeOf(path),
    message: `${path.join('.')} of ${kind} ${metadata?.name ?? ''} has no effect: the volume that is made is empty`,
  }));
}

/** Volumes that are images: each shows the files that are known of its image, which nobody may change. Follows the image volume source (KEP-4639). */
import type { Pod } from '../api/types';
import { bringFiles } from './filesystem';
import { behaviourOn } from './image-behaviour';
import { parseImageReference } from './image-reference';
import type { Machine } from './records';

/** The artifact of the documentation. */
const ARTIFACT: Readonly<Record<string, string>> = { '/dir/file': '1\n', '/file': '2\n' };

/** Fills the image volumes of a Pod. */
export function fillImageVolumes(machine: Machine, pod: Pod): void {
  for (const { name, image } of pod.spec.volumes ?? []) {
    if (!image?.reference) continue;
    const isArtifact = parseImageReference(image.reference)?.repository === 'crio/artifact';
    const files = isArtifact ? ARTIFACT : behaviourOn(machine, pod, { name, image: image.reference }).files;
    const place = { volume: `${pod.metadata.uid}/${name}`, path: '' };
    const known = Object.entries(files).map(([path, text]) => [path.slice(1), text] as const);
    bringFiles(machine.context, place, Object.fromEntries(known));
  }
}

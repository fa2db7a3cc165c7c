/** Objects as YAML for people: whole, in kubectl's order, without anchors, and without what Secrets keep. */
import { stringify } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import { bothMasked, masked } from '../session/hidden-secrets';

/** The YAML of an object, or of a part of one; keys are sorted, so that the order in which they were written is no difference. */
export function yamlOf(value: object): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true });
}

/** What people may read of an object. */
export const printed = (object: KubeObject): string => yamlOf(masked(object));

/** What people may read of two versions of an object, either of which may not be there. */
export function bothPrinted(before: KubeObject | undefined, after: KubeObject | undefined): readonly [string, string] {
  if (!before || !after) return [before ? printed(before) : '', after ? printed(after) : ''];
  const [one, other] = bothMasked(before, after);
  return [yamlOf(one), yamlOf(other)];
}

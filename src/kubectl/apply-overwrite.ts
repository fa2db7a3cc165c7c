/**
 * What apply says where it makes no patch: of lists without the key that they are merged by, and with `--overwrite=false` of a patch that touches
 * what somebody changed since the last apply. Any change of the manifest does: the annotation that remembers it is part of the patch and was not
 * part of what was applied.
 * Follows CreateThreeWayMergePatch of apimachinery/pkg/util/strategicpatch/patch.go and kubectl/pkg/cmd/apply/patcher.go.
 */
import { goJson, isJsonObject } from '../engine/api/go-text';
import type { KubeObject } from '../engine/api/meta';
import { twoWayStrategicPatch } from '../engine/api/patch/three-way';
import { deepEqual } from '../engine/api/plain';
import { lastApplied, lastAppliedText } from './last-applied';
import { yamlText } from './output/yaml-text';

function conflicts(left: unknown, right: unknown): boolean {
  if (!isJsonObject(left) || !isJsonObject(right)) return !deepEqual(left, right);
  return Object.keys(left).some((key) => Object.hasOwn(right, key) && conflicts(left[key], right[key]));
}

/** Why a patch would overwrite changes; undefined when it overwrites none. */
export function overwriteConflict(live: KubeObject, patch: object): string | undefined {
  const original = lastApplied(live);
  if (!original) return undefined;
  const changed = twoWayStrategicPatch(original as never, live as never);
  if (!conflicts(patch, changed)) return undefined;
  return `patch:\n${yamlText(patch)}\nconflicts with changes made from original to current:\n${yamlText(changed)}\n`;
}

/** What kubectl says when no patch can be made, and why. */
export function withoutPatch(
  live: KubeObject,
  modified: KubeObject,
  reason: string,
): { readonly warning: string; readonly error: string } {
  const said = (spec: string): string => `warning: error calculating patch from ${spec}: ${reason}\n`;
  const configurations = `original:\n${lastAppliedText(live) ?? ''}\nmodified:\n${goJson(modified)}\n\ncurrent:\n${goJson(live)}\n`;
  return {
    warning: said('openapi v3 spec') + said('openapi spec'),
    error: `creating patch with:\n${configurations}\nfor: ${reason}`,
  };
}

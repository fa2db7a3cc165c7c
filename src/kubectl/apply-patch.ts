/**
 * The patches that client-side commands make of what a manifest says: strategic ones of built-in kinds, merge patches of custom ones.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/apply/patcher.go.
 */
import { goJson } from '../engine/api/go-text';
import type { KindDefinition } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import { threeWayStrategicPatch } from '../engine/api/patch/three-way';
import { threeWayMergePatch } from '../engine/api/patch/three-way-merge';
import { lastApplied } from './last-applied';

/** What makes of an object what apply wants it to be, given what it was last given; undefined when nothing is to be changed. */
export function applyPatchOf(
  { schema }: Pick<KindDefinition, 'schema'>,
  live: KubeObject,
  modified: KubeObject,
): { readonly type: 'merge' | 'strategic'; readonly body: object } | undefined {
  const plan = schema ? threeWayMergePatch : threeWayStrategicPatch;
  const body = JSON.parse(goJson(plan(lastApplied(live) ?? {}, modified, live))) as object;
  if (Object.keys(body).length === 0) return undefined;
  return { type: schema ? 'merge' : 'strategic', body };
}

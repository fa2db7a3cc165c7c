/** What measures the objects of a kind for quotas. Follows apiserver/pkg/quota/v1/interfaces.go. */
import type { KubeObject } from '../meta';
import type { ScopedResourceSelectorRequirement } from '../types';
import type { ResourceList } from './resource-list';

/** A requirement of a quota's scopes. */
export type Scope = ScopedResourceSelectorRequirement;

/** See the header. All of it is pure. */
export interface QuotaEvaluator {
  /** Of the names that a quota limits, those that objects of this kind use. */
  matching(names: readonly string[]): string[];
  matchesScope(scope: Scope, object: KubeObject): boolean;
  /** What an object uses, at a time (metav1.Time). */
  usage(object: KubeObject, now: string): ResourceList;
  /** What an object must say about these resources and doesn't, or undefined. */
  missing?(names: readonly string[], object: KubeObject): string | undefined;
  /** Whether an update (not a creation) can change what is used. */
  handlesUpdate?(object: KubeObject, old: KubeObject): boolean;
  /** Whether a change that is no deletion may have set something free. */
  replenishes?(old: KubeObject, object: KubeObject): boolean;
}

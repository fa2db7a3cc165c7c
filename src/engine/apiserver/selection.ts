/** Which objects of a kind a list request wants: namespace, label selector, field selector. */
import type { KubeObject } from '../api/meta';
import { matchesFieldSelector, matchesText } from '../api/selector';
import type { ListOptions } from '../client/client';

/** True when the object is in the selection. Selector texts must be valid. */
export function matches(object: KubeObject, options: ListOptions): boolean {
  if (options.namespace && object.metadata.namespace !== options.namespace) return false;
  if (options.labelSelector && !matchesText(options.labelSelector, object.metadata.labels ?? {})) return false;
  return !options.fieldSelector || matchesFieldSelector(options.fieldSelector, object);
}

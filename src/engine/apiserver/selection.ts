/**
 * Which objects of a kind a list request wants: namespace, label selector, field selector. Selectors are parsed once per
 * request. Follows apiserver/pkg/storage/selection_predicate.go.
 */
import type { KindDefinition } from '../api/kinds/definition';
import type { KubeObject } from '../api/meta';
import {
  fieldSelectorError,
  matchesFields,
  matchesRequirements,
  parseFieldSelector,
  parseLabelSelector,
} from '../api/selector';
import { badRequest } from '../api/status-error';
import type { ListOptions } from '../client/client';

/** The selected objects, in the order given. Throws 400 for a selector that can't be read or a field that can't be selected by. */
export function select(kind: KindDefinition, objects: readonly KubeObject[], options: ListOptions): KubeObject[] {
  const { namespace, labelSelector, fieldSelector } = options;
  let selected = objects.filter((object) => !namespace || object.metadata.namespace === namespace);
  if (labelSelector) {
    const requirements = labelRequirements(labelSelector);
    selected = selected.filter((object) => matchesRequirements(requirements, object.metadata.labels ?? {}));
  }
  if (fieldSelector) {
    const error = fieldSelectorError(kind, fieldSelector);
    if (error) throw badRequest(error);
    const requirements = parseFieldSelector(fieldSelector);
    selected = selected.filter((object) => matchesFields(requirements, object));
  }
  return selected;
}

function labelRequirements(text: string): ReturnType<typeof parseLabelSelector> {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

/** What can be done with objects of a kind, and to which categories it belongs, as discovery tells it. */
import type { KindDefinition, ResourceInfo } from '../engine/api/kinds/definition';

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** In which order those of custom kinds are named (apiextensions-apiserver/pkg/apiserver/customresource_discovery_controller.go). */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** A kind as discovery names it; one that is not simulated has only its names. */
export type Listed = ResourceInfo & Partial<Pick<KindDefinition, 'isReview' | 'schema' | 'storageVersion'>>;

/** What can be done with objects of a kind. */
export function verbsOf({ isReview, kind, schema }: Listed): readonly string[] {
  if (schema) return CUSTOM_VERBS;
  if (isReview) return ['create'];
  if (kind === 'ComponentStatus') return ['get', 'list'];
  if (kind.endsWith('Metrics')) return ['get', 'list'];
  return kind === 'Namespace' ? ALL_VERBS.filter((verb) => verb !== 'deletecollection') : ALL_VERBS;
}

const EXTENSIONS = /^(?:admissionregistration|apiextensions|apiregistration)\.k8s\.io$/;

/** The categories of a kind. */
export const categoriesOf = ({ categories, group }: Listed): readonly string[] =>
  EXTENSIONS.test(group) ? ['api-extensions'] : categories;

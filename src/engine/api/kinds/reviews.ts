/**
 * Questions to the API server that are sent as objects, and Bindings: they are answered at once and never stored.
 * Follows pkg/registry/{authorization,authentication,core}/rest; what is answered is in apiserver/reviews.ts.
 */
import { type KindDefinition, resource } from './definition';
import { GENERIC_TABLE } from './table';

function review(group: string, kind: string, namespaced = false): KindDefinition {
  const names = resource(group, 'v1', kind, `${kind.toLowerCase()}s`, '', { namespaced });
  return { ...names, isReview: true, strategy: {}, table: GENERIC_TABLE };
}

const AUTHENTICATION = 'authentication.k8s.io';
const AUTHORIZATION = 'authorization.k8s.io';

/** All of them. */
export const REVIEWS: readonly KindDefinition[] = [
  review('', 'Binding', true),
  review(AUTHENTICATION, 'SelfSubjectReview'),
  review(AUTHENTICATION, 'TokenReview'),
  review(AUTHORIZATION, 'LocalSubjectAccessReview', true),
  review(AUTHORIZATION, 'SelfSubjectAccessReview'),
  review(AUTHORIZATION, 'SelfSubjectRulesReview'),
  review(AUTHORIZATION, 'SubjectAccessReview'),
];

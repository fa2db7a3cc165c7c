/**
 * Answers to questions that are sent as objects: who am I, may I, may he, what may I; and Bindings. Nothing is stored.
 * Follows pkg/registry/authorization/{selfsubjectaccessreview,subjectaccessreview,localsubjectaccessreview,selfsubjectrulesreview}/rest.go,
 * pkg/registry/authentication/selfsubjectreview/rest.go and pkg/apis/authorization/validation/validation.go.
 */
import type { KubeObject } from '../api/meta';
import type { UserInfo } from '../api/request';
import { badRequest, invalid as invalidObject } from '../api/status-error';
import type {
  PolicyRule,
  ResourceAttributes,
  SelfSubjectRulesReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '../api/types';
import { type FieldErrors, invalid } from '../api/validation/field-errors';
import type { Attributes } from './authorization/authorizer';
import { decodeBody } from './decode-body';
import { type Exchange, methodNotAllowed, notFoundResource } from './exchange';
import { bindNamed } from './subresources/binding';
import { reviewToken } from './token-review';

/** Answers a review. Throws 400 and 422. */
export function createReview(exchange: Exchange): KubeObject {
  const answer = ANSWERS[exchange.info.kind];
  const { verb, name, namespace } = exchange.request;
  const isPlace = !name && (namespace || !exchange.info.namespaced);
  if (verb !== 'create' || !answer) throw isPlace ? methodNotAllowed() : notFoundResource();
  return answer(exchange, decodeBody(exchange));
}

type Answer = (exchange: Exchange, review: KubeObject) => KubeObject;

const ANSWERS: Readonly<Record<string, Answer>> = {
  Binding: bindNamed,
  SelfSubjectReview: ({ user, host }, { apiVersion, kind }) => ({
    apiVersion,
    kind,
    metadata: { creationTimestamp: host.now } as KubeObject['metadata'],
    status: {
      userInfo: {
        username: user.name,
        ...(user.uid ? { uid: user.uid } : {}),
        groups: [...user.groups],
        ...(user.extra ? { extra: user.extra } : {}),
      },
    },
  }),
  SelfSubjectAccessReview: (exchange, review) => judged(exchange, review as SubjectAccessReview, exchange.user),
  SubjectAccessReview: (exchange, review) => {
    const { spec } = review as SubjectAccessReview;
    return judged(exchange, review as SubjectAccessReview, subjectOf(spec));
  },
  LocalSubjectAccessReview: (exchange, review) => {
    const { spec } = review as SubjectAccessReview;
    const namespace = exchange.request.namespace ?? '';
    review.metadata = { ...review.metadata, namespace };
    return judged(exchange, review as SubjectAccessReview, subjectOf(spec));
  },
  SelfSubjectRulesReview: rulesReview,
  TokenReview: reviewToken,
};

function subjectOf({ user = '', groups = [], uid }: SubjectAccessReviewSpec): UserInfo {
  return { name: user, groups, ...(uid ? { uid } : {}) };
}

function judged(exchange: Exchange, review: SubjectAccessReview, user: UserInfo): KubeObject {
  review.spec ??= {};
  const errors = problems(exchange, review);
  if (errors.length > 0) throw invalidObject(exchange.info.group, '', '', errors);
  const { resourceAttributes, nonResourceAttributes } = review.spec;
  const attributes: Attributes = resourceAttributes
    ? attributesOf(user, resourceAttributes)
    : { user, verb: nonResourceAttributes?.verb ?? '', path: nonResourceAttributes?.path ?? '' };
  const { allowed, reason } = exchange.authorizer.decide(attributes);
  return { ...review, status: { allowed, ...(reason ? { reason } : {}) } };
}

function attributesOf(user: UserInfo, asked: ResourceAttributes): Attributes {
  const { verb = '', group, resource, subresource, namespace, name } = asked;
  return { user, verb, group, resource, subresource, namespace, name };
}

function problems({ info, request }: Exchange, { spec, metadata }: SubjectAccessReview): FieldErrors {
  const errors: FieldErrors = [];
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (resourceAttributes && nonResourceAttributes) {
    const why = 'cannot be specified in combination with resourceAttributes';
    errors.push(invalid('spec.nonResourceAttributes', internal(nonResourceAttributes), why));
  } else if (!resourceAttributes && !nonResourceAttributes) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    errors.push(invalid('spec.resourceAttributes', null, why));
  }
  if (info.kind !== 'SelfSubjectAccessReview' && !spec.user && !spec.groups?.length) {
    errors.push(invalid('spec.user', spec.user ?? '', 'at least one of user or group must be specified'));
  }
  const isLocal = info.kind === 'LocalSubjectAccessReview';
  const { namespace: _own, ...rest } = metadata ?? {};
  if (Object.keys(isLocal ? rest : { ...metadata }).length > 0) {
    errors.push(invalid('metadata', metadata, isLocal ? 'must be empty except for namespace' : 'must be empty'));
  }
  if (isLocal && resourceAttributes && (resourceAttributes.namespace ?? '') !== request.namespace) {
    const namespace = resourceAttributes.namespace ?? '';
    errors.push(invalid('spec.resourceAttributes.namespace', namespace, 'must match metadata.namespace'));
  }
  if (isLocal && nonResourceAttributes) {
    const why = 'disallowed on this kind of request';
    errors.push(invalid('spec.nonResourceAttributes', internal(nonResourceAttributes), why));
  }
  return errors;
}

/** As Go's internal type prints. */
function internal({ path = '', verb = '' }: { readonly path?: string; readonly verb?: string }): object {
  return { Path: path, Verb: verb };
}

function rulesReview({ user, authorizer }: Exchange, review: KubeObject): KubeObject {
  const { apiVersion, kind, spec } = review as SelfSubjectRulesReview;
  if (!spec?.namespace) throw badRequest('no namespace on request');
  const { rules, errors, incomplete = false } = authorizer.rulesFor(user, spec.namespace);
  const pick = (rule: PolicyRule, fields: readonly (keyof PolicyRule)[]) =>
    Object.fromEntries(fields.flatMap((field) => (rule[field]?.length ? [[field, rule[field]]] : [])));
  const status = {
    resourceRules: rules
      .filter(({ resources }) => resources?.length)
      .map((rule) => pick(rule, ['verbs', 'apiGroups', 'resources', 'resourceNames'])),
    nonResourceRules: rules
      .filter(({ nonResourceURLs }) => nonResourceURLs?.length)
      .map((rule) => pick(rule, ['verbs', 'nonResourceURLs'])),
    incomplete,
    ...(errors.length > 0 ? { evaluationError: errors.join(', ') } : {}),
  };
  return { apiVersion, kind, metadata: {} as KubeObject['metadata'], spec: {}, status };
}

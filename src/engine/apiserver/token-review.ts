/**
 * TokenReview: whose token this is. Only the tokens of TokenRequests and of Secrets are known, by what they say of themselves and by
 * whether their ServiceAccount is still there; nothing is signed, so nothing is verified.
 * Follows pkg/registry/authentication/tokenreview/storage.go and pkg/serviceaccount/claims.go.
 */
import { joinKey, type KubeObject } from '../api/meta';
import { claimsOf, LEGACY_CLAIMS, ownerOf } from '../api/service-account-token';
import { badRequest } from '../api/status-error';
import { parseTimestamp } from '../api/timestamp';
import type { TokenReview, TokenReviewStatus } from '../api/types';
import { withStandardGroups } from './authentication';
import type { Exchange } from './exchange';

function statusOf({ host }: Exchange, { token = '', audiences = [] }: TokenReview['spec']): TokenReviewStatus {
  const claims = claimsOf(token) ?? {};
  const { exp = 0, aud = [], 'kubernetes.io': own } = claims;
  const { namespace, name } = ownerOf(claims);
  const uid = own?.serviceaccount?.uid ?? claims[`${LEGACY_CLAIMS}/service-account.uid`] ?? '';
  const account = host.store.get('ServiceAccount', joinKey(namespace, name));
  const shared = audiences.length > 0 ? aud.filter((one) => audiences.includes(one)) : aud;
  const isCurrent = own ? exp * 1000 > parseTimestamp(host.now) && shared.length > 0 : audiences.length === 0;
  const isGood = account?.metadata.uid === uid && isCurrent;
  if (!isGood) return { user: {}, error: '[invalid bearer token, token lookup failed]' };
  const username = `system:serviceaccount:${namespace}:${name}`;
  const groups = [...withStandardGroups({ name: username, groups: [] }).groups];
  return { authenticated: true, user: { username, uid, groups }, audiences: [...shared] };
}

/** Answers a TokenReview. Throws 400. */
export function reviewToken(exchange: Exchange, object: KubeObject): KubeObject {
  const review = object as TokenReview;
  if (!review.spec?.token) throw badRequest('token is required for TokenReview in authentication');
  return { ...review, status: statusOf(exchange, review.spec) };
}

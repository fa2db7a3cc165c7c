/**
 * TokenReview: whose token this is. Only the tokens of TokenRequests and of Secrets are known, by what they say of themselves and by
 * whether their ServiceAccount is still there; nothing is signed, so nothing is verified.
 * Follows pkg/registry/authentication/tokenreview/storage.go and pkg/serviceaccount/claims.go.
 */
import { decodeBase64ToBytes } from '../api/base64';
import { joinKey, type KubeObject } from '../api/meta';
import { LEGACY_CLAIMS, NO_SIGNATURE } from '../api/service-account-token';
import { badRequest } from '../api/status-error';
import { parseTimestamp } from '../api/timestamp';
import type { TokenReview, TokenReviewStatus } from '../api/types';
import { withStandardGroups } from './authentication';
import type { Exchange } from './exchange';

interface Claims {
  readonly aud?: readonly string[];
  readonly exp?: number;
  /** Of a token in a Secret, which does not expire. */
  readonly 'kubernetes.io/serviceaccount/namespace'?: string;
  readonly 'kubernetes.io/serviceaccount/service-account.name'?: string;
  readonly 'kubernetes.io/serviceaccount/service-account.uid'?: string;
  readonly 'kubernetes.io'?: { readonly namespace?: string; readonly serviceaccount?: { name?: string; uid?: string } };
}

function claimsOf(token: string): Claims | undefined {
  const [, middle = '', mark] = token.split('.');
  if (mark !== NO_SIGNATURE) return undefined;
  try {
    const text = decodeBase64ToBytes(middle.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(text) as Claims;
  } catch {
    // Whoever writes such a token by hand need not write JSON.
    return undefined;
  }
}

function statusOf({ host }: Exchange, { token = '', audiences = [] }: TokenReview['spec']): TokenReviewStatus {
  const claims = claimsOf(token) ?? {};
  const { exp = 0, aud = [], 'kubernetes.io': own } = claims;
  const legacyName = claims[`${LEGACY_CLAIMS}/service-account.name`] ?? '';
  const { name = legacyName, uid = claims[`${LEGACY_CLAIMS}/service-account.uid`] ?? '' } = own?.serviceaccount ?? {};
  const namespace = own?.namespace ?? claims[`${LEGACY_CLAIMS}/namespace`] ?? '';
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

/**
 * The serviceaccounts/token subresource. Its tokens look like tokens and say what they are: nothing is signed; TokenReviews read them.
 * Follows pkg/registry/core/serviceaccount/storage/token.go and pkg/apis/authentication/validation/validation.go.
 * Left out: audiences are not checked against the server's, and extended expiry.
 */
import { joinKey, type KubeObject } from '../../api/meta';
import { kindId } from '../../api/scheme';
import { SIMULATED, tokenOf } from '../../api/service-account-token';
import { badRequest, conflict, invalid as invalidObject, notFound } from '../../api/status-error';
import { addSeconds, parseTimestamp } from '../../api/timestamp';
import type { Pod, TokenRequest, TokenRequestSpec } from '../../api/types';
import { type FieldErrors, invalid } from '../../api/validation/field-errors';
import { decodeBody } from '../decode-body';
import { type Exchange, named } from '../exchange';

const GROUP = 'authentication.k8s.io';
const TARGET = { group: GROUP, version: 'v1', kind: 'TokenRequest', type: 'TokenRequest' };
const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
const BINDABLE: Readonly<Record<string, string>> = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' };

/** Issues a token for the named ServiceAccount. Throws 400, 404, 409 and 422. */
export function createToken(exchange: Exchange): KubeObject {
  const { host } = exchange;
  const request = decodeBody(exchange, TARGET) as TokenRequest;
  const account = named(exchange);
  const { name, namespace = '', uid = '' } = account.metadata;
  const spec: TokenRequestSpec = { ...request.spec };
  if (!spec.audiences?.length) spec.audiences = [ISSUER];
  spec.expirationSeconds ??= DEFAULT_SECONDS;
  const errors = problems(request, name, namespace, spec.expirationSeconds);
  if (errors.length > 0)
    throw invalidObject(GROUP, 'TokenRequest', errors[0]?.field.startsWith('meta') ? name : '', errors);
  const bound = boundTo(exchange, spec, name, namespace);
  const token = tokenOf(claimsOf(exchange, spec, { name, namespace, uid }, bound));
  const status = { token, expirationTimestamp: addSeconds(host.now, spec.expirationSeconds) };
  const metadata = { ...request.metadata, name, namespace, uid, creationTimestamp: host.now };
  return { apiVersion: `${GROUP}/v1`, kind: 'TokenRequest', metadata, spec: { ...spec }, status };
}

function problems({ metadata }: TokenRequest, name: string, namespace: string, seconds: number): FieldErrors {
  const errors: FieldErrors = [];
  const differs = (given: string | undefined, own: string) => given !== undefined && given !== '' && given !== own;
  if (differs(metadata?.name, name)) {
    return [invalid('metadata.name', metadata.name, 'must match the service account name if specified')];
  }
  if (differs(metadata?.namespace, namespace)) {
    return [invalid('metadata.namespace', metadata.namespace, 'must match the service account namespace if specified')];
  }
  const field = 'spec.expirationSeconds';
  if (seconds < MIN_SECONDS) errors.push(invalid(field, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > MAX_SECONDS) {
    errors.push(invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds'));
  }
  return errors;
}

/** The object that the token ends with. */
function boundTo(
  { host }: Exchange,
  spec: TokenRequestSpec,
  account: string,
  namespace: string,
): KubeObject | undefined {
  const reference = spec.boundObjectRef;
  if (!reference) return undefined;
  const { kind = '', name = '', uid } = reference;
  const plural = BINDABLE[kind];
  if (!plural) {
    throw badRequest(`cannot bind token for serviceaccount to object of type ${kindId(reference.apiVersion, kind)}`);
  }
  const object = host.store.get(kind, joinKey(kind === 'Node' ? undefined : namespace, name));
  if (!object) throw notFound('', plural, name);
  if (kind === 'Pod' && (object as Pod).spec.serviceAccountName !== account) {
    const who = `serviceaccount ${JSON.stringify(account)}`;
    throw badRequest(`cannot bind token for ${who} to pod running with different serviceaccount name.`);
  }
  if (uid && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict('', plural, name, why);
  }
  return object;
}

/** What the token says. */
function claimsOf(
  { host }: Exchange,
  spec: TokenRequestSpec,
  account: { readonly name: string; readonly namespace: string; readonly uid: string },
  bound: KubeObject | undefined,
): object {
  const { name, namespace, uid } = account;
  const issued = Math.floor(parseTimestamp(host.now) / 1000);
  return {
    aud: spec.audiences,
    exp: issued + (spec.expirationSeconds ?? 0),
    iat: issued,
    iss: ISSUER,
    'kubernetes.io': {
      namespace,
      ...(bound ? { [bound.kind.toLowerCase()]: { name: bound.metadata.name, uid: bound.metadata.uid } } : {}),
      serviceaccount: { name, uid },
    },
    nbf: issued,
    ...SIMULATED,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
}

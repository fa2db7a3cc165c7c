/** How tokens of ServiceAccounts are written: they look like JSON Web Tokens and say what they are, for nothing is signed. */
import { decodeBase64ToBytes, encodeBase64 } from './base64';

/** What stands where others have a signature. */
export const NO_SIGNATURE = 'simulated-by-kubestep';

/** A claim by which a token says so itself. */
export const SIMULATED = { note: 'simulated by kubestep: nothing is signed' } as const;

/** What the names of claims begin with in a token that a Secret holds. */
export const LEGACY_CLAIMS = 'kubernetes.io/serviceaccount';

const part = (value: object): string =>
  encodeBase64(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** A token of these claims: three parts with dots between them, of which the last is no signature. */
export function tokenOf(claims: object): string {
  return `${part({ alg: 'none', kid: 'kubestep-simulated' })}.${part(claims)}.${NO_SIGNATURE}`;
}

/** What a token says of itself. */
export interface Claims {
  readonly aud?: readonly string[];
  readonly exp?: number;
  /** Of a token in a Secret, which does not expire. */
  readonly 'kubernetes.io/serviceaccount/namespace'?: string;
  readonly 'kubernetes.io/serviceaccount/service-account.name'?: string;
  readonly 'kubernetes.io/serviceaccount/service-account.uid'?: string;
  readonly 'kubernetes.io'?: { readonly namespace?: string; readonly serviceaccount?: { name?: string; uid?: string } };
}

/** The claims of a token; undefined when it is none that is made here. */
export function claimsOf(token: string): Claims | undefined {
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

/** Whose a token says it is. */
export function ownerOf(claims: Claims): { readonly namespace: string; readonly name: string } {
  const own = claims['kubernetes.io'];
  return {
    namespace: own?.namespace ?? claims[`${LEGACY_CLAIMS}/namespace`] ?? '',
    name: own?.serviceaccount?.name ?? claims[`${LEGACY_CLAIMS}/service-account.name`] ?? '',
  };
}

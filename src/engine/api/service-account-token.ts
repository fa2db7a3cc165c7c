/** How tokens of ServiceAccounts are written: they look like JSON Web Tokens and say what they are, for nothing is signed. */
import { encodeBase64 } from './base64';

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

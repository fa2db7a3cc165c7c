/**
 * `--as`, `--as-group`, `--as-uid` and `--as-user-extra`: as whom a command asks. Follows client-go/tools/clientcmd/client_config.go and client-go/transport.
 */
import type { UserInfo } from '../engine/api/request';
import { KubectlError } from './errors';
import type { ParsedFlags } from './flags';

/** The name of the user's entry in the kubeconfig. */
const ENTRY = 'u';

/** The user a command line asks to be treated as, or undefined. Throws when only groups or a uid are given. */
export function impersonated(flags: ParsedFlags): UserInfo | undefined {
  const name = flags.text('as');
  const groups = flags.list('as-group');
  const uid = flags.text('as-uid');
  const extra = extraOf(flags.list('as-user-extra'));
  if (name) return { name, groups, ...(uid ? { uid } : {}), ...(extra ? { extra } : {}) };
  if (groups.length === 0 && !uid && !extra) return undefined;
  throw new KubectlError(`requesting uid, groups or user-extra for ${ENTRY} without impersonating a user`);
}

/** Values by their key, which travels as the name of a header and so loses its case. What has no = is passed over. */
function extraOf(pairs: readonly string[]): UserInfo['extra'] {
  const extra = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const [, key, value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) continue;
    const name = key.toLowerCase();
    extra.set(name, [...(extra.get(name) ?? []), value]);
  }
  return extra.size > 0 ? Object.fromEntries(extra) : undefined;
}

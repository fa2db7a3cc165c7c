/**
 * `--as`, `--as-group` and `--as-uid`: as whom a command asks. Follows client-go/tools/clientcmd/client_config.go and client-go/transport.
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
  if (name) return { name, groups, ...(uid ? { uid } : {}) };
  if (groups.length === 0 && !uid && flags.list('as-user-extra').length === 0) return undefined;
  throw new KubectlError(`requesting uid, groups or user-extra for ${ENTRY} without impersonating a user`);
}

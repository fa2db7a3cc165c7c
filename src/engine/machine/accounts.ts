/**
 * As whom the programs of a container run, and the accounts that its image brings.
 * Follows supplementalGroupsPolicy as container runtimes apply it: Merge, the default, adds the groups that /etc/group of the image has the
 * user in; Strict does not. Of the images, agnhost alone has an account beside root and nobody that is known here.
 */
import type { Container, Pod } from '../api/types';
import { AGNHOST } from './agnhost';
import type { Files } from './cri';

/** A user of an image, and the groups beside its own that have it as a member. */
interface ImageUser {
  readonly name: string;
  /** Of the user and of its own group. */
  readonly id: number;
  readonly groups: readonly (readonly [name: string, id: number])[];
}

const AGNHOST_USER: ImageUser = {
  name: 'user-defined-in-image',
  id: 1000,
  groups: [['group-defined-in-image', 50_000]],
};

const PASSWD = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n';
const GROUP = 'root:x:0:\nnogroup:x:65534:\n';

const userOf = ({ image = '' }: Pick<Container, 'image'>): ImageUser | undefined =>
  image.startsWith(AGNHOST) ? AGNHOST_USER : undefined;

/** The files of an image that tell its accounts. */
export function accountFiles(spec: Pick<Container, 'image'>): Files {
  const own = userOf(spec);
  if (!own) return { '/etc/passwd': PASSWD, '/etc/group': GROUP };
  const { name, id, groups } = own;
  const lines = [[name, id, ''] as const, ...groups.map(([group, gid]) => [group, gid, name] as const)];
  return {
    '/etc/passwd': `${PASSWD}${name}:x:${id}:${id}:Linux User,,,:/home/${name}:/bin/sh\n`,
    '/etc/group': `${GROUP}${lines.map(([group, gid, members]) => `${group}:x:${gid}:${members}\n`).join('')}`,
  };
}

/** As whom the programs of a container run; its own group is the first. */
export function accountOf(
  { spec: { securityContext: pod = {} } }: Pick<Pod, 'spec'>,
  { spec }: { readonly spec: Container },
): { readonly user?: number; readonly groups: readonly number[] } {
  const { runAsUser: user = pod.runAsUser, runAsGroup = pod.runAsGroup } = spec.securityContext ?? {};
  const { fsGroup, supplementalGroups = [], supplementalGroupsPolicy } = pod;
  const found = userOf(spec);
  const own = found && found.id === user ? found : undefined;
  const merged = supplementalGroupsPolicy === 'Strict' ? [] : (own?.groups ?? []).map(([, id]) => id);
  const first = runAsGroup ?? own?.id ?? 0;
  const groups = new Set([first, ...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups, ...merged]);
  return { ...(user === undefined ? {} : { user }), groups: [...groups] };
}

/** What a program has around it whose root is a directory of its container (chroot): the files below that, by their paths from there. */
import type { ShellHost } from './host';
import { isDirectoryIn, lastOf } from './paths';

/** See the header. Whatever has the directories of a system is taken for a node's, which runs Debian. */
export function rootedHost(outer: ShellHost, root: string): ShellHost {
  const inside = (path: string): string => (path === '/' ? root : `${root}${path}`);
  const isBelow = (path: string): boolean => path.startsWith(`${root}/`);
  const hasSystem = isDirectoryIn(outer.files, inside('/bin')) && isDirectoryIn(outer.files, inside('/usr'));
  let from: ShellHost['files'] | undefined;
  let seen: ShellHost['files'] = {};
  const rooted: ShellHost = {
    ...outer,
    outer,
    get files() {
      if (from !== outer.files) {
        from = outer.files;
        const below = Object.entries(from).filter(([path]) => isBelow(path));
        seen = Object.fromEntries(below.map(([path, content]) => [path.slice(root.length), content]));
      }
      return seen;
    },
    set files(files) {
      const around = Object.entries(outer.files).filter(([path]) => !isBelow(path));
      const below = Object.entries(files).map(([path, content]) => [`${root}${path}`, content]);
      outer.files = Object.fromEntries([...around, ...below]);
    },
    ...(hasSystem ? { base: 'debian' } : {}),
    ...{ servers: [], tools: [] },
    holds: (path) => hasSystem && (/^(ba|da)?sh$/.test(lastOf(path)) || outer.holds(lastOf(path))),
    isReadOnly: (path) => outer.isReadOnly?.(inside(path)) === true,
    isShared: (path) => outer.isShared?.(inside(path)) === true,
    isRootsOwn: (path) => outer.isRootsOwn?.(inside(path)) === true,
    groupAt: (path) => outer.groupAt?.(inside(path)),
    freeBytes: (path) => outer.freeBytes?.(inside(path)) ?? Number.POSITIVE_INFINITY,
  };
  return rooted;
}

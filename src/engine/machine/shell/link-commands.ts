/** readlink, realpath, basename and dirname. Follows BusyBox and the GNU utilities. */
import { isBusyBox } from './held-programs';
import { type Command, fail, isDirectory, lettersOf, placeOf, plainArguments, print } from './host';
import { isThere } from './list-commands';
import { absolute, LINK_SUFFIX, noteOf } from './paths';

/** readlink, and realpath: where links lead to. */
export const realPath: Command = (args, io, name) => {
  const isWhole = name === 'realpath' || /[fem]/.test(lettersOf(args));
  let code = 0;
  for (const path of plainArguments(args)) {
    const target = noteOf(io.host.files, absolute(io.cwd, path), LINK_SUFFIX);
    if (!isWhole) code = target === undefined ? 1 : print(io, target) || code;
    else {
      const there = placeOf(io, path);
      // But for the last part, which the GNU utilities let be missing.
      const isMissing = isBusyBox(io.host) && name === 'readlink';
      if (isThere(io, path) || (!isMissing && isDirectory(io, absolute('/', `${there}/..`)))) print(io, there);
      else code = isMissing ? 1 : fail(io, `realpath: ${path}: No such file or directory`);
    }
  }
  return code;
};

const base = (path: string): string => path.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '');

/** basename. */
export const nameOf: Command = ([path = '', suffix = ''], io) => {
  const name = base(path);
  return print(io, suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name);
};

/** dirname. */
export const directoryOf: Command = ([path = ''], io) => {
  const plain = path.replace(/(.)\/+$/, '$1');
  const slash = plain.lastIndexOf('/');
  return print(io, slash < 0 ? '.' : slash === 0 ? '/' : plain.slice(0, slash));
};

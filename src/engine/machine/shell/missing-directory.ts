/** Whether what is to be made has a directory to be made in. */
import { type CommandIo, placeOf } from './host';
import { isDirectoryIn } from './paths';

/** Directories below which an image has others that are not known. */
const FILLED = /^\/(bin|sbin|lib|etc|usr|var|dev|proc|sys)(\/|$)/;

/** Whether the directory in which something is to be made is not there; of images that hold programs of their own that is not known. */
export function isWithoutDirectory(io: Pick<CommandIo, 'host' | 'cwd'>, path: string): boolean {
  const place = placeOf(io, path);
  const parent = place.slice(0, place.lastIndexOf('/')) || '/';
  const { bare, files, isShared, isReadOnly } = io.host;
  return bare && !FILLED.test(parent) && !isDirectoryIn(files, parent) && !isShared?.(parent) && !isReadOnly?.(place);
}

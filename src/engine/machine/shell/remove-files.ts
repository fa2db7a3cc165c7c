/** How files are taken away. */
import type { CommandIo } from './host';
import { isDirectoryIn, SUFFIXES } from './paths';

/** Takes files away, with all that is known of them; the directories that they were in stay. */
export function removeFiles(io: Pick<CommandIo, 'host' | 'budget'>, doomed: readonly string[]): void {
  const gone = new Set(doomed.flatMap((path) => [path, ...SUFFIXES.map((suffix) => `${path}${suffix}`)]));
  const places = new Set(doomed.map((path) => path.replace(/\/\.$/, '')));
  io.budget.instructions -= Math.ceil(doomed.length / 10);
  const files = Object.fromEntries(Object.entries(io.host.files).filter(([path]) => !gone.has(path)));
  for (const path of places) {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent !== '' && !places.has(parent) && !isDirectoryIn(files, parent)) files[`${parent}/.`] = '';
  }
  io.host.files = files;
}

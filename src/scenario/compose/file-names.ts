/** Which Compose files, and which documents of one, are read together, and in which order. */
import { documentParts, withoutMark } from '../document-parts';

/** Compose's own names: `compose.yaml`, `docker-compose.prod.yml`. */
const OWN_NAME = /(^|\/)(docker-)?compose(\.[^/]+)?\.ya?ml$/i;

/** Files with those of Compose's own names in one folder together: the base, what overrides it by default, then the others by name. */
export function readTogether<T extends { readonly path: string }>(files: readonly T[]): readonly (readonly T[])[] {
  const rank = ({ path }: T) => (/\.override\.ya?ml$/i.test(path) ? 1 : /compose\.ya?ml$/i.test(path) ? 0 : 2);
  const groups = new Map<string, T[]>();
  for (const file of files) {
    const together = OWN_NAME.test(file.path) ? file.path.slice(0, file.path.lastIndexOf('/') + 1) : file.path;
    groups.set(together, [...(groups.get(together) ?? []), file]);
  }
  return [...groups.values()].map((group) =>
    group.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : Number(a.path > b.path))),
  );
}

/** The documents of a file that `---` parts, as if they were files of their own; what is empty is none. */
export function documentsOf({ path, text }: { readonly path: string; readonly text: string }) {
  const parts = documentParts(text)
    .map(withoutMark)
    .filter((part) => part.trim() !== '');
  if (parts.length < 2) return [{ path, text }];
  return parts.map((part, place) => ({ path: `${path}#${place + 1}`, text: part }));
}

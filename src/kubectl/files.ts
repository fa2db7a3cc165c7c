/**
 * The files that a command line finds: texts of the scenario's `files`, those written in the terminal (`cat > web.yaml <<EOF`), and, for
 * `-f`, the manifests of the editor by their name or kind. There is one directory, whose files may have slashes in their names.
 */
import type { Discovery } from '../engine/api/discovery';
import type { KubeObject } from '../engine/api/meta';
import { findMapping } from './rest-mapping';

/** The working directory of a person. */
export interface Files {
  /** The text of a file, or undefined. */
  read(path: string): string | undefined;
  /** Paths of the files in a directory, in order; empty when there is none. */
  list(directory: string): readonly string[];
  write(path: string, text: string): void;
  remove(path: string): void;
  /** The manifests of the editor, in order. */
  readonly manifests: readonly KubeObject[];
}

/** `./a//b` as `a/b`; the directory itself is ''. */
export function plainPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** A path as it is called inside a directory that it is in. */
export function pathInside(directory: string, path: string): string {
  const prefix = plainPath(directory);
  return prefix === '' ? path : path.slice(prefix.length + 1);
}

/** Files in a map that may be written to. */
export function filesIn(texts: Map<string, string>, manifests: readonly KubeObject[]): Files {
  return {
    read: (path) => texts.get(plainPath(path)),
    list: (directory) => {
      const prefix = plainPath(directory) === '' ? '' : `${plainPath(directory)}/`;
      return [...texts.keys()].filter((path) => path.startsWith(prefix)).sort();
    },
    write: (path, text) => texts.set(plainPath(path), text),
    remove: (path) => texts.delete(plainPath(path)),
    manifests,
  };
}

/** Without files and without an editor. */
export const NO_FILES: Files = {
  read: () => undefined,
  list: () => [],
  write: () => undefined,
  remove: () => undefined,
  manifests: [],
};

/** What a manifest can be called as a file: by its name, its kind, or both. */
function isCalled(discovery: Discovery, { kind, apiVersion, metadata }: KubeObject, stem: string): boolean {
  const name = metadata?.name;
  if (!name) return false;
  if (name === stem) return true;
  const wanted = stem.startsWith(`${name}-`) ? stem.slice(name.length + 1) : stem;
  const mapping = findMapping(discovery, wanted);
  return mapping !== undefined && mapping === discovery.findKind(apiVersion, kind);
}

/** The manifests of the editor that a file name stands for: first those called so by name, else by kind; undefined when there are none. */
export function manifestsNamed(
  discovery: Discovery,
  manifests: readonly KubeObject[],
  path: string,
): readonly KubeObject[] | undefined {
  const match = /^([^/]+)\.(?:ya?ml|json)$/.exec(plainPath(path).split('/').at(-1) ?? '');
  const stem = match?.[1];
  if (stem === undefined) return undefined;
  const byName = manifests.filter(({ metadata }) => metadata?.name === stem);
  const found = byName.length > 0 ? byName : manifests.filter((each) => isCalled(discovery, each, stem));
  return found.length > 0 ? found : undefined;
}

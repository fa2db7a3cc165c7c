/**
 * Files of somebody's as one text: those that hold manifests, in the order of their paths, with `---` between. What is something else (a picture, the
 * values of a chart, what kustomize or Helm still has to render) is left out, each with its reason.
 */

/** A file as it was read; without a text when it was not worth reading. */
export interface GivenFile {
  readonly path: string;
  readonly text?: string;
  readonly isTooLarge?: boolean;
}

/** Why a file is left out. */
export type LeftOutReason = 'not-yaml' | 'too-large' | 'binary' | 'empty' | 'template' | 'kustomize' | 'no-object';

export interface Joined {
  /** '' when nothing is left. */
  readonly text: string;
  readonly taken: readonly string[];
  readonly leftOut: readonly { readonly path: string; readonly reason: LeftOutReason }[];
}

/** Names of files that may hold manifests; those without an ending, and plain texts, are what a command printed. */
const READABLE = /(^|\/)[^/.]+$|\.(ya?ml|json|txt|out)$/i;
const SURE = /\.(ya?ml|json)$/i;
/** Templates of Helm: actions that only a chart's rendering fills in. */
const TEMPLATE =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files)\b|(include|if|range|with|define|template|toYaml|end|else)\b)/;
/** A field of an object in blocks, at the start of a line, or in braces, which may all be in one line. */
const KIND = /(^|[{,])[^\S\n]*["']?kind["']?:/m;
const API_VERSION = /(^|[{,])[^\S\n]*["']?apiVersion["']?:/m;
/** Objects of JSON line by line, as `jq -c` prints them: each is a document. */
const NEXT_OBJECT = /\}[^\S\n]*\n(?=\{")/g;

/** Whether a file is worth reading. */
export const isReadable = (path: string): boolean => READABLE.test(path);

/** Without what `helm install --dry-run` says around its manifests. */
function withoutHelmNotes(text: string): string {
  if (!/^NAME: /m.test(text)) return text;
  const begin = /^(MANIFEST|HOOKS):\n/m.exec(text);
  if (!begin) return text;
  const rest = text.slice(begin.index + begin[0].length).replace(/^MANIFEST:\n/m, '');
  const notes = rest.search(/^NOTES:$/m);
  return notes < 0 ? rest : rest.slice(0, notes);
}

/** A text of YAML documents without what stands before the first, so that it can follow another. */
export const withoutFirstMarkers = (text: string): string => text.replace(/^(\s*---[ \t]*\n)+/, '');

function manifestsIn(text: string): string {
  const plain = withoutFirstMarkers(withoutHelmNotes(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'))).trimEnd();
  return plain.startsWith('{"') ? plain.replaceAll(NEXT_OBJECT, '}\n---\n') : plain;
}

function reasonAgainst({ path, text, isTooLarge }: GivenFile, isAlone: boolean): LeftOutReason | undefined {
  if (text === undefined) return isTooLarge ? 'too-large' : 'not-yaml';
  if (/[\0\uFFFD]/.test(text)) return 'binary';
  if (text.trim() === '') return 'empty';
  if (TEMPLATE.test(text)) return 'template';
  if (/^apiVersion: *["']?kustomize\.config\.k8s\.io/m.test(text) || /(^|\/)kustomization\.ya?ml$/i.test(path))
    return 'kustomize';
  const hasObject = KIND.test(text) && API_VERSION.test(text);
  // One file alone that says it is YAML is opened: the editor tells what is wrong with it.
  if (hasObject || (isAlone && SURE.test(path))) return undefined;
  return SURE.test(path) ? 'no-object' : 'not-yaml';
}

/** See the header. */
export function joinFiles(files: readonly GivenFile[]): Joined {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  const judged = sorted.map((file) => {
    const { path, text } = file;
    const reason = reasonAgainst(file, files.length === 1);
    return reason ? { path, reason } : { path, text: manifestsIn(text ?? '') };
  });
  const taken = judged.filter((each): each is { path: string; text: string } => 'text' in each);
  const leftOut = judged.filter((each): each is { path: string; reason: LeftOutReason } => 'reason' in each);
  const named =
    taken.length === 1 ? taken.map(({ text }) => text) : taken.map(({ path, text }) => `# ${path}\n${text}`);
  return {
    text: taken.length === 0 ? '' : `${named.join('\n---\n')}\n`,
    taken: taken.map(({ path }) => path),
    leftOut,
  };
}

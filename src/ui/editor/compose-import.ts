/**
 * Compose files from elsewhere: one that is pasted, dropped or chosen becomes manifests, with what could not be translated above them. What
 * translates is loaded when it is needed.
 */
import type { editor } from 'monaco-editor/editor';
import { t, textOf } from '../../i18n/translate';
import { documentsOf, readTogether } from '../../scenario/compose/file-names';
import type { GivenFile } from '../../scenario/files';
import { setBanner } from '../state/session';

/** Between the names of files that became one. */
const BETWEEN = ' + ';
const SERVICES = /^["']?services["']?\s*:/m;
const MANIFEST = /^(apiVersion|kind)\s*:/m;

/** What a Compose file became. */
export interface Made {
  readonly text: string;
  /** What stands above the manifests. */
  readonly heading: string;
  readonly objects: number;
  readonly notes: number;
}

const mayBeCompose = (text: string): boolean => SERVICES.test(text) && !MANIFEST.test(text);

/** The manifests that Compose files, read over one another as their documents are, become; undefined when one is none. */
async function madeOfFiles(given: readonly { readonly path: string; readonly text: string }[]) {
  const files = given.flatMap(documentsOf);
  const { convertCompose, manifestsText } = await import('../../scenario/compose/compose');
  const converted = convertCompose(...files.map(({ text }) => text));
  if ('problems' in converted) return undefined;
  const { objects, notes } = converted;
  const written = manifestsText(converted, {
    title: t(notes.length > 0 ? 'compose.made' : 'compose.madeWhole'),
    note: ({ file, line, where, ...said }) =>
      (files.length > 1 ? `${files[file]?.path}: ` : '') + t('compose.note', { line, where, said: textOf(said) }),
  });
  return { text: written, heading: headingOf(written), objects: objects.length, notes: notes.length };
}

/** The manifests that a text becomes; undefined when it is no Compose file. */
export const madeOf = async (text: string): Promise<Made | undefined> =>
  mayBeCompose(text) ? madeOfFiles([{ path: '', text }]) : undefined;

/** A file as it is opened: a Compose file as the manifests that it becomes. */
export interface Read extends GivenFile {
  readonly made?: Made;
}

/** Files as they are opened: a folder's Compose files are read over one another. */
export async function composed(files: readonly GivenFile[]): Promise<readonly Read[]> {
  const texts = files.flatMap(({ path, text }) => (text !== undefined && mayBeCompose(text) ? [{ path, text }] : []));
  const read: Read[] = files.filter(({ text }) => text === undefined || !mayBeCompose(text));
  for (const together of readTogether(texts)) {
    const made = await madeOfFiles(together);
    if (made) read.push({ path: together.map(({ path }) => path).join(BETWEEN), text: made.text, made });
    else read.push(...together);
  }
  return read;
}

const headingOf = (text: string): string => /^(#[^\n]*\n)*/.exec(text)?.[0].trimEnd() ?? '';

/** Says what each became; of several with their names, in one message. */
export function sayMade(all: readonly (Made & { readonly path?: string })[]): void {
  const lines = all.map(({ path, objects, notes }) => {
    const [done, left] = [t('compose.done', { count: objects }), notes > 0 ? t('compose.notes', { count: notes }) : ''];
    return { text: all.length > 1 || path?.includes(BETWEEN) ? `${path}: ${done}` : done, left };
  });
  const [first, ...others] = lines;
  if (!first) return;
  const rest = [first.left, ...others.flatMap(({ text, left }) => [text, left])].filter((each) => each !== '');
  const detail = rest.length > 0 ? rest.join(' ') : undefined;
  setBanner('link', { tone: 'info', text: first.text, detail, about: all[0]?.heading });
}

/** Puts manifests where a Compose file was pasted. */
export async function translatePasted(
  instance: editor.IStandaloneCodeEditor,
  range: Parameters<editor.ITextModel['getValueInRange']>[0],
) {
  const model = instance.getModel();
  const pasted = model?.getValueInRange(range) ?? '';
  const made = await madeOf(pasted);
  if (!made || !model || model.getValueInRange(range) !== pasted) return;
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
  const at = model.getOffsetAt({ lineNumber: startLineNumber, column: startColumn });
  const before = model.getValue().slice(0, at).trimEnd();
  const after = model
    .getValue()
    .slice(model.getOffsetAt({ lineNumber: endLineNumber, column: endColumn }))
    .trimStart();
  const opens = before === '' || /(^|\n)---$/.test(before) ? '' : '\n---\n';
  const closes = after === '' || after.startsWith('---') ? '' : '---\n';
  instance.pushUndoStop();
  instance.executeEdits('compose', [{ range, text: `${opens}${made.text}${closes}` }]);
  instance.pushUndoStop();
  // What could not be translated stands first.
  instance.setPosition({ lineNumber: startLineNumber, column: 1 });
  instance.revealLineNearTop(startLineNumber);
  sayMade([made]);
}

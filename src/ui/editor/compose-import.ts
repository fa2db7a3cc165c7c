/**
 * Compose files from elsewhere: one that is pasted, dropped or chosen becomes manifests, with what could not be translated above them. What
 * translates is loaded when it is needed.
 */
import type { editor } from 'monaco-editor/editor';
import { t, textOf } from '../../i18n/translate';
import { setBanner } from '../state/session';

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

/** The manifests that a text becomes; undefined when it is no Compose file. */
export async function madeOf(text: string): Promise<Made | undefined> {
  if (!SERVICES.test(text) || MANIFEST.test(text)) return undefined;
  const { convertCompose, manifestsText } = await import('../../scenario/compose/compose');
  const converted = convertCompose(text);
  if ('problems' in converted) return undefined;
  const { objects, notes } = converted;
  const written = manifestsText(converted, {
    title: t(notes.length > 0 ? 'compose.made' : 'compose.madeWhole'),
    note: ({ line, where, ...said }) => t('compose.note', { line, where, said: textOf(said) }),
  });
  return { text: written, heading: headingOf(written), objects: objects.length, notes: notes.length };
}

const headingOf = (text: string): string => /^(#[^\n]*\n)*/.exec(text)?.[0].trimEnd() ?? '';

/** Says what each became; of several with their names, in one message. */
export function sayMade(all: readonly (Made & { readonly path?: string })[]): void {
  const lines = all.map(({ path, objects, notes }) => {
    const [done, left] = [t('compose.done', { count: objects }), notes > 0 ? t('compose.notes', { count: notes }) : ''];
    return { text: all.length > 1 ? `${path}: ${done}` : done, left };
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

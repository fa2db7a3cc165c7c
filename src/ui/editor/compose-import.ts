/**
 * Files from elsewhere: a Compose file that is pasted, dropped or chosen becomes manifests, with what could not be translated above them; any other
 * text is opened as it is. What translates is loaded when it is needed.
 */
import type { editor } from 'monaco-editor/editor';
import { t, textOf } from '../../i18n/translate';
import { typing } from '../state/page';
import { setBanner, useSession } from '../state/session';

const SERVICES = /^["']?services["']?\s*:/m;
const MANIFEST = /^(apiVersion|kind)\s*:/m;

interface Made {
  readonly text: string;
  readonly objects: number;
  readonly notes: number;
}

/** The manifests that a text becomes; undefined when it is no Compose file. */
async function madeOf(text: string): Promise<Made | undefined> {
  if (!SERVICES.test(text) || MANIFEST.test(text)) return undefined;
  const { convertCompose, manifestsText } = await import('../../scenario/compose/compose');
  const converted = convertCompose(text);
  if ('problems' in converted) return undefined;
  const { objects, notes } = converted;
  const written = manifestsText(converted, {
    title: t(notes.length > 0 ? 'compose.made' : 'compose.madeWhole'),
    note: ({ line, where, ...said }) => t('compose.note', { line, where, said: textOf(said) }),
  });
  return { text: written, objects: objects.length, notes: notes.length };
}

function say({ objects, notes }: Made): void {
  setBanner('link', {
    tone: 'info',
    text: t('compose.done', { count: objects }),
    detail: notes > 0 ? t('compose.notes', { count: notes }) : undefined,
  });
}

/** Opens a text as one of its own. */
async function open(text: string): Promise<void> {
  const made = await madeOf(text);
  useSession.setState({ phoneTab: made ? 'editor' : 'graph' });
  await typing.choose(made?.text ?? text);
  if (made) say(made);
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
  const [before = '', after = ''] = model.getValue().split(pasted);
  const opens = before.trim() === '' || /^---\s*$/m.test(before.trimEnd().split('\n').at(-1) ?? '') ? '' : '\n---\n';
  const closes = after.trim() === '' || after.trimStart().startsWith('---') ? '' : '---\n';
  instance.pushUndoStop();
  instance.executeEdits('compose', [{ range, text: `${opens}${made.text}${closes}` }]);
  instance.pushUndoStop();
  say(made);
}

/** Takes files that are dropped anywhere on the page; the answer ends that. */
export function takeDrops(): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    void file.text().then(open);
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

/** Lets the reader choose a file. */
export function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.yaml,.yml';
  input.addEventListener('change', () => void input.files?.[0]?.text().then(open));
  input.click();
}

/** Files and texts that come from elsewhere: dropped anywhere on the page, chosen, or pasted where nothing is being typed. What reads them is loaded then. */
import { t } from '../../i18n/translate';
import { arrivals } from '../state/page';
import { setBanner, useSession } from '../state/session';

/** What has a use of its own for what is pasted. */
const TEXTS = 'input, textarea, [contenteditable], .monaco-editor, dialog';
/** What has a use of its own for files that are dropped on it. */
const TAKES_FILES = '[data-takes-files]';
const LOOKS_LIKE_TEXT = /(^|[{,])[^\S\n]*["']?(apiVersion|kind|services)["']?\s*:/m;
const LINK = /^\s*\S+#(\S*\bs=\S+)\s*$/;

/** Opens something with what is loaded for it then, after what came before. */
const opened = (open: (files: typeof import('./open-files')) => Promise<void>): void =>
  void arrivals
    .take(async () => open(await import('./open-files')))
    .catch((error) => setBanner('action', { tone: 'error', text: t('files.failed'), detail: String(error) }));
const isBare = () => useSession.getState().embed !== null;

/** Lets the reader choose files. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.yaml,.yml,.json,.txt';
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) opened(({ openFiles }) => openFiles(files));
  });
  input.click();
}

/** What is dragged over the page, as far as that is files. */
const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

const isTaken = ({ target }: DragEvent): boolean => target instanceof Element && target.closest(TAKES_FILES) !== null;

function mark(event: DragEvent, isOver: boolean): void {
  if (!hasFiles(event) || isBare()) return;
  event.preventDefault();
  if (isOver && !isTaken(event)) document.documentElement.dataset.dropping = t('files.drop');
  else delete document.documentElement.dataset.dropping;
}

function onDrop(event: DragEvent): void {
  mark(event, false);
  if (!hasFiles(event) || isBare() || isTaken(event)) return;
  event.stopPropagation();
  // Entries can be had only now; what is in them later.
  const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = [...(event.dataTransfer?.files ?? [])];
  opened(({ openEntries, openFiles }) => (entries.length > 0 ? openEntries(entries) : openFiles(files)));
}

function onPaste(event: ClipboardEvent): void {
  if (isBare() || (event.target instanceof Element && event.target.closest(TEXTS))) return;
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text') ?? '';
  const link = LINK.exec(text)?.[1];
  if (files.length > 0) opened(({ openFiles }) => openFiles(files));
  else if (link !== undefined) location.hash = link;
  else if (LOOKS_LIKE_TEXT.test(text)) opened(({ openText }) => openText(text));
}

/** Listens while the page lives. */
export function takeFiles(): void {
  for (const type of ['dragenter', 'dragover'] as const) addEventListener(type, (event) => mark(event, true), true);
  addEventListener('dragleave', (event) => event.relatedTarget === null && mark(event, false), true);
  addEventListener('drop', onDrop, true);
  document.addEventListener('paste', onPaste);
}

/** Opens files as one text, which undo takes back, and says what of them was left out. */
import { t } from '../../i18n/translate';
import { type GivenFile, isReadable, type Joined, joinFiles } from '../../scenario/files';
import { sizeBanner } from '../state/conductor-transitions';
import { typing } from '../state/page';
import { type Banner, setBanner, useSession } from '../state/session';
import { composed, sayMade } from './compose-import';

/** A folder with more files than this was not meant. */
const MAX_FILES = 2_000;
/** Longer files are not read: no scenario is as long. */
const MAX_BYTES = 8_000_000;
/** Folders that hold no manifests of anybody's. */
const SKIPPED = /^(\..*|node_modules)$/;
/** So many of the files left out are named. */
const NAMED = 4;

async function readFile(path: string, file: File): Promise<GivenFile> {
  if (!isReadable(path)) return { path };
  if (file.size > MAX_BYTES) return { path, isTooLarge: true };
  return { path, text: await file.text() };
}

function leftOutText(leftOut: Joined['leftOut']): string {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  const parts = reasons.map((reason) => {
    const paths = leftOut.filter((each) => each.reason === reason).map(({ path }) => path);
    const more = paths.length > NAMED ? t('files.more', { count: paths.length - NAMED }) : '';
    return t('files.because', {
      files: paths.slice(0, NAMED).join(', ') + more,
      reason: t(`files.${reason}`, { limit: MAX_BYTES / 1_000_000 }),
    });
  });
  return parts.join(' ');
}

function bannerOf({ taken, leftOut }: Joined): Banner | undefined {
  const detail = leftOutText(leftOut);
  if (taken.length === 0) return { tone: 'error', text: t('files.nothing'), detail: detail || t('files.none') };
  if (taken.length === 1 && leftOut.length === 0) return undefined;
  return { tone: leftOut.length > 0 ? 'warning' : 'info', text: t('files.opened', { count: taken.length }), detail };
}

async function open(given: readonly GivenFile[]): Promise<void> {
  const files = await composed(given);
  const joined = joinFiles(files);
  const banner = sizeBanner(joined.text.length) ?? bannerOf(joined);
  if (joined.taken.length > 0 && banner?.tone !== 'error') {
    const made = files.flatMap(({ path, made: each }) => (each ? [{ ...each, path }] : []));
    useSession.setState({ phoneTab: made.length > 0 ? 'editor' : 'graph' });
    await typing.choose(joined.text);
    sayMade(made);
  }
  setBanner('action', banner);
}

/** A text that was pasted. */
export const openText = async (text: string): Promise<void> => open([{ path: 'pasted.yaml', text }]);

/** Files that were chosen or pasted. */
export async function openFiles(files: readonly File[]): Promise<void> {
  await open(await Promise.all(files.map((file) => readFile(file.webkitRelativePath || file.name, file))));
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** What stands in a folder: browsers tell a hundred at a time. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0 || children.length > MAX_FILES) return children;
    children.push(...some);
  }
}

/** Files and folders that were dropped. */
export async function openEntries(entries: readonly FileSystemEntry[]): Promise<void> {
  const found: FileSystemFileEntry[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    if (entry.isFile) found.push(entry as FileSystemFileEntry);
    else if (!SKIPPED.test(entry.name)) waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
    if (found.length <= MAX_FILES) continue;
    setBanner('action', { tone: 'error', text: t('files.tooMany', { count: MAX_FILES }) });
    return;
  }
  const read = async (entry: FileSystemFileEntry) => readFile(entry.fullPath.replace(/^\//, ''), await fileOf(entry));
  try {
    await open(await Promise.all(found.map(read)));
  } catch (error) {
    setBanner('action', { tone: 'error', text: t('files.unreadable'), detail: String(error) });
  }
}

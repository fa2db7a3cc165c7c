/** Archives as tar makes them here: a text that names each file and holds what is in it. Directories end in a slash. */

/** A file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly text: string;
}

const MAGIC = 'kubestep-archive\n';

/** Puts files into an archive. */
export function packArchive(entries: readonly ArchiveEntry[]): string {
  return MAGIC + entries.map(({ name, text }) => `${JSON.stringify([name, text])}\n`).join('');
}

/** Takes files out of an archive; undefined when it is none. */
export function unpackArchive(archive: string): ArchiveEntry[] | undefined {
  if (!archive.startsWith(MAGIC)) return undefined;
  const entries: ArchiveEntry[] = [];
  for (const line of archive.slice(MAGIC.length).split('\n')) {
    if (line === '') continue;
    const read = entryOf(line);
    if (!read) return undefined;
    entries.push(read);
  }
  return entries;
}

function entryOf(line: string): ArchiveEntry | undefined {
  try {
    const [name, text] = JSON.parse(line) as unknown[];
    return typeof name === 'string' && typeof text === 'string' ? { name, text } : undefined;
  } catch {
    return undefined;
  }
}

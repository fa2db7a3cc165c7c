/** Archives as tar makes them here: a text that names each file and holds what is in it. Directories end in a slash. */

/** A file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly text: string;
  /** Where it leads to when it is a symbolic link. */
  readonly link?: string;
}

const MAGIC = 'kubestep-archive\n';

/** Puts files into an archive. */
export function packArchive(entries: readonly ArchiveEntry[]): string {
  return MAGIC + entries.map(({ name, text, link }) => `${JSON.stringify([name, text, link ?? ''])}\n`).join('');
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
    const [name, text, link] = JSON.parse(line) as unknown[];
    if (typeof name !== 'string' || typeof text !== 'string') return undefined;
    return typeof link === 'string' && link !== '' ? { name, text, link } : { name, text };
  } catch {
    return undefined;
  }
}

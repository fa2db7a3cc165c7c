/** tar: c, x and t, with f, z, v and -C, on archives that only it reads. Follows BusyBox's messages. */
import { type ArchiveEntry, packArchive, unpackArchive } from '../../api/archive';
import { writeLink } from './copy-commands';
import { isBusyBox } from './held-programs';
import { append, type Command, type CommandIo, fail, isDirectory, placeOf, readFile, say, writeFile } from './host';
import { absolute, below, LINK_SUFFIX, lastOf, noteOf } from './paths';
import { removeFiles } from './remove-files';

interface Asked {
  readonly letters: string;
  readonly file: string;
  readonly directory: string;
  readonly paths: readonly string[];
}

function asked(args: readonly string[], io: CommandIo): Asked {
  let letters = '';
  let file = '-';
  let directory = io.cwd;
  const paths: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (word === '-C') directory = absolute(io.cwd, args[++at] ?? '.');
    else if (word.startsWith('--')) continue;
    else if (at === 0 || (word.startsWith('-') && word !== '-')) {
      letters += word.replace(/^-/, '');
      if (word.includes('f')) file = args[++at] ?? '-';
    } else paths.push(word);
  }
  return { letters, file, directory, paths };
}

/** Where what is archived is: links on the way are followed, one at its end only for a slash after it. */
function archivedPlace(io: CommandIo, path: string): string {
  if (path.endsWith('/')) return placeOf(io, path);
  const place = absolute(io.cwd, path);
  return absolute(placeOf(io, place.slice(0, place.lastIndexOf('/')) || '/'), lastOf(place));
}

function create(io: CommandIo, { letters, file, directory, paths }: Asked): number {
  let status = 0;
  const entries: ArchiveEntry[] = [];
  const inside = { ...io, cwd: directory };
  const isSmall = isBusyBox(io.host);
  const removing = isSmall ? "removing leading '/'" : "Removing leading `/'";
  if (paths.some((path) => path.startsWith('/'))) io.errors += `tar: ${removing} from member names\n`;
  for (const path of paths) {
    const start = archivedPlace(inside, path);
    const linkAt = (place: string) => (letters.includes('h') ? undefined : noteOf(io.host.files, place, LINK_SUFFIX));
    if (linkAt(start) === undefined && readFile(inside, path) === undefined && !isDirectory(inside, path)) {
      status = fail(io, `tar: ${path}: ${isSmall ? '' : 'Cannot stat: '}No such file or directory`, isSmall ? 1 : 2);
      continue;
    }
    for (const one of below(io.host.files, start)) {
      const link = linkAt(one);
      const text = link === undefined ? readFile(io, one) : '';
      const name = `${path.replace(/^\/+|\/+$/g, '')}${one.slice(start.length)}`;
      entries.push(text === undefined ? { name: `${name}/`, text: '' } : { name, text, ...(link ? { link } : {}) });
      if (letters.includes('v')) say(io, name);
    }
  }
  const archive = packArchive(entries);
  if (file === '-') append(io, archive);
  else {
    const problem = writeFile(io, file, archive, false);
    if (problem !== undefined) return fail(io, `tar: can't open '${file}': ${problem}`);
  }
  const end = isSmall ? 'error exit delayed from' : 'Exiting with failure status due to';
  return status && fail(io, `tar: ${end} previous errors`, status);
}

/** tar. */
export const tar: Command = (args, io) => {
  const question = asked(args, io);
  const { letters, file, directory } = question;
  if (letters.includes('c')) return create(io, question);
  const archive = file === '-' ? io.input : readFile(io, file);
  if (archive === undefined) return fail(io, `tar: can't open '${file}': No such file or directory`);
  const entries = unpackArchive(archive);
  if (!entries) return fail(io, 'tar: invalid tar magic');
  if (!isDirectory(io, directory))
    return fail(io, `tar: can't change directory to '${directory}': No such file or directory`);
  for (const { name, text, link } of entries) {
    if (letters.includes('t') || letters.includes('v')) say(io, name);
    if (letters.includes('t')) continue;
    const path = absolute(directory, name.replace(/\/$/, ''));
    const isFolder = name.endsWith('/');
    // What is in the way goes first: nothing is written through a link.
    if (!isFolder && noteOf(io.host.files, path, LINK_SUFFIX) !== undefined) removeFiles(io, [path]);
    const problem = link ? writeLink(io, path, link) : writeFile(io, isFolder ? `${path}/.` : path, text, false);
    if (problem !== undefined && !(isFolder && isDirectory(io, path))) {
      return fail(io, `tar: can't open '${name}': ${problem}`);
    }
  }
  return 0;
};

/** What is at a path: a file, a directory, a link, a device, a named pipe, and what is known of it. */
import { parseTimestamp } from '../../api/timestamp';
import { deviceAt, deviceLinkAt } from './devices';
import { type CommandIo, isDirectory } from './host';
import {
  FIFO_SUFFIX,
  followed,
  LINK_SUFFIX,
  modeOf,
  namesIn,
  noteOf,
  OWNER_SUFFIX,
  sizeOf,
  TIME_SUFFIX,
} from './paths';

/** What is known of a file, a directory or a link. */
export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'device' | 'fifo';
  /** Those of a device. */
  readonly numbers?: readonly [major: number, minor: number] | undefined;
  readonly mode: string;
  readonly size: number;
  readonly user: string;
  readonly group: string;
  /** Seconds since 1970. */
  readonly writtenAt: number;
  readonly target: string;
}

/** When a path was written: a directory when the latest of what is in it was. */
function writtenAt({ files, madeAt, now }: CommandIo['host'], path: string): string {
  const own = noteOf(files, path, TIME_SUFFIX) ?? noteOf(files, `${path}/.`, TIME_SUFFIX);
  const times = namesIn(files, path).flatMap((name) => noteOf(files, `${path}/${name}`, TIME_SUFFIX) ?? []);
  return [own ?? madeAt ?? now, ...times].reduce((latest, time) => (time > latest ? time : latest));
}

/** What is at a whole path, without following a link there; undefined when nothing is. */
export function entryAt({ host }: Pick<CommandIo, 'host'>, asked: string): Entry | undefined {
  const { files } = host;
  const directory = asked.slice(0, asked.lastIndexOf('/'));
  const path = directory === '' ? asked : `${followed(files, directory)}${asked.slice(directory.length)}`;
  const target = noteOf(files, path, LINK_SUFFIX) ?? deviceLinkAt(path);
  const numbers = deviceAt(path);
  const made = Object.hasOwn(files, path) ? undefined : host.kernelFile?.(path);
  const isFile = made !== undefined || Object.hasOwn(files, path);
  if (!isFile && !target && !numbers && !isDirectory({ host, cwd: '/' }, path)) return undefined;
  const kind =
    target !== undefined
      ? 'link'
      : numbers
        ? 'device'
        : !isFile
          ? 'directory'
          : noteOf(files, path, FIFO_SUFFIX) === undefined
            ? 'file'
            : 'fifo';
  const group = kind === 'directory' ? host.groupAt?.(path) : undefined;
  const [user = '0', own = '0'] = noteOf(files, path, OWNER_SUFFIX)?.split(':') ?? [];
  const plain = modeOf(files, path);
  const isOpen = kind === 'directory' && plain === '755' && host.isShared?.(path) === true && !host.isRootsOwn?.(path);
  return {
    kind,
    ...(numbers ? { numbers } : {}),
    mode: kind === 'link' ? '777' : numbers ? '666' : isOpen ? (group === undefined ? '777' : '2777') : plain,
    size: target?.length ?? (kind === 'directory' ? 4096 : kind === 'fifo' ? 0 : (made?.length ?? sizeOf(files, path))),
    user,
    group: group === undefined ? own : String(group),
    target: target ?? '',
    get writtenAt() {
      return parseTimestamp(writtenAt(host, path)) / 1000;
    },
  };
}

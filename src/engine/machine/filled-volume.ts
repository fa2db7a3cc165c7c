/**
 * How the kubelet lays out what it fills a volume with: the files in a directory that is named after the moment, `..data` as a link to it, and a
 * link through that for each name, so that all of them change at once. The record of a volume keeps the plain files and the moment; the layout is
 * made for whoever looks.
 * Follows pkg/volume/util/atomic_writer.go.
 */
import type { Files } from './cri';
import { textHex64 } from './hex';
import { isFileKey, LINK_SUFFIX, MODE_SUFFIX, TIME_SUFFIX } from './shell/paths';

const DATA = '..data';
const STAMP = `${DATA}${LINK_SUFFIX}`;
const MOMENT = `${DATA}${TIME_SUFFIX}`;

/** The record of a volume that is filled now; undefined when it held the same before. */
export function filledVolume(
  before: Files | undefined,
  files: Files,
  { name, now, nowMs }: { readonly name: string; readonly now: string; readonly nowMs: number },
): Files | undefined {
  const paths = Object.keys(files);
  const isSame =
    before !== undefined &&
    paths.length === Object.keys(before).length - 2 &&
    paths.every((path) => Object.hasOwn(before, path) && before[path] === files[path]);
  if (isSame) return undefined;
  const number = Number.parseInt(textHex64(`${name} ${nowMs}`).slice(0, 8), 16);
  return { ...files, [STAMP]: `..${now.slice(0, 19).replace(/[-:T]/g, '_')}.${number}`, [MOMENT]: now };
}

/** The files of a volume without what is only known of how they lie there. */
export function plainFiles(files: Files): [path: string, content: string][] {
  return Object.entries(files).filter(([path]) => path !== STAMP && path !== MOMENT);
}

/** A volume as it is seen. */
export function laidOut(files: Files): Files {
  if (!Object.hasOwn(files, STAMP)) return files;
  const [stamp = '', moment = ''] = [files[STAMP], files[MOMENT]];
  const seen: Record<string, string> = {
    [`${stamp}/.`]: '',
    [`${stamp}${MODE_SUFFIX}`]: '0755',
    [DATA]: '',
    [STAMP]: stamp,
    [MOMENT]: moment,
  };
  for (const [path, content] of plainFiles(files)) {
    seen[`${stamp}/${path}`] = content;
    if (!isFileKey(path)) continue;
    seen[`${stamp}/${path}${TIME_SUFFIX}`] = moment;
    const name = path.split('/')[0] as string;
    seen[name] = '';
    seen[`${name}${LINK_SUFFIX}`] = `${DATA}/${name}`;
    seen[`${name}${TIME_SUFFIX}`] = moment;
  }
  return seen;
}

/**
 * How the kubelet lays out what it fills a volume with: the files in a directory that is named after the moment, `..data` as a link to it, and a
 * link through that for each name, so that all of them change at once. A machine remembers the plain files, which the
 * volumes of many Pods share, and the moment; the layout is made for whoever looks.
 * Follows pkg/volume/util/atomic_writer.go.
 */
import type { Files } from './cri';
import { textHex64 } from './hex';
import { isFileKey, LINK_SUFFIX, MODE_SUFFIX, TIME_SUFFIX } from './shell/paths';

const DATA = '..data';

/** Whether a volume holds these files and no others. */
export function holds(held: Files | undefined, files: Files): boolean {
  const paths = Object.keys(files);
  return (
    held !== undefined &&
    paths.length === Object.keys(held).length &&
    paths.every((path) => Object.hasOwn(held, path) && held[path] === files[path])
  );
}

/** A volume as it is seen, by its name, the files it was filled with and the moment of that. */
export function laidOut(name: string, files: Files, moment: string): Files {
  const number = Number.parseInt(textHex64(`${name} ${moment}`).slice(0, 8), 16);
  const stamp = `..${moment.slice(0, 19).replace(/[-:T]/g, '_')}.${number}`;
  const seen: Record<string, string> = {
    [`${stamp}/.`]: '',
    [`${stamp}${MODE_SUFFIX}`]: '0755',
    [DATA]: '',
    [`${DATA}${LINK_SUFFIX}`]: stamp,
    [`${DATA}${TIME_SUFFIX}`]: moment,
  };
  for (const [path, content] of Object.entries(files)) {
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

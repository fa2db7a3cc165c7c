/** Servers of files that a command line begins: Python's http.server and BusyBox's httpd. Facts are those of their usage texts. */
import type { Base } from './shell/held-programs';

/** Where one listens, and the directory of its files. */
export interface FileServer {
  readonly port: number;
  readonly root: string;
}

const PYTHON = /\bpython[\d.]* (?:-\w+ )*-m http\.server\b([^;&|]*)/;
const HTTPD = /\bhttpd((?: +-\w+| +[^-;&|\s]\S*)*)/;
const PLACE = '[\'"]?([^\\s\'";&|]+)';
const GONE_TO = new RegExp(`\\bcd +${PLACE}`, 'g');

/** Whether a program is BusyBox's own server, which is one of its utilities. */
export const isBusyBoxServer = ({ base }: { readonly base: Base }, name: string): boolean =>
  name === 'httpd' && base === 'busybox';

/** Whether a container's command line begins Python's. */
export const isPythonServer = (command: readonly string[] = []): boolean => PYTHON.test(command.join(' '));

/** Below `at` where a path does not begin at the root; '' is the root. */
const placed = (at: string, path: string): string =>
  (path.startsWith('/') ? path : `${at}/${path}`).replace(/\/\.?(?=\/|$)/g, '');

/** The server that a container's command line begins, also in a shell's text; undefined when there is none. */
export function fileServer(command: readonly string[], base: Base, workingDir = '/'): FileServer | undefined {
  const text = command.join(' ');
  const python = PYTHON.exec(text);
  const found = python ?? (base === 'busybox' ? HTTPD.exec(text) : null);
  if (!found) return undefined;
  const [, options = ''] = found;
  const moves = [...text.slice(0, found.index).matchAll(GONE_TO)];
  const at = moves.reduce((place, [, path = '']) => placed(place, path), workingDir);
  const port = (python ? /(?:^|\s)(\d+)\b/ : /-p *(?:[\d.]*:)?(\d+)/).exec(options)?.[1];
  const said = new RegExp(`(?:${python ? '-d|--directory' : '-h'})[ =]*${PLACE}`).exec(options)?.[1];
  return { port: Number(port ?? (python ? 8000 : 80)), root: placed(at, said ?? '.') };
}

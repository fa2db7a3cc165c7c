/**
 * How servers begin: they have a port that nobody else has, stay where they are or leave whoever began them, and go on in the background.
 * Follows the usage texts of BusyBox's httpd, nginx, Apache, Redis, mongod and mysqld.
 */
import { isBusyBoxServer } from '../file-servers';
import { type CommandIo, readFile } from './host';
import { isBound } from './io';
import { lastOf } from './paths';
import { fork, freshPid, type Process, type Running } from './processes';
import { signalNumber } from './signals';
import { commandNode } from './syntax';
import { sleepFor } from './waits';

/** Servers that stay only if they are told to, and those that leave only then. */
const STAYING: readonly (readonly [name: RegExp, told: RegExp])[] = [
  [/^nginx/, /^[^#\n]*\bdaemon\s+off/m],
  [/^(httpd|apache2)$/, /-X|FOREGROUND/],
];
const LEAVING = /^redis-server\b.*--daemonize[= ]+yes|^mongod\b.*--fork\b|^(mysqld|mariadbd)\b.*--daemonize\b/;

/** Whether a server that is called so leaves its caller. */
export function leavesCaller(words: readonly string[], io: CommandIo): boolean {
  const name = lastOf(words[0] as string);
  if (isBusyBoxServer(io.host, name)) return !words.some((word) => /^-\w*f/.test(word));
  if (!io.host.servers.includes(name)) return false;
  const line = [name, ...words.slice(1)].join(' ');
  const [, told] = STAYING.find(([one]) => one.test(name)) ?? [];
  if (!told) return LEAVING.test(line);
  return ![line, name.startsWith('nginx') ? (readFile(io, '/etc/nginx/nginx.conf') ?? '') : ''].some((text) =>
    told.test(text),
  );
}

/** Lets a server begin in a process, or in one of its own that nobody waits for. */
export function serve(running: Running, process: Process, words: readonly string[], isDaemon = false): void {
  const title = words.join(' ');
  const { ports = [], status = 128 + signalNumber('TERM'), refuses } = running.host.listens?.(words) ?? {};
  const taken = ports.find((port) => isBound(running, port, false));
  if (taken !== undefined && refuses) {
    const then = refuses(taken);
    sleepFor(running, process, { sleepMs: then.afterMs, then }, title);
    return;
  }
  const begun = isDaemon ? fork(running, process, commandNode(words)) : process;
  begun.wait = { for: 'server', ports, status, pid: freshPid(running), title };
  if (begun === process) return;
  begun.parent = 0;
  for (const frame of begun.frames) frame.at = 1;
}

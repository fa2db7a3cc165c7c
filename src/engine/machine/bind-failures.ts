/**
 * What servers say when another has their port, and how they end. The words of nginx, Apache, Redis, Python and BusyBox are as they were seen to say
 * them, those of MySQL, MariaDB, PostgreSQL and memcached were not held against running ones; of others those of Go's net.
 */
import { isBusyBoxServer } from './file-servers';
import { apache, emergency, filledIn, formsOf, type OutputMoment } from './image-output';
import type { Base } from './shell/held-programs';
import type { Afterwards } from './shell/results';

const IN_USE = 'Address already in use';
/** How often nginx tries, and how long it waits after each time. */
const TRIES = 5;
const APART_MS = 500;

function nginx(port: number, moment: OutputMoment): string {
  const failed = ['0.0.0.0', '[::]'].map((at) => emergency(`bind() to ${at}:${port} failed (98: ${IN_USE})`, moment));
  const again = `${failed.join('')}${formsOf(moment).slashed} [notice] 1#1: try again to bind() after ${APART_MS}ms\n`;
  return again.repeat(TRIES) + emergency('still could not bind()', moment);
}

const unmade = (at: string): string => `(98)${IN_USE}: AH00072: make_sock: could not bind to address ${at}`;
const unbound = (
  kind: string,
  at: string,
): string => `{postgres} [1] LOG:  could not bind ${kind} address "${at}": ${IN_USE}
{postgres} [1] HINT:  Is another postmaster already running on port PORT? If not, wait a few seconds and retry.`;

/** By the names of programs; PORT and the forms of a moment are filled in. */
const WORDS: readonly (readonly [name: RegExp, said: string, status?: number])[] = [
  [
    /^(httpd|apache2)/,
    `${apache('{apache2}')}
${unmade('[::]:PORT')}
${unmade('0.0.0.0:PORT')}
no listening sockets available, shutting down
AH00015: Unable to open logs`,
  ],
  [
    /^redis/,
    `1:M {redis} # Warning: Could not create server TCP listening socket *:PORT: bind: ${IN_USE}
1:M {redis} # Failed listening on port PORT (tcp), aborting.`,
  ],
  [
    /^python/,
    `Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
  File "<frozen runpy>", line 88, in _run_code
OSError: [Errno 98] ${IN_USE}`,
  ],
  [
    /^mysqld/,
    `{mysql} 0 [ERROR] [MY-010262] [Server] Can't start server: Bind on TCP/IP port: ${IN_USE}
{mysql} 0 [ERROR] [MY-010257] [Server] Do you already have another mysqld server running on port: PORT ?
{mysql} 0 [ERROR] [MY-010119] [Server] Aborting`,
  ],
  [
    /^mariadbd/,
    `{maria} 0 [ERROR] Can't start server: Bind on TCP/IP port. Got error: 98: ${IN_USE}
{maria} 0 [ERROR] Do you already have another server running on port: PORT ?
{maria} 0 [ERROR] Aborting`,
  ],
  [
    /^postgres/,
    `${unbound('IPv4', '0.0.0.0')}
${unbound('IPv6', '::')}
{postgres} [1] WARNING:  could not create listen socket for "*"
{postgres} [1] FATAL:  could not create any TCP/IP sockets`,
  ],
  [/^memcached/, `failed to listen on TCP port PORT: ${IN_USE}`, 71],
  [/^node/, 'Error: listen EADDRINUSE: address already in use :::PORT'],
  [/./, 'listen tcp :PORT: bind: address already in use'],
];

/** What a program says and with which status it ends, after a while. */
export interface BindFailure extends Afterwards {
  readonly status: number;
  readonly afterMs: number;
}

/** What comes of a server whose port is taken: it says so and ends, nginx once it has tried for a while. */
export function bindFailure(name: string, port: number, base: Base, moment: OutputMoment): BindFailure {
  if (name.startsWith('nginx')) return { afterMs: TRIES * APART_MS, errors: nginx(port, moment), status: 1 };
  const [, said, status = 1] = isBusyBoxServer({ base }, name)
    ? [name, `${name}: bind: ${IN_USE}`]
    : (WORDS.find(([pattern]) => pattern.test(name)) as (typeof WORDS)[number]);
  const program = name.startsWith('apache2') ? 'apache2' : 'httpd';
  const text = `${filledIn(said.replaceAll('PORT', String(port)).replace('{apache2}', program), moment)}\n`;
  return { afterMs: 0, status, ...(name.startsWith('redis') ? { output: text } : { errors: text }) };
}

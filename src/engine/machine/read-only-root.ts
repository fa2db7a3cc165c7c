/**
 * What servers of the catalogue can't do on a root file system that may not be written to (readOnlyRootFilesystem), in their own words, unless a volume lies
 * where they write. Follows the images' entrypoints and configurations.
 */
import { momentOf } from './container-output';
import { mountOf } from './filesystem';
import { filledIn, serverOutput } from './image-output';
import type { Machine, MachineContainer } from './records';

/** A place that a server writes to, by one of its names, and what it says without it, with the forms of the moment. */
interface Need {
  readonly paths: readonly string[];
  readonly said: string;
  readonly code?: number;
}

const both = (path: string): readonly string[] => [`/run${path}`, `/var/run${path}`];

const nginxNeeds = (path: string, call: string, made: string): Need => ({
  paths: path === '/run' ? both('') : [path],
  said: `${call} "${made}" failed (30: Read-only file system)`,
});

const ABORTING = '{mysql} 0 [ERROR] [MY-010119] [Server] Aborting';
/** As both have it: mkstemp(3)'s template, whose last six signs it only fills in when it makes the file. */
const TEMPORARY = `/tmp/ib${'X'.repeat(6)}`;
const SOCKET = '/var/run/mysqld/mysqld.sock';
const AGAIN = '{"t":{"$date":"{iso}"},"s":"F",  "c":"ASSERT",   "id":';

/** Where volumes lie that images name (VOLUME) a runtime makes them, so that data itself can be written. */
const NEEDS: ReadonlyMap<string, readonly Need[]> = new Map<string, readonly Need[]>([
  [
    'nginx',
    [
      nginxNeeds('/var/cache/nginx', 'mkdir()', '/var/cache/nginx/client_temp'),
      nginxNeeds('/run', 'open()', '/run/nginx.pid'),
    ],
  ],
  ['nginxinc/nginx-unprivileged', [nginxNeeds('/tmp', 'mkdir()', '/tmp/client_temp')]],
  [
    'httpd',
    [
      {
        paths: ['/usr/local/apache2/logs'],
        said: '(30)Read-only file system: AH00099: could not create /usr/local/apache2/logs/httpd.pid',
      },
    ],
  ],
  [
    'wordpress',
    [
      {
        paths: both('/apache2'),
        said: `(30)Read-only file system: AH00099: could not create /var/run/apache2/apache2.pid
AH00100: apache2: could not log pid to file /var/run/apache2/apache2.pid`,
      },
    ],
  ],
  [
    'postgres',
    [
      {
        paths: both('/postgresql'),
        said: `chmod: changing permissions of '/var/run/postgresql': Read-only file system
{postgres} [1] FATAL:  could not create lock file "/var/run/postgresql/.s.PGSQL.5432.lock": Read-only file system
{postgres} [1] LOG:  database system is shut down`,
      },
    ],
  ],
  [
    'mysql',
    [
      {
        paths: ['/tmp'],
        said: `mysqld: Can't create/write to file '${TEMPORARY}' (OS errno 30 - Read-only file system)
{mysql} 1 [ERROR] [MY-012929] [InnoDB] Unable to create temporary file inside "/tmp"; errno: 30
{mysql} 1 [ERROR] [MY-012930] [InnoDB] Plugin initialization aborted with error Generic error.
{mysql} 1 [ERROR] [MY-010334] [Server] Failed to initialize DD Storage Engine
{mysql} 0 [ERROR] [MY-010020] [Server] Data Dictionary initialization failed.
${ABORTING}`,
      },
      {
        paths: both('/mysqld'),
        said: `{mysql} 0 [ERROR] [MY-010273] [Server] Could not create unix socket lock file ${SOCKET}.lock.
{mysql} 0 [ERROR] [MY-010268] [Server] Unable to setup unix socket lock file.
${ABORTING}`,
      },
    ],
  ],
  [
    'mariadb',
    [
      {
        paths: ['/tmp'],
        said: `{maria} 0 [ERROR] mariadbd: Can't create/write to file '${TEMPORARY}' (Errcode: 30 "Read-only file system")
{maria} 0 [ERROR] InnoDB: Unable to create temporary file; errno: 30
{maria} 0 [ERROR] InnoDB: Plugin initialization aborted with error Generic error
{maria} 0 [ERROR] Plugin 'InnoDB' registration as a STORAGE ENGINE failed.
{maria} 0 [ERROR] Unknown/unsupported storage engine: InnoDB
{maria} 0 [ERROR] Aborting`,
      },
      {
        paths: both('/mysqld'),
        said: `{maria} 0 [ERROR] Can't start server : Bind on unix socket: Read-only file system
{maria} 0 [ERROR] Do you already have another server running on socket: /run/mysqld/mysqld.sock ?
{maria} 0 [ERROR] Aborting`,
      },
    ],
  ],
  [
    'mongo',
    [
      {
        paths: ['/tmp'],
        said: `{"t":{"$date":"{iso}"},"s":"E",  "c":"NETWORK",  "id":23024,   "ctx":"initandlisten","msg":"Failed to unlink socket file","attr":{"path":"/tmp/mongodb-27017.sock","error":"Read-only file system"}}
${AGAIN}23091,   "ctx":"initandlisten","msg":"Fatal assertion","attr":{"msgid":40486,"file":"src/mongo/transport/asio/asio_transport_layer.cpp","line":1125}}
${AGAIN}23092,   "ctx":"initandlisten","msg":"\\n\\n***aborting after fassert() failure\\n\\n"}`,
        code: 14,
      },
    ],
  ],
]);

/** What a server prints that can't begin for want of a place to write to; undefined when it can. */
export function readOnlyRefusal(
  machine: Machine,
  container: MachineContainer,
): { readonly said: string; readonly code: number } | undefined {
  const { behaviour, mounts, spec } = container;
  const { catalogueName = '' } = behaviour;
  if (spec.securityContext?.readOnlyRootFilesystem !== true) return undefined;
  const isFixed = (path: string): boolean => mountOf(mounts, path)?.readOnly ?? true;
  const need = NEEDS.get(catalogueName)?.find(({ paths }) => paths.every(isFixed));
  if (!need) return undefined;
  const moment = momentOf(machine, container);
  const lines = serverOutput(catalogueName, 'start', moment)?.text.split('\n') ?? [];
  const time = lines.find((line) => line.includes('[notice]'))?.split(' [notice]')[0] ?? '';
  const { code = 1 } = need;
  if (!catalogueName.startsWith('nginx')) return { said: `${filledIn(need.said, moment)}\n`, code };
  // What its entrypoint says before comes first.
  const before = lines
    .filter((line) => line !== '' && !/\[notice\]|Getting the checksum/.test(line))
    .map((line) => line.replace(/Enabled listen on IPv6 in (\S+)/, 'can not modify $1 (read-only file system?)'));
  const own = [...(time ? [`${time} [emerg] 1#1: ${need.said}`] : []), `nginx: [emerg] ${need.said}`];
  return { said: `${[...before, ...own].join('\n')}\n`, code };
}

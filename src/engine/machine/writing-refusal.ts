/**
 * What servers of the catalogue can't do on a root file system that may not be written to (readOnlyRootFilesystem), or not by their user, in their own
 * words, unless a volume lies where they write. Follows the images' entrypoints and configurations.
 */

import { accountOf } from './accounts';
import { hasCapability } from './capabilities';
import { momentOf } from './container-output';
import { isRootsOwn, mountOf, visibleFiles } from './filesystem';
import { filledIn, serverOutput } from './image-output';
import type { Machine, MachineContainer } from './records';

/** A place that a server writes to, by one of its names, and what it says without it, with the forms of the moment. */
interface Need {
  readonly paths: readonly string[];
  readonly said: string;
  readonly code?: number;
  /** Whether only root may write there. */
  readonly isRoots?: true;
  /** What of the server's configuration has it write elsewhere. */
  readonly unless?: RegExp;
}

const both = (path: string): readonly string[] => [`/run${path}`, `/var/run${path}`];

const nginxNeeds = (path: string, call: string, made: string, unless: RegExp): Need => ({
  paths: path === '/run' ? both('') : [path],
  said: `${call} "${made}" failed (30: Read-only file system)`,
  unless,
});
const OTHER_PATHS = /client_body_temp_path/;
const OTHER_PID = /(^|[;\s])pid\s+(?!\/(var\/)?run\/nginx\.pid)/;

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
      { ...nginxNeeds('/var/cache/nginx', 'mkdir()', '/var/cache/nginx/client_temp', OTHER_PATHS), isRoots: true },
      { ...nginxNeeds('/run', 'open()', '/run/nginx.pid', OTHER_PID), isRoots: true },
    ],
  ],
  ['nginxinc/nginx-unprivileged', [nginxNeeds('/tmp', 'mkdir()', '/tmp/client_temp', OTHER_PATHS)]],
  [
    'httpd',
    [
      {
        paths: ['/usr/local/apache2/logs'],
        said: '(30)Read-only file system: AH00099: could not create /usr/local/apache2/logs/httpd.pid',
        isRoots: true,
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

const NGINX_CONF = '/etc/nginx/nginx.conf';
const NO_USER =
  'the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2';
/** Where nginx gives what it makes to its workers. */
const CHOWNED = 'chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)';

interface Refusal {
  readonly said: string;
  readonly code: number;
}

/** What a server says that can't begin, after what its entrypoint says before. */
function refusalOf(machine: Machine, container: MachineContainer, need: Need, isAsRoot: boolean): Refusal {
  const { catalogueName = '' } = container.behaviour;
  const moment = momentOf(machine, container);
  const lines = serverOutput(catalogueName, 'start', moment)?.text.split('\n') ?? [];
  const time = lines.find((line) => line.includes('[notice]'))?.split(' [notice]')[0] ?? '';
  const { code = 1 } = need;
  if (!catalogueName.startsWith('nginx')) return { said: `${filledIn(need.said, moment)}\n`, code };
  const before = lines
    .filter((line) => line !== '' && !/\[notice\]|Getting the checksum/.test(line))
    .map((line) => line.replace(/Enabled listen on IPv6 in (\S+)/, 'can not modify $1 (read-only file system?)'));
  const saying = (level: string, said: string): string[] => [
    ...(time ? [`${time} [${level}] 1#1: ${said}`] : []),
    `nginx: [${level}] ${said}`,
  ];
  const warned = isAsRoot ? [] : saying('warn', NO_USER);
  return { said: `${[...before, ...warned, ...saying('emerg', need.said)].join('\n')}\n`, code };
}

/** What a server prints that can't begin for want of a place to write to; undefined when it can. */
export function writingRefusal(machine: Machine, container: MachineContainer): Refusal | undefined {
  const { context } = machine;
  const { behaviour, mounts, spec, podUid } = container;
  const needs = NEEDS.get(behaviour.catalogueName ?? '');
  const pod = context.memory.sandboxes.get(podUid)?.pod;
  if (!needs || !pod) return undefined;
  const isFixed = spec.securityContext?.readOnlyRootFilesystem === true;
  const { user = 0 } = accountOf(pod, container);
  const isChowned = behaviour.catalogueName === 'nginx' && user === 0 && !hasCapability(spec, 'CHOWN');
  if (!isFixed && user === 0 && !isChowned) return undefined;
  const mounted = spec.volumeMounts?.some(({ mountPath }) => NGINX_CONF.startsWith(mountPath));
  const configured = (mounted && visibleFiles(context, container)[NGINX_CONF]) || '';
  const isClosed = (path: string, isRoots: boolean): boolean => {
    const mount = mountOf(mounts, path);
    if (mount) return mount.readOnly || (user !== 0 && isRootsOwn(context, pod, mounts, path));
    return isFixed || (isRoots && user !== 0);
  };
  const need = needs.find(
    ({ paths, isRoots = false, unless }) => paths.every((path) => isClosed(path, isRoots)) && !unless?.test(configured),
  );
  if (need) {
    const said = isFixed
      ? need.said
      : need.said
          .replace('30: Read-only file system', '13: Permission denied')
          .replace('(30)Read-only file system', '(13)Permission denied');
    return refusalOf(machine, container, { ...need, said }, user === 0);
  }
  const isOwn = isChowned && !/^[^\S\n]*user\s+root/m.test(configured) && !OTHER_PATHS.test(configured);
  return isOwn ? refusalOf(machine, container, { paths: [], said: CHOWNED }, true) : undefined;
}

/**
 * What images of the catalogue print: their entrypoints' and servers' own lines, in the words of the images on Docker Hub. Times and
 * addresses are filled in; versions are the tag's, or a recent one.
 */
import { parseTimestamp } from '../api/timestamp';
import type { LogStream } from './container-log';
import { KERNEL_RELEASE } from './kernel';
import { momentFormatter } from './moment-text';
import type { Output } from './shell/output';

/** When and as what a server prints. */
export interface OutputMoment {
  /** metav1.Time. */
  readonly now: string;
  /** Milliseconds within the second. */
  readonly ms: number;
  readonly ip: string;
  /** The name of its Pod's host. */
  readonly host: string;
  /** Where it listens. */
  readonly ports: readonly number[];
  /** The image's tag. */
  readonly tag: string;
  /** The number of nginx's worker; default: that of its first. */
  readonly worker?: number;
}

/** The forms of a moment, as servers write them. */
export function formsOf({ now, ms, ip, host, ports, worker = 29 }: OutputMoment): Readonly<Record<string, string>> {
  const formatted = momentFormatter(parseTimestamp(now) / 1000);
  const fraction = String(ms).padStart(3, '0');
  return {
    ip,
    host,
    worker: String(worker),
    port: String(ports[0] ?? ''),
    port2: String(ports[1] ?? ''),
    kernel: KERNEL_RELEASE,
    slashed: formatted('%Y/%m/%d %T'),
    iso: formatted(`%FT%T.${fraction}Z`),
    klog: formatted(`I%m%d %T.${fraction}000       1 log.go:195]`),
    redis: formatted(`%d %b %Y %T.${fraction}`),
    apache: formatted(`%a %b %d %T.${fraction}000 %Y`),
    mysql: formatted(`%FT%T.${fraction}000Z`),
    entry: formatted('%F %T+00:00'),
    maria: formatted('%F %T').replace(' 0', '  '),
    postgres: formatted(`%F %T.${fraction} UTC`),
  };
}

/** One image's lines: those of its start, of a start that fails for want of a variable, and of its end. */
interface Words {
  readonly stream?: LogStream;
  readonly version: string;
  /** Older versions print nothing. */
  readonly since?: readonly [major: number, minor: number];
  readonly start: string;
  readonly failed?: string;
  readonly stop?: string;
}

const ENTRY = '/docker-entrypoint.sh:';
const SCRIPTS = '/docker-entrypoint.d/';

const NGINX: Words = {
  version: '1.29.3',
  since: [1, 19],
  start: `${ENTRY} ${SCRIPTS} is not empty, will attempt to perform configuration
${ENTRY} Looking for shell scripts in ${SCRIPTS}
${ENTRY} Launching ${SCRIPTS}10-listen-on-ipv6-by-default.sh
10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf
10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf
${ENTRY} Sourcing ${SCRIPTS}15-local-resolvers.envsh
${ENTRY} Launching ${SCRIPTS}20-envsubst-on-templates.sh
${ENTRY} Launching ${SCRIPTS}30-tune-worker-processes.sh
${ENTRY} Configuration complete; ready for start up
{slashed} [notice] 1#1: using the "epoll" event method
{slashed} [notice] 1#1: nginx/{version}
{slashed} [notice] 1#1: OS: Linux {kernel}
{slashed} [notice] 1#1: getrlimit(RLIMIT_NOFILE): 1048576:1048576
{slashed} [notice] 1#1: start worker processes
{slashed} [notice] 1#1: start worker process 29`,
  stop: `{slashed} [notice] 1#1: signal 3 (SIGQUIT) received, shutting down
{slashed} [notice] {worker}#{worker}: gracefully shutting down
{slashed} [notice] {worker}#{worker}: exiting
{slashed} [notice] {worker}#{worker}: exit
{slashed} [notice] 1#1: signal 17 (SIGCHLD) received from {worker}
{slashed} [notice] 1#1: worker process {worker} exited with code 0
{slashed} [notice] 1#1: exit`,
};

/** What Apache says that nobody has told its name. */
export const apache = (program: string): string =>
  `AH00558: ${program}: Could not reliably determine the server's fully qualified domain name, using {ip}. Set the 'ServerName' directive globally to suppress this message`;

const MISSING = '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified';

const WORDS: Readonly<Record<string, Words>> = {
  nginx: NGINX,
  'nginxinc/nginx-unprivileged': NGINX,
  httpd: {
    version: '2.4.65',
    stream: 'stderr',
    start: `${apache('httpd')}
[{apache}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/{version} (Unix) configured -- resuming normal operations
[{apache}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
    stop: '[{apache}] [mpm_event:notice] [pid 1:tid 1] AH00492: caught SIGWINCH, shutting down gracefully',
  },
  wordpress: {
    version: '8.3',
    stream: 'stderr',
    start: `WordPress not found in /var/www/html - copying now...
Complete! WordPress has been successfully copied to /var/www/html
${apache('apache2')}
[{apache}] [mpm_prefork:notice] [pid 1] AH00163: Apache/2.4.62 (Debian) PHP/8.3.14 configured -- resuming normal operations
[{apache}] [core:notice] [pid 1] AH00094: Command line: 'apache2 -D FOREGROUND'`,
    stop: '[{apache}] [mpm_prefork:notice] [pid 1] AH00170: caught SIGWINCH, shutting down gracefully',
  },
  redis: {
    version: '8.2.2',
    start: `1:C {redis} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
1:C {redis} * Redis version={version}, bits=64, commit=00000000, modified=0, pid=1, just started
1:C {redis} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf
1:M {redis} * Running mode=standalone, port={port}.
1:M {redis} * Server initialized
1:M {redis} * Ready to accept connections tcp`,
    stop: `1:signal-handler Received SIGTERM scheduling shutdown...
1:M {redis} * User requested shutdown...
1:M {redis} # Redis is now ready to exit, bye bye...`,
  },
  mysql: {
    version: '9.5.0',
    stream: 'stderr',
    start: `{entry} [Note] [Entrypoint]: Entrypoint script for MySQL Server {version} started.
{mysql} 0 [System] [MY-015015] [Server] MySQL Server - start.
{mysql} 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld {version}) starting as process 1
{mysql} 1 [System] [MY-013576] [InnoDB] InnoDB initialization has started.
{mysql} 1 [System] [MY-013577] [InnoDB] InnoDB initialization has ended.
{mysql} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '{version}'  socket: '/var/run/mysqld/mysqld.sock'  port: {port}  MySQL Community Server - GPL.`,
    failed: `{entry} [Note] [Entrypoint]: Entrypoint script for MySQL Server {version} started.
{entry} ${MISSING}
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD`,
    stop: `{mysql} 0 [System] [MY-013172] [Server] Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: {version}).
{mysql} 0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld {version})  MySQL Community Server - GPL.`,
  },
  mariadb: {
    version: '12.0.2',
    stream: 'stderr',
    start: `{entry} [Note] [Entrypoint]: Entrypoint script for MariaDB Server 1:{version}+maria~ubu2404 started.
{entry} [Note] [Entrypoint]: MariaDB init process done. Ready for start up.
{maria} 0 [Note] mariadbd: ready for connections.`,
    failed: `{entry} [Note] [Entrypoint]: Entrypoint script for MariaDB Server 1:{version}+maria~ubu2404 started.
{entry} ${MISSING}
    You need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD`,
  },
  postgres: {
    version: '18.0',
    stream: 'stderr',
    start: `{postgres} [1] LOG:  starting PostgreSQL {version} (Debian {version}-1.pgdg13+1) on x86_64-pc-linux-gnu, 64-bit
{postgres} [1] LOG:  listening on IPv4 address "0.0.0.0", port {port}
{postgres} [1] LOG:  listening on IPv6 address "::", port {port}
{postgres} [1] LOG:  database system is ready to accept connections`,
    failed: `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html`,
    stop: `{postgres} [1] LOG:  received fast shutdown request
{postgres} [1] LOG:  database system is shut down`,
  },
  'hashicorp/http-echo': { version: '', start: '{slashed} [INFO] server is listening on :5678' },
  'gcr.io/google-samples/kubernetes-bootcamp': {
    version: '',
    start: 'Kubernetes Bootcamp App Started At: {iso} | Running On:  {host} \n',
  },
  'gcr.io/google-samples/hello-app': {
    version: '',
    stream: 'stderr',
    start: '{slashed} Server listening on port {port}',
  },
  'agnhost netexec': {
    version: '',
    stream: 'stderr',
    start: '{klog} Started HTTP server on port {port}\n{klog} Started UDP server on port  {port2}',
  },
  'traefik/whoami': { version: '', start: '{slashed} Starting up on port 80' },
  'hello-world': {
    version: '',
    start: `
Hello from Docker!
This message shows that your installation appears to be working correctly.
`,
  },
};

/** Which version a tag names: its own, as far as it says, or a recent one that it means. */
export function versionIn(tag: string, recent: string): string {
  const named = /^\d+(\.\d+)*/.exec(tag)?.[0];
  return named === undefined || recent.startsWith(`${named}.`) ? recent : named;
}

/** Which version a server of the catalogue is. */
export const versionOf = (name: string, tag: string): string => versionIn(tag, WORDS[name]?.version ?? '');

function isTooOld({ since }: Words, tag: string): boolean {
  const number = /^(\d+)\.(\d+)/.exec(tag);
  if (!since || !number) return false;
  const [major, minor] = [Number(number[1]), Number(number[2])];
  return major < since[0] || (major === since[0] && minor < since[1]);
}

/** Whether a tag's nginx keeps what is no warning to itself. */
export const isTerse = (tag: string): boolean => isTooOld(NGINX, tag);

/** A text with the forms of a moment in their places. */
export function filledIn(text: string, moment: OutputMoment): string {
  const forms = formsOf(moment);
  return text.replace(/\{(\w+)\}/g, (_, key: string) => forms[key] ?? '');
}

/** What an image's own program says at a moment of its life; undefined when that is nothing. */
export function serverOutput(
  name: string,
  when: 'start' | 'failed' | 'stop',
  moment: OutputMoment,
): Output | undefined {
  const words = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  const text = words?.[when];
  if (!words || text === undefined || isTooOld(words, moment.tag)) return undefined;
  const version = versionIn(moment.tag, words.version);
  const filled = filledIn(text.replaceAll('{version}', version), moment);
  return { stream: words.stream ?? 'stdout', text: `${filled}\n` };
}

/** A request as an access log has it. */
export interface LoggedRequest {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly agent: string;
  /** What was sent where it was no request. */
  readonly sent?: string;
}

const COMMON = ['httpd'];
const COMBINED = ['nginx', 'nginxinc/nginx-unprivileged', 'wordpress'];

/** The line that an image's server writes of a request; undefined when it keeps no such log. */
export function accessLine(name: string, request: LoggedRequest, { now }: OutputMoment): string | undefined {
  if (!COMMON.includes(name) && !COMBINED.includes(name)) return undefined;
  const { client, method, path, status, bytes, agent, sent = `${method} ${path} HTTP/1.1` } = request;
  const time = momentFormatter(parseTimestamp(now) / 1000)('%d/%b/%Y:%T %z');
  const common = `${client} - - [${time}] "${sent}" ${status} ${bytes}`;
  if (COMMON.includes(name)) return `${common}\n`;
  return `${common} "-" "${agent}"${name === 'wordpress' ? '' : ' "-"'}\n`;
}

/** What Python's http.server writes of a request: a failure has a line of its own before. */
export function pythonLines({ client, method, path, status, sent }: LoggedRequest, { now }: OutputMoment): string {
  const before = `${client} - - [${momentFormatter(parseTimestamp(now) / 1000)('%d/%b/%Y %T')}] `;
  const said = status === 404 ? 'File not found' : `Unsupported method ('${method}')`;
  const failure = status === 404 || status === 501 ? `${before}code ${status}, message ${said}\n` : '';
  return `${failure}${before}"${sent ?? `${method} ${path} HTTP/1.1`}" ${status} -\n`;
}

/** What nginx says of its configuration: into its log, and to whoever started it. */
const twice = (level: string, said: string, moment: OutputMoment): string =>
  `${formsOf(moment).slashed} [${level}] 1#1: ${said}\nnginx: [${level}] ${said}\n`;

/** What nginx says of a configuration with which it can't begin. */
export const emergency = (said: string, moment: OutputMoment): string => twice('emerg', said, moment);

/** What a server says of a configuration with which it can't begin. */
export const refusalText = (name: string, said: string, moment: OutputMoment): string =>
  name.startsWith('nginx') ? emergency(said, moment) : `${said}\n`;

/** What nginx says of one with which it begins all the same. */
export const warningText = (warnings: readonly string[], moment: OutputMoment): string =>
  warnings.map((said) => twice('warn', said, moment)).join('');

const OF_ENTRYPOINT = /^\/docker-entrypoint|^\d\d-[\w-]+\.sh:|\[Entrypoint\]/;

/** What an entrypoint says before its server begins. */
export const entrypointOutput = (name: string, moment: OutputMoment): string =>
  (serverOutput(name, 'start', moment)?.text ?? '').replace(/.*\n/g, (line) => (OF_ENTRYPOINT.test(line) ? line : ''));

/** The same without what an entrypoint says. */
export const withoutEntrypoint = (text: string): string =>
  text.replace(/.*\n/g, (line) => (OF_ENTRYPOINT.test(line) ? '' : line));

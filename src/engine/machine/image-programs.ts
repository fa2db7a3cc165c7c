/**
 * Which programs images hold: those of what they are built on, and their own. Facts are those of the images on Docker Hub and registry.k8s.io.
 * Of an image that nobody knows, and of one that the scenario's programs speak of, a manifest's own commands are taken to be there.
 */
import type { Container } from '../api/types';
import { AGNHOST } from './agnhost';
import { isBusyBoxServer } from './file-servers';
import { isShell } from './shell/call-utility';
import { isUtility } from './shell/commands';
import { type Base, SEARCHED } from './shell/held-programs';
import { lastOf } from './shell/paths';

/** The programs of one image. */
export interface ImagePrograms {
  readonly base: Base;
  /** Those that serve until they are stopped. */
  readonly servers: readonly string[];
  /** What it holds beside them and its base. */
  readonly tools: readonly string[];
  /**
   * What is given the arguments of a container that names no command. `program`: a program that makes of them what it will; `curl`, which runs
   * another program where the first of them is one; else a script that runs them, as its shell calls itself in messages.
   */
  readonly entrypoint?: string;
  /** Its nslookup is BusyBox's before 1.29. */
  readonly asksLibc?: true;
  /** What manifests name is taken to be there. */
  readonly isOpen?: true;
  /** What it runs when nobody says: a shell, which ends when nobody types, or nothing, so that no container can be made. Default: its server. */
  readonly starts?: 'shell' | 'nothing';
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

const PROCESSES = 'ps top free uptime pgrep pkill sysctl';
const APT = 'apt-get apt';
const DNF = 'dnf microdnf yum';
const DUMPS = 'hexdump hd xxd';
const NETWORK = 'ip ifconfig netstat ss ping nc ncat telnet nslookup dig host wget';
const FULL = `curl wget ${PROCESSES}`;

/** The shells of a base, and what it lacks of the utilities that can be run here. */
const BASES: Readonly<Record<Base, { readonly shells: readonly string[]; readonly lacks: readonly string[] }>> = {
  any: { shells: words('sh bash ash dash zsh'), lacks: [] },
  busybox: { shells: words('sh ash'), lacks: words(`curl dig host getent ncat ss apk ${APT} ${DNF}`) },
  alpine: { shells: words('sh ash'), lacks: words(`curl dig host ncat telnet ss ${APT} ${DNF}`) },
  debian: {
    shells: words('sh dash bash'),
    lacks: words(`${PROCESSES} killall ${NETWORK} ${DUMPS} bc curl rev apk ${DNF}`),
  },
  redhat: { shells: words('sh bash'), lacks: words(`${PROCESSES} killall ${NETWORK} bc xxd which apk ${APT}`) },
  none: { shells: [], lacks: [] },
};

interface Row {
  readonly base: Base;
  readonly servers?: string;
  readonly tools?: string;
  /** What slim variants and those on Alpine leave out. */
  readonly full?: string;
  readonly entrypoint?: string;
}

const script = (line: number, path = '/usr/local/bin/docker-entrypoint.sh'): string => `${path}: ${line}: exec`;
const bashScript = (line: number): string => `/usr/local/bin/docker-entrypoint.sh: line ${line}: exec`;
const program = (servers = ''): Row => ({ base: 'none', servers, entrypoint: 'program' });
const language = (tools: string, entrypoint?: string): Row => ({
  base: 'debian',
  tools,
  full: FULL,
  ...(entrypoint ? { entrypoint } : {}),
});

const NGINX: Row = {
  base: 'debian',
  servers: 'nginx nginx-debug',
  tools: 'envsubst curl',
  entrypoint: script(47, '/docker-entrypoint.sh'),
};
const MARIADB = 'mariadb mariadb-admin mariadb-dump mysql mysqladmin mysqldump healthcheck.sh';

/** By the names of the catalogue. */
const IMAGES: Readonly<Record<string, Row>> = {
  nginx: NGINX,
  'nginxinc/nginx-unprivileged': NGINX,
  httpd: { base: 'debian', servers: 'httpd-foreground httpd', tools: 'apachectl ab htpasswd rotatelogs perl' },
  redis: {
    base: 'debian',
    servers: 'redis-server redis-sentinel',
    tools: 'redis-cli redis-benchmark redis-check-aof redis-check-rdb',
    entrypoint: script(31),
  },
  memcached: { base: 'debian', servers: 'memcached', entrypoint: script(8) },
  mysql: {
    base: 'redhat',
    servers: 'mysqld',
    tools: 'mysql mysqladmin mysqldump mysqlsh mysqlcheck curl gosu',
    entrypoint: bashScript(433),
  },
  mariadb: { base: 'debian', servers: 'mariadbd mysqld', tools: `${MARIADB} gosu perl`, entrypoint: bashScript(709) },
  postgres: {
    base: 'debian',
    servers: 'postgres',
    tools: 'psql pg_isready pg_dump pg_dumpall pg_restore pg_basebackup pg_ctl initdb createdb dropdb gosu perl',
    entrypoint: bashScript(379),
  },
  mongo: {
    base: 'debian',
    servers: 'mongod mongos',
    tools: `mongosh mongo mongodump mongorestore jq gosu ${PROCESSES}`,
    entrypoint: bashScript(415),
  },
  rabbitmq: {
    base: 'debian',
    servers: 'rabbitmq-server',
    tools: 'rabbitmqctl rabbitmq-diagnostics rabbitmq-plugins gosu',
    entrypoint: bashScript(42),
  },
  wordpress: {
    base: 'debian',
    servers: 'apache2-foreground apache2',
    tools: 'php curl apachectl perl docker-ensure-installed.sh',
    entrypoint: bashScript(130),
  },
  'gcr.io/google-samples/kubernetes-bootcamp': { base: 'debian', tools: 'npm', servers: 'node', full: FULL },
  'gcr.io/google-samples/hello-app': { base: 'alpine', servers: 'hello-app' },
  'gcr.io/google-samples/hello-frontend': NGINX,
  'gcr.io/google-samples/node-hello': { base: 'debian', tools: 'npm', servers: 'node', full: FULL },
  'registry.k8s.io/echoserver': { base: 'alpine', servers: 'nginx', tools: 'bash' },
  'registry.k8s.io/serve_hostname': program('serve_hostname'),
  'registry.k8s.io/hpa-example': { base: 'debian', servers: 'apache2-foreground apache2', tools: 'php curl' },
  traefik: { base: 'alpine', servers: 'traefik', entrypoint: 'program' },
  haproxy: { base: 'debian', servers: 'haproxy', entrypoint: script(13) },
  registry: { base: 'alpine', servers: 'registry', entrypoint: 'program' },
  'traefik/whoami': program('whoami'),
  'hashicorp/http-echo': program('http-echo'),
  [AGNHOST]: {
    base: 'alpine',
    servers: 'agnhost',
    tools: 'curl dig host bash iperf',
    entrypoint: 'program',
  },
  'registry.k8s.io/pause': program('pause'),
  busybox: { base: 'busybox' },
  alpine: { base: 'alpine' },
  debian: { base: 'debian', tools: 'perl' },
  ubuntu: { base: 'debian', tools: `perl ${PROCESSES}` },
  centos: { base: 'redhat', tools: `curl ip ping ${PROCESSES}` },
  bash: { base: 'alpine', tools: 'bash', entrypoint: '/usr/local/bin/docker-entrypoint.sh: line 11: exec' },
  'curlimages/curl': { base: 'alpine', tools: 'curl', entrypoint: 'curl' },
  'radial/busyboxplus': { base: 'busybox', tools: 'curl' },
  'hello-world': program('hello'),
  perl: language('perl cpan git make gcc python3'),
  python: language('python python3 pip pip3 git make gcc perl'),
  node: language('node nodejs npm npx yarn git make gcc perl python3', script(11)),
};

/** What other images are built on, by their repositories, and what they start; the first that fits. */
const OTHERS: readonly (readonly [RegExp, Base, starts?: ImagePrograms['starts'], isOpen?: boolean])[] = [
  [/(^|\/)distroless\/(java|nodejs|python)/, 'none', undefined, true],
  [/(^|\/)distroless(\/|$)/, 'none', 'nothing', true],
  [/(^|\/)pause(-amd64)?$/, 'none'],
  [/(^|\/)busybox$/, 'busybox', 'shell'],
  [/(^|\/)alpine$/, 'alpine', 'shell'],
  [/(^|\/)(debian|ubuntu)$/, 'debian', 'shell'],
  [/(^|\/)(fedora|rockylinux|almalinux|oraclelinux|amazonlinux|ubi\d*(-minimal|-micro)?)$/, 'redhat', 'shell'],
  [/^library\/(golang|rust|ruby|gcc|buildpack-deps|openjdk|eclipse-temurin|maven|gradle)$/, 'debian', 'shell', true],
];

/** Whether an image nobody else knows is one that others are built on, which leave the user as it is. */
export function isPlainBase(repository: string): boolean {
  return OTHERS.some(([pattern]) => pattern.test(repository));
}

/** The programs of an image: `name` is what the catalogue calls it, `isSaid` that a scenario's program speaks of it. */
export function programsOf(name: string | undefined, repository: string, tag: string, isSaid: boolean): ImagePrograms {
  const row = name === undefined ? undefined : IMAGES[name];
  const open = isSaid ? { isOpen: true as const } : {};
  if (row) {
    const { base, servers = '', tools = '', full = '', entrypoint } = row;
    const isSmall = /slim|alpine/.test(tag);
    return {
      base: tag.includes('alpine') && base !== 'none' ? 'alpine' : base,
      servers: words(servers),
      tools: words(isSmall ? tools : `${tools} ${full}`),
      ...(entrypoint ? { entrypoint } : {}),
      ...(/^(busybox|radial\/busyboxplus)$/.test(name ?? '') && isOld(repository, tag) ? { asksLibc: true } : {}),
      ...open,
    };
  }
  const [, known, starts, isOpen = false] = OTHERS.find(([pattern]) => pattern.test(repository)) ?? [];
  const start = starts === undefined || isSaid ? {} : { starts };
  if (known === 'none' && /debug/.test(tag)) {
    const shell = starts === 'nothing' && !isSaid ? { starts: 'shell' as const } : {};
    return { base: 'busybox', servers: [], tools: [], isOpen: true, ...shell };
  }
  const base = known ?? (tag.includes('alpine') ? 'alpine' : 'any');
  const isKnown = known !== undefined && !isOpen && !isSaid;
  return {
    base,
    servers: known === 'none' && !isOpen ? ['pause'] : [],
    tools: /(?:^|\/)(vault(?=-enterprise$|$)|stress(?:-ng)?$)/.exec(repository)?.slice(1) ?? [],
    ...start,
    ...(known === 'busybox' && isOld(repository, tag) ? { asksLibc: true } : {}),
    ...(isKnown ? {} : { isOpen: true }),
  };
}

/** Tags of BusyBox before 1.29. */
const OLD_BUSYBOX = /^1\.(1?\d|2[0-8])(\D|$)/;

/** Whether a BusyBox is before 1.29: Kubernetes' own images of the old names have 1.24 to 1.27, busyboxplus 1.22. */
const isOld = (repository: string, tag: string): boolean =>
  OLD_BUSYBOX.test(tag) || /^((google[-_]containers\/)?busybox|radial\/.*)$/.test(repository);

/** Commands by whose names whoever wrote them says that they are not there. */
const ABSENT = /(^|\/)(no-?such|not-?found|missing|does-?not-?exist|nonexist)/;

/** Whether a text speaks of a program. */
export function isNamedIn(text: string, path: string): boolean {
  return text === path || text.split(/[\s;|&()<>"'`$]+/).includes(path);
}

/** Whether a container's manifest names a program in its commands, probes or hooks. */
function isNamed({ command = [], args = [], lifecycle, ...probes }: Container, path: string): boolean {
  const { livenessProbe, readinessProbe, startupProbe } = probes;
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  const texts = [...command, ...args, ...handlers.flatMap((handler) => handler?.exec?.command ?? [])];
  return texts.some((text) => isNamedIn(text, path));
}

/** Whether an image, whose files are looked at elsewhere, holds a program, by its name or its path. `isSaid`: whether scripts that it is given name it. */
export function holdsProgram(
  image: ImagePrograms,
  spec: Container,
  path: string,
  isSaid: () => boolean = () => false,
): boolean {
  const name = lastOf(path);
  const { base, servers, tools, isOpen, entrypoint } = image;
  const directory = path.slice(0, -name.length - 1);
  const isSearched = !path.includes('/') || SEARCHED.some((one) => one === directory);
  if (isSearched && (servers.includes(name) || tools.includes(name))) return true;
  // What holds little beside its program often has it at the root.
  if (path === `/${name}` && (base === 'none' || entrypoint === 'program') && servers.includes(name)) return true;
  if (entrypoint?.startsWith('/') && lastOf(entrypoint.split(':')[0] as string) === name) return true;
  const { shells, lacks } = BASES[base];
  // On what an image that nobody knows is built is guessed by its tag: the shell that its manifest names has been added.
  const isAdded = (): boolean => isOpen === true && base === 'alpine' && isNamed(spec, path);
  if (isSearched && isShell(name)) return shells.includes(name) || isAdded();
  if (isSearched && name === 'busybox' && (base === 'busybox' || base === 'alpine')) return true;
  if (isSearched && isBusyBoxServer(image, name)) return true;
  if (isSearched && isUtility(name)) return base !== 'none' && !lacks.includes(name);
  return isOpen === true && !ABSENT.test(path) && (isNamed(spec, path) || isSaid());
}

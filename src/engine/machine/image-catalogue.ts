/**
 * How well-known images behave when nothing else is said: ports, what they need, how they end, which files answer over
 * HTTP. Facts are those of the images on Docker Hub and registry.k8s.io (their Dockerfiles and entrypoints);
 * sizes are of the linux/amd64 images, rounded.
 */

import type { UsageProfile } from '../measures/usage';
import { AGNHOST } from './agnhost';
import type { ImageReference } from './image-reference';
import { lastOf } from './shell/paths';

/** Where a program keeps its files: a database makes them, WordPress copies those of its image. What is said of a directory that holds others. */
export interface DataDirectory {
  readonly directory: string;
  /** A file by which it knows its own. */
  readonly marker: string;
  /** Without it, others are no matter. */
  readonly refusal?: string;
  /** Versions that do not mind. */
  readonly exceptTags?: RegExp;
}

/** How a process ends when asked to. */
export type StopBehaviour = 'ignore' | { readonly exitAfterMs: number; readonly code: number };

/** One image of the catalogue. */
export interface CatalogueImage {
  /** Repository as people write it: `nginx`, `registry.k8s.io/pause`. */
  readonly name: string;
  readonly ports: readonly number[];
  /** From start until the ports answer. */
  readonly listenAfterMs: number;
  /** How the image ends when asked to (its STOPSIGNAL). */
  readonly stop: StopBehaviour;
  /** What the container does without a command: serve until stopped, or end at once with this code. */
  readonly exits?: number;
  /** Environment variables, or one with its value, of which one must be set where there is no database yet; NAME_FILE stands for NAME. */
  readonly requiresOneOf?: readonly string[];
  /** Where files are served from over HTTP, and the paths that are there from the start. */
  readonly webRoot?: string;
  readonly webFiles?: readonly string[];
  readonly data?: DataDirectory;
  /** True for images that hold little more than POSIX utilities, where an unknown command is "not found". */
  readonly bare?: boolean;
  /** True for images whose user has another number than 0. */
  readonly nonRoot?: boolean;
  /** Where it is more than next to nothing. */
  readonly usage?: Partial<UsageProfile>;
  readonly sizeBytes: number;
}

type Options = Partial<Omit<CatalogueImage, 'name' | 'ports' | 'sizeBytes'>>;

function image(name: string, ports: readonly number[], megabytes: number, options: Options = {}): CatalogueImage {
  return {
    name,
    ports,
    listenAfterMs: 0,
    stop: { exitAfterMs: 100, code: 0 },
    sizeBytes: megabytes * 1_000_000 + name.length * 1013,
    ...options,
  };
}

const shellOnly: Options = { exits: 0, bare: true, stop: { exitAfterMs: 0, code: 143 } };

/** A script of node without a handler, below a shell. */
const deaf: Options = { stop: 'ignore' };

/** The built-in catalogue, in the order of the documentation. */
export const IMAGE_CATALOGUE: readonly CatalogueImage[] = [
  image('nginx', [80], 72, {
    webRoot: '/usr/share/nginx/html',
    webFiles: ['/index.html', '/50x.html'],
  }),
  image('nginxinc/nginx-unprivileged', [8080], 72, {
    webRoot: '/usr/share/nginx/html',
    webFiles: ['/index.html', '/50x.html'],
    nonRoot: true,
  }),
  image('httpd', [80], 59, {
    webRoot: '/usr/local/apache2/htdocs',
    webFiles: ['/index.html'],
  }),
  image('redis', [6379], 45),
  image('memcached', [11211], 31),
  image('mysql', [3306, 33060], 238, {
    listenAfterMs: 8000,
    stop: { exitAfterMs: 1500, code: 0 },
    requiresOneOf: ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'],
    data: {
      directory: '/var/lib/mysql',
      marker: 'ibdata1',
      refusal: '[ERROR] --initialize specified but the data directory has files in it. Aborting.\n[ERROR] Aborting',
      exceptTags: /:5\.[56]/,
    },
  }),
  image('mariadb', [3306], 118, {
    listenAfterMs: 6000,
    stop: { exitAfterMs: 1000, code: 0 },
    requiresOneOf: [
      'MARIADB_ROOT_PASSWORD',
      'MARIADB_ROOT_PASSWORD_HASH',
      'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
      'MARIADB_RANDOM_ROOT_PASSWORD',
      'MYSQL_ROOT_PASSWORD',
      'MYSQL_ALLOW_EMPTY_PASSWORD',
      'MYSQL_RANDOM_ROOT_PASSWORD',
    ],
    data: { directory: '/var/lib/mysql', marker: 'ibdata1' },
  }),
  image('postgres', [5432], 156, {
    listenAfterMs: 3000,
    stop: { exitAfterMs: 500, code: 0 },
    requiresOneOf: ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD=trust'],
    data: {
      directory: '/var/lib/postgresql/data',
      marker: 'PG_VERSION',
      refusal: 'initdb: error: directory "/var/lib/postgresql/data" exists but is not empty',
    },
  }),
  image('mongo', [27017], 280, { listenAfterMs: 2000, data: { directory: '/data/db', marker: 'WiredTiger' } }),
  image('rabbitmq', [5672, 15692, 25672], 103, {
    listenAfterMs: 8000,
    stop: { exitAfterMs: 2000, code: 0 },
  }),
  image('wordpress', [80], 252, {
    listenAfterMs: 1500,
    webRoot: '/var/www/html',
    webFiles: [
      '/index.php',
      '/readme.html',
      '/license.txt',
      '/wp-login.php',
      '/wp-admin/install.php',
      '/wp-admin/setup-config.php',
    ],
    data: { directory: '/var/www/html', marker: 'index.php' },
  }),
  image('traefik', [80], 55),
  image('haproxy', [80], 42),
  image('registry', [5000], 10, { stop: { exitAfterMs: 100, code: 2 } }),
  image('traefik/whoami', [80], 3, {
    stop: { exitAfterMs: 0, code: 2 },
  }),
  image('hashicorp/http-echo', [5678], 4, { stop: { exitAfterMs: 0, code: 0 } }),
  image(AGNHOST, [], 53),
  image('gcr.io/google-samples/kubernetes-bootcamp', [8080], 84, deaf),
  image('gcr.io/google-samples/hello-app', [8080], 11, { stop: { exitAfterMs: 0, code: 2 } }),
  image('gcr.io/google-samples/hello-frontend', [80], 109),
  image('gcr.io/google-samples/node-hello', [8080], 264, deaf),
  image('registry.k8s.io/echoserver', [8080], 33),
  image('registry.k8s.io/serve_hostname', [9376], 2, {
    stop: { exitAfterMs: 60_000, code: 0 },
  }),
  image('registry.k8s.io/hpa-example', [80], 158, {
    usage: { perRequestMilli: 7 },
  }),
  image('registry.k8s.io/pause', [], 1, { nonRoot: true, stop: { exitAfterMs: 0, code: 0 } }),
  image('busybox', [], 2, shellOnly),
  image('radial/busyboxplus', [], 5, shellOnly),
  image('alpine', [], 4, shellOnly),
  image('debian', [], 49, shellOnly),
  image('ubuntu', [], 30, shellOnly),
  image('centos', [], 84, shellOnly),
  image('bash', [], 7, shellOnly),
  image('curlimages/curl', [], 10, { ...shellOnly, exits: 2 }),
  image('hello-world', [], 1, { exits: 0 }),
  image('perl', [], 340, { exits: 0 }),
  image('python', [], 380, { exits: 0 }),
  image('node', [], 400, { exits: 0 }),
];

/** Where the same is found under another name, with its registry; the first that fits. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(k8s\.gcr|registry\.k8s)\.io\/(e2e-test-images\/)?(nginx|httpd|busybox|redis)(-slim)?$/, 'docker.io/library/$3'],
  [/^(?!docker\.io).*\/library\/([a-z]+)$/, 'docker.io/library/$1'],
  [/^k8s\.gcr\.io\//, 'registry.k8s.io/'],
  [/^docker\.io\/jocatalin\//, 'gcr.io/google-samples/'],
  [/^docker\.io\/bprashanth\/nginxhttps$/, 'docker.io/library/nginx'],
  [
    /^(us-docker\.pkg\.dev\/google-samples\/containers\/gke|gcr\.io\/google-samples)\/gb-redis-follower$/,
    'docker.io/library/redis',
  ],
  [/^us-docker\.pkg\.dev\/google-samples\/containers\/gke\//, 'gcr.io/google-samples/'],
];

/** What an image is called in the catalogue, by its registry and repository. */
export function commonName(name: string): string {
  const [alias, common] = ALIASES.find(([pattern]) => pattern.test(name)) ?? [];
  return alias && common ? name.replace(alias, common) : name;
}

/** An image's tag, where it may tell the version of its program: those of another name (`nginx-slim`) count their own. */
export function ownTag(known: CatalogueImage | undefined, reference: ImageReference | undefined): string {
  const { repository = '', tag = '' } = reference ?? {};
  return known && lastOf(known.name) !== lastOf(repository) ? '' : tag;
}

/** Names of the catalogue's images, for the documentation. */
export const CATALOGUE_IMAGE_NAMES: readonly string[] = IMAGE_CATALOGUE.map((entry) => entry.name);

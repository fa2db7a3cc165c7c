/**
 * Where a server of the catalogue listens, and how nginx answers, when its arguments, its environment or the files of its configuration say so.
 * Follows the servers' own documentation.
 */
import type { Files } from './cri';
import type { Behaviour } from './image-behaviour';
import { configurationOf } from './image-files';
import { type LookUp, nginxServes, type Served } from './nginx-sites';
import { apacheServes, haproxyServes } from './proxy-sites';
import type { MachineContainer } from './records';
import { followed, LINK_SUFFIX } from './shell/paths';
import { redisSettings } from './shell/redis';

/** What a server finds when it begins. */
export interface Configuration {
  readonly tag: string;
  /** Its command line. */
  readonly line: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Files;
}

/** Where one server has its ports from: their last digits are the port, what follows on the line may say `ssl`. */
interface Source {
  readonly flag?: RegExp;
  /** Names of variables. */
  readonly variable?: RegExp;
  /** Paths of files, and what names a port in them. `isNamed`: the command line names them. */
  readonly file?: RegExp;
  readonly setting?: RegExp;
  readonly isNamed?: true;
  /** A port that it has beside these when the command line, the tag or a file of its configuration speaks of something. */
  readonly also?: readonly [of: RegExp, port: number];
}

const SQL: Source = {
  flag: /--port[= ]\d+/g,
  variable: /^MYSQL_TCP_PORT$/,
  file: /^\/etc\/mysql\/.*\.cnf$/,
  setting: /^[^\S\n]*port\s*=\s*\d+/gm,
};

/** By the names of the catalogue. */
const SOURCES: Readonly<Record<string, Source>> = {
  redis: { flag: /--port[= ]\d+/g, file: /./, isNamed: true, setting: /^[^\S\n]*port\s+\d+/gm },
  memcached: { flag: /(?<=^|\s)-p *\d+/g },
  mysql: SQL,
  mariadb: SQL,
  postgres: {
    flag: /(?<=\s)(-p *|-c port=)\d+/g,
    variable: /^PGPORT$/,
    file: /./,
    isNamed: true,
    setting: /^[^\S\n]*port\s*=\s*\d+/gm,
  },
  mongo: { flag: /--port[= ]\d+/g },
  rabbitmq: { file: /enabled_plugins$/, also: [/management/, 15672] },
  traefik: {
    flag: /--entrypoints\.[\w-]+\.address=\S*?:\d+/gi,
    variable: /^TRAEFIK_ENTRYPOINTS_\w+_ADDRESS$/,
    file: /^\/etc\/traefik\/.*\.(ya?ml|toml)$/,
    setting: /address\s*[:=]\s*\S*?:\d+/g,
    also: [/--(api|ping|metrics|web)\b|insecure/, 8080],
  },
  haproxy: { file: /\.cfg$/, setting: /^[^\S\n]*bind\s+\S*:\d+.*$/gm },
  httpd: { file: /^\/usr\/local\/apache2\/conf\/.*\.conf$/, setting: /^[^\S\n]*Listen\s+\S*\d+/gm },
  registry: {
    variable: /^REGISTRY_HTTP_ADDR$/,
    file: /^\/etc\/(docker\/registry|distribution)\/config\.yml$/,
    setting: /addr:\s*\S*:\d+/g,
  },
  'hashicorp/http-echo': { flag: /-listen[= ]\S*:\d+/g },
  'traefik/whoami': { flag: /-port[= ]\d+/g, variable: /^WHOAMI_PORT_NUMBER$/ },
  'gcr.io/google-samples/hello-app': { variable: /^PORT$/ },
};

/** Once each: of the addresses of a port nothing is told apart. */
const unique = (ports: readonly Port[]): Port[] =>
  ports.filter(({ port }, index) => ports.findIndex((one) => one.port === port) === index);

interface Port {
  readonly port: number;
  readonly tls?: true;
}

const portIn = (text: string): Port => {
  const [, digits = ''] = /(\d+)"?( .*)?$/.exec(text.trim()) ?? [];
  return { port: Number(digits), ...(/\sssl\b/.test(text) ? { tls: true as const } : {}) };
};

function portsFrom(source: Source, { line, tag, environment, files }: Configuration): Port[] {
  const { flag, variable, file, setting, isNamed, also } = source;
  const settings = file
    ? Object.keys(files).filter((path) => file.test(path) && (!isNamed || line.includes(path)))
    : [];
  const texts = settings.map((path) => files[path] ?? '');
  const named = [
    ...(flag ? (line.match(flag) ?? []) : []),
    ...Object.keys(environment).flatMap((name) => (variable?.test(name) ? (environment[name] ?? '') : [])),
    ...(setting ? texts.flatMap((text) => text.match(setting) ?? []) : []),
  ];
  const ports = named.map(portIn).filter(({ port }) => port > 0);
  if (also && [line, tag, ...texts].some((text) => also[0].test(text))) ports.push({ port: also[1] });
  return unique(ports);
}

const NGINX = '/etc/nginx';

/** The files of nginx's configuration, with what its entrypoint makes of templates; undefined when all is as the image brings it. */
function nginxFiles(name: string, { files, environment }: Configuration): Files | undefined {
  const image = configurationOf(name);
  const own = new Map<string, string>();
  for (const [path, text] of Object.entries(files)) {
    const [, template] = /^\/etc\/nginx\/templates\/(.*)\.template$/.exec(path) ?? [];
    if (template !== undefined) own.set(`${NGINX}/conf.d/${template}`, expanded(text, environment));
    else if (path.startsWith(`${NGINX}/`) && !own.has(path)) own.set(path, text);
  }
  const usual = Object.keys(image).filter((path) => path.startsWith(`${NGINX}/`));
  const isUsual = own.size === usual.length && usual.every((path) => own.get(path) === image[path]);
  return isUsual ? undefined : Object.fromEntries(own);
}

/** What the nginx of a container serves by the files that it finds now. */
export function nginxRead({ behaviour, environment }: MachineContainer, files: Files, lookUp: LookUp): Served {
  const { catalogueName = '', tag } = behaviour;
  const found = nginxFiles(catalogueName, { tag, line: '', environment, files: readable(files) });
  return nginxServes(found ?? configurationOf(catalogueName), lookUp, tag);
}

/** Variables in a text, as a shell, Kubernetes and envsubst write them. */
const expanded = (text: string, environment: Readonly<Record<string, string>>): string =>
  text.replace(
    /\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g,
    (whole, a?: string, b?: string, c?: string) => environment[a ?? b ?? c ?? ''] ?? whole,
  );

/** What a server of the catalogue does by its configuration. `lookUp`: names that it looks up as it begins. */
export function configured(behaviour: Behaviour, configuration: Configuration, lookUp: LookUp): Behaviour {
  const { catalogueName: name = '', listeners } = behaviour;
  if (/nginx/.test(name)) {
    const files = nginxFiles(name, configuration);
    if (!files) return behaviour;
    return { ...behaviour, ...nginxServes(files, lookUp, configuration.tag) };
  }
  const proxied =
    name === 'httpd'
      ? apacheServes(configuration.files)
      : name === 'haproxy'
        ? haproxyServes(configuration.files, lookUp, configuration.line)
        : undefined;
  if (proxied && 'refusal' in proxied) return { ...behaviour, ...proxied };
  if (proxied) {
    const ported = withPorts(behaviour, configuration);
    return { ...ported, listeners: ported.listeners.map((one) => ({ ...one, ...proxied })) };
  }
  if (name === 'wordpress' && /fpm/.test(configuration.tag)) {
    const { webRoot: _served, ...rest } = behaviour;
    return { ...rest, listeners: listeners.map((one) => ({ ...one, port: 9000 })) };
  }
  if (name === 'redis')
    return withPorts({ ...behaviour, settings: redisSettings(redisText(configuration)) }, configuration);
  return withPorts(behaviour, configuration);
}

/** A Redis's file, and its command line as lines of one. */
const redisText = ({ line, files }: Configuration): string => {
  const named = Object.keys(files).filter((path) => line.split(' ').includes(path));
  return [...named.map((path) => files[path] ?? ''), line.replace(/\s--(?=[a-z])/g, '\n')].join('\n');
};

function withPorts(behaviour: Behaviour, configuration: Configuration): Behaviour {
  const { catalogueName: name = '', listeners } = behaviour;
  const source = SOURCES[name];
  const ports = source ? portsFrom(source, configuration) : [];
  const [first] = listeners;
  if (!source || !first || ports.length === 0) return behaviour;
  // Beside what is said it keeps the ports that it has for other ends, and the usual one where only another is added.
  const isAdded = source.also !== undefined && ports.every(({ port }) => port === source.also?.[1]);
  const kept = listeners.slice(isAdded ? 0 : 1);
  return { ...behaviour, listeners: [...ports.map((one) => ({ ...first, ...one })), ...kept] };
}

/** Files by the paths under which they are read: links lead to what they name, of what a volume keeps beside them nothing is seen. */
export function readable(files: Files): Files {
  const seen = Object.keys(files).flatMap((key) => {
    const path = key.endsWith(LINK_SUFFIX) ? key.slice(0, -LINK_SUFFIX.length) : key;
    const text = files[followed(files, path)];
    return text === undefined || path.includes('/..') || path.endsWith('/.') ? [] : [[path, text] as const];
  });
  return Object.fromEntries(seen);
}

/** Whether anything of its configuration is looked at. */
const isConfigurable = (name: string): boolean =>
  /nginx/.test(name) || name === 'wordpress' || Object.hasOwn(SOURCES, name);

/** The same of a container that begins to serve. `filesOf`: what it finds then, asked for where it counts. */
export function withConfiguration(container: MachineContainer, filesOf: () => Files, lookUp: LookUp): MachineContainer {
  const { behaviour, environment, spec } = container;
  if (!isConfigurable(behaviour.catalogueName ?? '')) return container;
  const line = expanded([...(spec.command ?? []), ...(spec.args ?? [])].join(' '), environment);
  const found = { tag: behaviour.tag, line, environment, files: readable(filesOf()) };
  const changed = configured(behaviour, found, lookUp);
  return changed === behaviour ? container : { ...container, behaviour: changed };
}

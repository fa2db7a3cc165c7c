/**
 * What Apache and HAProxy pass on by their configuration. Pure but for the names that HAProxy looks up as it begins.
 * Follows mod_proxy (503 without a connection, 502 for a name that nobody knows) and HAProxy's cfgparse.c and server.c. Left out: names of virtual hosts,
 * how long a server counts as failed, conditions but for paths and hosts.
 */
import { knowsDirective } from './apache-names';
import type { Files } from './cri';
import { SECTION, unknownKeyword } from './haproxy-names';
import type { Behaviour } from './image-behaviour';
import { matchesPath } from './image-reference';
import type { LookUp } from './nginx-sites';
import type { Pass, Place, Site, Target } from './sites';

/** Sites of all ports, or why it does not begin; undefined when nothing is passed on. */
export type Proxied = { readonly sites: readonly Site[] } | Required<Pick<Behaviour, 'refusal'>> | undefined;

interface Line {
  readonly words: readonly string[];
  readonly file: string;
  readonly line: number;
}

const APACHE = '/usr/local/apache2/';

function linesOf(files: Files, file: string): Line[] {
  let begun = '';
  return (files[file] ?? '').split('\n').flatMap((part, index) => {
    // A line that goes on counts as its last one.
    if (part.endsWith('\\')) {
      begun += `${part.slice(0, -1)} `;
      return [];
    }
    const text = begun + part;
    begun = '';
    const words = [...text.replace(/^\s*#.*/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    return words.length > 0 ? [{ words, file, line: index + 1 }] : [];
  });
}

function apacheLines(files: Files): Line[] {
  return linesOf(files, `${APACHE}conf/httpd.conf`).flatMap((one) => {
    const [name = '', wanted = ''] = one.words;
    if (!/^Include(Optional)?$/i.test(name)) return [one];
    const path = wanted.startsWith('/') ? wanted : `${APACHE}${wanted}`;
    return Object.keys(files)
      .filter((file) => matchesPath(path, file))
      .sort()
      .flatMap((file) => linesOf(files, file));
  });
}

const literally = (text: string): string => text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&');

const targetOf = (url: string): Target | undefined => {
  const [, scheme = '', host = '', port] = /^(?:(\w+):\/\/)?([^/:]+)(?::(\d+))?/.exec(url) ?? [];
  return host === '' ? undefined : { host, port: Number(port ?? (scheme === 'https' ? 443 : 80)) };
};

/** Sections of which the lines count under a condition alone, or where they are used. */
const CONDITIONAL = /^<(\/?)(If(?:Module|Define|Version|File|Directive|Section)|Macro)\b/i;

/** What Apache says of the first directive that it does not know. */
function unknownDirective(lines: readonly Line[]): string | undefined {
  const modules = lines.flatMap(({ words: [name = '', module = ''] }) =>
    /^LoadModule$/i.test(name) ? [module.replace(/_module$/, '')] : [],
  );
  let depth = 0;
  for (const { words, file, line } of lines) {
    const name = (words[0] ?? '').replace(/>$/, '');
    const [, isEnd] = CONDITIONAL.exec(name) ?? [];
    if (isEnd !== undefined) depth += isEnd ? -1 : 1;
    if (isEnd !== undefined || depth > 0 || /^<\/|\$/.test(name) || knowsDirective(name, modules)) continue;
    return `AH00526: Syntax error on line ${line} of ${file}:\nInvalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
  }
  return undefined;
}

/** Reads Apache's. */
export function apacheServes(files: Files): Proxied {
  const lines = apacheLines(files);
  const said = unknownDirective(lines);
  if (said !== undefined) return { refusal: { said, afterMs: 0 } };
  const passes = lines.filter(({ words: [name = ''] }) => /^ProxyPass$/i.test(name));
  if (passes.length === 0) return undefined;
  const places: Place[] = [];
  const members = new Map<string, Target[]>();
  let section = '';
  for (const { words } of lines) {
    const [name = '', one = ''] = words;
    if (/^<Proxy$/i.test(name)) section = one.replace(/>$/, '');
    if (/^<\/Proxy>/i.test(name)) section = '';
    const target = /^BalancerMember$/i.test(name) ? targetOf(one) : undefined;
    if (target) members.set(section, [...(members.get(section) ?? []), target]);
  }
  for (const { words } of lines) {
    const [name = '', one = '', two = ''] = words;
    if (/^<Location$/i.test(name)) section = one.replace(/>$/, '');
    if (/^<\/Location>/i.test(name)) section = '';
    if (!/^ProxyPass$/i.test(name)) continue;
    const [path, url] = section === '' ? [one, two] : [section, one];
    // A path stands for itself and what is below it, one with a stroke at its end for what is below it.
    const pattern = `^${literally(path)}${path.endsWith('/') ? '' : '(?:/|$)'}`;
    const balanced = members.get(url.replace(/(:\/\/[^/]*)\/.*/, '$1'));
    const own = targetOf(url);
    const to = /^\w+:\/\/[^/]*(\/.*)?$/.exec(url)?.[1] ?? '';
    const pass: Pass = {
      scheme: /^https:/i.test(url) ? 'https' : /^(fcgi|ajp):/i.test(url) ? 'tcp' : 'http',
      targets: balanced ?? (own ? [own] : []),
      uri: { prefix: path, to },
      ...(own && !balanced ? { host: own.host } : {}),
      tries: 100,
      failing: [],
      connectMs: 60_000,
      readMs: 60_000,
      unreachable: 503,
    };
    places.push({ how: 'pattern', path: pattern, ...(url === '!' ? {} : { pass }) });
  }
  return { sites: [{ names: [], places }] };
}

const HAPROXY = '/usr/local/etc/haproxy/haproxy.cfg';
/** After so many it reads no further. */
const MOST_ERRORS = 50;
const ALERT = '[ALERT]    (1) : config : ';

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly lines: Line[];
}

/** The sections of HAProxy's file, and what it says of keywords that it does not know. */
function sectionsOf(files: Files, file: string): { sections: Section[]; unknown: string[] } {
  const sections: Section[] = [];
  const unknown: string[] = [];
  for (const one of linesOf(files, file)) {
    const [kind = '', name = ''] = one.words;
    if (unknown.length >= MOST_ERRORS) {
      unknown.push(`${ALERT}parsing [${file}:${one.line}]: too many fatal errors (${unknown.length}), stopping now.`);
      break;
    }
    if (SECTION.test(kind)) sections.push({ kind, name, lines: [] });
    else {
      sections.at(-1)?.lines.push(one);
      const keyword = /^(no|default)$/.test(kind) ? name : kind;
      const said = /^[#.]/.test(keyword) ? undefined : unknownKeyword(keyword, sections.at(-1)?.kind);
      if (said !== undefined) unknown.push(`${ALERT}parsing [${file}:${one.line}]${said}`);
    }
  }
  if (unknown.length > 0)
    unknown.push(
      `${ALERT}Error(s) found in configuration file : ${file}`,
      `${ALERT}Fatal errors found in configuration.`,
    );
  return { sections, unknown };
}

/** The file or directory that HAProxy's command line names; the image brings none where its own looks. */
function configurationNamed(line: string): string {
  const words = line
    .split(/[;&|\n]/)
    .map((part) => part.split(/\s+/).filter((word) => word !== ''))
    .find(
      ([first = '', ...rest]) =>
        first.startsWith('-') || [first, ...rest].some((word) => /^(.*\/)?haproxy$/.test(word)),
    );
  const at = words?.indexOf('-f') ?? -1;
  return (at < 0 ? undefined : words?.[at + 1]?.replace(/['"]/g, '')) ?? HAPROXY;
}

/** Reads HAProxy's. `line`: its command line. */
export function haproxyServes(files: Files, lookUp: LookUp, line = ''): Proxied {
  const wanted = configurationNamed(line).replace(/(?<=.)\/$/, '');
  const within = Object.keys(files).filter((path) => path.startsWith(`${wanted}/`));
  if (wanted.startsWith('/') && files[wanted] === undefined && within.length === 0) {
    const said = `${ALERT}Cannot open configuration file/directory ${wanted} : No such file or directory`;
    return { refusal: { said, afterMs: 0 } };
  }
  const file = files[wanted] === undefined ? within.find((path) => path.endsWith('.cfg')) : wanted;
  if (file === undefined) return undefined;
  const { sections, unknown } = sectionsOf(files, file);
  if (unknown.length > 0) return { refusal: { said: unknown.join('\n'), afterMs: 0 } };
  const problems: string[] = [];
  const passTo = (name: string): Pass => {
    const section = sections.find((one) => one.name === name && /backend|listen/.test(one.kind));
    const targets = (section?.lines ?? []).flatMap(({ words, line }): Target[] => {
      const [key, server = '', where = '', ...options] = words;
      const target = key === 'server' && !options.includes('disabled') ? targetOf(where) : undefined;
      if (!target) return [];
      const isLate = options.includes('resolvers') || options.some((one) => /\bnone\b/.test(one));
      const addresses = isLate ? undefined : lookUp(target.host);
      if (typeof addresses === 'string')
        problems.push(
          `${ALERT}[${file}:${line}] : 'server ${name}/${server}' : could not resolve address '${target.host}'.`,
        );
      const found = typeof addresses === 'object' ? { addresses: addresses.slice(0, 1) } : {};
      return [{ ...target, ...found, ...(options.includes('backup') ? { isBackup: true as const } : {}) }];
    });
    return { scheme: 'http', targets, tries: 100, failing: [], connectMs: 5000, readMs: 60_000, unreachable: 503 };
  };
  const places = sections.flatMap(({ kind, name, lines }): Place[] => {
    if (!/frontend|listen/.test(kind)) return [];
    const acls = new Map(
      lines.flatMap(({ words }) => (words[0] === 'acl' ? [[words[1] ?? '', words.slice(2)] as const] : [])),
    );
    const used = lines.flatMap(({ words: [key, backend = '', , ...condition] }): Place[] => {
      if (key !== 'use_backend') return [];
      const plain = condition.filter((word) => !/^[{}]$/.test(word));
      const [fetch = '', ...values] = acls.get(plain[0] ?? '') ?? plain;
      const given = values.filter((word) => !word.startsWith('-')).map(literally);
      const isPath = /^path(_beg)?$/.test(fetch);
      return isPath
        ? [{ how: 'pattern', path: `^(?:${given.join('|')})${fetch === 'path' ? '$' : ''}`, pass: passTo(backend) }]
        : [];
    });
    const monitors = lines.flatMap(({ words: [key, path = ''] }): Place[] =>
      key === 'monitor-uri'
        ? [{ how: 'exact', path, status: 200, text: '<html><body><h1>200 OK</h1>\nService ready.\n</body></html>\n' }]
        : [],
    );
    const usual =
      lines.find(({ words }) => words[0] === 'default_backend')?.words[1] ?? (kind === 'listen' ? name : undefined);
    return [
      ...monitors,
      ...used,
      ...(usual === undefined ? [] : [{ how: 'prefix' as const, path: '/', pass: passTo(usual) }]),
    ];
  });
  if (problems.length > 0) {
    const said = [...new Set(problems), `${ALERT}Failed to initialize server(s) addr.`].join('\n');
    return { refusal: { said, afterMs: 0 } };
  }
  return { sites: [{ names: [], places: [...places, { how: 'prefix', path: '', status: 503 }] }] };
}

/**
 * What nginx serves by its configuration: the hosts of each port and what is done with their paths. Pure but for the names that it looks up as it begins.
 * Follows ngx_http_core_module, ngx_http_proxy_module, ngx_http_upstream_module and ngx_http_rewrite_module.
 * Left out: `if`, rewrites, what it remembers of servers that have failed.
 */

import type { Files } from './cri';
import type { Behaviour } from './image-behaviour';
import type { Listener } from './image-listeners';
import { type Directive, readDirectives } from './nginx-directives';
import { hasSslDirective } from './nginx-names';
import { type Pass, type Place, placeAt, type Site, type Target } from './sites';

/** The addresses of a name, or why there are none: nobody knows it, or nobody answers. */
export type LookUp = (host: string) => readonly string[] | 'unknown' | 'silent';

/** What it listens on, or why it does not begin. */
export type Served =
  | ({ readonly listeners: readonly Listener[]; readonly webRoot: string } & Pick<Behaviour, 'warnings'>)
  | Required<Pick<Behaviour, 'refusal'>>;

/** Directives around one, the nearest first. */
type Scope = readonly (readonly Directive[])[];

/** Where files are that nobody says a place of: the image has none there. */
const NO_ROOT = '/etc/nginx/html';

const named = (block: readonly Directive[] | undefined, name: string): Directive[] =>
  (block ?? []).filter((one) => one.name === name);

/** The nearest directive of a name. */
function nearest(scope: Scope, name: string, first?: string): Directive | undefined {
  for (const block of scope) {
    const found = block.findLast((one) => one.name === name && (first === undefined || one.args[0] === first));
    if (found) return found;
  }
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function msOf(text: string | undefined, otherwiseMs: number): number {
  const [, digits, unit = ''] = /^(\d+)(ms|s|m|h)?$/.exec(text ?? '') ?? [];
  return digits === undefined ? otherwiseMs : Number(digits) * (UNITS[unit] ?? 1000);
}

/** Files are looked for first; what is answered without them is what another place does. */
function withFallback(place: Place, places: readonly Place[], block: readonly Directive[]): Place {
  const { args, block: own } = named(block, 'location').find((one) => one.args.at(-1) === place.path) ?? {};
  const last = named(own, 'try_files')[0]?.args.at(-1);
  if (!args || last === undefined || last.startsWith('=')) return place;
  const other =
    places.find(({ path }) => path === last) ?? placeAt([{ names: [], places }], '', last.split('?')[0] ?? '');
  return { ...place, ...(other.pass ? { pass: other.pass } : { status: other.status ?? 200 }) };
}

/** Reads one configuration. */
class Reader {
  problem: { readonly said: string; readonly afterMs: number } | undefined;
  private readonly upstreams: ReadonlyMap<string, readonly Target[]>;

  constructor(
    private readonly http: readonly Directive[],
    private readonly lookUp: LookUp,
  ) {
    const known = named(http, 'upstream').map((one) => [one.args[0] ?? '', this.serversOf(one)] as const);
    this.upstreams = new Map(known);
  }

  /** The addresses of a name that it looks up as it begins: without them it does not. */
  private found(host: string, shown: string, { file, line }: Directive): readonly string[] {
    const addresses = this.lookUp(host);
    if (typeof addresses !== 'string') return addresses;
    const said = `host not found in upstream "${shown}" in ${file}:${line}`;
    this.problem ??= { said, afterMs: addresses === 'silent' ? 10_000 : 0 };
    return [];
  }

  private serversOf({ block, file, end }: Directive): readonly Target[] {
    const servers = named(block, 'server');
    if (servers.length === 0) this.problem ??= { said: `no servers are inside upstream in ${file}:${end}`, afterMs: 0 };
    return servers.flatMap((server): Target[] => {
      const [where = '', ...options] = server.args;
      const [host = '', port = '80'] = where.split(':');
      const weight = Number(options.find((one) => one.startsWith('weight='))?.slice(7) ?? 1);
      const addresses = this.found(host, where, server);
      const target = { host, port: Number(port), addresses };
      if (options.includes('down')) return [];
      const one = options.includes('backup') ? { ...target, isBackup: true as const } : target;
      return Array.from({ length: Math.min(weight, 100) }, () => one);
    });
  }

  private targets(host: string, port: number, by: Directive): readonly Target[] {
    return this.upstreams.get(host) ?? [{ host, port, addresses: this.found(host, host, by) }];
  }

  /** To whom a directive passes requests. */
  private pass(directive: Directive, scope: Scope, prefix: string | undefined): Pass {
    const kind = directive.name.replace('_pass', '');
    const sets = scope.toReversed().flatMap((block) => named(block, 'set'));
    const written = directive.args[0] ?? '';
    const text = sets.reduceRight((whole, { args: [name = '', value = ''] }) => whole.replaceAll(name, value), written);
    const [, scheme = 'http', authority = '', uri] = /^(?:(\w+):\/\/)?([^/$]*)(.*)$/.exec(text) ?? [];
    const [host = '', port] = authority.split(':');
    const isLate = written.includes('$');
    const number = Number(port ?? (scheme === 'https' ? 443 : kind === 'fastcgi' ? 9000 : 80));
    const options = nearest(scope, `${kind}_next_upstream`)?.args ?? [];
    // Its own resolver knows no search path.
    const hasResolver = nearest(scope, 'resolver') !== undefined;
    const late = hasResolver && host !== '' ? [{ host: `${host.replace(/\.$/, '')}.`, port: number }] : [];
    const isWhole = /^\d+(\.\d+){3}$/.test(host);
    const targets =
      isLate && !this.upstreams.has(host)
        ? isWhole
          ? [{ host, port: number, addresses: [host] }]
          : late
        : this.targets(host, number, directive);
    const given = nearest(scope, 'proxy_set_header', 'Host')?.args[1] ?? '$proxy_host';
    const own =
      given === '$proxy_host' ? authority : given === '$http_host' ? undefined : given.includes('$') ? '$host' : given;
    const to =
      uri && !uri.includes('$') ? { to: uri, ...(isLate || prefix === undefined ? {} : { prefix }) } : undefined;
    return {
      scheme: kind !== 'proxy' ? 'tcp' : scheme === 'https' ? 'https' : 'http',
      targets,
      ...(to ? { uri: to } : {}),
      ...(own === undefined ? {} : { host: own }),
      tries: options.includes('off') ? 1 : Number(nearest(scope, `${kind}_next_upstream_tries`)?.args[0] ?? 0) || 100,
      failing: options.flatMap((one) => (one.startsWith('http_') ? [Number(one.slice(5))] : [])),
      connectMs: msOf(nearest(scope, `${kind}_connect_timeout`)?.args[0], 60_000),
      readMs: msOf(nearest(scope, `${kind}_read_timeout`)?.args[0], 60_000),
      unreachable: 502,
    };
  }

  /** What is done in a block: a status, a redirect, or a pass. */
  private deed(block: readonly Directive[], scope: Scope, prefix?: string): Partial<Place> {
    const [returned] = named(block, 'return');
    const passing = block.find(({ name }) => /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$/.test(name));
    if (returned) {
      const [code = '', text = ''] = returned.args;
      const isUrl = !/^\d+$/.test(code);
      const status = isUrl ? 302 : Number(code);
      if (status >= 300 && status < 400) return { status, location: isUrl ? code : text };
      return { status, text };
    }
    if (passing) return { pass: this.pass(passing, [block, ...scope], prefix) };
    if (named(block, 'stub_status').length > 0) return { status: 200, text: '' };
    return named(block, 'deny').some(({ args }) => args[0] === 'all') && named(block, 'allow').length === 0
      ? { status: 403 }
      : {};
  }

  private placesIn(block: readonly Directive[], scope: Scope): Place[] {
    return named(block, 'location').flatMap(({ args, block: own = [] }): Place[] => {
      const [first = '', second] = args;
      const written = second ?? first;
      const isPattern = second !== undefined && first.startsWith('~');
      const path = first === '~*' ? `(?i)${written}` : written;
      const around: Scope = [block, ...scope];
      const inner = this.placesIn(own, around);
      const [alias] = named(own, 'alias');
      const root = alias?.args[0]?.replace(/\/$/, '') ?? nearest([own, ...around], 'root')?.args[0] ?? NO_ROOT;
      const files = { root, ...(alias ? { strip: path.replace(/\/$/, '') } : {}) };
      const how = isPattern ? 'pattern' : first === '=' ? 'exact' : 'prefix';
      const deed = this.deed(own, around, isPattern ? undefined : path);
      return [{ how, path, ...(first === '^~' ? { isFinal: true } : {}), ...files, ...deed }, ...inner];
    });
  }

  private site({ block = [] }: Directive): Site {
    const scope: Scope = [this.http];
    const root = nearest([block, ...scope], 'root')?.args[0] ?? NO_ROOT;
    const names = named(block, 'server_name').flatMap(({ args }) => args);
    const site = { names, root };
    const whole = this.deed(block, scope);
    if (whole.status !== undefined) return { ...site, places: [{ how: 'prefix', path: '/', ...whole }] };
    const places = this.placesIn(block, scope);
    return { ...site, places: places.map((place) => withFallback(place, places, block)) };
  }

  listeners(): readonly Listener[] {
    const ports = new Map<number, { sites: Site[]; isTls: boolean }>();
    for (const server of named(this.http, 'server')) {
      const site = this.site(server);
      const isOld = nearest([server.block ?? [], this.http], 'ssl')?.args[0] === 'on';
      const said = named(server.block, 'listen').map(({ args }) => args);
      for (const [where = '', ...options] of said.length > 0 ? said : [['80']]) {
        const port = Number(/(\d+)$/.exec(where)?.[1] ?? 80);
        const known = ports.get(port) ?? { sites: [], isTls: false };
        if (options.includes('ssl') || isOld) known.isTls = true;
        if (known.sites.includes(site)) continue;
        if (options.includes('default_server')) known.sites.unshift(site);
        else known.sites.push(site);
        ports.set(port, known);
      }
    }
    return [...ports].map(([port, { sites, isTls }]) => ({
      port,
      afterMs: 0,
      status: 200,
      latencyMs: 0,
      ...(isTls ? { tls: true } : {}),
      sites,
    }));
  }
}

/** What nginx warns of from 1.15 on. */
function warningsOf(directives: readonly Directive[], tag: string): string[] {
  return directives.flatMap(({ name, file, line, block = [] }) => {
    const isWarned = name === 'ssl' && !/^1\.(\d|1[0-4])(?!\d)/.test(tag);
    const own = `the "ssl" directive is deprecated, use the "listen ... ssl" directive instead in ${file}:${line}`;
    return [...(isWarned ? [own] : []), ...warningsOf(block, tag)];
  });
}

/** Reads nginx' main file, and what is served by it. `tag`: the image's. */
export function nginxServes(files: Files, lookUp: LookUp, tag: string): Served {
  const { directives, problem } = readDirectives('/etc/nginx/nginx.conf', files, tag);
  if (problem !== undefined) return { refusal: { said: problem, afterMs: 0 } };
  const http = named(directives, 'http').flatMap(({ block = [] }) => block);
  const reader = new Reader(http, lookUp);
  const listeners = reader.listeners();
  if (reader.problem) return { refusal: reader.problem };
  const [first] = listeners;
  const warnings = hasSslDirective(tag) ? warningsOf(http, tag) : [];
  return {
    listeners,
    ...(warnings.length > 0 ? { warnings } : {}),
    webRoot: (first?.sites && placeAt(first.sites, '', '/').root) ?? NO_ROOT,
  };
}

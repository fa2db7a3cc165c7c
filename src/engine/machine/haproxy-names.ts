/**
 * Which keywords HAProxy knows in its sections: those of 2.6 to 3.3 together. Of those that begin as many do, as `tune.`, nothing but that is looked at.
 * Follows cfgparse-global.c, cfgparse-listen.c and what registers further ones.
 */

const GLOBAL =
  'anonkey busy-polling ca-base chroot close-spread-time cluster-secret cpu-map cpu-policy cpu-set crt-base daemon ' +
  'debug default-path description dns-accept-family external-check fd-hard-limit force-cfg-parser-pause gid grace ' +
  'group h2-workaround-bogus-websocket-clients hard-stop-after http-err-codes http-fail-codes insecure-fork-wanted ' +
  'insecure-setuid-wanted issuers-chain-path key-base limited-quic localpeer log log-send-hostname log-tag ' +
  'master-worker max-spread-checks maxcompcpuusage maxcomprate maxconn maxconnrate maxpipes maxsessrate maxsslconn ' +
  'maxsslrate maxzlibmem mworker-max-reloads nbproc nbthread no-memory-trimming no-quic node noepoll noevports ' +
  'nogetaddrinfo nokqueue noktls nopoll noreuseport nosplice numa-cpu-mapping pidfile pp2-never-send-local ' +
  'prealloc-fd presetenv quick-exit quiet resetenv server-state-base server-state-file set-dumpable set-var ' +
  'set-var-fmt setcap setenv shm-stats-file shm-stats-file-max-objects spread-checks stats stats-file stress-level ' +
  'strict-limits thread-group thread-groups thread-hard-limit trace uid ulimit-n unix-bind unsetenv user ' +
  'warn-blocked-traffic-after worker-id zero-warning global defaults listen frontend backend peers resolvers';

const REMOVED = /^(req|rsp)i?(add|allow|del|deny|pass|rep|tarpit)$/;
const MORE_GLOBAL =
  /^(51degrees|acme|deviceatlas|expose|h1|harden|httpclient|jwt|lua|ocsp-update|profiling|server-state|ssl|tune|wurfl)[-.]/;

const OF_PROXIES =
  'acl appsession backlog balance bind bind-process block capture cliexp clitcpka-cnt clitcpka-idle clitcpka-intvl ' +
  'clitimeout compression contimeout cookie declare default-server default_backend description disabled dispatch ' +
  'dynamic-cookie-key email-alert enabled error-log-format errorfile errorfiles errorloc errorloc302 errorloc303 ' +
  'external-check filter filter-config filter-disable filter-enable filter-sequence force-be-switch force-persist ' +
  'fullconn grace guid hash-balance-factor hash-preserve-affinity hash-type http-after-response http-check ' +
  'http-error http-request http-response http-reuse http-send-name-header id ignore-persist ' +
  'load-server-state-from-file log log-balance log-format log-format-sd log-steps log-tag max-keep-alive-queue ' +
  'max-session-srv-conns maxconn mode monitor monitor-net monitor-uri option persist quic-initial rate-limit ' +
  'redirect redisp redispatch ' +
  'retries retry-on server ' +
  'server-state-file-name server-template source srvexp srvtcpka-cnt srvtcpka-idle srvtcpka-intvl srvtimeout stats ' +
  'stick stick-table tcp-check tcp-request tcp-response timeout transparent unique-id-format unique-id-header ' +
  'use-fcgi-app use-server use_backend usesrc listen frontend backend defaults';

/** The sections whose keywords are looked at, and all that begin one. */
const PROXIES = /^(defaults|frontend|backend|listen)$/;
export const SECTION =
  /^(acme|backend|cache|crt-store|defaults|dynamic-update|fcgi-app|frontend|global|healthcheck|http-errors|listen|log-forward|log-profile|mailers|peers|program|resolvers|ring|traces|userlist)$/;

/** Which letters a word has, and how often which follows which (make_word_fingerprint of tools.c). */
function fingerprint(word: string): Map<string, number> {
  const counts = new Map<string, number>();
  let from = '^';
  for (const sign of [...word.toLowerCase(), '$']) {
    const to = /[a-z$]/.test(sign) ? sign : /\d/.test(sign) ? '0' : '-';
    counts.set(to, 1);
    counts.set(from + to, (counts.get(from + to) ?? 0) + 1);
    from = to;
  }
  return counts;
}

function distance(a: Map<string, number>, b: Map<string, number>): number {
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys.reduce((sum, key) => sum + Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)), 0);
}

/** The keyword that looks most like a word, if one does (cfg_find_best_match). */
function bestMatch(word: string, keywords: readonly string[]): string | undefined {
  const own = fingerprint(word);
  const [best, apart] = keywords
    .map((keyword) => [keyword, distance(own, fingerprint(keyword))] as const)
    .reduce((one, other) => (other[1] < one[1] ? other : one));
  return apart > 2 * word.length || apart > 2 * best.length ? undefined : best;
}

/** What HAProxy says of a keyword that it does not know; undefined when it does. `section`: the one around it, none at the beginning. */
export function unknownKeyword(keyword: string, section: string | undefined): string | undefined {
  if (section === undefined) return `: unknown keyword '${keyword}' out of section.`;
  const isGlobal = section === 'global';
  if (!isGlobal && !PROXIES.test(section)) return undefined;
  const keywords = (isGlobal ? GLOBAL : OF_PROXIES).split(' ');
  if (keywords.includes(keyword) || (isGlobal ? MORE_GLOBAL : REMOVED).test(keyword)) return undefined;
  const best = bestMatch(keyword, keywords);
  return ` : unknown keyword '${keyword}' in '${section}' section${best === undefined ? '' : `; did you mean '${best}' maybe ?`}`;
}

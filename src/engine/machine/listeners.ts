/** What answers on the ports of a Pod: the listeners of its running containers, which share one network. Pure. */
import { isTakingConnections } from './connections';
import type { Files, HttpAnswer } from './cri';
import { isPythonServer } from './file-servers';
import type { Listener } from './image-listeners';
import type { MachineContainer } from './records';
import { answerIn, listening } from './shell/accept';
import { followed } from './shell/paths';
import type { Listening } from './shell/results';
import { placeAt, type Site, withoutPort } from './sites';
import { pageOf } from './wordpress';

const NONE: readonly Listener[] = [];

function openListeners(container: MachineContainer, port: number, nowMs: number, isUdp = false): readonly Listener[] {
  const since = container.servingSinceMs;
  if (since === undefined || (container.state !== 'running' && nowMs >= container.finishedAtMs)) return NONE;
  if (!isTakingConnections(container, nowMs)) return NONE;
  const { listeners } = container.behaviour;
  const isOpen = (entry: Listener): boolean =>
    entry.port === port && nowMs >= since + entry.afterMs && (entry.protocol === 'UDP') === isUdp;
  const [only] = listeners;
  if (listeners.length === 1 && only) return isOpen(only) ? listeners : NONE;
  return listeners.filter(isOpen);
}

/** Whether a container accepts connections on a port. */
export function isListening(container: MachineContainer, port: number, nowMs: number, isUdp = false): boolean {
  return (
    openListeners(container, port, nowMs, isUdp).length > 0 || listenerOf(container, port, isUdp, nowMs) !== undefined
  );
}

/** The program of a container's shell that listens on a port and has no connection yet. */
export function listenerOf(
  container: MachineContainer,
  port: number,
  isUdp: boolean,
  nowMs: number,
): Listening | undefined {
  const { shell, state, arrived } = container;
  const found =
    shell && state === 'running' && isTakingConnections(container, nowMs)
      ? listening(shell).find((one) => one.port === port && one.isUdp === isUdp)
      : undefined;
  const isTaken = found && !found.isKept && arrived?.some((one) => one.port === port && one.isUdp === isUdp);
  return isTaken ? undefined : found;
}

/** The ports on which somebody in the network of some containers listens now. */
export function openPorts(
  containers: readonly MachineContainer[],
  nowMs: number,
): { readonly protocol: 'tcp' | 'udp'; readonly port: number }[] {
  const found = new Map<string, { protocol: 'tcp' | 'udp'; port: number }>();
  const add = (port: number, isUdp: boolean): void => {
    const protocol = isUdp ? 'udp' : 'tcp';
    found.set(`${protocol}/${port}`, { protocol, port });
  };
  for (const container of containers) {
    for (const { port, protocol } of container.behaviour.listeners)
      if (openListeners(container, port, nowMs, protocol === 'UDP').length > 0) add(port, protocol === 'UDP');
    if (container.shell && container.state === 'running')
      for (const { port, isUdp } of listening(container.shell)) add(port, isUdp);
  }
  return [...found.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

/** What of a request a server goes by beside its path. */
export interface AskedOf {
  readonly method?: string;
  readonly host?: string;
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === '';

/**
 * What a server of static files says to other methods than GET and HEAD: nginx (ngx_http_static_module) takes none, though it looks for the file that something
 * is posted to; Apache (default_handler) gives a file to whoever posts to it, and tells its methods.
 */
function statusOfMethod(name: string, method: string, status: number): number {
  if (isRead(method)) return status;
  if (/^nginx/.test(name)) return method === 'POST' && status >= 400 ? status : 405;
  if (name !== 'httpd' || method === 'POST') return status;
  return method === 'OPTIONS' || method === 'TRACE' ? 200 : 405;
}

function statusOf(listener: Listener, container: MachineContainer, filesOf: () => Files, path: string, method: string) {
  const { webRoot, catalogueName = '' } = container.behaviour;
  if (webRoot === undefined || listener.path !== undefined || listener.status !== 200) return listener.status;
  if (!isRead(method) && isPythonServer(container.behaviour.command)) return 501;
  return statusOfMethod(catalogueName, method, statusOfFile(container, filesOf, webRoot, path, true));
}

function statusOfFile(
  container: MachineContainer,
  filesOf: () => Files,
  root: string,
  path: string,
  isOfImage: boolean,
): number {
  const isMountPoint = container.mounts.some((mount) => mount.path === root);
  // An index file may be missing from what a volume hides; the root of an image's own is taken to answer.
  if (path === '/' && !isMountPoint && isOfImage) return 200;
  const files = filesOf();
  const asked = path.endsWith('/') ? [`${path}index.html`, `${path}index.php`] : [path];
  const isThere = (path: string): boolean => files[followed(files, `${root}${path}`)] !== undefined;
  if (asked.some(isThere)) return 200;
  const isDirectory = asked.length > 1 && Object.keys(files).some((file) => file.startsWith(`${root}${path}`));
  return isDirectory ? 403 : 404;
}

/** Where the image of nginx has its pages. */
const NGINX_ROOT = '/usr/share/nginx/html';

interface Configured extends Listener {
  readonly sites: readonly Site[];
}

const hasSites = (listener: Listener): listener is Configured => listener.sites !== undefined;

/** A path that nginx sends on to is one of the host that was asked for, at the port where it listens (absolute_redirect, port_in_redirect). */
function wholeLocation(location: string, { port, tls }: Listener): string {
  if (!location.startsWith('/')) return location;
  const isUsual = port === (tls ? 443 : 80);
  return `${tls ? 'https' : 'http'}://$host${isUsual ? '' : `:${port}`}${location}`;
}

/** The answer of a server whose configuration is known. */
function answerOf(
  listener: Configured,
  container: MachineContainer,
  path: string,
  filesOf: () => Files,
  { method = 'GET', host = '' }: AskedOf,
): Omit<HttpAnswer, 'latencyMs' | 'tls'> {
  const { status, text, location, pass, root, strip = '' } = placeAt(listener.sites, host, path);
  if (pass) return { status: 200, pass };
  if (location !== undefined)
    return {
      status: status ?? 302,
      location: wholeLocation(location, listener)
        .replace(/\$host(name)?\b/g, withoutPort(host))
        .replace(/\$(request_)?uri\b/g, path),
      text: '',
    };
  if (status !== undefined) return { status, ...(status < 400 || text ? { text: text ?? '' } : {}) };
  const { catalogueName = '', webRoot = '' } = container.behaviour;
  const place = root ?? webRoot;
  const file = path.slice(strip.length) || '/';
  const found = statusOfFile(container, filesOf, place, file, root === undefined || root === NGINX_ROOT);
  return { status: statusOfMethod(catalogueName, method, found), file: `${place}${file}` };
}

/** The answer to a request; undefined: connection refused. */
export function answerHttp(
  container: MachineContainer,
  port: number,
  path: string,
  nowMs: number,
  filesOf: () => Files,
  asked: AskedOf = {},
): HttpAnswer | undefined {
  const open = openListeners(container, port, nowMs);
  const [first] = open;
  const program = first ? undefined : listenerOf(container, port, false, nowMs);
  if (program) return { status: answerIn(program.reply).status, latencyMs: 0, tls: false };
  if (!first) return undefined;
  const query = path.indexOf('?');
  const whole = query < 0 ? path : path.slice(0, query);
  // nginx (merge_slashes) and Apache (MergeSlashes) take several strokes as one.
  const plain = container.behaviour.webRoot === undefined ? whole : whole.replace(/\/{2,}/g, '/');
  const isOnly = open.length === 1 && first.path === undefined;
  const found = isOnly
    ? first
    : (open.find((entry) => entry.path === plain) ?? open.find((entry) => entry.path === undefined));
  const tls = first.tls === true;
  if (!found) return { status: 404, latencyMs: open[0]?.latencyMs ?? 0, tls };
  const { latencyMs } = found;
  if (hasSites(found)) return { ...answerOf(found, container, plain, filesOf, asked), latencyMs, tls };
  const status = statusOf(found, container, filesOf, plain, asked.method ?? 'GET');
  const page = status === 200 ? pageOf(container, plain) : undefined;
  return page ? { ...page, latencyMs, tls } : { status, latencyMs, tls };
}

/** Whether a port of one of these speaks gRPC: programs whose protocol is not known are taken to. */
export function speaksGrpc(containers: readonly MachineContainer[], port: number, nowMs: number): boolean {
  return containers.some((container) => !container.behaviour.isKnown && isListening(container, port, nowMs));
}

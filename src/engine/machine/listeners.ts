/** What answers on the ports of a Pod: the listeners of its running containers, which share one network. Pure. */
import type { Files, HttpAnswer } from './cri';
import type { Listener } from './image-behaviour';
import type { MachineContainer } from './records';

const NONE: readonly Listener[] = [];

function openListeners(container: MachineContainer, port: number, nowMs: number): readonly Listener[] {
  const since = container.servingSinceMs;
  if (since === undefined || (container.state !== 'running' && nowMs >= container.finishedAtMs)) return NONE;
  const { listeners } = container.behaviour;
  const isOpen = (entry: Listener): boolean => entry.port === port && nowMs >= since + entry.afterMs;
  const [only] = listeners;
  if (listeners.length === 1 && only) return isOpen(only) ? listeners : NONE;
  return listeners.filter(isOpen);
}

/** Whether a container accepts connections on a port. */
export function isListening(container: MachineContainer, port: number, nowMs: number): boolean {
  return openListeners(container, port, nowMs).length > 0;
}

function statusOf(listener: Listener, container: MachineContainer, filesOf: () => Files, path: string): number {
  const { behaviour } = container;
  if (behaviour.webRoot === undefined || listener.path !== undefined || listener.status !== 200) return listener.status;
  const isMountPoint = container.mounts.some((mount) => mount.path === behaviour.webRoot);
  // An index file may be missing from what a volume hides; the root of an image's own is taken to answer.
  if (path === '/' && !isMountPoint) return 200;
  const files = filesOf();
  const asked = path.endsWith('/') ? [`${path}index.html`, `${path}index.php`] : [path];
  return asked.some((one) => files[`${behaviour.webRoot}${one}`] !== undefined) ? 200 : asked.length > 1 ? 403 : 404;
}

/** The answer to a GET; undefined: connection refused. */
export function answerHttp(
  container: MachineContainer,
  port: number,
  path: string,
  nowMs: number,
  filesOf: () => Files,
): HttpAnswer | undefined {
  const open = openListeners(container, port, nowMs);
  const [first] = open;
  if (!first) return undefined;
  const query = path.indexOf('?');
  const plain = query < 0 ? path : path.slice(0, query);
  const isOnly = open.length === 1 && first.path === undefined;
  const found = isOnly
    ? first
    : (open.find((entry) => entry.path === plain) ?? open.find((entry) => entry.path === undefined));
  const tls = first.tls === true;
  if (!found) return { status: 404, latencyMs: open[0]?.latencyMs ?? 0, tls };
  return { status: statusOf(found, container, filesOf, plain), latencyMs: found.latencyMs, tls };
}

/** Whether a port of one of these speaks gRPC: programs whose protocol is not known are taken to. */
export function speaksGrpc(containers: readonly MachineContainer[], port: number, nowMs: number): boolean {
  return containers.some((container) => !container.behaviour.isKnown && isListening(container, port, nowMs));
}

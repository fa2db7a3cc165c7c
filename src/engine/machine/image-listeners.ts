/** On which ports the program of a container answers, as a scenario says, as the catalogue does, or as its manifest lets one guess. */
import type { Container } from '../api/types';
import type { ProgramConfig } from '../simulation';
import { AGNHOST, agnhostListeners } from './agnhost';
import type { CatalogueImage } from './image-catalogue';
import { askedPort } from './shell/database-clients';
import type { Site } from './sites';

/** A port that answers. Without a path it answers every request alike. */
export interface Listener {
  readonly port: number;
  /** After the server began. */
  readonly afterMs: number;
  readonly path?: string;
  readonly status: number;
  readonly latencyMs: number;
  /** It speaks TLS. */
  readonly tls?: boolean;
  readonly protocol?: 'UDP';
  /** What its configuration says of hosts and paths. */
  readonly sites?: readonly Site[];
}

/** Ports that a container's probes ask with the client of a database, which whoever wrote them knows to be served. */
function clientPorts({ startupProbe, livenessProbe, readinessProbe }: Container): number[] {
  const commands = [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.exec?.command ?? []);
  return commands.flatMap((command) => askedPort(command) ?? []);
}

const OWN_HTTPS = /https:\/\/(?:localhost|127\.0\.0\.1):(\d+)/g;

/** Ports of the container that commands of its probes ask over TLS. */
function securePorts({ startupProbe, livenessProbe, readinessProbe }: Container): number[] {
  const commands = [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => probe?.exec?.command ?? []);
  return commands.flatMap((text) => Array.from(text.matchAll(OWN_HTTPS), ([, port]) => Number(port)));
}

/** The node, to who asks from there; a Pod of its network is meant by that. */
const ITSELF = /^(localhost|127\.0\.0\.1|::1)$/;

/** Ports that a container's probes name: an image of which nothing is known is taken to answer there, declared or not. */
function probedPorts(container: Container): { port: number; isTls: boolean }[] {
  const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
  return probes.flatMap((probe) => {
    const { httpGet, tcpSocket, grpc } = probe ?? {};
    const host = httpGet?.host || tcpSocket?.host;
    if (host && !ITSELF.test(host)) return [];
    const port = httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
    const number = typeof port === 'string' ? container.ports?.find(({ name }) => name === port)?.containerPort : port;
    return number === undefined ? [] : [{ port: number, isTls: httpGet?.scheme === 'HTTPS' }];
  });
}

/** The ports on which a container's own program answers. */
export function listenersOf(
  program: ProgramConfig | undefined,
  known: CatalogueImage | undefined,
  container: Container,
): Listener[] {
  if (program?.listen) {
    return program.listen.map((entry) => ({
      port: entry.port,
      afterMs: entry.afterMs ?? 0,
      status: entry.status ?? 200,
      latencyMs: entry.latencyMs ?? 0,
      ...(entry.path === undefined ? {} : { path: entry.path }),
    }));
  }
  if (!program && known?.name === AGNHOST) return agnhostListeners(container);
  if (!program && known && (known.ports.length > 0 || known.bare)) {
    return known.ports.map((port) => ({ port, afterMs: known.listenAfterMs, status: 200, latencyMs: 0 }));
  }
  const ports = container.ports ?? [];
  const declared = ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP').map(({ containerPort }) => containerPort);
  const udp = ports.filter(({ protocol }) => protocol === 'UDP').map(({ containerPort }) => containerPort);
  const probed = program ? [] : probedPorts(container);
  // What is said of an image without a word on its ports leaves them to it, if no manifest names any.
  const own = program && declared.length === 0 && udp.length === 0 ? (known?.ports ?? []) : [];
  const secure = program ? [] : securePorts(container);
  const tls = new Set([...secure, ...probed.flatMap(({ port, isTls }) => (isTls ? [port] : []))]);
  const datagrams = udp.map((port) => ({ port, afterMs: 0, status: 200, latencyMs: 0, protocol: 'UDP' as const }));
  const named = [...declared, ...own, ...probed.map(({ port }) => port), ...secure, ...clientPorts(container)];
  const connections = [...new Set(named)].map((port) => ({
    port,
    afterMs: 0,
    status: 200,
    latencyMs: 0,
    ...(tls.has(port) ? { tls: true } : {}),
  }));
  return [...connections, ...datagrams];
}

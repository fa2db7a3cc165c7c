/**
 * Ports of a Compose service as ports of a container and of a Service. Others reach it by its name at the container's port, as on a Compose
 * network; what is published is a node port, as it is a port of every machine in a swarm. (kompose gives the Service the published port instead.)
 */
import type { KubeObject } from '../../engine/api/meta';
import { compact, isMapping, itemsOf, mappingOf, type Part, type Path, partOf, type Tell, textOf } from './reading';

/** A port that a container listens on. */
export interface OpenPort {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** The port of the machine; 0 for any. Undefined when it is not published. */
  readonly published?: number;
  /** Published on the machines that run it, and on no other. */
  readonly onHost?: boolean;
  readonly path: Path;
}

/** What images of the catalogue of Docker Hub say that they listen on: a Compose file need not repeat it. */
const EXPOSED: Readonly<Record<string, number>> = {
  nginx: 80,
  httpd: 80,
  wordpress: 80,
  redis: 6379,
  memcached: 11211,
  mysql: 3306,
  mariadb: 3306,
  postgres: 5432,
  mongo: 27017,
  rabbitmq: 5672,
};

/** The port that an image is known to listen on. */
export function knownPort(image: string): number | undefined {
  const name = image.replace(/[:@].*$/, '').replace(/^(docker\.io\/)?(library\/)?/, '');
  return EXPOSED[name];
}

const protocolOf = (text: string | undefined): OpenPort['protocol'] => {
  const name = (text ?? 'tcp').toUpperCase();
  return name === 'UDP' || name === 'SCTP' ? name : 'TCP';
};

/** The ports of `8000` or `8000-8005`; none for what is neither. */
function rangeOf(text: string): readonly number[] {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || first < 1 || last > 65_535 || last < first) return [];
  return Array.from({ length: Math.min(last - first + 1, 100) }, (_none, index) => first + index);
}

/** `[HOST:][PUBLISHED:]PORT[/PROTOCOL]`, with ranges. */
function shortPorts({ value, path }: Part, tell: Tell): readonly OpenPort[] {
  const [, address, published, target = '', protocol] =
    /^(?:(?:(\[[^\]]*\]|[\d.]+):)?([\d-]*):)?([\d-]+)(?:\/(\w+))?$/.exec(textOf(value)) ?? [];
  const targets = rangeOf(target);
  if (targets.length === 0)
    tell(path, { en: `${textOf(value) || 'this'} is no port`, zh: `${textOf(value) || '这'} 不是端口` });
  const outside = published ? rangeOf(published) : [];
  const isLocal = address !== undefined && /^(127\.|\[::1\])/.test(address);
  if (isLocal)
    tell(path, {
      en: 'published for one machine only: it is not published here; kubectl port-forward leads to it',
      zh: '只在一台机器上发布：这里不发布；可以用 kubectl port-forward 访问',
    });
  return targets.map((port, index) => ({
    port,
    protocol: protocolOf(protocol),
    ...(isLocal ? {} : { published: outside.length === targets.length ? outside[index] : 0 }),
    path,
  }));
}

function longPorts(part: Part, tell: Tell): readonly OpenPort[] {
  const { target, published, protocol, mode } = mappingOf(part.value);
  const [port] = rangeOf(textOf(target));
  if (port === undefined) {
    tell(part.path, { en: 'this port has no target', zh: '这个端口没有 target' });
    return [];
  }
  const [outside = 0] = rangeOf(textOf(published));
  return [
    {
      port,
      protocol: protocolOf(textOf(protocol) || undefined),
      published: outside,
      onHost: mode === 'host',
      path: part.path,
    },
  ];
}

/** Every port that others can reach, once. */
export function portsOf(service: Part, tell: Tell): readonly OpenPort[] {
  const published = itemsOf(partOf(service, 'ports')).flatMap((part) =>
    isMapping(part.value) ? longPorts(part, tell) : shortPorts(part, tell),
  );
  const exposed = itemsOf(partOf(service, 'expose')).flatMap(({ value, path }) => {
    const [text = '', protocol] = textOf(value).split('/');
    return rangeOf(text).map((port) => ({ port, protocol: protocolOf(protocol), path }));
  });
  const all: OpenPort[] = [...published, ...exposed];
  return all.filter(
    ({ port, protocol }, index) =>
      all.findIndex((other) => other.port === port && other.protocol === protocol) === index,
  );
}

/** Ports as a container says them. */
export const containerPorts = (ports: readonly OpenPort[]): readonly object[] =>
  ports.map(({ port, protocol, published, onHost }) =>
    compact({
      containerPort: port,
      protocol: protocol === 'TCP' ? undefined : protocol,
      hostPort: onHost && published ? published : undefined,
    }),
  );

/** The Service by whose name others reach it; undefined without ports. */
export function serviceFor(
  name: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly OpenPort[],
  tell: Tell,
): KubeObject | undefined {
  if (ports.length === 0) return undefined;
  const isOutside = ports.some(({ published, onHost }) => published !== undefined && !onHost);
  const spoken = ports.map(({ port, protocol, published, onHost, path }) => {
    const isNodePort = published !== undefined && published >= 30_000 && published <= 32_767;
    if (published && !isNodePort && !onHost)
      tell(path, {
        en: `published as ${published}, but a node port is one of 30000 to 32767: the cluster chooses it; within the cluster it is ${name}:${port}`,
        zh: `发布为 ${published}，但节点端口只能在 30000 到 32767 之间：由集群选择；集群内是 ${name}:${port}`,
      });
    return compact({
      name: ports.length > 1 ? `${protocol.toLowerCase()}-${port}` : undefined,
      port,
      protocol: protocol === 'TCP' ? undefined : protocol,
      nodePort: isNodePort ? published : undefined,
    });
  });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: compact({ type: isOutside ? 'NodePort' : undefined, selector: labels, ports: spoken }),
  } as unknown as KubeObject;
}

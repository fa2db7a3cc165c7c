/**
 * kubectl port-forward and kubectl proxy: they check what they are asked for as the real ones do, say what they would reach, and end, since
 * nothing outside the simulated cluster can connect.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/portforward/portforward.go, pkg/util/{service,pod}_port.go,
 * pkg/polymorphichelpers/attachablepodforobject.go and client-go/tools/portforward. Left out: the check for UDP ports.
 */
import type { KubeObject } from '../../engine/api/meta';
import type { Pod, Service } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flag-sets';
import { awaitPods, namedObject, podToEnter, upgraded } from '../remote-command';

const USE = 'port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]';
/** The first of the ports that are chosen when none is named. */
const FIRST_FREE_PORT = 40_001;

interface Forwarded {
  readonly local: number;
  readonly remote: number;
}

function containerPort(pod: Pod, name: string): number {
  for (const container of pod.spec.containers) {
    const found = container.ports?.find((port) => port.name === name);
    if (found) return found.containerPort;
  }
  throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
}

function servicePort({ metadata, spec }: Service, name: string): number {
  const found = spec.ports?.find((port) => port.name === name);
  if (!found) throw new KubectlError(`Service '${metadata.name}' does not have a named port '${name}'`);
  return found.port;
}

/** The port of a Pod that a Service's port leads to. */
function targetOf(service: Service, pod: Pod, number: number): number {
  const port = service.spec.ports?.find((one) => one.port === number);
  if (!port) throw new KubectlError(`Service ${service.metadata.name} does not have a service port ${number}`);
  if (service.spec.clusterIP === 'None') return number;
  const { targetPort = 0 } = port;
  if (typeof targetPort === 'string') return containerPort(pod, targetPort);
  return targetPort === 0 ? number : targetPort;
}

function remotePort(object: KubeObject, pod: Pod, text: string): number {
  if (text === '') throw new KubectlError('remote port cannot be empty');
  const isNumber = /^\d+$/.test(text);
  if (object.kind !== 'Service') return isNumber ? Number(text) : containerPort(pod, text);
  const service = object as Service;
  return targetOf(service, pod, isNumber ? Number(text) : servicePort(service, text));
}

function portNumber(text: string, what: 'local' | 'remote'): number {
  if (/^\d+$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new KubectlError(
    `error parsing ${what} port '${text}': strconv.ParseUint: parsing "${text}": ${/^\d+$/.test(text) ? 'value out of range' : 'invalid syntax'}`,
  );
}

/** Reads `5000`, `8888:5000`, `:5000`, `8443:https`. */
function forwardedOf(object: KubeObject, pod: Pod, ports: readonly string[]): Forwarded[] {
  return ports.map((text, index) => {
    const parts = text.split(':');
    if (parts.length > 2) throw new KubectlError(`invalid port format '${text}'`);
    const [first = '', second = first] = parts;
    const asked =
      object.kind === 'Service' && !/^\d+$/.test(second) ? String(servicePort(object as Service, second)) : second;
    const remote = remotePort(object, pod, asked);
    if (remote === 0) throw new KubectlError('remote port must be > 0');
    if (first === '' || first === '0') return { local: FIRST_FREE_PORT + index, remote };
    const isSame = parts.length === 1;
    return {
      local:
        isSame && !/^\d+$/.test(first)
          ? Number(object.kind === 'Service' ? asked : remote)
          : portNumber(first, 'local'),
      remote,
    };
  });
}

/** Which container the port leads to, as far as its Pod says: what listens need not be named, and what is named need not listen. */
function listenersOf({ spec, metadata }: Pod, port: number): string {
  const pod = `Pod ${metadata.namespace}/${metadata.name}`;
  const container = spec.containers.find(({ ports }) => ports?.some((one) => one.containerPort === port));
  if (container) return `container ${container.name} of ${pod}, port ${port}`;
  return `whatever listens on port ${port} of ${pod}, which none of its containers names`;
}

function forward(call: Call): Turn {
  const { args } = call;
  if (args.length < 2) throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
  const object = namedObject(call, args.slice(0, 1));
  const pod = podToEnter(call, object);
  if (!pod) return awaitPods(call, {});
  const forwarded = forwardedOf(object, pod, args.slice(1));
  if (pod.status.phase !== 'Running')
    throw new KubectlError(
      `unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`,
    );
  try {
    upgraded(() => call.io.client.portForward(pod.metadata.namespace ?? '', pod.metadata.name));
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw new KubectlError(`error upgrading connection: ${error.message}`);
  }
  for (const { local, remote } of forwarded) {
    for (const address of addressesOf(call)) call.out(`Forwarding from ${address}:${local} -> ${remote}\n`);
  }
  for (const { local, remote } of forwarded) {
    const reached = listenersOf(pod, remote);
    call.err(`kubestep: there is no network out of the simulated cluster; port ${local} would reach ${reached}\n`);
  }
  return undefined;
}

function addressesOf({ flags }: Call): string[] {
  const given = flags.given('address') ? flags.list('address') : ['localhost'];
  const addresses = given.flatMap((one) =>
    one === 'localhost' ? ['127.0.0.1', '[::1]'] : [one.includes(':') ? `[${one}]` : one],
  );
  return [...new Set(addresses)];
}

/** kubectl port-forward. */
export const portForward: Command = {
  path: 'port-forward',
  reads: true,
  use: USE,
  flags: [flag.strings('address'), flag.duration('pod-running-timeout', '1m0s')],
  run: forward,
};

/** Why most flags of the proxy do nothing. */
const NOBODY_CALLS = 'nobody outside of the simulated cluster can call it';

/** kubectl proxy. */
export const proxy: Command = {
  path: 'proxy',
  reads: true,
  use: 'proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
  flags: [
    { ...flag.int('port', 8001), short: 'p' },
    flag.text('address'),
    ...[
      'www',
      'www-prefix',
      'api-prefix',
      'accept-hosts',
      'accept-paths',
      'reject-paths',
      'reject-methods',
      'unix-socket',
    ].map((name) => flag.idle(flag.text(name), NOBODY_CALLS)),
    flag.idle(flag.bool('disable-filter'), NOBODY_CALLS),
    flag.idle(flag.duration('keepalive'), NOBODY_CALLS),
  ],
  run: (call) => {
    const address = call.flags.text('address') || '127.0.0.1';
    const port = call.flags.int('port') || FIRST_FREE_PORT;
    call.out(`Starting to serve on ${address}:${port}\n`);
    call.err(
      'kubestep: there is no network out of the simulated cluster; requests would reach the API server as you\n',
    );
    return undefined;
  },
};

/**
 * The container sections of Pods and Pod templates. Follows describeContainers and what it calls in
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */

import { goJson } from '../../engine/api/go-text';
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  HTTPGetAction,
  Pod,
  Probe,
  ResourceRequirements,
  SeccompProfile,
  VolumeMount,
} from '../../engine/api/types';
import { environmentLines } from './environment';
import { boolText, field, optionalField, timeText } from './text';

/** `SeccompProfile:` and, for a profile on the node, which. */
export function seccompLines(profile: SeccompProfile | undefined, level: number, innerLevel: number): string {
  if (!profile) return '';
  const { type, localhostProfile = '' } = profile;
  const local = type === 'Localhost' ? field('LocalhostProfile', localhostProfile, innerLevel) : '';
  return field('SeccompProfile', type, level) + local;
}

function portsText(ports: readonly ContainerPort[], which: 'containerPort' | 'hostPort'): string {
  const text = ({ name, protocol = '', ...port }: ContainerPort): string =>
    `${port[which] ?? 0}/${protocol}${name ? ` (${name})` : ''}`;
  return ports.map(text).join(', ');
}

function portLine(name: string, text: string): string {
  return text.includes(',') ? field(`${name}s`, text, 2) : field(name, text || '<none>', 2);
}

function linesOf(title: string, values: readonly string[] | undefined): string {
  if (!values?.length) return '';
  const lines = values.flatMap((value) => value.split('\n')).map((line) => `      ${line}\n`);
  return `    ${title}:\n${lines.join('')}`;
}

/** `Limits:` and `Requests:`. */
export function resourceLines(resources: ResourceRequirements | undefined, level: number): string {
  const list = (title: string, quantities: Readonly<Record<string, string>> = {}): string => {
    const names = Object.keys(quantities).sort();
    if (names.length === 0) return '';
    const lines = names.map((name) => field(name, quantities[name] as string, level + 1));
    return `${'  '.repeat(level)}${title}:\n${lines.join('')}`;
  };
  return list('Limits', resources?.limits) + list('Requests', resources?.requests);
}

function stateLines(name: string, state: ContainerState | undefined): string {
  const { running, waiting, terminated } = state ?? {};
  if (running) return field(name, 'Running', 2) + field('Started', timeText(running.startedAt), 3);
  if (waiting || !terminated) return field(name, 'Waiting', 2) + optionalField('Reason', waiting?.reason, 3);
  return (
    field(name, 'Terminated', 2) +
    optionalField('Reason', terminated.reason, 3) +
    optionalField('Message', terminated.message, 3) +
    field('Exit Code', terminated.exitCode, 3) +
    (terminated.signal ? field('Signal', terminated.signal, 3) : '') +
    field('Started', timeText(terminated.startedAt), 3) +
    field('Finished', timeText(terminated.finishedAt), 3)
  );
}

function statusLines(status: ContainerStatus | undefined): string {
  if (!status) return '';
  return (
    stateLines('State', status.state) +
    (status.lastState?.terminated ? stateLines('Last State', status.lastState) : '') +
    field('Ready', boolText(status.ready), 2) +
    field('Restart Count', status.restartCount, 2)
  );
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The path as Go's url.URL prints it. */
function escapePath(path: string): string {
  const percent = (character: string): string =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
  return path === '*' ? path : path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/gu, percent);
}

function urlText({ scheme = '', host = '', port, path = '' }: HTTPGetAction): string {
  const slash = path !== '' && !path.startsWith('/') ? '/' : '';
  const start = scheme === '' ? '' : `${scheme.toLowerCase()}:`;
  return `${start}//${joinHostPort(host, String(port))}${slash}${escapePath(path)}`;
}

function actionText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${(exec.command ?? []).join(' ')}]`;
  if (httpGet) return `http-get ${urlText(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''}` : 'unknown';
}

function probeLine(name: string, probe: Probe | undefined): string {
  if (!probe) return '';
  const attributes = [
    `delay=${probe.initialDelaySeconds ?? 0}s`,
    `timeout=${probe.timeoutSeconds ?? 0}s`,
    `period=${probe.periodSeconds ?? 0}s`,
    `#success=${probe.successThreshold ?? 0}`,
    `#failure=${probe.failureThreshold ?? 0}`,
  ];
  return field(name, `${actionText(probe)} ${attributes.join(' ')}`, 2);
}

function mountText({ mountPath, name, readOnly, subPath }: VolumeMount): string {
  const flags = [readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${goJson(subPath)}`] : [])];
  return `      ${mountPath} from ${name} (${flags.join(',')})\n`;
}

function mountLines({ volumeMounts = [], volumeDevices = [] }: Container): string {
  const none = volumeMounts.length === 0 ? '\t<none>' : '';
  const mounts = volumeMounts.toSorted((a, b) => (a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0));
  const devices = volumeDevices.toSorted((a, b) => (a.devicePath < b.devicePath ? -1 : 1));
  const deviceTexts = devices.map(({ devicePath, name }) => `      ${devicePath} from ${name}\n`);
  const deviceLines = devices.length > 0 ? `    Devices:${none}\n${deviceTexts.join('')}` : '';
  return `    Mounts:${none}\n${mounts.map(mountText).join('')}${deviceLines}`;
}

function containerText(container: Container, status: ContainerStatus | undefined, pod: Pod | undefined): string {
  const { ports = [] } = container;
  return [
    status ? field('Container ID', status.containerID ?? '', 2) : '',
    field('Image', container.image ?? '', 2),
    status ? field('Image ID', status.imageID, 2) : '',
    portLine('Port', portsText(ports, 'containerPort')),
    portLine('Host Port', portsText(ports, 'hostPort')),
    seccompLines(container.securityContext?.seccompProfile, 2, 3),
    linesOf('Command', container.command),
    linesOf('Args', container.args),
    statusLines(status),
    resourceLines(container.resources, 2),
    probeLine('Liveness', container.livenessProbe),
    probeLine('Readiness', container.readinessProbe),
    probeLine('Startup', container.startupProbe),
    environmentLines(container, pod),
    mountLines(container),
  ].join('');
}

/** Whose containers are described. */
export interface ContainersOwner {
  readonly statuses?: readonly ContainerStatus[];
  /** Set for a Pod; a template has none. */
  readonly pod?: Pod;
  readonly indent: string;
}

/** `Containers:` and each container. */
export function containerLines(
  title: string,
  containers: readonly Container[],
  { statuses = [], pod, indent }: ContainersOwner,
): string {
  const byName = new Map(statuses.map((status) => [status.name, status]));
  const inner = indent === '' ? '' : ' ';
  const texts = containers.map(
    (container) => `  ${inner}${container.name}:\n${containerText(container, byName.get(container.name), pod)}`,
  );
  return `${indent}${title}:${containers.length === 0 ? ' <none>' : ''}\n${texts.join('')}`;
}

/**
 * What is said of containers that are accepted though something about them is probably a mistake.
 * Follows warningsForPodSpecAndMeta in pkg/api/pod/warnings.go.
 */
import { quantityMilli } from '../quantity';
import type { Container, ContainerPort, EnvVar, PodSpec } from '../types';
import { quoteGo } from '../validation/field-errors';

/** A container and where it stands. */
export interface PlacedContainer {
  readonly container: Container;
  readonly field: string;
}

/** Every container in the order in which upstream visits them. */
export function placedContainers(spec: PodSpec, field: string): PlacedContainer[] {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
  return lists.flatMap((list) =>
    ((spec[list] ?? []) as readonly Container[]).map((container, index) => ({
      container,
      field: `${field}.${list}[${index}]`,
    })),
  );
}

/** Bytes that are no whole number. */
export function fractionWarning(
  field: string,
  amounts: Readonly<Record<string, string>> | undefined,
  name: string,
): string[] {
  const amount = amounts?.[name];
  if (amount === undefined || quantityMilli(amount) % 1000 === 0) return [];
  return [`${field}[${name}]: fractional byte value ${quoteGo(amount)} is invalid, must be an integer`];
}

/** Of fractional bytes and of environment variables that hide others. */
export function containerWarnings({ container, field }: PlacedContainer): string[] {
  const { limits, requests } = container.resources ?? {};
  const bytes = ['memory', 'ephemeral-storage'].flatMap((name) => [
    ...fractionWarning(`${field}.resources.limits`, limits, name),
    ...fractionWarning(`${field}.resources.requests`, requests, name),
  ]);
  return [...bytes, ...hiddenVariables(container.env ?? [], field)];
}

/** A later variable of the same name is fine only when it builds on the earlier one. */
function hiddenVariables(env: readonly EnvVar[], field: string): string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name, value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const hides = seen.has(name) && (valueFrom !== undefined || value === reference || !value.includes(reference));
    seen.add(name);
    if (!hides) return [];
    return [
      `${field}.env[${index}]: hides previous definition of ${quoteGo(name)}, which may be dropped when using apply`,
    ];
  });
}

interface PlacedPort {
  readonly port: ContainerPort;
  readonly field: string;
}

function placedPorts(containers: readonly PlacedContainer[]): PlacedPort[] {
  return containers.flatMap(({ container, field }) =>
    (container.ports ?? []).map((port, index) => ({ port, field: `${field}.ports[${index}]` })),
  );
}

/** Of ports that several containers, or one, name twice. */
export function portWarnings(containers: readonly PlacedContainer[]): string[] {
  const ports = placedPorts(containers);
  const warnings: string[] = [];
  for (const [index, one] of ports.entries()) {
    if (one.port.hostIP && !one.port.hostPort) {
      warnings.push(`${one.field}: hostIP set without hostPort: ${internalText(one.port)}`);
    }
    for (const other of ports.slice(0, index)) {
      const relation = relationOf(one.port, other.port);
      if (relation) warnings.push(`${one.field}: ${relation} port definition with ${other.field}`);
    }
  }
  return [...warnings, ...portNameWarnings(ports)];
}

function relationOf(a: ContainerPort, b: ContainerPort): string | undefined {
  if (a.containerPort !== b.containerPort || a.protocol !== b.protocol) return undefined;
  const [hostA = 0, hostB = 0] = [a.hostPort, b.hostPort];
  const [ipA = '', ipB = ''] = [a.hostIP, b.hostIP];
  if (ipA === ipB && hostA === hostB) return 'duplicate';
  if (hostA === 0 || hostB === 0) return 'overlapping';
  return hostA === hostB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined;
}

function portNameWarnings(ports: readonly PlacedPort[]): string[] {
  const first = new Map<string, string>();
  return ports.flatMap(({ port: { name }, field }) => {
    if (!name) return [];
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, field);
      return [];
    }
    const use = `services and probes that select ports by name will use ${other}`;
    return [`${field}: duplicate port name ${quoteGo(name)} with ${other}, ${use}`];
  });
}

/** A port as Go's %+v prints it. */
function internalText({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

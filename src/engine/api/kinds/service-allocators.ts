/**
 * Cluster IPs and node ports of Services. There is no allocator to keep in step: what is taken is read from the
 * Services that exist, and what is free is drawn from the request's random source.
 * Follows pkg/registry/core/service/storage/alloc.go, ipallocator and portallocator.
 * Simplified: one IPv4 range, as in a single-stack cluster.
 */
import type { FieldError } from '../field-error';
import { invalid, StatusError } from '../status-error';
import type { Service, ServicePort, ServiceSpec } from '../types';
import { invalid as invalidField } from '../validation/field-errors';
import { needsHealthCheck } from '../validation/service';
import { isHeadless, validateServiceAddresses } from '../validation/service-addresses';
import type { RequestContext } from './strategy';

/** The range of cluster IPs, 10.96.0.0/12: its first address and how many there are. */
const FIRST_IP = 0x0a600000;
const IP_COUNT = 2 ** 20;
/** Automatic addresses keep clear of the first ones, which people choose by hand. */
const STATIC_IPS = 256;

const FIRST_NODE_PORT = 30_000;
const NODE_PORT_COUNT = 2_768;
const STATIC_NODE_PORTS = 86;

const PORT_TAKEN = 'provided port is already allocated';
const PORT_OUTSIDE = 'provided port is not in the valid range. The range of valid ports is 30000-32767';
const IP_TAKEN = 'provided IP is already allocated';
const IP_OUTSIDE = 'the provided network does not match the current range';

function refuse(service: Service, ...errors: FieldError[]): StatusError {
  return invalid('', 'Service', service.metadata.name, errors);
}

function formatIp(number: number): string {
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');
}

function ipNumber(ip: string): number {
  return ip.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** The other Services: what they hold is taken. */
function otherServices(service: Service, request: RequestContext): Service[] {
  const { namespace, name } = service.metadata;
  const all = request.list('Service') as Service[];
  return all.filter(({ metadata }) => metadata.name !== name || metadata.namespace !== namespace);
}

/** A Service that is to be created gets its addresses and ports. */
export function allocateForCreate(service: Service, request: RequestContext): void {
  const { spec } = service;
  if (spec.clusterIP && (spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [spec.clusterIP];
  initFamilies(service, undefined);
  allocateIp(service, request);
  allocateNodePorts(service, undefined, request);
}

/** A changed Service keeps what it holds, and gets what its new type needs. */
export function allocateForUpdate(service: Service, old: Service, request: RequestContext): void {
  keepAllocated(service.spec, old.spec);
  followClusterIp(service.spec, old.spec);
  initFamilies(service, old);
  if (old.spec.type === 'ExternalName' && service.spec.type !== 'ExternalName') allocateIp(service, request);
  allocateNodePorts(service, old, request);
}

function needsNodePort({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
}

/** Whoever applies the same manifest again does not know what was allocated meanwhile. */
function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.type !== 'ExternalName' && old.type !== 'ExternalName') {
    spec.clusterIP ||= old.clusterIP;
    if ((spec.clusterIPs?.length ?? 0) === 0 && old.clusterIPs) spec.clusterIPs = [...old.clusterIPs];
  }
  if (needsNodePort(spec) && needsNodePort(old)) keepNodePorts(spec.ports ?? [], old.ports ?? []);
  if (needsHealthCheck(spec) && needsHealthCheck(old)) spec.healthCheckNodePort ||= old.healthCheckNodePort;
}

function keepNodePorts(ports: readonly ServicePort[], old: readonly ServicePort[]): void {
  const still = new Set(ports.map((port) => port.nodePort));
  const used = new Set(old.map((port) => port.nodePort).filter((nodePort) => nodePort && still.has(nodePort)));
  const byName = new Map(old.map((port) => [port.name ?? '', port.nodePort]));
  for (const port of ports) {
    const before = byName.get(port.name ?? '');
    if (!port.nodePort && before && !used.has(before)) port.nodePort = before;
  }
}

/** Who changes only `clusterIP` means `clusterIPs` too. */
function followClusterIp(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.clusterIP === old.clusterIP && (spec.clusterIPs?.length ?? 0) === 0 && old.clusterIPs) {
    spec.clusterIPs = [...old.clusterIPs];
  }
  if (spec.clusterIP === old.clusterIP || spec.clusterIPs?.join() !== old.clusterIPs?.join()) return;
  if (old.clusterIP && !spec.clusterIP) delete spec.clusterIPs;
  else if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
}

/** Chooses the families of the addresses. */
function initFamilies(service: Service, old: Service | undefined): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  const isFree = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (isFree ? 'RequireDualStack' : 'SingleStack');
  const errors: FieldError[] = [];
  validateServiceAddresses(errors, spec, old?.spec);
  if (errors.length > 0) throw refuse(service, ...errors);
  const families = spec.ipFamilies ?? [];
  if (spec.ipFamilyPolicy === 'SingleStack') requireOne(errors, spec);
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === 'None' || index < families.length) continue;
    if (!ip.includes(':')) families.push('IPv4');
    else
      errors.push(invalidField(`spec.clusterIPs[${index}]`, spec.clusterIPs, 'IPv6 is not configured on this cluster'));
  }
  if (errors.length > 0) throw refuse(service, ...errors);
  spec.ipFamilies = families;
  if (isFree) initFreeFamilies(spec, families);
  else initClusterFamilies(service, families);
}

function requireOne(errors: FieldError[], { clusterIPs = [], ipFamilies = [], ipFamilyPolicy }: ServiceSpec): void {
  const start = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  const field = 'spec.ipFamilyPolicy';
  if (clusterIPs.length === 2) errors.push(invalidField(field, ipFamilyPolicy, `${start} cluster IPs are specified`));
  if (ipFamilies.length === 2) errors.push(invalidField(field, ipFamilyPolicy, `${start} IP families are specified`));
}

/** Without addresses and without Pods of its own, a Service may be of both families anywhere. */
function initFreeFamilies(spec: ServiceSpec, families: string[]): void {
  if (families.length === 0) families.push('IPv4');
  if (families.length < 2 && spec.ipFamilyPolicy !== 'SingleStack') {
    families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
  }
}

function initClusterFamilies(service: Service, families: string[]): void {
  const errors: FieldError[] = [];
  const policy = service.spec.ipFamilyPolicy;
  if (policy === 'RequireDualStack') {
    const why = 'this cluster is not configured for dual-stack services';
    errors.push(invalidField('spec.ipFamilyPolicy', policy, why));
  }
  for (const [index, family] of families.entries()) {
    if (family === 'IPv4') continue;
    errors.push(invalidField(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'));
  }
  if (errors.length > 0) throw refuse(service, ...errors);
  if (families.length === 0) families.push('IPv4');
}

function allocateIp(service: Service, request: RequestContext): void {
  const { spec } = service;
  if (spec.type === 'ExternalName' || isHeadless(spec)) return;
  const taken = new Set(otherServices(service, request).map((other) => other.spec.clusterIP));
  const wanted = spec.clusterIPs?.[0];
  if (wanted) {
    const why = whyNotIp(wanted, taken);
    if (!why) return;
    const detail = `failed to allocate IP ${wanted}: ${why}`;
    throw refuse(service, invalidField('spec.clusterIPs', spec.clusterIPs, detail));
  }
  // The last address of the range is the broadcast address.
  const ip = draw(IP_COUNT - 1, STATIC_IPS, 1, request, (offset) => !taken.has(formatIp(FIRST_IP + offset)));
  if (ip === undefined) {
    const why = `failed to allocate a serviceIP for Service "${service.metadata.name}": range is full`;
    throw new StatusError('InternalError', 500, `Internal error occurred: ${why}`);
  }
  spec.clusterIP = formatIp(FIRST_IP + ip);
  spec.clusterIPs = [spec.clusterIP];
}

function whyNotIp(ip: string, taken: ReadonlySet<string | undefined>): string | undefined {
  const offset = ipNumber(ip) - FIRST_IP;
  if (!(offset >= 0 && offset < IP_COUNT)) return IP_OUTSIDE;
  if (offset === 0 || offset === IP_COUNT - 1) {
    return `the provided IP (${ip}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`;
  }
  return taken.has(ip) ? IP_TAKEN : undefined;
}

/** A free number below `end`, from `split` up if possible, else from `start`. */
function draw(
  end: number,
  split: number,
  start: number,
  request: RequestContext,
  isFree: (offset: number) => boolean,
): number | undefined {
  for (const [low, high] of [
    [split, end],
    [start, split],
  ] as const) {
    const size = high - low;
    const first = request.random.below(size);
    for (let step = 0; step < size; step++) {
      const offset = low + ((first + step) % size);
      if (isFree(offset)) return offset;
    }
  }
  return undefined;
}

function nodePortsOf({ spec }: Service): number[] {
  const ports = (spec.ports ?? []).map((port) => port.nodePort ?? 0);
  return [...ports, spec.healthCheckNodePort ?? 0].filter((port) => port !== 0);
}

/** Node ports under allocation: those of other Services, those the Service itself held, and those given to its ports. */
interface NodePorts {
  readonly taken: Set<number>;
  readonly held: Set<number>;
  readonly byPort: Map<number, number>;
  readonly repeated: Set<string>;
  /** A dry run looks only at what is taken, as portallocator/operation.go. */
  readonly isTrial: boolean;
}

/** The node ports of a Service: what it held may stay, a port wanted must be free, the rest is drawn. */
function allocateNodePorts(service: Service, old: Service | undefined, request: RequestContext): void {
  const { spec } = service;
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return;
  const nodePorts: NodePorts = {
    taken: new Set(otherServices(service, request).flatMap(nodePortsOf)),
    held: new Set(old ? nodePortsOf(old) : []),
    byPort: new Map(),
    repeated: new Set(),
    isTrial: request.dryRun,
  };
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!port.nodePort && !needsNodePort(spec)) continue;
    if (!old) port.nodePort ||= sharedNodePort(spec.ports ?? [], port, nodePorts);
    if (port.nodePort) claimNodePort(service, index, port, nodePorts);
    else port.nodePort = drawNodePort(nodePorts, request);
    if (old) refuseRepeated(port, nodePorts);
    // An update may repeat a port that it has just taken itself; creation may not.
    if (old) nodePorts.held.add(port.nodePort);
    else nodePorts.taken.add(port.nodePort);
    if (!nodePorts.byPort.has(port.port)) nodePorts.byPort.set(port.port, port.nodePort);
  }
  if (!needsHealthCheck(spec)) return;
  const wanted = spec.healthCheckNodePort;
  const why = wanted && !nodePorts.held.has(wanted) && problemOf(wanted, nodePorts);
  if (why) {
    const text = `failed to allocate requested HealthCheck NodePort ${wanted}: ${why}`;
    throw new StatusError('InternalError', 500, `Internal error occurred: ${text}`);
  }
  spec.healthCheckNodePort ||= drawNodePort(nodePorts, request);
}

/** An update that leads to the same node port twice is refused outright; at creation validation says so. */
function refuseRepeated({ protocol, nodePort }: ServicePort, { repeated }: NodePorts): void {
  const key = `{${protocol} ${nodePort}}`;
  if (repeated.has(key)) throw new StatusError('InternalError', 500, `duplicate nodePort: ${key}`);
  repeated.add(key);
}

/** At creation the same port over several protocols gets the same node port. */
function sharedNodePort(ports: readonly ServicePort[], { port }: ServicePort, { byPort }: NodePorts): number {
  return byPort.get(port) ?? ports.find((other) => other.port === port && other.nodePort)?.nodePort ?? 0;
}

function drawNodePort({ taken, held }: NodePorts, request: RequestContext): number {
  const isFree = (offset: number) => !taken.has(FIRST_NODE_PORT + offset) && !held.has(FIRST_NODE_PORT + offset);
  const offset = draw(NODE_PORT_COUNT, STATIC_NODE_PORTS, 0, request, isFree);
  if (offset !== undefined) return FIRST_NODE_PORT + offset;
  throw new StatusError('InternalError', 500, 'Internal error occurred: failed to allocate a nodePort: range is full');
}

/** Why a node port can't be given. */
function problemOf(port: number, { taken, isTrial }: NodePorts): string | undefined {
  const isOutside = port < FIRST_NODE_PORT || port >= FIRST_NODE_PORT + NODE_PORT_COUNT;
  if (isOutside && !isTrial) return PORT_OUTSIDE;
  return taken.has(port) ? PORT_TAKEN : undefined;
}

function claimNodePort(
  service: Service,
  index: number,
  { port, nodePort = 0 }: ServicePort,
  nodePorts: NodePorts,
): void {
  if (nodePorts.held.has(nodePort) || nodePorts.byPort.get(port) === nodePort) return;
  const why = problemOf(nodePort, nodePorts);
  if (why) throw refuse(service, invalidField(`spec.ports[${index}].nodePort`, nodePort, why));
}

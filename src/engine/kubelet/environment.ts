/**
 * The environment a container is started with, and its command with `$(NAME)` filled in. It is fixed then: a ConfigMap changed later does not
 * reach a container that runs.
 * Follows makeEnvironmentVariables and getServiceEnvVarMap in pkg/kubelet/kubelet_pods.go, pkg/kubelet/envvars,
 * third_party/forked/golang/expansion.
 */
import { decodeBase64ToBytes } from '../api/base64';
import { quantityMilli, quantityValue } from '../api/quantity';
import type { ConfigMap, Container, EnvVarSource, EphemeralContainer, Secret, Service } from '../api/types';
import type { Kubelet } from './api-writes';
import { lookUp, missingText, type Wanted } from './config-references';
import { fromFile } from './env-file';
import { capacityOf } from './node-object';
import type { PodRecord } from './records';

type Values = Readonly<Record<string, string>>;

/** Environment of a container, or what is missing for it. */
export type Environment = { readonly values: Values } | { readonly missing: string };

/** A variable's value; undefined value: it is left out. */
type Found = { readonly value: string | undefined } | { readonly missing: string };

/** Replaces `$(NAME)` where the name is known; `$$` stands for `$`. */
export function expand(text: string, valueFor: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (valueFor(name) ?? whole),
  );
}

/** A container whose command, arguments and paths in volumes have their variables filled in. */
export function expandCommand(spec: Container, environment: Values): Container {
  const valueFor = (name: string) => (Object.hasOwn(environment, name) ? environment[name] : undefined);
  const filled = (words: readonly string[]) => words.map((word) => expand(word, valueFor));
  const hasPaths = spec.volumeMounts?.some(({ subPathExpr }) => subPathExpr);
  if (!spec.command && !spec.args && !hasPaths) return spec;
  const volumeMounts = spec.volumeMounts?.map((mount) =>
    mount.subPathExpr ? { ...mount, subPath: expand(mount.subPathExpr, valueFor) } : mount,
  );
  return {
    ...spec,
    ...(hasPaths ? { volumeMounts } : {}),
    ...(spec.command ? { command: filled(spec.command) } : {}),
    ...(spec.args ? { args: filled(spec.args) } : {}),
  };
}

/** Why the paths in volumes that a container names can't be used. Follows makeMounts in pkg/kubelet/kubelet_pods.go. */
export function pathProblem(spec: Container, environment: Values): string | undefined {
  for (const { subPathExpr } of spec.volumeMounts ?? []) {
    if (!subPathExpr) continue;
    const unknown = new Set<string>();
    const subPath = expand(subPathExpr, (name) => {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (!value) unknown.add(name);
      return value ?? '';
    });
    if (unknown.size > 0) return `missing value for ${[...unknown].sort().join(', ')}`;
    if (subPath.startsWith('/')) return `error SubPath \`${subPath}\` must not be an absolute path`;
    if (subPath.split('/').includes('..')) return `unable to provision SubPath \`${subPath}\`: must not contain '..'`;
  }
  return undefined;
}

/** The variables by which a Service is found, as `docker links` had them. */
function serviceVariables(service: Service): [string, string][] {
  const host = service.spec.clusterIP ?? '';
  const name = service.metadata.name.toUpperCase().replaceAll('-', '_');
  const first = service.spec.ports?.[0];
  if (!first) return [[`${name}_SERVICE_HOST`, host]];
  const variables: [string, string][] = [
    [`${name}_SERVICE_HOST`, host],
    [`${name}_SERVICE_PORT`, String(first.port)],
  ];
  for (const port of service.spec.ports ?? []) {
    if (port.name) {
      variables.push([`${name}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`, String(port.port)]);
    }
  }
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    const url = `${protocol}://${host}:${port.port}`;
    const prefix = `${name}_PORT_${port.port}_${protocol.toUpperCase()}`;
    if (index === 0) variables.push([`${name}_PORT`, url]);
    variables.push(
      [prefix, url],
      [`${prefix}_PROTO`, protocol],
      [`${prefix}_PORT`, String(port.port)],
      [`${prefix}_ADDR`, host],
    );
  }
  return variables;
}

/** Variables in order, and the environment that they are by themselves: what most containers have is made and kept once. */
interface ServiceVariables {
  readonly byName: ReadonlyMap<string, string>;
  readonly alone: Values;
}

/** Services of the Pod's namespace, unless it wants none, and the API server's. */
function serviceEnvironment({ context }: Kubelet, record: PodRecord): ServiceVariables {
  const { namespace } = record.pod.metadata;
  const api = context.lister.get<Service>('Service', 'default', 'kubernetes');
  const own = record.pod.spec.enableServiceLinks === false ? [] : context.lister.list<Service>('Service', namespace);
  const services = [...(api ? [api] : []), ...own].filter(({ spec }) => spec.clusterIP && spec.clusterIP !== 'None');
  return context.derived.memo('variables of Services', namespace ?? '', services, () => {
    const byName = new Map(services.flatMap(serviceVariables));
    return { byName, alone: Object.fromEntries(byName) };
  });
}

/** The variables a container gets: envFrom first, then env in its order, then Services' that are not set. */
export function containerEnvironment(kubelet: Kubelet, record: PodRecord, container: Container): Environment {
  const own = new Map<string, string>();
  const missing = missingTarget(kubelet, record, container) ?? fillFrom(kubelet, record, container, own);
  if (missing !== undefined) return { missing };
  const { byName, alone } = serviceEnvironment(kubelet, record);
  for (const variable of container.env ?? []) {
    const found: Found =
      variable.valueFrom === undefined
        ? { value: expand(variable.value ?? '', (name) => own.get(name) ?? byName.get(name)) }
        : valueFrom(kubelet, record, container, variable.valueFrom);
    if ('missing' in found) return found;
    if (found.value !== undefined) own.set(variable.name, found.value);
  }
  return { values: own.size === 0 ? alone : Object.fromEntries([...byName, ...own]) };
}

/** What is said of the container whose processes an ephemeral one is to see, when that was never made. */
function missingTarget({ runtime }: Kubelet, record: PodRecord, container: Container): string | undefined {
  const { targetContainerName: target } = container as EphemeralContainer;
  const isThere = !target || runtime.listContainers(record.uid).some(({ name }) => name === target);
  return isThere ? undefined : `unable to find target container ${target}`;
}

/** Whole ConfigMaps and Secrets; returns what is missing. */
function fillFrom(
  { context }: Kubelet,
  record: PodRecord,
  container: Container,
  values: Map<string, string>,
): string | undefined {
  const namespace = record.pod.metadata.namespace ?? '';
  for (const source of container.envFrom ?? []) {
    const reference = source.configMapRef ?? source.secretRef;
    if (!reference) continue;
    const kind = source.configMapRef ? 'ConfigMap' : 'Secret';
    const wanted: Wanted = { kind, name: reference.name ?? '', optional: reference.optional ?? false };
    const data = lookUp(context.lister, namespace, wanted);
    if (!data && !wanted.optional) return missingText(namespace, wanted);
    for (const [key, value] of Object.entries(data ?? {})) {
      values.set(`${source.prefix ?? ''}${key}`, kind === 'Secret' ? decodeBase64ToBytes(value) : value);
    }
  }
  return undefined;
}

function valueFrom(kubelet: Kubelet, record: PodRecord, container: Container, source: EnvVarSource): Found {
  if (source.fieldRef) return { value: podField(kubelet, record, source.fieldRef.fieldPath) };
  if (source.resourceFieldRef) {
    const { resource, divisor, containerName } = source.resourceFieldRef;
    const other = record.pod.spec.containers.find(({ name }) => name === containerName) ?? container;
    return { value: resourceField(kubelet, other, resource, divisor) };
  }
  if (source.fileKeyRef) return fromFile(kubelet, record, source.fileKeyRef);
  const reference = source.configMapKeyRef ?? source.secretKeyRef;
  if (!reference) return { value: undefined };
  const namespace = record.pod.metadata.namespace ?? '';
  const kind = source.configMapKeyRef ? 'ConfigMap' : 'Secret';
  const { name = '', key, optional = false } = reference;
  const data: ConfigMap['data'] | Secret['data'] = lookUp(kubelet.context.lister, namespace, { kind, name, optional });
  if (!data && !optional) return { missing: missingText(namespace, { kind, name, optional }) };
  const value = data?.[key];
  if (value === undefined) {
    return optional ? { value } : { missing: missingText(namespace, { kind, name, key, optional }) };
  }
  return { value: kind === 'Secret' ? decodeBase64ToBytes(value) : value };
}

/** The value of a field of the Pod that the downward API gives. Follows pkg/fieldpath/fieldpath.go and podFieldSelectorRuntimeValue. */
export function podField({ context }: Kubelet, record: PodRecord, path: string): string {
  const { metadata, spec } = record.pod;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) {
    const values = (subscript[1] === 'labels' ? metadata.labels : metadata.annotations) ?? {};
    const name = subscript[2] as string;
    return Object.hasOwn(values, name) ? (values[name] ?? '') : '';
  }
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return mapText(metadata.labels);
    case 'metadata.annotations':
      return mapText(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return context.memory.nodeAddress;
    case 'status.podIP':
    case 'status.podIPs':
      return record.ip;
    default:
      return '';
  }
}

/** `key="value"` lines in the order of the keys. */
function mapText(values: Readonly<Record<string, string>> | undefined): string {
  const lines = Object.entries(values ?? {}).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return lines.sort().join('\n');
}

/** A request or limit in units of the divisor, rounded up; a limit that is not set is what the node has. */
export function resourceField(
  { node }: Pick<Kubelet, 'node'>,
  container: Container,
  resource: string,
  divisor: string | undefined,
): string {
  const [list, name = ''] = resource.split(/\.(.*)/);
  const { requests, limits } = container.resources ?? {};
  const amount = list === 'limits' ? (limits?.[name] ?? capacityOf(node)[name]) : requests?.[name];
  if (amount === undefined) return '0';
  const unit = divisor === undefined || divisor === '0' ? '1' : divisor;
  const isCpu = name === 'cpu';
  const value = isCpu ? quantityMilli(amount) : quantityValue(amount);
  return String(Math.ceil(value / (isCpu ? quantityMilli(unit) : quantityValue(unit))));
}

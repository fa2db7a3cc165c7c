/**
 * A new object without what the API server put into it after its sender's fields were noted: what admission plugins and strategies
 * set on creation is managed by nobody. Told by what these usually set (plugin/pkg/admission, pkg/registry/core): the ServiceAccount's
 * volume, priority and default tolerations of Pods, addresses and ports of Services, the finalizer of Namespaces.
 */
import type { KubeObject } from '../meta';

type Fields = Readonly<Record<string, unknown>>;

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const DEFAULT_TOLERATIONS = 'not-ready unreachable'.split(' ').map((key) => `node.kubernetes.io/${key}`);

function without(fields: Fields, names: string): Fields {
  const gone = new Set(names.split(' '));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !gone.has(name)));
}

/** A list without some items; the field goes with its last one. */
function filtered(fields: Fields, name: string, keep: (item: Fields) => boolean): Fields {
  const list = fields[name];
  if (!Array.isArray(list)) return fields;
  const kept = list.filter(keep);
  return kept.length > 0 ? { ...fields, [name]: kept } : without(fields, name);
}

function container(fields: Fields): Fields {
  return filtered(fields, 'volumeMounts', ({ mountPath }) => mountPath !== TOKEN_PATH);
}

function podSpec(spec: Fields): Fields {
  const { serviceAccountName, tolerations, containers } = spec;
  const isDefault = serviceAccountName === 'default';
  let own = without(spec, `priority preemptionPolicy${isDefault ? ' serviceAccountName serviceAccount' : ''}`);
  const isOwn = ({ key }: Fields): boolean => !DEFAULT_TOLERATIONS.includes(String(key));
  if (Array.isArray(tolerations) && !tolerations.some(isOwn)) own = without(own, 'tolerations');
  own = filtered(own, 'volumes', ({ name }) => !String(name).startsWith('kube-api-access-'));
  return Array.isArray(containers) ? { ...own, containers: containers.map(container) } : own;
}

function serviceSpec(spec: Fields): Fields {
  const { ports } = spec;
  const own = without(spec, 'clusterIPs ipFamilies ipFamilyPolicy healthCheckNodePort clusterIP');
  const headless = spec.clusterIP === 'None' ? { ...own, clusterIP: 'None' } : own;
  return Array.isArray(ports) ? { ...headless, ports: ports.map((port) => without(port, 'nodePort')) } : headless;
}

const SPECS: Readonly<Record<string, (spec: Fields) => Fields>> = {
  Pod: podSpec,
  Service: serviceSpec,
  Namespace: (spec) => without(spec, 'finalizers'),
};

/** See the header. */
export function beforeAdmission(object: KubeObject): KubeObject {
  const own = object.apiVersion === 'v1' ? SPECS[object.kind] : undefined;
  const { spec } = object;
  return own && spec ? { ...object, spec: own(spec as Fields) } : object;
}

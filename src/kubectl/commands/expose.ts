/** kubectl expose: makes a Service for what a Pod, workload or Service selects. Follows staging/src/k8s.io/kubectl/pkg/cmd/expose/expose.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { dryRunOf } from '../dry-run';
import { KubectlError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SAVE_CONFIG } from '../flag-sets';
import { printResult } from '../output-format';
import { OVERRIDES, overridden } from '../overrides';
import { type Info, select, standardQuery, visit } from '../selection';
import { make, parseLabelPairs } from './run';

const EXPOSABLE = ['Deployment', 'Pod', 'ReplicaSet', 'ReplicationController', 'Service'];

interface PortLike {
  readonly containerPort?: number;
  readonly port?: number;
  readonly protocol?: string;
}

interface SpecLike {
  readonly ports?: readonly PortLike[];
  readonly containers?: readonly { readonly ports?: readonly PortLike[] }[];
  readonly template?: { readonly spec?: SpecLike };
  readonly selector?: Readonly<Record<string, unknown>> & {
    readonly matchLabels?: Record<string, string>;
    readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
  };
}

function selectorOf(object: KubeObject): Record<string, string> {
  const failed = (why: string): KubectlError =>
    new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  const spec = (object.spec ?? {}) as SpecLike;
  if (object.kind === 'Pod') {
    const labels = object.metadata.labels ?? {};
    if (Object.keys(labels).length === 0) throw failed('the pod has no labels and cannot be exposed');
    return labels;
  }
  if (object.kind === 'Service') {
    if (!spec.selector) throw failed('the service has no pod selector set');
    return spec.selector as Record<string, string>;
  }
  if (object.kind === 'ReplicationController') return (spec.selector ?? {}) as Record<string, string>;
  const { matchLabels = {}, matchExpressions = [] } = spec.selector ?? {};
  if (Object.keys(matchLabels).length === 0) {
    throw failed(`invalid ${object.kind.toLowerCase()}: no selectors, therefore cannot be exposed`);
  }
  if (matchExpressions.length > 0) {
    const shown = matchExpressions.map(
      ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
    );
    throw failed(`couldn't convert expressions - "[${shown.join(' ')}]" to map-based selector format`);
  }
  return matchLabels;
}

/** Port numbers with their protocols, each number once, in order. */
function portsOf(object: KubeObject): Map<number, string[]> {
  const spec = (object.spec ?? {}) as SpecLike;
  const own = object.kind === 'Service' ? (spec.ports ?? []) : [];
  const pod = spec.template?.spec ?? spec;
  const listed = object.kind === 'Service' ? own : (pod.containers ?? []).flatMap((container) => container.ports ?? []);
  const ports = new Map<number, string[]>();
  for (const { containerPort, port, protocol = 'TCP' } of listed) {
    const number = containerPort ?? port ?? 0;
    const known = ports.get(number) ?? [];
    if (!known.includes(protocol)) ports.set(number, [...known, protocol]);
  }
  return ports;
}

function servicePorts(call: Call, object: KubeObject): Record<string, unknown>[] {
  const found = portsOf(object);
  const given = call.flags.text('port');
  const numbers = given ? given.split(',').map(portNumber) : [...found.keys()];
  const wanted = call.flags.text('protocol');
  return numbers.flatMap((port, index) => {
    const protocols = wanted ? [wanted] : (found.get(port) ?? ['TCP']);
    return protocols.map((protocol) => {
      const several = protocols.length > 1 ? `port-${index + 1}-${protocol.toLowerCase()}` : `port-${index + 1}`;
      const name = protocols.length > 1 || numbers.length > 1 ? { name: several } : {};
      return { ...name, port, protocol };
    });
  });
}

function portNumber(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function affinity(text: string): Record<string, string> {
  if (text === '') return {};
  if (text !== 'None' && text !== 'ClientIP') throw new KubectlError(`unknown session affinity: ${text}`);
  return { sessionAffinity: text };
}

function serviceFor(call: Call, info: Info): KubeObject {
  const { flags } = call;
  const object = info.object as KubeObject;
  const selectorText = flags.text('selector');
  const selector = selectorText ? parseLabelPairs(selectorText) : selectorOf(object);
  const clusterIP = flags.text('cluster-ip');
  const ports = servicePorts(call, object);
  if (ports.length === 0 && clusterIP !== 'None') {
    throw new KubectlError("couldn't find port via --port flag or introspection");
  }
  const labelText = flags.text('labels');
  const labels = labelText ? parseLabelPairs(labelText) : object.metadata.labels;
  const target = flags.text('target-port');
  const targetPort = /^[-+]?\d+$/.test(target) ? Number(target) : target;
  const type = flags.text('type');
  const loadBalancerIP = flags.text('load-balancer-ip');
  const externalIP = flags.text('external-ip');
  const hasLabels = labels && Object.keys(labels).length > 0;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: flags.text('name') || info.name.slice(0, 63), ...(hasLabels ? { labels } : {}) },
    spec: {
      ...(clusterIP ? { clusterIP } : {}),
      ...(externalIP ? { externalIPs: [externalIP] } : {}),
      ...(loadBalancerIP && type === 'LoadBalancer' ? { loadBalancerIP } : {}),
      ...(ports.length > 0
        ? { ports: ports.map((port) => ({ ...port, targetPort: target ? targetPort : port.port })) }
        : {}),
      selector,
      ...affinity(flags.text('session-affinity')),
      ...(type ? { type } : {}),
    },
    status: { loadBalancer: {} },
  };
}

function exposeOne(call: Call, info: Info): void {
  const { kind, group } = info.mapping;
  if (!EXPOSABLE.includes(kind)) throw new KubectlError(`cannot expose a ${group ? `${kind}.${group}` : kind}`);
  const dryRun = dryRunOf(call);
  printResult(call, make(call, overridden(call, serviceFor(call, info)), dryRun), 'exposed', dryRun);
}

function run(call: Call): Turn {
  const query = { ...standardQuery(call, call.args, false), labelSelector: undefined };
  visit(select(call, query), (info) => exposeOne(call, info));
  return undefined;
}

/** kubectl expose. */
export const expose: Command = {
  path: 'expose',
  use: 'expose (-f FILENAME | TYPE NAME) [--port=port] [--target-port=number-or-name] [--name=name] [--type=type]',
  flags: [
    ...FILENAME,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...SAVE_CONFIG,
    ...FIELD_MANAGER,
    flag.text('labels', 'l'),
    ...['protocol', 'port', 'type', 'load-balancer-ip', 'selector', 'target-port', 'external-ip', 'name'].map((name) =>
      flag.text(name),
    ),
    ...['session-affinity', 'cluster-ip'].map((name) => flag.text(name)),
    ...OVERRIDES,
  ],
  run,
};

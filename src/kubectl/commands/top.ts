/**
 * kubectl top pod and top node. Follows staging/src/k8s.io/kubectl/pkg/cmd/top and pkg/metricsutil.
 * Nodes that are not measured come last, by name; upstream's order is that of a Go map.
 */
import { formatDuration } from '../../engine/api/duration';
import type { MeasuredUsage, NodeMetrics, PodMetrics } from '../../engine/api/kinds/metrics';
import type { KubeObject } from '../../engine/api/meta';
import { addQuantities, quantityMilli, quantityValue } from '../../engine/api/quantity';
import { parseFieldSelector, parseLabelSelector } from '../../engine/api/selector';
import type { Node } from '../../engine/api/types';
import type { Call, Command, Flag, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { FIELD_SELECTOR, flag, SELECTOR } from '../flag-sets';
import { tableText } from '../printers/tab-writer';
import { namespaceOf } from '../selection';

const POD_METRICS = 'PodMetrics.metrics.k8s.io';
const NODE_METRICS = 'NodeMetrics.metrics.k8s.io';
const CREATION_DELAY_MS = 120_000;
const MIB = 1024 * 1024;
const NOTHING: MeasuredUsage = { cpu: '0', memory: '0' };

function sum(usages: readonly MeasuredUsage[]): MeasuredUsage {
  return usages.reduce(
    (total, { cpu, memory }) => ({ cpu: addQuantities(total.cpu, cpu), memory: addQuantities(total.memory, memory) }),
    NOTHING,
  );
}

function validate({ args, flags, command }: Call): void {
  if (args.length > 1) throw usageError(command.path, command.use?.replace('top ', '') ?? '');
  const sortBy = flags.text('sort-by');
  if (sortBy && sortBy !== 'cpu' && sortBy !== 'memory') throw new KubectlError('--sort-by accepts only cpu or memory');
  const isPod = command.path === 'top pod';
  if (args[0] && (flags.text('selector') || (isPod && flags.text('field-selector'))))
    throw new KubectlError(`only one of NAME or ${isPod ? '' : '--'}selector can be provided`);
}

/** Something with a use and a name to be listed by. */
interface Measured {
  readonly place: string;
  readonly usage: MeasuredUsage;
}

/** Sorts by use, the greatest first, or by name. */
function sorted<T extends Measured>(items: readonly T[], sortBy: string): T[] {
  const amount = ({ usage }: Measured): number =>
    sortBy === 'cpu' ? quantityMilli(usage.cpu) : sortBy === 'memory' ? quantityValue(usage.memory) : 0;
  return [...items].sort((left, right) => {
    const difference = amount(right) - amount(left);
    return difference || (left.place < right.place ? -1 : left.place > right.place ? 1 : 0);
  });
}

function cells({ cpu, memory }: MeasuredUsage): string[] {
  return [`${quantityMilli(cpu)}m`, `${Math.floor(quantityValue(memory) / MIB)}Mi`];
}

function print(call: Call, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const shown = call.flags.bool('no-headers') ? rows : [header, ...rows];
  // A tab follows each cell, the last one too.
  call.out(tableText(shown.map((row) => [...row, ''])));
}

/** A selector that can be read, or undefined for none. Throws KubectlError in the parser's words. */
function checked(text: string, parse: (text: string) => unknown): string | undefined {
  if (!text) return undefined;
  try {
    parse(text);
  } catch (error) {
    throw new KubectlError((error as Error).message);
  }
  return text;
}

function requireMetrics(call: Call): void {
  if (!call.io.client.discovery().find(POD_METRICS)) throw new KubectlError('Metrics API not available');
}

/** Why nothing is measured. Throws unless there is nothing to measure. */
function explainNothing(call: Call, namespace: string | undefined): void {
  const { io, args, flags } = call;
  const name = args[0];
  const selection = {
    namespace,
    labelSelector: flags.text('selector') || undefined,
    fieldSelector: flags.text('field-selector') || undefined,
  };
  const pods: KubeObject[] = name ? [io.client.get('Pod', namespace, name)] : io.client.list('Pod', selection);
  if (pods.length === 0) return;
  for (const { metadata } of pods) {
    const ageMs = io.nowMs - io.timeOf(metadata.creationTimestamp ?? '');
    if (ageMs <= CREATION_DELAY_MS) continue;
    const place = `${metadata.namespace}/${metadata.name}`;
    throw new KubectlError(`Metrics not available for pod ${place}, age: ${formatDuration(ageMs)}`);
  }
  throw new KubectlError('metrics not available yet');
}

function podRows(call: Call, metrics: readonly PodMetrics[]): string[][] {
  const { flags } = call;
  const sortBy = flags.text('sort-by');
  const all = flags.bool('all-namespaces');
  const listed = metrics.map((pod) => ({
    pod,
    usage: sum(pod.containers.map(({ usage }) => usage)),
    place: all ? `${pod.metadata.namespace}\u0000${pod.metadata.name}` : pod.metadata.name,
  }));
  return sorted(listed, sortBy).flatMap(({ pod, usage }) => {
    const { namespace = '', name } = pod.metadata;
    const scope = all ? [namespace] : [];
    if (!flags.bool('containers')) return [[...scope, name, ...cells(usage)]];
    const containers = pod.containers.map((container) => ({ ...container, place: container.name }));
    return sorted(containers, sortBy).map((one) => [...scope, name, one.name, ...cells(one.usage)]);
  });
}

function runPod(call: Call): Turn {
  validate(call);
  const { flags, io, args } = call;
  const namespace = flags.bool('all-namespaces') ? undefined : namespaceOf(call);
  const labelSelector = checked(flags.text('selector'), parseLabelSelector);
  const fieldSelector = checked(flags.text('field-selector'), parseFieldSelector);
  requireMetrics(call);
  const metrics: PodMetrics[] = args[0]
    ? [io.client.get(POD_METRICS, namespace, args[0])]
    : io.client.list(POD_METRICS, { namespace, labelSelector, fieldSelector });
  if (metrics.length === 0) {
    explainNothing(call, namespace);
    call.err(namespace === undefined ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`);
    return undefined;
  }
  const columns = [
    ...(flags.bool('all-namespaces') ? ['NAMESPACE'] : []),
    ...(flags.bool('containers') ? ['POD'] : []),
    ...['NAME', 'CPU(cores)', 'MEMORY(bytes)'],
  ];
  const rows = podRows(call, metrics);
  if (flags.bool('sum')) {
    const blank = columns.slice(2).map(() => '');
    const total = sum(metrics.flatMap(({ containers }) => containers.map(({ usage }) => usage)));
    rows.push([...blank, '________', '________'], [...blank.slice(1), '', ...cells(total)]);
  }
  print(call, columns, rows);
  return undefined;
}

function share(used: string, available: string | undefined): string[] {
  if (available === undefined) return [];
  const whole = quantityMilli(available);
  return [`${whole === 0 ? 0 : Math.trunc((quantityMilli(used) / whole) * 100)}%`];
}

function runNode(call: Call): Turn {
  validate(call);
  const { flags, io, args } = call;
  const labelSelector = checked(flags.text('selector'), parseLabelSelector);
  requireMetrics(call);
  const [name] = args;
  const metrics: NodeMetrics[] = name
    ? [io.client.get(NODE_METRICS, undefined, name)]
    : io.client.list(NODE_METRICS, { labelSelector });
  if (metrics.length === 0) throw new KubectlError('metrics not available yet');
  const nodes: Node[] = name ? [io.client.get('Node', undefined, name)] : io.client.list('Node', { labelSelector });
  const available = new Map(
    nodes.map(({ metadata, status }) => [
      metadata.name,
      (flags.bool('show-capacity') ? status?.capacity : status?.allocatable) ?? {},
    ]),
  );
  const listed = metrics.map((node) => ({ usage: node.usage, place: node.metadata.name }));
  const rows = sorted(listed, flags.text('sort-by')).map(({ place, usage }) => {
    const resources = available.get(place);
    const [cpu = '', memory = ''] = cells(usage);
    return [place, cpu, ...share(usage.cpu, resources?.cpu), memory, ...share(usage.memory, resources?.memory)];
  });
  const measured = new Set(listed.map(({ place }) => place));
  for (const { metadata } of nodes)
    if (!measured.has(metadata.name)) rows.push([metadata.name, ...Array<string>(4).fill('<unknown>')]);
  print(call, ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], rows);
  return undefined;
}

const SHARED: readonly Flag[] = [
  ...SELECTOR,
  flag.text('sort-by'),
  flag.bool('no-headers'),
  flag.harmless(flag.bool('use-protocol-buffers', undefined, true), 'the answer is the same in every encoding'),
  flag.idle(flag.bool('show-swap'), 'simulated nodes have no swap'),
];

/** kubectl top pod. */
export const topPod: Command = {
  path: 'top pod',
  aliases: ['top pods', 'top po'],
  use: 'top pod [NAME | -l label]',
  reads: true,
  flags: [...SHARED, ...FIELD_SELECTOR, flag.bool('containers'), flag.bool('all-namespaces', 'A'), flag.bool('sum')],
  run: runPod,
};

/** kubectl top node. */
export const topNode: Command = {
  path: 'top node',
  aliases: ['top nodes', 'top no'],
  use: 'top node [NAME | -l label]',
  reads: true,
  flags: [...SHARED, flag.bool('show-capacity')],
  run: runNode,
};

/**
 * What the Pods of a node ask for, one by one and together. Follows describeNodeResource and getPodsTotalRequestsAndLimits in
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go, and PodRequests and PodLimits of component-helpers/resource/helpers.go on quantities as text.
 */

import { since } from '../../engine/api/kinds/table';
import { isRestartableInitContainer } from '../../engine/api/pod-resources';
import { addQuantities, compareQuantities, quantityMilli, quantityValue } from '../../engine/api/quantity';
import type { Node, Pod } from '../../engine/api/types';
import type { Clock } from '../command';

type Quantities = Readonly<Record<string, string>>;
type Totals = Map<string, string>;
type Which = 'requests' | 'limits';

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

function add(totals: Totals, list: Quantities = {}): void {
  for (const [name, quantity] of Object.entries(list)) {
    const before = totals.get(name);
    totals.set(name, before === undefined ? quantity : addQuantities(before, quantity));
  }
}

function raise(totals: Totals, others: Totals): void {
  for (const [name, quantity] of others) {
    const before = totals.get(name);
    if (before === undefined || compareQuantities(quantity, before) > 0) totals.set(name, quantity);
  }
}

function containerTotals({ spec }: Pod, which: Which): Totals {
  const totals: Totals = new Map();
  for (const { resources } of spec.containers) add(totals, resources?.[which]);
  const sidecars: Totals = new Map();
  const peak: Totals = new Map();
  for (const container of spec.initContainers ?? []) {
    const list = container.resources?.[which];
    const own: Totals = new Map(sidecars);
    add(own, list);
    if (isRestartableInitContainer(container)) {
      add(totals, list);
      add(sidecars, list);
    }
    raise(peak, own);
  }
  raise(totals, peak);
  return totals;
}

function isZero(quantity: string | undefined): boolean {
  return quantity === undefined || compareQuantities(quantity, '0') === 0;
}

/** The requests or limits of a Pod, with overhead. */
function podTotals(pod: Pod, which: Which): Totals {
  const totals = containerTotals(pod, which);
  for (const [name, quantity] of Object.entries(pod.spec.resources?.[which] ?? {})) totals.set(name, quantity);
  const overhead = Object.entries(pod.spec.overhead ?? {});
  const counted = overhead.filter(([name]) => which === 'requests' || !isZero(totals.get(name)));
  add(totals, Object.fromEntries(counted));
  return totals;
}

function percent(name: string, amount: string, of: string): string {
  const measure = name === 'cpu' ? quantityMilli : quantityValue;
  const whole = measure(of);
  return whole === 0 ? '0' : String(Math.trunc((measure(amount) / whole) * 100));
}

function share(totals: Totals, name: string, allocatable: Quantities): string {
  const amount = totals.get(name) ?? '0';
  return `${amount} (${percent(name, amount, allocatable[name] ?? '0')}%)`;
}

function podRow(pod: Pod, allocatable: Quantities, clock: Clock): string {
  const requests = podTotals(pod, 'requests');
  const limits = podTotals(pod, 'limits');
  const shares = ['cpu', 'memory'].flatMap((name) => [
    share(requests, name, allocatable),
    share(limits, name, allocatable),
  ]);
  const { namespace = '', name, creationTimestamp } = pod.metadata;
  return `  ${[namespace, name, '', ...shares, since(clock, creationTimestamp)].join('\t')}\n`;
}

function totalRows(pods: readonly Pod[], allocatable: Quantities): string {
  const requests: Totals = new Map();
  const limits: Totals = new Map();
  for (const pod of pods) {
    add(requests, Object.fromEntries(podTotals(pod, 'requests')));
    add(limits, Object.fromEntries(podTotals(pod, 'limits')));
  }
  const names = Object.keys(allocatable).sort();
  const hugePages = names.filter((name) => name.startsWith('hugepages-'));
  const extended = names.filter((name) => !STANDARD.has(name) && !name.startsWith('hugepages-'));
  const shared = ['cpu', 'memory', 'ephemeral-storage', ...hugePages].map(
    (name) => `  ${name}\t${share(requests, name, allocatable)}\t${share(limits, name, allocatable)}\n`,
  );
  const counted = extended.map((name) => `  ${name}\t${requests.get(name) ?? '0'}\t${limits.get(name) ?? '0'}\n`);
  return [...shared, ...counted].join('');
}

/** `Non-terminated Pods:` and `Allocated resources:`. */
export function nodeResourceLines(node: Node, pods: readonly Pod[], clock: Clock): string {
  const { capacity = {}, allocatable = {} } = node.status ?? {};
  const available = Object.keys(allocatable).length > 0 ? allocatable : capacity;
  const titles = ['Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'];
  const rules = titles.map((title) => '-'.repeat(title.length));
  return [
    `Non-terminated Pods:\t(${pods.length} in total)\n`,
    `  ${titles.join('\t')}\n  ${rules.join('\t')}\n`,
    ...pods.map((pod) => podRow(pod, available, clock)),
    'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n',
    '  Resource\tRequests\tLimits\n  --------\t--------\t------\n',
    totalRows(pods, available),
  ].join('');
}

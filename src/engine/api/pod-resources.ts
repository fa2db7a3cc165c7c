/**
 * What a Pod asks for: the sum over its containers, or the peak of its init containers if that is more, plus overhead.
 * Follows component-helpers/resource/helpers.go (PodRequests, PodLimits) and pkg/apis/core/v1/helper/qos/qos.go.
 * Amounts are plain numbers: thousandths for cpu, whole units for everything else, each rounded up per container.
 * In-place resize is left out: a Pod's status never changes what it asks for.
 */
import { parseQuantity, quantityMilli, quantityValue } from './quantity';
import type { Container, Pod, PodSpec, ResourceRequirements } from './types';

/** Amount by resource name: cpu in thousandths, everything else in whole units. */
export type ResourceAmounts = Map<string, number>;

type Quantities = Readonly<Record<string, string>> | undefined;

/** What a container without a request counts as where zero would be unfair to the others. */
const DEFAULT_CPU_MILLI = 100;
const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

/** How requests are added up. */
export interface PodRequestsOptions {
  /** Containers that ask for no cpu or memory count as asking for a little (100m, 200MB). */
  readonly nonzero?: boolean;
  readonly excludeOverhead?: boolean;
}

/** The amount of one resource as a number: cpu in thousandths, everything else in whole units. */
export function resourceAmount(name: string, quantity: string): number {
  return name === 'cpu' ? quantityMilli(quantity) : quantityValue(quantity);
}

function addQuantities(sum: ResourceAmounts, list: Quantities): void {
  for (const name in list) sum.set(name, (sum.get(name) ?? 0) + resourceAmount(name, list[name]!));
}

function addAmounts(sum: ResourceAmounts, amounts: ResourceAmounts): void {
  for (const [name, amount] of amounts) sum.set(name, (sum.get(name) ?? 0) + amount);
}

function raiseTo(sum: ResourceAmounts, amounts: ResourceAmounts): void {
  for (const [name, amount] of amounts) {
    const current = sum.get(name);
    if (current === undefined || amount > current) sum.set(name, amount);
  }
}

type Which = 'requests' | 'limits';

function addContainer(sum: ResourceAmounts, container: Container, which: Which, nonzero: boolean): void {
  const list = container.resources?.[which];
  addQuantities(sum, list);
  if (!nonzero) return;
  if (list?.cpu === undefined) sum.set('cpu', (sum.get('cpu') ?? 0) + DEFAULT_CPU_MILLI);
  if (list?.memory === undefined) sum.set('memory', (sum.get('memory') ?? 0) + DEFAULT_MEMORY_BYTES);
}

/** Whether an init container keeps running beside the others (a sidecar). */
export function isRestartableInitContainer(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Sidecars run on beside everything after them; other init containers run alone, one at a time. */
function containersTotal(spec: PodSpec, which: Which, nonzero: boolean): ResourceAmounts {
  const total: ResourceAmounts = new Map();
  for (const container of spec.containers) addContainer(total, container, which, nonzero);
  if (!spec.initContainers) return total;
  const sidecars: ResourceAmounts = new Map();
  const peak: ResourceAmounts = new Map();
  for (const container of spec.initContainers) {
    const own: ResourceAmounts = new Map();
    addContainer(own, container, which, nonzero);
    if (isRestartableInitContainer(container)) {
      addAmounts(total, own);
      addAmounts(sidecars, own);
      raiseTo(peak, sidecars);
    } else {
      addAmounts(own, sidecars);
      raiseTo(peak, own);
    }
  }
  raiseTo(total, peak);
  return total;
}

function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** Resources given for the Pod as a whole stand instead of its containers' sum. */
function applyPodLevel(total: ResourceAmounts, list: Quantities): void {
  for (const name in list) {
    if (isPodLevelResource(name)) total.set(name, resourceAmount(name, list[name]!));
  }
}

/** What the scheduler must reserve for the Pod. */
export function podRequests(pod: { spec: PodSpec }, options: PodRequestsOptions = {}): ResourceAmounts {
  const total = containersTotal(pod.spec, 'requests', options.nonzero ?? false);
  applyPodLevel(total, pod.spec.resources?.requests);
  if (!options.excludeOverhead) addQuantities(total, pod.spec.overhead);
  return total;
}

/** What the Pod may use at most; resources without any limit are absent. */
export function podLimits(pod: { spec: PodSpec }): ResourceAmounts {
  const total = containersTotal(pod.spec, 'limits', false);
  applyPodLevel(total, pod.spec.resources?.limits);
  for (const [name, amount] of total) {
    const overhead = pod.spec.overhead?.[name];
    if (amount !== 0 && overhead !== undefined) total.set(name, amount + resourceAmount(name, overhead));
  }
  return total;
}

/** The classes by which a node under pressure chooses whom to evict first. */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

interface QosTotals {
  readonly requests: Map<string, bigint>;
  readonly limits: Map<string, bigint>;
}

function addPositive(sum: Map<string, bigint>, list: Quantities): number {
  let found = 0;
  for (const name of ['cpu', 'memory']) {
    const quantity = list?.[name];
    const nano = quantity === undefined ? 0n : parseQuantity(quantity).nano;
    if (nano <= 0n) continue;
    sum.set(name, (sum.get(name) ?? 0n) + nano);
    found++;
  }
  return found;
}

/** Adds one holder of resources; true when both cpu and memory are limited. */
function addQos(totals: QosTotals, resources: ResourceRequirements | undefined): boolean {
  addPositive(totals.requests, resources?.requests);
  return addPositive(totals.limits, resources?.limits) === 2;
}

/** The Pod's quality of service class, from its requests and limits. */
export function qosClass(pod: Pick<Pod, 'spec'>): QosClass {
  const { spec } = pod;
  const totals: QosTotals = { requests: new Map(), limits: new Map() };
  let allLimited = true;
  if (spec.resources) {
    const limited = addQos(totals, spec.resources);
    if (Object.keys(spec.resources.limits ?? {}).length > 0) allLimited = limited;
  } else {
    for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
      if (!addQos(totals, container.resources)) allLimited = false;
    }
  }
  const { requests, limits } = totals;
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const sameAmounts = [...requests].every(([name, nano]) => limits.get(name) === nano);
  return allLimited && sameAmounts && requests.size === limits.size ? 'Guaranteed' : 'Burstable';
}

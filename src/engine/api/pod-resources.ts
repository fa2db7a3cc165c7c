/**
 * What a Pod asks for: the sum over its containers, or the peak of its init containers if that is more, plus overhead.
 * Follows component-helpers/resource/helpers.go (PodRequests, PodLimits) and pkg/apis/core/v1/helper/qos/qos.go.
 * The scheduler's and the kubelet's only source of it. Amounts are plain numbers: thousandths for cpu, whole units for
 * everything else; they are added up exactly and the sum is rounded up.
 * In-place resize is left out: a Pod's status never changes what it asks for.
 */
import { parseQuantity, quantityMilli, quantityValue } from './quantity';
import type { Container, Pod, PodSpec, ResourceRequirements } from './types';

/** Amount by resource name: cpu in thousandths, everything else in whole units. */
export type ResourceAmounts = Map<string, number>;

type Quantities = Readonly<Record<string, string>> | undefined;

const NANO_PER_MILLI = 1_000_000n;
const NANO_PER_UNIT = 1_000_000_000n;

/** Billionths by resource name: sums before they are rounded. */
type Sums = Map<string, bigint>;

/** What a container without a request counts as where zero would be unfair to the others. */
const DEFAULTS: readonly (readonly [string, bigint])[] = [
  ['cpu', parseQuantity('100m').nano],
  ['memory', parseQuantity('200Mi').nano],
];

/** How requests are added up. */
export interface PodRequestsOptions {
  /** Containers that ask for no cpu or memory count as asking for a little (100m, 200MB). */
  readonly nonzero?: boolean;
  readonly excludeOverhead?: boolean;
  /** Leaves out what is given for the Pod as a whole. */
  readonly excludePodLevel?: boolean;
}

/** The amount of one resource as a number: cpu in thousandths, everything else in whole units. */
export function resourceAmount(name: string, quantity: string): number {
  return name === 'cpu' ? quantityMilli(quantity) : quantityValue(quantity);
}

function addQuantities(sums: Sums, list: Quantities): void {
  for (const name in list) sums.set(name, (sums.get(name) ?? 0n) + parseQuantity(list[name] as string).nano);
}

function addSums(sums: Sums, more: Sums): void {
  for (const [name, nano] of more) sums.set(name, (sums.get(name) ?? 0n) + nano);
}

function raiseTo(sums: Sums, others: Sums): void {
  for (const [name, nano] of others) {
    const current = sums.get(name);
    if (current === undefined || nano > current) sums.set(name, nano);
  }
}

function rounded(sums: Sums): ResourceAmounts {
  const amounts: ResourceAmounts = new Map();
  for (const [name, nano] of sums) {
    const unit = name === 'cpu' ? NANO_PER_MILLI : NANO_PER_UNIT;
    amounts.set(name, Number((nano + unit - 1n) / unit));
  }
  return amounts;
}

type Which = 'requests' | 'limits';

/** Which resources a container is taken to ask for when it does not say. */
type Missing = readonly (readonly [string, bigint])[];

const NONE_MISSING: Missing = [];

function addContainer(sums: Sums, container: Container, which: Which, missing: Missing): void {
  const list = container.resources?.[which];
  addQuantities(sums, list);
  for (const [name, nano] of missing) {
    if (list?.[name] === undefined) sums.set(name, (sums.get(name) ?? 0n) + nano);
  }
}

/** Whether an init container keeps running beside the others (a sidecar). */
export function isRestartableInitContainer(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Sidecars run on beside everything after them; other init containers run alone, one at a time. */
function containersTotal(spec: PodSpec, which: Which, missing: Missing): Sums {
  const total: Sums = new Map();
  for (const container of spec.containers) addContainer(total, container, which, missing);
  if (!spec.initContainers) return total;
  const sidecars: Sums = new Map();
  const peak: Sums = new Map();
  for (const container of spec.initContainers) {
    const own: Sums = new Map();
    addContainer(own, container, which, missing);
    if (isRestartableInitContainer(container)) {
      addSums(total, own);
      addSums(sidecars, own);
      raiseTo(peak, sidecars);
    } else {
      addSums(own, sidecars);
      raiseTo(peak, own);
    }
  }
  raiseTo(total, peak);
  return total;
}

/** Whether a Pod as a whole may ask for it. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** Resources given for the Pod as a whole stand instead of its containers' sum. */
function applyPodLevel(total: Sums, list: Quantities): void {
  for (const name in list) {
    if (isPodLevelResource(name)) total.set(name, parseQuantity(list[name] as string).nano);
  }
}

function requestSums(spec: PodSpec, options: PodRequestsOptions, missing: Missing): Sums {
  const total = containersTotal(spec, 'requests', missing);
  if (!options.excludePodLevel) applyPodLevel(total, spec.resources?.requests);
  if (!options.excludeOverhead) addQuantities(total, spec.overhead);
  return total;
}

/** Which defaults hold: where the Pod as a whole asks for something, only those of resources that nobody asks for. */
function missingOf(spec: PodSpec, options: PodRequestsOptions): Missing {
  const hasPodLevel = !options.excludePodLevel && Object.keys(spec.resources?.requests ?? {}).some(isPodLevelResource);
  if (!hasPodLevel) return DEFAULTS;
  const asked = requestSums(spec, options, NONE_MISSING);
  return DEFAULTS.filter(([name]) => !asked.has(name));
}

/** What the scheduler must reserve for the Pod. */
export function podRequests(pod: { spec: PodSpec }, options: PodRequestsOptions = {}): ResourceAmounts {
  const { spec } = pod;
  return rounded(requestSums(spec, options, options.nonzero ? missingOf(spec, options) : NONE_MISSING));
}

/** What the Pod may use at most; resources without any limit are absent. */
export function podLimits(pod: { spec: PodSpec }): ResourceAmounts {
  const total = containersTotal(pod.spec, 'limits', NONE_MISSING);
  applyPodLevel(total, pod.spec.resources?.limits);
  for (const [name, nano] of total) {
    const overhead = pod.spec.overhead?.[name];
    if (nano !== 0n && overhead !== undefined) total.set(name, nano + parseQuantity(overhead).nano);
  }
  return rounded(total);
}

/** What a container is held to: the limits of its Pod where it has none of its own. Follows GetLimits in pkg/kubelet/util/util.go. */
export function withPodLimits(
  resources: ResourceRequirements | undefined,
  podLimits: Quantities,
): ResourceRequirements | undefined {
  const inherited = ['cpu', 'memory'].flatMap((name): [string, string][] => {
    const limit = podLimits?.[name];
    return limit === undefined || quantityMilli(resources?.limits?.[name]) > 0 ? [] : [[name, limit]];
  });
  if (inherited.length === 0) return resources;
  return { ...resources, limits: { ...resources?.limits, ...Object.fromEntries(inherited) } };
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

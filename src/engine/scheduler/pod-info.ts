/**
 * What the scheduler works out about a Pod once, so that no cycle has to read its spec again: requests, host ports,
 * affinity terms. One per Pod object, shared by all who need it, never changed.
 * Follows pkg/scheduler/framework/types.go (PodInfo, AffinityTerm) and pkg/scheduler/util/utils.go (GetHostPorts).
 */
import { keyOf } from '../api/meta';
import { podRequests } from '../api/pod-resources';
import {
  type Labels,
  NO_LABELS,
  type Requirements,
  requirementsHold,
  requirementsKey,
  requirementsOfSelector,
} from '../api/requirements';
import type { Container, Pod, PodAffinityTerm, PodSpec, WeightedPodAffinityTerm } from '../api/types';
import type { Derived } from '../client/derived';
import { type NonZeroRequest, type Resource, resourceOfAmounts } from './resources';

/** A port on the host that a Pod wants for itself. */
export interface HostPort {
  /** `0.0.0.0` stands for every address. */
  readonly ip: string;
  /** `TCP/8080`. */
  readonly port: string;
}

/** A parsed podAffinity or podAntiAffinity term of some Pod. */
export interface AffinityTerm {
  /** Equal keys mean equal terms. */
  readonly key: string;
  readonly namespaces: readonly string[];
  readonly namespaceSelector: Requirements;
  readonly selector: Requirements;
  readonly topologyKey: string;
  /** Of preferred terms; 0 for required ones. */
  readonly weight: number;
}

/** What counts of a Pod once it is on a node. */
export interface PlacedPod {
  /** `namespace/name`. */
  readonly key: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly priority: number;
  readonly terminating: boolean;
  readonly requests: Resource;
  /** Requests that weigh on the scores of its node: containers without any count with defaults. */
  readonly nonZero: NonZeroRequest;
  readonly hostPorts: readonly HostPort[];
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly AffinityTerm[];
  readonly preferredAntiAffinity: readonly AffinityTerm[];
  /** What it was made from, to tell whether it still holds; a later spec may differ in what does not count here. */
  readonly madeFrom: PodSpec;
}

/** A waiting Pod: all that counts once it is placed, and its spec as it is now. */
export interface PodInfo extends PlacedPod {
  readonly spec: PodSpec;
  /** As `nonZero`, but without requests for the Pod as a whole: what NodeResourcesFit scores an arriving Pod by. */
  readonly arriving: NonZeroRequest;
}

const NO_PORTS: readonly HostPort[] = [];
const NO_TERMS: readonly AffinityTerm[] = [];

function portsOf(container: Container, into: HostPort[]): void {
  for (const port of container.ports ?? []) {
    if (!port.hostPort) continue;
    into.push({ ip: port.hostIP || '0.0.0.0', port: `${port.protocol || 'TCP'}/${port.hostPort}` });
  }
}

function hostPortsOf(pod: Pod): readonly HostPort[] {
  const ports: HostPort[] = [];
  for (const container of pod.spec.containers) portsOf(container, ports);
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') portsOf(container, ports);
  }
  return ports.length ? ports : NO_PORTS;
}

function parseTerm(namespace: string, term: PodAffinityTerm, weight: number): AffinityTerm {
  const own = !term.namespaces?.length && !term.namespaceSelector;
  const namespaces = own ? [namespace] : [...(term.namespaces ?? [])].sort();
  const namespaceSelector = requirementsOfSelector(term.namespaceSelector);
  const selector = requirementsOfSelector(term.labelSelector);
  const key = `${term.topologyKey}|${weight}|${namespaces.join(',')}|${requirementsKey(namespaceSelector)}|${requirementsKey(selector)}`;
  return { key, namespaces, namespaceSelector, selector, topologyKey: term.topologyKey, weight };
}

function requiredTerms(namespace: string, terms: readonly PodAffinityTerm[] | undefined): readonly AffinityTerm[] {
  return terms?.length ? terms.map((term) => parseTerm(namespace, term, 0)) : NO_TERMS;
}

function preferredTerms(
  namespace: string,
  terms: readonly WeightedPodAffinityTerm[] | undefined,
): readonly AffinityTerm[] {
  return terms?.length ? terms.map((term) => parseTerm(namespace, term.podAffinityTerm, term.weight)) : NO_TERMS;
}

function nonZeroRequest(pod: Pod, excludePodLevel: boolean): NonZeroRequest {
  const { milliCPU, memory } = resourceOfAmounts(podRequests(pod, { nonzero: true, excludePodLevel }));
  return { milliCPU, memory };
}

/** What a Pod takes up, and how it counts. */
type Demand = Pick<PodInfo, 'requests' | 'nonZero' | 'arriving' | 'hostPorts'>;

function demandOf(pod: Pod): Demand {
  const nonZero = nonZeroRequest(pod, false);
  return {
    requests: resourceOfAmounts(podRequests(pod)),
    nonZero,
    arriving: pod.spec.resources ? nonZeroRequest(pod, true) : nonZero,
    hostPorts: hostPortsOf(pod),
  };
}

/** Works out a Pod. */
export function newPodInfo(pod: Pod, derived: Pick<Derived, 'pure'>): PodInfo {
  const namespace = pod.metadata.namespace ?? '';
  const { affinity, containers, initContainers, overhead, resources } = pod.spec;
  const others = [initContainers, overhead, resources];
  const demand = derived.pure('demand of a Pod', containers, others, () => demandOf(pod));
  return {
    spec: pod.spec,
    madeFrom: pod.spec,
    key: keyOf(pod),
    uid: pod.metadata.uid ?? '',
    namespace,
    name: pod.metadata.name,
    labels: pod.metadata.labels ?? NO_LABELS,
    priority: pod.spec.priority ?? 0,
    terminating: pod.metadata.deletionTimestamp !== undefined,
    requests: demand.requests,
    nonZero: demand.nonZero,
    arriving: demand.arriving,
    hostPorts: demand.hostPorts,
    requiredAffinity: requiredTerms(namespace, affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    requiredAntiAffinity: requiredTerms(
      namespace,
      affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
    ),
    preferredAffinity: preferredTerms(
      namespace,
      affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution,
    ),
    preferredAntiAffinity: preferredTerms(
      namespace,
      affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution,
    ),
  };
}

function sameSpec(was: PodSpec, is: PodSpec): boolean {
  return (
    was === is ||
    (was.containers === is.containers &&
      was.initContainers === is.initContainers &&
      was.affinity === is.affinity &&
      was.overhead === is.overhead &&
      was.resources === is.resources &&
      was.priority === is.priority)
  );
}

/** Whether two versions of a Pod differ in nothing that counts once it is placed (its node and its status may). */
export function samePlaced(older: Pod, newer: Pod): boolean {
  return (
    older.metadata.labels === newer.metadata.labels &&
    older.metadata.deletionTimestamp === newer.metadata.deletionTimestamp &&
    older.metadata.uid === newer.metadata.uid &&
    sameSpec(older.spec, newer.spec)
  );
}

/** Whether what was worked out of a Pod still holds of a later version of it. */
export function stillHolds(placed: PlacedPod, pod: Pod): boolean {
  return (
    placed.labels === (pod.metadata.labels ?? NO_LABELS) &&
    placed.terminating === (pod.metadata.deletionTimestamp !== undefined) &&
    placed.uid === pod.metadata.uid &&
    sameSpec(placed.madeFrom, pod.spec)
  );
}

/** Whether a Pod is among those that a term of another Pod is about. */
export function termSelects(
  term: AffinityTerm,
  pod: Pick<PlacedPod, 'namespace' | 'labels'>,
  namespaceLabels: (namespace: string) => Labels,
): boolean {
  const inNamespace =
    term.namespaces.includes(pod.namespace) ||
    (term.namespaceSelector !== undefined && requirementsHold(term.namespaceSelector, namespaceLabels(pod.namespace)));
  return inNamespace && requirementsHold(term.selector, pod.labels);
}

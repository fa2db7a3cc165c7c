/**
 * The metrics server: what containers and nodes use, as answered under metrics.k8s.io. A sample is taken of all nodes at the beginning and then
 * every `metric-resolution`; between samples the last one is answered. Because the use of a program is known in closed form, a
 * sample is computed when somebody asks for it.
 * Follows metrics-server (pkg/storage, pkg/api). Simplified: it is there when a program of the scenario says what it uses, or when
 * `components` names it; a sample is the use at its moment, not a mean over the window before it; a node uses what its Pods use and what faults let run beside them.
 */

import { parseDuration } from './api/duration';
import type { MeasuredUsage, NodeMetrics, PodMetrics } from './api/kinds/metrics';
import { uidOnNode } from './api/pod';
import { formatQuantity, quantityMilli } from './api/quantity';
import type { Node, Pod } from './api/types';
import { METRICS_SERVER } from './client/environment';
import { dialFailure } from './kubelet-servers';
import { machineName, machineOf } from './machine/machine';
import type { MachineMemory, Surroundings } from './machine/records';
import { MachineRuntime } from './machine/runtime-service';
import { shareCpu } from './measures/cpu-shares';
import { meanBefore, type Series } from './measures/series';
import type { Usage } from './measures/usage';
import type { MeteredCluster, MetricsServer } from './runtime/metrics';
import type { SimulationConfig } from './simulation';
import type { TrafficMemory } from './traffic/record';
import { trafficName } from './traffic/traffic';

const FIRST_SAMPLE_MS = 100;
const DEFAULT_RESOLUTION_MS = 5000;
const WINDOW_SECONDS = 10;
const WINDOW = `${WINDOW_SECONDS}s`;
/** Memory is used in whole pages. */
const PAGE_BYTES = 4096;
const API_VERSION = 'metrics.k8s.io/v1beta1';

/** Whether the cluster of a scenario has one. */
export function hasMetricsServer({ programs, components }: SimulationConfig): boolean {
  return components[METRICS_SERVER] !== undefined || programs.some(({ usage }) => usage !== undefined);
}

function resolutionOf({ components }: SimulationConfig): number {
  const parsed = parseDuration(String(components[METRICS_SERVER]?.['metric-resolution'] ?? ''));
  return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : DEFAULT_RESOLUTION_MS;
}

function quantities({ cpuMilli, memoryBytes }: Usage): MeasuredUsage {
  return {
    cpu: formatQuantity({ nano: BigInt(Math.round(cpuMilli * 1e6)), format: 'DecimalSI' }),
    memory: formatQuantity({
      nano: BigInt(memoryBytes - (memoryBytes % PAGE_BYTES)) * 1_000_000_000n,
      format: 'BinarySI',
    }),
  };
}

/** What each container of a Pod used that ran at a moment, by name. */
type Sample = ReadonlyMap<string, Usage>;

/** Whether the kubelet of a node can be asked. */
const answers = (node: string, { environment }: MeteredCluster): boolean =>
  dialFailure(node, environment) === undefined;

/** What was counted of the containers that were reached, and over how many seconds its mean is taken: programs send now and then. */
type Sent = readonly { readonly counts: ReadonlyMap<string, Series>; readonly seconds: number }[];

function sentBy({ traffic = [] }: SimulationConfig, { contextOf, list }: MeteredCluster): Sent {
  const sources = traffic.map(({ name }) => {
    const { byContainer } = (contextOf(trafficName(name))?.memory ?? {}) as Partial<TrafficMemory>;
    return { counts: byContainer, seconds: 1 };
  });
  const nodes = list<Node>('Node').map(({ metadata: { name } }) => {
    const { sent } = (contextOf(machineName(name))?.memory ?? {}) as Partial<MachineMemory>;
    return { counts: sent, seconds: WINDOW_SECONDS };
  });
  return [...sources, ...nodes].flatMap(({ counts, seconds }) => (counts?.size ? [{ counts, seconds }] : []));
}

/** How many requests a second reached a container before a moment. */
function requestsOf(id: string, atMs: number, sent: Sent): number {
  return sent.reduce((sum, { counts, seconds }) => {
    const series = counts.get(id);
    return series ? sum + meanBefore(series, Math.floor(atMs / 1000), seconds) : sum;
  }, 0);
}

/** What a node uses: its Pods, and what runs beside them. */
function withOutside(pods: Usage | undefined, node: string, { contextOf }: MeteredCluster): Usage {
  const { cpuMilli = 0, memoryBytes = 0 } = pods ?? {};
  const { load } = (contextOf(machineName(node))?.memory ?? {}) as Partial<MachineMemory>;
  return { cpuMilli, memoryBytes: memoryBytes + (load?.outside.memoryBytes ?? 0) };
}

/** Samples in which the containers of a Pod together get no more CPU than it is limited to. */
function withinPods(samples: readonly [Pod, Sample][]): readonly [Pod, Sample][] {
  const cut = new Map<Pod, Sample>();
  for (const each of samples) {
    const { spec, status } = each[0];
    // A resize that still waits for room has no effect yet.
    const limitMilli = quantityMilli(spec.resources?.limits?.cpu && status.resources?.limits?.cpu);
    if (limitMilli > 0 && wantedMilli([each]) > limitMilli) cutDown([each], limitMilli, cut);
  }
  return withCuts(samples, cut);
}

const withCuts = (samples: readonly [Pod, Sample][], cut: ReadonlyMap<Pod, Sample>): readonly [Pod, Sample][] =>
  cut.size === 0 ? samples : samples.map(([pod, sample]) => [pod, cut.get(pod) ?? sample]);

/** Samples in which containers of a node together get no more CPU than it has. */
function sharedCpu(samples: readonly [Pod, Sample][], { contextOf }: MeteredCluster): readonly [Pod, Sample][] {
  const byNode = new Map<string, [Pod, Sample][]>();
  for (const each of samples) {
    const node = each[0].spec.nodeName ?? '';
    const own = byNode.get(node);
    if (own) own.push(each);
    else byNode.set(node, [each]);
  }
  const cut = new Map<Pod, Sample>();
  for (const [node, own] of byNode) {
    const { capacity } = (contextOf(machineName(node))?.memory ?? {}) as Partial<MachineMemory>;
    if (capacity && wantedMilli(own) > capacity.cpuMilli) cutDown(own, capacity.cpuMilli, cut);
  }
  return withCuts(samples, cut);
}

function wantedMilli(samples: readonly [Pod, Sample][]): number {
  let sum = 0;
  for (const [, sample] of samples) for (const { cpuMilli } of sample.values()) sum += cpuMilli;
  return sum;
}

/** What Pods get of CPU that is not enough for all their containers. */
function cutDown(samples: readonly [Pod, Sample][], capacityMilli: number, cut: Map<Pod, Sample>): void {
  const wanting = samples.flatMap(([{ spec }, sample]) =>
    [...sample].map(([name, { cpuMilli }]) => {
      const container = [...spec.containers, ...(spec.initContainers ?? [])].find((one) => one.name === name);
      return { wantsMilli: cpuMilli, requestMilli: quantityMilli(container?.resources?.requests?.cpu) };
    }),
  );
  const given = shareCpu(wanting, capacityMilli).values();
  for (const [pod, sample] of samples) {
    const own = [...sample].map(([name, usage]): [string, Usage] => {
      return [name, { ...usage, cpuMilli: given.next().value ?? usage.cpuMilli }];
    });
    cut.set(pod, new Map(own));
  }
}

/** Makes the server of a cluster. */
export function createMetricsServer(config: SimulationConfig, surroundings: Surroundings): MetricsServer {
  const resolutionMs = resolutionOf(config);

  const sampleOf = (pod: Pod, atMs: number, cluster: MeteredCluster, sent: Sent): Sample => {
    const node = pod.spec.nodeName ?? '';
    const context = node && answers(node, cluster) ? cluster.contextOf(machineName(node)) : undefined;
    const sample = new Map<string, Usage>();
    if (!context) return sample;
    const runtime = new MachineRuntime(machineOf(context, node, config.programs, surroundings));
    for (const { id, name } of runtime.listContainers(uidOnNode(pod))) {
      const usage = runtime.containerStats(id, atMs, requestsOf(id, atMs, sent));
      if (usage) sample.set(name, usage);
    }
    return sample;
  };

  const samplesOf = (cluster: MeteredCluster, atMs: number): readonly [Pod, Sample][] => {
    const sent = sentBy(config, cluster);
    const samples = cluster.list<Pod>('Pod').map((pod): [Pod, Sample] => [pod, sampleOf(pod, atMs, cluster, sent)]);
    return sharedCpu(withinPods(samples), cluster);
  };

  const podMetrics = (cluster: MeteredCluster, atMs: number): PodMetrics[] =>
    samplesOf(cluster, atMs).flatMap(([pod, sample]) => {
      if (sample.size === 0) return [];
      const { name, namespace, labels } = pod.metadata;
      return {
        apiVersion: API_VERSION,
        kind: 'PodMetrics',
        metadata: {
          name,
          namespace,
          ...(labels ? { labels } : {}),
          creationTimestamp: cluster.timestamp(cluster.nowMs),
        },
        timestamp: cluster.timestamp(atMs),
        window: WINDOW,
        containers: [...sample].map(([container, usage]) => ({ name: container, usage: quantities(usage) })),
      };
    });

  const nodeMetrics = (cluster: MeteredCluster, atMs: number): NodeMetrics[] => {
    const totals = new Map<string, Usage>();
    for (const [pod, sample] of samplesOf(cluster, atMs)) {
      for (const { cpuMilli, memoryBytes } of sample.values()) {
        const sum = totals.get(pod.spec.nodeName ?? '') ?? { cpuMilli: 0, memoryBytes: 0 };
        totals.set(pod.spec.nodeName ?? '', {
          cpuMilli: sum.cpuMilli + cpuMilli,
          memoryBytes: sum.memoryBytes + memoryBytes,
        });
      }
    }
    return cluster.list<Node>('Node').flatMap(({ metadata: { name, labels } }) => {
      if (!answers(name, cluster)) return [];
      return {
        apiVersion: API_VERSION,
        kind: 'NodeMetrics',
        metadata: { name, ...(labels ? { labels } : {}), creationTimestamp: cluster.timestamp(cluster.nowMs) },
        timestamp: cluster.timestamp(atMs),
        window: WINDOW,
        usage: quantities(withOutside(totals.get(name), name, cluster)),
      };
    });
  };

  return (kind, cluster) => {
    const atMs = FIRST_SAMPLE_MS + Math.floor((cluster.nowMs - FIRST_SAMPLE_MS) / resolutionMs) * resolutionMs;
    return atMs < FIRST_SAMPLE_MS ? [] : (kind.startsWith('Pod') ? podMetrics : nodeMetrics)(cluster, atMs);
  };
}

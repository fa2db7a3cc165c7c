/**
 * Wires all rooms into a running simulation: the composition root of the engine. People's actions come from outside
 * (`src/kubectl/user.ts` is a component too), so the engine imports nothing that it doesn't simulate.
 */

import { flagText } from './api/flag-text';
import { Kept } from './api/kept';
import type { Component, Context } from './client/component';
import { type DerivedTrial, PureResults } from './client/derived';
import { METRICS_SERVER } from './client/environment';
import { controllersFor } from './controllers/registry';
import { CSI_DRIVERS } from './controllers/volume/csi-driver';
import { createFaultComponent, type FaultTargets } from './fault';
import { marksOf } from './kubelet/eviction/marks';
import { createKubelet } from './kubelet/kubelet';
import { machineCapacity, manifestFiles } from './kubelet/node-object';
import { type NodePlace, nodePlaces, placesWith, reservedBlocks } from './kubelet/node-places';
import { kubeletServers } from './kubelet-servers';
import { createLeaderElection, firstLeases, LEADERS, leadersOf } from './leader-election';
import { createMachine, machineName, machineOf } from './machine/machine';
import { NETWORK_READS } from './machine/network-face';
import type { Surroundings } from './machine/records';
import { MachineRuntime } from './machine/runtime-service';
import { sharedStorage } from './machine/shared-storage';
import { createMetricsServer, hasMetricsServer } from './metrics-server';
import { type Attendants, attendantsOf } from './network/attendance';
import { CLOUD, cloudServiceController } from './network/cloud/service-controller';
import { clusterDns } from './network/dns/cluster-dns';
import { CONTROLLER_KINDS, createIngressController, INGRESS_CONTROLLER } from './network/ingress/controller';
import { type NetworkPlan, networkPlan } from './network/plan';
import { networkOfPods } from './network/pod-network';
import { NETWORK_PLUGIN, networkPlugin } from './network/policy/network-plugin';
import { createKubeProxy } from './network/proxy/kube-proxy';
import type { NetworkRequest } from './network/request';
import { sendRequest } from './network/send-request';
import { bootstrapComponent } from './runtime/bootstrap';
import { Branch } from './runtime/branch';
import type { ClusterSetup } from './runtime/cluster';
import { createFoundation } from './runtime/foundation';
import { scheduler } from './scheduler/scheduler';
import type { NodeConfig, Simulation, SimulationConfig } from './simulation';
import { createTraffic } from './traffic/traffic';

/** What may be changed about the composition, mostly by tests. */
export interface CompositionOptions {
  /** Components beside the cluster's own, e.g. the user; one with a known name replaces that one. */
  readonly components?: readonly Component[];
  /** Names of components to leave out. */
  readonly without?: readonly string[];
  /** Freeze every stored object deeply (slower; catches mutation). */
  readonly freeze?: boolean;
  /** Checkpoints every so many steps, whatever they cost (default: when it pays). */
  readonly stepsPerCheckpoint?: number;
  /** Restores every checkpoint in place and goes on from it, as a fork would (slow); the run must stay the same. */
  readonly restoreAtCheckpoints?: boolean;
  /** `verify`: every delivery compares each cache with the lister (slow); `drop`: every delivery drops all caches. */
  readonly derivedTrial?: DerivedTrial;
}

/** What faults can befall. */
function faultTargets(
  nodes: readonly NodeConfig[],
  components: readonly Component[],
  config: SimulationConfig,
): FaultTargets {
  const places = new Map<string, Set<string>>([
    ['kube-apiserver', new Set()],
    ['etcd', new Set()],
    ...(hasMetricsServer(config) ? ([[METRICS_SERVER, new Set<string>()]] as const) : []),
  ]);
  for (const { name, process, node } of components) {
    for (const known of [name, process]) {
      const nodes = places.get(known) ?? new Set();
      places.set(known, node === undefined ? nodes : nodes.add(node));
    }
  }
  return { nodes: new Set(nodes.map(({ name }) => name)), components: places, leaders: leadersOf(config) };
}

/** The sources of requests, which ask the network what becomes of each. */
function trafficSources({ traffic = [] }: SimulationConfig, plan: NetworkPlan): readonly Component[] {
  const send = (context: Context, request: NetworkRequest) => sendRequest({ plan, context }, request);
  const attend = (context: Context, who: Attendants) => attendantsOf({ plan, context }, who);
  return traffic.map((source) => createTraffic(source, { send, attend }, NETWORK_READS));
}

/** What a node has, and how much of it its kubelet wants to be left. */
function roomOf(node: NodeConfig, { components }: SimulationConfig) {
  const capacity = machineCapacity(node);
  const flags = components.kubelet ?? {};
  return { capacity, marks: marksOf((name) => flagText(flags[name]), capacity) };
}

/** Where the nodes of a scenario are in the network. */
export function planOf(nodes: SimulationConfig['nodes'], places = nodePlaces(nodes)): NetworkPlan {
  return networkPlan(
    nodes.map((node) => ({
      ...(places.get(node.name) as NodePlace),
      name: node.name,
      joinsAtMs: node.joinsAtMs ?? 0,
    })),
  );
}

/** The machines of a cluster, and where they are. Those from a place in the list on were added while it ran. */
interface Machines {
  readonly nodes: readonly NodeConfig[];
  readonly places: ReadonlyMap<string, NodePlace>;
  readonly addedFrom: number;
}

/** What has caches or a past of its own whatever the composition. */
type Lasting = Pick<ClusterSetup, 'foundation' | 'pureResults' | 'kept'>;

/** The parts of the cluster: those of machines that were added stand last, machine by machine (runtime/joining.ts). */
function componentsOf(
  config: SimulationConfig,
  options: CompositionOptions,
  { nodes, places, addedFrom }: Machines,
  { plan, surroundings }: { readonly plan: NetworkPlan; readonly surroundings: Surroundings },
): readonly Component[] {
  const { programs } = config;
  const machines = nodes.map((node) =>
    createMachine(node.name, programs, surroundings, roomOf(node, config), manifestFiles(node)),
  );
  const kubelets = nodes.map((node) =>
    createKubelet(
      node,
      places.get(node.name) as NodePlace,
      machineName(node.name),
      (machine) => new MachineRuntime(machineOf(machine, node.name, programs, surroundings)),
    ),
  );
  const proxies = nodes.map(({ name }) => createKubeProxy(name, machineName(name)));
  const cluster = [
    ...controllersFor(reservedBlocks(places)),
    ...CSI_DRIVERS,
    scheduler,
    ...LEADERS.map(createLeaderElection),
    ...kubelets,
    ...proxies,
    clusterDns,
    ...(flagText(config.components[NETWORK_PLUGIN]?.['enforces-network-policy']) === 'true' ? [networkPlugin] : []),
    ...(config.components[CLOUD] === undefined ? [] : [cloudServiceController]),
    ...CONTROLLER_KINDS.map((kind) => createIngressController(kind, config.components[INGRESS_CONTROLLER])),
  ] as readonly Component[];
  const fault = createFaultComponent(faultTargets(nodes, cluster, config));
  const traffic = trafficSources(config, plan);
  const own = [bootstrapComponent, ...cluster, sharedStorage as unknown as Component, ...machines, ...traffic, fault];
  const extra = options.components ?? [];
  const replaced = new Set([...extra.map((component) => component.name), ...(options.without ?? [])]);
  const all = [...own.filter((component) => !replaced.has(component.name)), ...extra];
  const added = nodes.slice(addedFrom).map(({ name }) => all.filter(({ node }) => node === name));
  const late = new Set(added.flat());
  return [...all.filter((component) => !late.has(component)), ...late];
}

function setupOf(
  config: SimulationConfig,
  options: CompositionOptions,
  machines: Machines,
  lasting: Lasting,
): ClusterSetup {
  const { nodes, places } = machines;
  const plan = planOf(nodes, places);
  const surroundings = { networkOf: networkOfPods(plan) };
  return {
    ...lasting,
    config,
    components: componentsOf(config, options, machines, { plan, surroundings }),
    freeze: options.freeze ?? false,
    stepsPerCheckpoint: options.stepsPerCheckpoint,
    restoreAtCheckpoints: options.restoreAtCheckpoints,
    derivedTrial: options.derivedTrial,
    kubelets: kubeletServers(config, surroundings),
    metricsServer: hasMetricsServer(config) ? createMetricsServer(config, surroundings) : undefined,
    withNode: (machine, known) => {
      const more = { ...machines, nodes: [...nodes, machine], places: placesWith(places, machine, known) };
      return setupOf(config, options, more, lasting);
    },
  };
}

/** Starts a branch at time 0. Same config and components, same steps, byte for byte. */
export function createSimulation(config: SimulationConfig, options: CompositionOptions = {}): Simulation {
  const { nodes } = config;
  const machines = { nodes, places: nodePlaces(nodes), addedFrom: nodes.length };
  const foundation = createFoundation(config.startTime, firstLeases(config), hasMetricsServer(config));
  return new Branch(
    setupOf(config, options, machines, { foundation, pureResults: new PureResults(), kept: new Kept() }),
  );
}

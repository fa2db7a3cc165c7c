/**
 * Wires all rooms into a running simulation: the composition root of the engine. People's actions come from outside
 * (`src/kubectl/user.ts` is a component too), so the engine imports nothing that it doesn't simulate.
 */

import { flagText } from './api/flag-text';
import { Kept } from './api/kept';
import type { Component, Context } from './client/component';
import { type DerivedTrial, PureResults } from './client/derived';
import { controllersFor } from './controllers/registry';
import { CSI_DRIVERS } from './controllers/volume/csi-driver';
import { createFaultComponent, type FaultTargets } from './fault';
import { marksOf } from './kubelet/eviction/marks';
import { createKubelet } from './kubelet/kubelet';
import { machineCapacity, manifestFiles } from './kubelet/node-object';
import { type NodePlace, nodePlaces, reservedBlocks } from './kubelet/node-places';
import { kubeletServers } from './kubelet-servers';
import { createMachine, machineName, machineOf } from './machine/machine';
import { NETWORK_READS } from './machine/network-face';
import { MachineRuntime } from './machine/runtime-service';
import { sharedStorage } from './machine/shared-storage';
import { createMetricsServer, hasMetricsServer } from './metrics-server';
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
function faultTargets(config: SimulationConfig, components: readonly Component[]): FaultTargets {
  const places = new Map<string, Set<string>>([
    ['kube-apiserver', new Set()],
    ['etcd', new Set()],
  ]);
  for (const { name, process, node } of components) {
    for (const known of [name, process]) {
      const nodes = places.get(known) ?? new Set();
      places.set(known, node === undefined ? nodes : nodes.add(node));
    }
  }
  return { nodes: new Set(config.nodes.map(({ name }) => name)), components: places };
}

/** The sources of requests, which ask the network what becomes of each. */
function trafficSources({ traffic = [] }: SimulationConfig, plan: NetworkPlan): readonly Component[] {
  const send = (context: Context, request: NetworkRequest) => sendRequest({ plan, context }, request);
  return traffic.map((source) => createTraffic(source, send, NETWORK_READS));
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

/** Starts a branch at time 0. Same config and components, same steps, byte for byte. */
export function createSimulation(config: SimulationConfig, options: CompositionOptions = {}): Simulation {
  const { programs } = config;
  const places = nodePlaces(config.nodes);
  const plan = planOf(config.nodes, places);
  const surroundings = { networkOf: networkOfPods(plan) };
  const machines = config.nodes.map((node) =>
    createMachine(node.name, programs, surroundings, roomOf(node, config), manifestFiles(node)),
  );
  const kubelets = config.nodes.map((node) =>
    createKubelet(
      node,
      places.get(node.name) as NodePlace,
      machineName(node.name),
      (machine) => new MachineRuntime(machineOf(machine, node.name, programs, surroundings)),
    ),
  );
  const proxies = config.nodes.map(({ name }) => createKubeProxy(name, machineName(name)));
  const cluster = [
    ...controllersFor(reservedBlocks(places)),
    ...CSI_DRIVERS,
    scheduler,
    ...kubelets,
    ...proxies,
    clusterDns,
    ...(flagText(config.components[NETWORK_PLUGIN]?.['enforces-network-policy']) === 'true' ? [networkPlugin] : []),
    ...(config.components[CLOUD] === undefined ? [] : [cloudServiceController]),
    ...CONTROLLER_KINDS.map((kind) => createIngressController(kind, config.components[INGRESS_CONTROLLER])),
  ] as readonly Component[];
  const fault = createFaultComponent(faultTargets(config, cluster));
  const traffic = trafficSources(config, plan);
  const own = [bootstrapComponent, ...cluster, sharedStorage as unknown as Component, ...machines, ...traffic, fault];
  const extra = options.components ?? [];
  const replaced = new Set([...extra.map((component) => component.name), ...(options.without ?? [])]);
  const components = [...own.filter((component) => !replaced.has(component.name)), ...extra];
  return new Branch({
    config,
    components,
    freeze: options.freeze ?? false,
    stepsPerCheckpoint: options.stepsPerCheckpoint,
    restoreAtCheckpoints: options.restoreAtCheckpoints,
    derivedTrial: options.derivedTrial,
    pureResults: new PureResults(),
    kept: new Kept(),
    kubelets: kubeletServers(config, surroundings),
    metricsServer: hasMetricsServer(config) ? createMetricsServer(config, surroundings) : undefined,
  });
}

/**
 * Which endpoints of a Service a node sends to. Pure.
 * Follows pkg/proxy/topology.go (CategorizeEndpoints) and serviceport.go.
 */
import type { Endpoint } from '../../api/types';

/** What decides about endpoints beside themselves. */
export interface Viewpoint {
  readonly node: string;
  /** Empty when it has no zone. */
  readonly zone: string;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** It has a node port, a load balancer's or other external addresses. */
  readonly isExternal: boolean;
}

/** The endpoints by what leads to them. */
export interface Categories<E> {
  readonly cluster: readonly E[];
  readonly local: readonly E[];
  /** Some can be reached from anywhere in the cluster. */
  readonly hasAny: boolean;
}

type Conditioned = Pick<Endpoint, 'conditions' | 'hints' | 'nodeName'>;

/** Unset conditions count as ready and serving. */
export const isReady = ({ conditions }: Conditioned): boolean => conditions?.ready !== false;

/** Serves still while it ends: the last resort. */
export const isServingTerminating = ({ conditions }: Conditioned): boolean =>
  conditions?.serving !== false && conditions?.terminating === true && conditions?.ready === false;

type Topology = 'node' | 'zone' | undefined;

function topologyOf(endpoints: readonly Conditioned[], { node, zone }: Viewpoint): Topology {
  const ready = endpoints.filter(isReady);
  if (ready.length === 0) return undefined;
  const nodesOf = ({ hints }: Conditioned) => hints?.forNodes ?? [];
  const zonesOf = ({ hints }: Conditioned) => hints?.forZones ?? [];
  const isHere = ({ name }: { readonly name: string }) => name === node;
  if (ready.every((one) => nodesOf(one).length > 0) && ready.some((one) => nodesOf(one).some(isHere))) return 'node';
  const isInZone = ({ name }: { readonly name: string }) => name === zone;
  if (ready.every((one) => zonesOf(one).length > 0) && ready.some((one) => zonesOf(one).some(isInZone))) return 'zone';
  return undefined;
}

function fits({ hints }: Conditioned, topology: Topology, { node, zone }: Viewpoint): boolean {
  if (topology === undefined) return true;
  const wanted = topology === 'node' ? node : zone;
  return ((topology === 'node' ? hints?.forNodes : hints?.forZones) ?? []).some(({ name }) => name === wanted);
}

/** See the header. */
export function categorize<E extends Conditioned>(endpoints: readonly E[], view: Viewpoint): Categories<E> {
  const usesCluster = !view.internalLocal || view.isExternal;
  const usesLocal = view.internalLocal || (view.externalLocal && view.isExternal);
  let cluster: readonly E[] = [];
  if (usesCluster) {
    const topology = topologyOf(endpoints, view);
    cluster = endpoints.filter((one) => isReady(one) && fits(one, topology, view));
    if (cluster.length === 0) cluster = endpoints.filter(isServingTerminating);
  }
  if (!usesLocal) return { cluster, local: [], hasAny: cluster.length > 0 };
  const here = endpoints.filter(({ nodeName }) => nodeName === view.node);
  const ready = here.filter(isReady);
  const local = ready.length > 0 ? ready : here.filter(isServingTerminating);
  return {
    cluster,
    local,
    hasAny: cluster.length > 0 || endpoints.some((one) => isReady(one) || isServingTerminating(one)),
  };
}

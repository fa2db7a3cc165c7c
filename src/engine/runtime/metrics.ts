/** How the API server asks those that it passes requests on to, a metrics server and kubelets, and what they see of the cluster. */
import type { KubeObject } from '../api/meta';
import type { KubeletDial } from '../api/pod-streams';
import { formatTimestamp } from '../api/timestamp';
import type { ApiServerHost } from '../apiserver/exchange';
import type { Context } from '../client/component';
import { type Environment, isMetricsServerDown } from '../client/environment';
import type { World } from './world';

/** What a metrics server looks at. */
export interface MeteredCluster {
  readonly nowMs: number;
  readonly environment: Environment;
  /** Stored objects of a kind, in key order. */
  list<T extends KubeObject>(kind: string): readonly T[];
  /** What a component sees. */
  contextOf(actor: string): Context | undefined;
  /** metav1.Time of a virtual ms. */
  timestamp(ms: number): string;
}

/** The way to a node's kubelet. */
export type Kubelets = (node: string, cluster: MeteredCluster) => KubeletDial;

/** What is measured now of a kind that is not stored, in key order. */
export type MetricsServer = (kind: string, cluster: MeteredCluster) => readonly KubeObject[];

/** The cluster as those see it that the API server passes requests on to. */
export function meteredCluster({ environment, nowMs, contextOf, store, startUnixMs }: World): MeteredCluster {
  const list = <T extends KubeObject>(stored: string) => store.list(stored) as T[];
  const timestamp = (ms: number) => formatTimestamp(startUnixMs + ms);
  return { nowMs, environment, list, contextOf, timestamp };
}

/** The answers for kinds that are measured, and whether there are any now; nothing without a server. */
export function answersOf(
  server: MetricsServer | undefined,
  world: () => World,
): Pick<ApiServerHost, 'measured' | 'metrics'> {
  if (!server) return {};
  return {
    measured: (kind) => server(kind, meteredCluster(world())),
    metrics: () => (isMetricsServerDown(world().environment) ? 'down' : 'up'),
  };
}

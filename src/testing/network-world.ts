/** A test cluster that sends requests over its network. */
import type { Pod } from '../engine/api/types';
import type { Component, Context } from '../engine/client/component';
import { planOf } from '../engine/create-simulation';
import { NETWORK_READS } from '../engine/machine/network-face';
import type { NetworkRequest, RequestOutcome, RequestSource } from '../engine/network/request';
import { sendRequest } from '../engine/network/send-request';
import { createWorld, type World, type WorldOptions } from './world';

/** See the header. */
export interface NetworkWorld extends World {
  /** Sends a request now, from outside to port 80 unless it is said otherwise. */
  send(request: Partial<NetworkRequest>): RequestOutcome;
  /** A Pod of the default namespace as a source. */
  pod(name: string): RequestSource;
}

const DEFAULTS = {
  source: { kind: 'outside' },
  scheme: 'http',
  host: 'node-1',
  port: 80,
  method: 'GET',
  path: '/',
  headers: {},
  timeoutMs: 1000,
  client: '203.0.113.1',
  draw: 0,
} as const;

/** Makes one; its sender is a component of its own. */
export function createNetworkWorld(options: WorldOptions = {}): NetworkWorld {
  let sender: Context | undefined;
  const component: Component = {
    name: 'test-sender',
    process: 'test-sender',
    reads: NETWORK_READS,
    watches: [],
    initial: () => ({}),
    start: (context) => {
      sender = context;
    },
    handle: () => undefined,
  };
  const world = createWorld({ ...options, components: [...(options.components ?? []), component] });
  const plan = planOf(world.simulation.config.nodes);
  return {
    ...world,
    send: (request) => {
      const context = sender as Context;
      return sendRequest({ plan, context }, { ...DEFAULTS, atMs: context.nowMs, ...request });
    },
    pod: (name) => ({ kind: 'pod', uid: world.get<Pod>('Pod', 'default', name).metadata.uid ?? '' }),
  };
}

/**
 * A small cluster for tests: the real engine with the real API server, frozen objects, and the few questions tests ask.
 * It is for assertions on the world, not on calls.
 */
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Client } from '../engine/client/client';
import type { Component } from '../engine/client/component';
import type { DerivedTrial } from '../engine/client/derived';
import { createSimulation } from '../engine/create-simulation';
import type { NodeConfig, ProgramConfig, Simulation, TimedInput } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';

/** What a test cluster is made of. Everything is optional: three nodes, no manifests. */
export interface WorldOptions {
  readonly seed?: number;
  readonly nodes?: readonly NodeConfig[] | number;
  readonly programs?: readonly ProgramConfig[];
  /** Applied at time 0 in order: YAML text or objects. */
  readonly documents?: string | readonly KubeObject[];
  readonly inputs?: readonly TimedInput[];
  readonly flags?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Components to add, or to put in place of those with the same name. */
  readonly components?: readonly Component[];
  /** Names of the cluster's components to leave out. */
  readonly without?: readonly string[];
  /** Compares all caches after each delivery (the default), or `drop`s them before each, or neither (large worlds). */
  readonly derivedTrial?: DerivedTrial;
  /** Checkpoints every so many steps, so that forks begin in the midst of things. */
  readonly stepsPerCheckpoint?: number;
}

/** A running test cluster. */
export interface World {
  readonly simulation: Simulation;
  /** Writes as `user`, right now: each call is one step. */
  readonly client: Pick<Client, 'create' | 'update' | 'updateStatus' | 'patch' | 'delete' | 'scale' | 'evict' | 'bind'>;
  runFor(ms: number): void;
  runUntil(ms: number): void;
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T;
  find<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
  list<T extends KubeObject>(kind: string, namespace?: string): T[];
  events(): KubeObject[];
  steps(): readonly TraceStep[];
}

interface TestCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Test clients call the API server through a component of their own, so that each call is a step like any other. */
function createCaller(): { component: Component; results: { value?: unknown; error?: unknown } } {
  const results: { value?: unknown; error?: unknown } = {};
  const component: Component = {
    name: 'test-user',
    process: 'user',
    watches: [],
    initial: () => ({}),
    handle: (context, timer) => {
      const { method, args } = context.input(timer.key).payload as TestCall;
      results.value = undefined;
      results.error = undefined;
      try {
        const verb = context.client[method as keyof Client] as (...values: readonly unknown[]) => unknown;
        results.value = verb(...args);
      } catch (error) {
        results.error = error;
      }
    },
  };
  return { component, results };
}

/** Parses a YAML stream into objects. */
export function manifests(text: string): KubeObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
}

function nodesOf(nodes: WorldOptions['nodes']): readonly NodeConfig[] {
  if (typeof nodes === 'object') return nodes;
  return Array.from({ length: nodes ?? 3 }, (_, index) => ({ name: `node-${index + 1}` }));
}

/** Creates a test cluster at time 0 with its documents created. */
export function createWorld(options: WorldOptions = {}): World {
  const { component, results } = createCaller();
  const documents = typeof options.documents === 'string' ? manifests(options.documents) : (options.documents ?? []);
  const creations: TimedInput[] = documents.map((object) => ({
    to: 'test-user',
    kind: 'call',
    payload: { method: 'create', args: [object] },
    atMs: 0,
  }));
  const simulation = createSimulation(
    {
      seed: options.seed ?? 1,
      startTime: '2026-01-01T00:00:00Z',
      nodes: nodesOf(options.nodes),
      components: options.flags ?? {},
      programs: options.programs ?? [],
      inputs: [...creations, ...(options.inputs ?? [])],
    },
    {
      components: [component, ...(options.components ?? [])],
      without: options.without,
      freeze: true,
      derivedTrial: options.derivedTrial ?? 'verify',
      stepsPerCheckpoint: options.stepsPerCheckpoint,
    },
  );
  const runUntil = (timeMs: number): void => {
    const { stopped, message } = simulation.run({ timeMs });
    if (stopped === 'failed' || stopped === 'limit') throw new Error(message);
  };
  const call = (method: string, args: readonly unknown[]): unknown => {
    simulation.act({ to: 'test-user', kind: 'call', payload: { method, args } });
    runUntil(simulation.nowMs);
    if (results.error) throw results.error;
    return results.value;
  };
  const client = Object.fromEntries(
    ['create', 'update', 'updateStatus', 'patch', 'delete', 'scale', 'evict', 'bind'].map((method) => [
      method,
      (...args: unknown[]) => call(method, args),
    ]),
  ) as unknown as World['client'];
  const find = <T extends KubeObject>(kind: string, namespace: string | undefined, name: string) =>
    simulation.objectAt(simulation.step, kind, namespace, name) as T | undefined;
  return {
    simulation,
    client,
    runUntil,
    runFor: (ms) => runUntil(simulation.nowMs + ms),
    find,
    get: (kind, namespace, name) => {
      const found = find(kind, namespace, name);
      if (!found) throw new Error(`${kind} ${namespace ?? ''}/${name} is not there`);
      return found as never;
    },
    list: <T extends KubeObject>(kind: string, namespace?: string) =>
      simulation
        .objectsAt(simulation.step, kind)
        .filter((object) => !namespace || object.metadata.namespace === namespace) as T[],
    events: () => simulation.objectsAt(simulation.step, 'Event'),
    steps: () => simulation.trace(1, simulation.step),
  };
}

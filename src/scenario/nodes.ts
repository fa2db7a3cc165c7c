/**
 * The nodes of a scenario: from its entries, one or many nodes each, to what the engine runs, and what the API server would refuse
 * when their kubelets register them.
 */
import { decodeErrorMessage, decodeStrict } from '../engine/api/decode';
import { defaultPod } from '../engine/api/defaults/pod';
import type { KubeObject } from '../engine/api/meta';
import { clonePlain } from '../engine/api/plain';
import type { FieldErrors } from '../engine/api/validation/field-errors';
import { validateNode, validateNodeStatusUpdate } from '../engine/api/validation/node';
import { validatePod } from '../engine/api/validation/pod';
import { validateContainerResourceName } from '../engine/api/validation/resources';
import type { NodeConfig } from '../engine/simulation';
import { splitFieldPath } from '../kubectl/yaml';
import type { Misfit } from './checks';
import { milliseconds } from './milliseconds';
import type { RawNode } from './scenario-shape';

const MAX_NODES = 5000;

const DEFAULT_ENTRIES: readonly RawNode[] = [{ count: 3 }];

const texts = (map: Readonly<Record<string, unknown>> | undefined): Record<string, string> | undefined =>
  map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));

function nameOf(entry: RawNode, number: number): string {
  return entry.name && entry.count === undefined ? entry.name : `${entry.namePrefix ?? 'node-'}${number}`;
}

/** A node as the engine runs it. */
export function nodeOf(entry: RawNode, name: string): NodeConfig {
  return {
    name,
    labels: texts(entry.labels),
    taints: entry.taints?.map(({ value, ...taint }) => ({
      ...taint,
      ...(value === undefined ? {} : { value: String(value) }),
    })),
    capacity: texts(entry.capacity),
    joinsAtMs: milliseconds(entry.joinsAt, 0),
    ...(entry.staticPods ? { staticPods: entry.staticPods as KubeObject[] } : {}),
  };
}

/** The nodes of all entries, in order; of more than are allowed, one too many. */
export function nodesOf(entries: readonly RawNode[] = DEFAULT_ENTRIES): NodeConfig[] {
  const nodes: NodeConfig[] = [];
  for (const entry of entries) {
    const count = entry.count ?? 1;
    for (let number = 1; number <= count && nodes.length <= MAX_NODES; number++) {
      nodes.push(nodeOf(entry, nameOf(entry, number)));
    }
  }
  return nodes;
}

function registrationMisfits({ name, labels, taints, capacity = {} }: NodeConfig): Misfit[] {
  const misfits: Misfit[] = [];
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints } };
  const refused = [...validateNode(object), ...validateNodeStatusUpdate({ ...object, status: { capacity } })];
  const names: FieldErrors = [];
  for (const resource in capacity) {
    if (resource !== 'pods') validateContainerResourceName(names, '', resource);
    for (const { message } of names.splice(0)) misfits.push({ path: ['capacity', resource], message });
  }
  for (const { field, message } of refused) {
    misfits.push({ path: splitFieldPath(field.replace(/^(metadata|spec|status)\./, '')), message });
  }
  return misfits;
}

/** What keeps a manifest from being a static Pod. */
function staticPodProblems(manifest: unknown): string[] {
  const pod = manifest as KubeObject | null;
  if (typeof pod !== 'object' || pod?.kind !== 'Pod' || pod.apiVersion !== 'v1') return ['a static Pod is a Pod of v1'];
  const decoded = decodeStrict(pod, 'Pod');
  const problem = decodeErrorMessage(pod, decoded);
  if (problem) return [problem];
  const draft = clonePlain(decoded.object);
  if (!draft.metadata?.name) return ['metadata.name: Required value'];
  draft.metadata.namespace ??= 'default';
  defaultPod(draft);
  return validatePod(draft).map(({ field, message }) => `${field}: ${message}`);
}

/** What is wrong with one entry by itself. */
export function entryMisfits(entry: RawNode): Misfit[] {
  const misfits = registrationMisfits(nodeOf(entry, nameOf(entry, 1)));
  entry.staticPods?.forEach((manifest, position) => {
    for (const message of staticPodProblems(manifest)) misfits.push({ path: ['staticPods', position], message });
  });
  return misfits;
}

/** What the API server would refuse of a machine that is added: the first of it, in words; undefined where there is nothing. */
export function addedNodeProblem({ joinsAtMs, ...node }: NodeConfig): string | undefined {
  const [misfit] = entryMisfits(node as RawNode);
  return misfit && `the node ${node.name} can't be added: ${misfit.path.join('.')}: ${misfit.message}`;
}

/** What is wrong with the entries, with paths below `spec.nodes`. */
export function nodeMisfits(entries: readonly RawNode[] = []): Misfit[] {
  const misfits: Misfit[] = [];
  entries.forEach((entry, index) => {
    for (const { path, message } of entryMisfits(entry)) misfits.push({ path: [index, ...path], message });
  });
  const nodes = nodesOf(entries);
  const seen = new Set<string>();
  for (const { name } of nodes) {
    if (seen.has(name)) misfits.push({ path: [], message: `two nodes are named ${name}` });
    seen.add(name);
  }
  if (nodes.length > MAX_NODES) misfits.push({ path: [], message: `more than ${MAX_NODES} nodes are too many` });
  return misfits;
}

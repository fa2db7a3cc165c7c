/**
 * Keeps the EndpointSlices of every Service with a selector: which Pods answer for it, and whether they are ready.
 * Follows pkg/controller/endpointslice/endpointslice_controller.go and staging/src/k8s.io/endpointslice/reconciler.go
 * (finalize). Reads Services, Pods, Nodes and EndpointSlices; writes EndpointSlices. A sync that would rest on slices
 * older than its own last writes is put off, as upstream does (StaleInformerCache).
 */

import { joinKey, keyOf } from '../../api/meta';
import { hasCause, isReason, StatusError } from '../../api/status-error';
import type { EndpointSlice, Service } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, enqueueAfter, type Result } from '../../client/controller';
import { addressTypesOf } from './endpoints';
import { isManaged, isSelecting, serviceKeyOf } from './service-endpoints';
import { impactOf } from './service-pods';
import { planService, type ServicePlan, slicesOf } from './slice-sync';
import { newTopologyMemory, overloadedBy, planHints, type TopologyMemory } from './topology-cache';
import { noteTrigger, TRIGGER_TIME_ANNOTATION, type TriggerTimes, takeTrigger } from './trigger-time';

/** Memory of the controller. */
interface EndpointSliceMemory extends ControllerMemory, TopologyMemory {
  readonly triggers: TriggerTimes;
  /** By key of the Service: the revision of the last write for it. */
  readonly written: Map<string, number>;
  /** By key of the slice: the resourceVersion of the controller's own last write, '' for a deletion not seen yet. */
  readonly slices: Map<string, string>;
  /** By key of the Service: syncs that failed in a row. */
  readonly failures: Map<string, number>;
}

type SliceContext = Context<EndpointSliceMemory>;

const NONE: readonly string[] = [];
/** After a change of slices by someone else, and after a failure. */
const MIN_SYNC_DELAY_MS = 1000;
const MAX_BACKOFF_MS = 1_000_000;
/** After so many failures in a row a Service is looked at again only when something changes. */
const MAX_RETRIES = 15;

/** The EndpointSlice controller. */
export const endpointSliceController = defineController<EndpointSliceMemory>({
  name: 'endpointslice-controller',
  eventSource: 'endpoint-slice-controller',
  for: 'Service',
  owns: [{ kind: 'EndpointSlice', observe: onSliceChange, map: () => NONE }],
  watches: [
    { kind: 'Pod', map: onPodChange },
    { kind: 'Node', map: overloadedBy },
  ],
  memory: () => ({
    ...newTopologyMemory(),
    triggers: new Map(),
    written: new Map(),
    slices: new Map(),
    failures: new Map(),
  }),
  reconcile,
});

function reconcile(context: SliceContext, key: string): Result {
  const { memory } = context;
  const service = context.lister.byKey<Service>('Service', key);
  if (!service) {
    for (const map of [memory.triggers, memory.written, memory.failures]) map.delete(key);
    return undefined;
  }
  if (!isSelecting(service)) return undefined;
  if (context.lister.revision < (memory.written.get(key) ?? 0)) return retryLater(context, key);
  const slices = slicesOf(context, service);
  if (slices.some((slice) => memory.slices.get(keyOf(slice)) === '')) return retryLater(context, key);
  const trigger = takeTrigger(memory.triggers, key, service);
  const unhinted = planService(context, service, slices);
  const { plan, events } = planHints(context, service, addressTypesOf(service), slices, unhinted);
  const errors = [...plan.errors];
  try {
    writePlan(context, service, plan, trigger);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    errors.push(error.message);
  }
  for (const { type, reason, message } of events) context.events.record(service, type, reason, message);
  if (errors.length === 0) {
    memory.failures.delete(key);
    return undefined;
  }
  const all = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`;
  const message = `Error updating Endpoint Slices for Service ${key}: ${all}`;
  context.events.record(service, 'Warning', 'FailedToUpdateEndpointSlices', message);
  return retryLater(context, key);
}

function retryLater(context: SliceContext, key: string): Result {
  const { failures } = context.memory;
  const count = failures.get(key) ?? 0;
  if (count >= MAX_RETRIES) {
    failures.delete(key);
    return undefined;
  }
  failures.set(key, count + 1);
  return { requeueAfterMs: Math.min(MAX_BACKOFF_MS, MIN_SYNC_DELAY_MS * 2 ** Math.min(count, 10)) };
}

function withTrigger(slice: EndpointSlice, trigger: string): EndpointSlice {
  const { [TRIGGER_TIME_ANNOTATION]: before, ...others } = slice.metadata.annotations ?? {};
  if (before === trigger || (before === undefined && trigger === '')) return slice;
  const annotations = trigger === '' ? others : { ...others, [TRIGGER_TIME_ANNOTATION]: trigger };
  const { annotations: _replaced, ...metadata } = slice.metadata;
  return { ...slice, metadata: Object.keys(annotations).length === 0 ? metadata : { ...metadata, annotations } };
}

function noteWrite(context: SliceContext, slice: EndpointSlice, isCreation: boolean): void {
  const { name, resourceVersion = '' } = slice.metadata;
  context.memory.slices.set(keyOf(slice), resourceVersion);
  context.memory.written.set(serviceKeyOf(slice), Number(resourceVersion));
  const endpoints = slice.endpoints ?? [];
  const ready = endpoints.filter(({ conditions }) => conditions?.ready === true).length;
  const ending = endpoints.filter(({ conditions }) => conditions?.terminating === true);
  const serving = ending.filter(({ conditions }) => conditions?.serving === true).length;
  // What ends is never ready: whether it still serves is all that changes then.
  const last = ending.length > 0 ? `, ${ending.length} terminating, of which ${serving} still serving` : '';
  const counts = `${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}, ${ready} ready${last}`;
  context.say(isCreation ? 'create' : 'update', slice, `EndpointSlice ${name} has ${counts}`);
}

/** Creates, updates and deletes, in this order. A Service that is being deleted gets no new slices. */
function writePlan(context: SliceContext, service: Service, plan: ServicePlan, trigger: string): void {
  const isAlive = service.metadata.deletionTimestamp === undefined;
  for (const slice of isAlive ? plan.create : []) {
    const created = create(context, service, withTrigger(slice, trigger));
    if (!created) return;
    noteWrite(context, created, true);
  }
  for (const slice of plan.update) noteWrite(context, update(context, service, slice, trigger), false);
  for (const slice of plan.delete) remove(context, service, slice);
}

function rethrow(error: unknown, what: string, { metadata }: Service): never {
  if (!(error instanceof StatusError)) throw error;
  const message = `failed to ${what} EndpointSlice for Service ${metadata.namespace}/${metadata.name}: ${error.message}`;
  throw new StatusError(error.reason, error.code, message, error.details);
}

/** Undefined when the namespace goes, where nothing can be created any more. */
function create(context: SliceContext, service: Service, slice: EndpointSlice): EndpointSlice | undefined {
  const { name: _unnamed, ...metadata } = slice.metadata;
  try {
    return context.client.create<EndpointSlice>({ ...slice, metadata } as EndpointSlice);
  } catch (error) {
    if (hasCause(error, 'NamespaceTerminating')) return undefined;
    return rethrow(error, 'create', service);
  }
}

function update(context: SliceContext, service: Service, slice: EndpointSlice, trigger: string): EndpointSlice {
  try {
    return context.client.update<EndpointSlice>(withTrigger(slice, trigger));
  } catch (error) {
    return rethrow(error, `update ${slice.metadata.name}`, service);
  }
}

function remove(context: SliceContext, service: Service, { metadata: { name, namespace } }: EndpointSlice): void {
  try {
    context.client.delete('EndpointSlice', namespace, name);
    context.memory.slices.set(joinKey(namespace, name), '');
  } catch (error) {
    if (!isReason(error, 'NotFound')) rethrow(error, `delete ${name}`, service);
  }
}

/** A slice that someone else changed has its Service looked at, a second later as upstream does. */
function onSliceChange(context: SliceContext, event: WatchEvent): void {
  const slice = (event.value ?? event.previous) as EndpointSlice;
  const wasManaged = event.previous !== undefined && isManaged(event.previous);
  if (!isManaged(slice) && !wasManaged) return;
  const { slices } = context.memory;
  const expected = slices.get(event.key);
  if (event.value && event.value.metadata.resourceVersion === expected) return;
  if (!event.value) slices.delete(event.key);
  if (!event.value && !expected) return;
  for (const object of new Set([event.previous, event.value])) {
    if (!object) continue;
    const key = serviceKeyOf(object);
    enqueueAfter(context, key, Math.max(MIN_SYNC_DELAY_MS, batchPeriodMs(context)));
  }
}

function onPodChange(context: SliceContext, event: WatchEvent): readonly string[] {
  const { keys, touched } = impactOf(context, event);
  for (const { key, before } of touched) {
    noteTrigger(context.memory.triggers, key, before, event.value as Parameters<typeof noteTrigger>[3]);
  }
  const delayMs = keys.length > 0 ? batchPeriodMs(context) : 0;
  if (delayMs === 0) return keys;
  for (const key of keys) enqueueAfter(context, key, delayMs);
  return NONE;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** The flag `--endpointslice-updates-batch-period`; 0 (at once) by default. */
function batchPeriodMs(context: SliceContext): number {
  const flag = context.flag('endpointslice-updates-batch-period');
  const match = flag === undefined ? null : /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(flag);
  return match ? Math.round(Number(match[1]) * (UNIT_MS[match[2] as string] ?? 0)) : 0;
}

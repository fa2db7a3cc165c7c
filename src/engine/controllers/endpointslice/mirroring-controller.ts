/**
 * Mirrors Endpoints that people write for Services without a selector to EndpointSlices.
 * Follows pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go. Reads Endpoints, Services and EndpointSlices; writes EndpointSlices.
 */
import { type KubeObject, keyOf, splitKey } from '../../api/meta';
import { hasCause, isReason } from '../../api/status-error';
import type { EndpointSlice, Endpoints, Service } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';
import { noteWrite, type OwnWrites, showsOwnWrites } from '../../client/own-writes';
import { MIRRORED_BY, planMirror, shouldMirror } from './mirrored-slices';
import { MANAGED_BY_LABEL, serviceKeyOf } from './service-endpoints';

/** Memory of the controller. */
interface MirroringMemory extends ControllerMemory {
  readonly writes: OwnWrites;
}

type MirroringContext = Context<MirroringMemory>;

/** The EndpointSlice mirroring controller. */
export const endpointSliceMirroringController = defineController<MirroringMemory>({
  name: 'endpointslicemirroring-controller',
  eventSource: 'endpoint-slice-mirroring-controller',
  for: 'Endpoints',
  owns: [{ kind: 'EndpointSlice', map: onSliceChange }],
  watches: [{ kind: 'Service', map: onServiceChange }],
  memory: () => ({ writes: new Map() }),
  maxRetries: 15,
  reconcile,
});

const selects = (service: Service | undefined): boolean => Object.keys(service?.spec.selector ?? {}).length > 0;

function onServiceChange(_context: MirroringContext, { key, previous, value }: WatchEvent): readonly string[] {
  const isConcerned =
    previous && value
      ? selects(previous as Service) !== selects(value as Service)
      : !selects((value ?? previous) as Service);
  return isConcerned ? [key] : [];
}

function isMirrored({ metadata }: KubeObject): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === MIRRORED_BY;
}

/** Slices that somebody else has touched are looked at; what is right stays. */
function onSliceChange(_context: MirroringContext, { previous, value }: WatchEvent): readonly string[] {
  const slices = [previous, value].filter((slice) => slice !== undefined).filter(isMirrored);
  return [...new Set(slices.map(serviceKeyOf))];
}

function reconcile(context: MirroringContext, key: string): Result {
  const { lister, memory } = context;
  if (!showsOwnWrites(lister, memory.writes, key)) return { error: 'the cache is older than the last write' };
  const slices = lister.byIndex<EndpointSlice>('EndpointSlice', 'service', key).filter(isMirrored);
  const endpoints = lister.byKey<Endpoints>('Endpoints', key);
  const service = lister.byKey<Service>('Service', key);
  if (!endpoints || !shouldMirror(endpoints) || !service || selects(service)) {
    memory.writes.delete(key);
    for (const slice of slices) remove(context, key, slice);
    return undefined;
  }
  const plan = planMirror(endpoints, slices);
  if (plan.skipped > 0) {
    const message = `A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. ${plan.skipped} addresses were skipped`;
    context.events.record(endpoints, 'Warning', 'TooManyAddressesToMirror', message);
  }
  const tell = (verb: 'create' | 'update', slice: EndpointSlice): void => {
    noteWrite(memory.writes, key, slice.metadata.resourceVersion);
    context.say(verb, slice, `EndpointSlice ${slice.metadata.name} mirrors Endpoints ${splitKey(key).name}`);
  };
  try {
    if (endpoints.metadata.deletionTimestamp === undefined)
      for (const slice of plan.create) {
        const { name: _unnamed, ...metadata } = slice.metadata;
        tell('create', context.client.create({ ...slice, metadata } as EndpointSlice));
      }
  } catch (error) {
    if (hasCause(error, 'NamespaceTerminating')) return undefined;
    throw error;
  }
  for (const slice of plan.update) tell('update', context.client.update(slice));
  for (const slice of plan.delete) remove(context, key, slice);
  return undefined;
}

function remove(context: MirroringContext, key: string, slice: EndpointSlice): void {
  const { namespace, name } = splitKey(keyOf(slice));
  try {
    context.client.delete('EndpointSlice', namespace, name);
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
    return;
  }
  context.say('delete', slice, `EndpointSlice ${name} no longer mirrors Endpoints ${splitKey(key).name}`);
}

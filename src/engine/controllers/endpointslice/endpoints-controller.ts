/**
 * Keeps the Endpoints of every Service with a selector: what EndpointSlices have replaced and some still read.
 * Follows pkg/controller/endpoint/endpoints_controller.go. Reads Services, Pods and Endpoints; writes Endpoints.
 */
import { splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { hasCause, isReason, StatusError } from '../../api/status-error';
import type { EndpointSubset, Endpoints, Pod, Service } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';
import { noteWrite, type OwnWrites, showsOwnWrites } from '../../client/own-writes';
import { isHeadless } from './endpoints';
import { countOf, serviceMembersCache, subsetsOf, truncated } from './endpoints-members';
import { isSelecting } from './service-endpoints';
import { impactOf } from './service-pods';
import { noteTrigger, TRIGGER_TIME_ANNOTATION, type TriggerTimes, takeTrigger } from './trigger-time';

/** Memory of the controller. */
interface EndpointsMemory extends ControllerMemory {
  readonly triggers: TriggerTimes;
  readonly writes: OwnWrites;
}

type EndpointsContext = Context<EndpointsMemory>;

const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';

/** The Endpoints controller. */
export const endpointsController = defineController<EndpointsMemory>({
  name: 'endpoint-controller',
  for: 'Service',
  owns: [{ kind: 'Endpoints', map: onEndpointsChange }],
  watches: [{ kind: 'Pod', map: onPodChange }],
  memory: () => ({ triggers: new Map(), writes: new Map() }),
  maxRetries: 15,
  reconcile,
});

/** Endpoints that are taken away are made again. */
function onEndpointsChange(_context: EndpointsContext, { key, value }: WatchEvent): readonly string[] {
  return value ? [] : [key];
}

function onPodChange(context: EndpointsContext, event: WatchEvent): readonly string[] {
  const { keys, touched } = impactOf(context, event);
  for (const { key, before } of touched)
    noteTrigger(context.memory.triggers, key, before, event.value as Pod | undefined);
  return keys;
}

function reconcile(context: EndpointsContext, key: string): Result {
  const { memory, lister } = context;
  const service = lister.byKey<Service>('Service', key);
  if (!service) {
    memory.triggers.delete(key);
    memory.writes.delete(key);
    remove(context, key);
    return undefined;
  }
  if (!isSelecting(service)) return undefined;
  if (!showsOwnWrites(lister, memory.writes, key)) return { error: 'the cache is older than the last write' };
  const trigger = takeTrigger(memory.triggers, key, service);
  const { members } = context.derived.read(serviceMembersCache, key);
  const subsets = subsetsOf(members.entries().map(([, member]) => member));
  const cut = truncated(subsets);
  const current = lister.byKey<Endpoints>('Endpoints', key);
  const labels = labelsFor(service);
  const isRight =
    current !== undefined &&
    cut === undefined &&
    current.metadata.annotations?.[OVER_CAPACITY] === undefined &&
    deepEqual(current.subsets ?? [], subsets) &&
    deepEqual(current.metadata.labels, labels);
  if (!isRight) write(context, service, current, cut ?? subsets, { trigger, isCut: cut !== undefined, labels });
  return undefined;
}

function labelsFor(service: Service): Record<string, string> {
  const { [HEADLESS]: _before, ...labels } = service.metadata.labels ?? {};
  return { ...labels, ...(isHeadless(service) ? { [HEADLESS]: '' } : {}), [MANAGED_BY]: 'endpoint-controller' };
}

/** What is written beside the subsets. */
interface Marks {
  readonly trigger: string;
  readonly isCut: boolean;
  readonly labels: Record<string, string>;
}

function write(
  context: EndpointsContext,
  service: Service,
  current: Endpoints | undefined,
  subsets: EndpointSubset[],
  { trigger, isCut, labels }: Marks,
): void {
  const { name, namespace } = service.metadata;
  const { [TRIGGER_TIME_ANNOTATION]: _time, [OVER_CAPACITY]: _mark, ...others } = current?.metadata.annotations ?? {};
  const annotations = {
    ...others,
    ...(trigger ? { [TRIGGER_TIME_ANNOTATION]: trigger } : {}),
    ...(isCut ? { [OVER_CAPACITY]: 'truncated' } : {}),
  };
  const endpoints: Endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...(current?.metadata ?? { name, namespace }), labels, annotations },
    ...(subsets.length > 0 ? { subsets } : {}),
  };
  if (Object.keys(annotations).length === 0) delete endpoints.metadata.annotations;
  try {
    const written = current ? context.client.update(endpoints) : context.client.create(endpoints);
    noteWrite(context.memory.writes, `${namespace}/${name}`, written.metadata.resourceVersion);
    const [ready, notReady] = [countOf(subsets, 'addresses'), countOf(subsets, 'notReadyAddresses')];
    const told = `Endpoints ${name}: ${ready} ready, ${notReady} not ready`;
    context.say(current ? 'update' : 'create', written, told);
  } catch (error) {
    refused(context, service, endpoints, current === undefined, error);
  }
}

function refused(
  context: EndpointsContext,
  service: Service,
  endpoints: Endpoints,
  isNew: boolean,
  error: unknown,
): void {
  if (!(error instanceof StatusError)) throw error;
  if (isNew && hasCause(error, 'NamespaceTerminating')) return;
  const { namespace, name } = service.metadata;
  const [reason, what] = isNew
    ? ['FailedToCreateEndpoint', `create endpoint for service ${namespace}/${name}`]
    : ['FailedToUpdateEndpoint', `update endpoint ${namespace}/${name}`];
  context.events.record(endpoints, 'Warning', reason, `Failed to ${what}: ${error.message}`);
  throw error;
}

function remove(context: EndpointsContext, key: string): void {
  const { namespace, name } = splitKey(key);
  try {
    context.client.delete('Endpoints', namespace, name);
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
  }
}

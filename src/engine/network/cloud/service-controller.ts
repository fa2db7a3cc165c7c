/**
 * The service controller of a simulated cloud: gives Services of type LoadBalancer an address, some time after they ask for it. It runs
 * only when a scenario's `components` name cloud-controller-manager; a cluster without a cloud leaves them `<pending>`.
 * Follows staging/src/k8s.io/cloud-provider/controllers/service/controller.go (syncLoadBalancerIfNeeded). Simplified: the cloud takes ten seconds
 * and never fails; its balancers send on to every node that is up, without health checks of their own.
 */
import { keyOf, splitKey } from '../../api/meta';
import type { Service } from '../../api/types';
import type { Component, Context, Memory } from '../../client/component';
import { formatAddress, parseAddress } from '../../machine/pod-ip';

/** Its `--component`. */
export const CLOUD = 'cloud-controller-manager';

const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';
const PROVISION_MS = 10_000;
/** The cloud's addresses: TEST-NET-2. */
const FIRST_ADDRESS = parseAddress('198.51.100.1');

interface CloudMemory extends Memory {
  /** Addresses by uid of the Service; there from the moment when they are asked for. */
  readonly addresses: Map<string, string>;
  given: number;
}

type CloudContext = Context<CloudMemory>;

function wantsLoadBalancer({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

const hasFinalizer = ({ metadata }: Service): boolean => metadata.finalizers?.includes(FINALIZER) ?? false;

function withFinalizers(service: Service, finalizers: readonly string[]): Service {
  return { ...service, metadata: { ...service.metadata, finalizers: [...finalizers] } };
}

/** The address that a Service asks for, or the next one. */
function allot({ memory }: CloudContext, { spec, metadata }: Service): void {
  const uid = metadata.uid ?? '';
  memory.addresses.set(uid, spec.loadBalancerIP || formatAddress(FIRST_ADDRESS + memory.given++));
}

function release(context: CloudContext, service: Service): void {
  const { client, events, memory } = context;
  const { namespace, name, uid = '', finalizers = [] } = service.metadata;
  if (memory.addresses.delete(uid)) events.record(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
  if (service.status?.loadBalancer?.ingress?.length && !service.metadata.deletionTimestamp)
    client.updateStatus<Service>({ ...service, status: { ...service.status, loadBalancer: {} } });
  const current = client.find<Service>('Service', namespace, name) ?? service;
  client.updateStatus<Service>(
    withFinalizers(
      current,
      finalizers.filter((one) => one !== FINALIZER),
    ),
  );
  events.record(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer');
  context.say('release', service, `The load balancer of Service ${namespace}/${name} is gone`);
}

/** Begins to make a load balancer. */
function request(context: CloudContext, service: Service): void {
  const { client, events } = context;
  const { namespace, name, finalizers = [] } = service.metadata;
  events.record(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer');
  const marked = hasFinalizer(service)
    ? service
    : client.updateStatus<Service>(withFinalizers(service, [...finalizers, FINALIZER]));
  allot(context, service);
  context.say('ensure', marked, `The cloud is asked for a load balancer for Service ${namespace}/${name}`);
  context.after(PROVISION_MS, 'provisioned', keyOf(service));
}

function sync(context: CloudContext, key: string): void {
  const { lister, memory } = context;
  const service = lister.byKey<Service>('Service', key);
  if (!service) return;
  const isGoing = service.metadata.deletionTimestamp !== undefined || !wantsLoadBalancer(service);
  if (isGoing && hasFinalizer(service)) release(context, service);
  else if (!isGoing && !memory.addresses.has(service.metadata.uid ?? '')) request(context, service);
}

/** The cloud has made one: its address is said. */
function publish(context: CloudContext, key: string): void {
  const { client, events, memory } = context;
  const { namespace, name } = splitKey(key);
  const service = client.find<Service>('Service', namespace, name);
  const ip = service && memory.addresses.get(service.metadata.uid ?? '');
  if (!service || ip === undefined || service.status?.loadBalancer?.ingress?.length) return;
  events.record(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer');
  const loadBalancer = { ingress: [{ ip, ipMode: 'VIP' }] };
  const changed = client.updateStatus<Service>({ ...service, status: { ...service.status, loadBalancer } });
  context.say('publish', changed, `The load balancer of Service ${namespace}/${name} has the address ${ip}`);
}

const component: Component<CloudMemory> = {
  name: 'service-controller',
  process: CLOUD,
  watches: [{ kind: 'Service', on: (context, { key }) => context.after(0, 'sync', key) }],
  wakes: [{ kind: 'Service', relation: 'for' }],
  initial: () => ({ addresses: new Map(), given: 0 }),
  handle: (context, { kind, key }) => {
    if (kind === 'sync') sync(context, key);
    else if (kind === 'provisioned') publish(context, key);
  },
};

/** See the header. */
export const cloudServiceController = component as unknown as Component;

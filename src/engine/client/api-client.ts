/**
 * The typed client: makes a request of each call, and of each answer a value or a thrown refusal. It decides nothing.
 * Follows client-go (rest, typed clients).
 */
import type { Discovery } from '../api/discovery';
import { CREATED_PARTS, type KindDefinition } from '../api/kinds/definition';
import type { KubeObject } from '../api/meta';
import {
  type Answer,
  type ApiRequest,
  errorOf,
  type ObjectList,
  type RequestOptions,
  type UserInfo,
  type Verb,
} from '../api/request';
import { isCustomKind } from '../api/scheme';
import { StatusError } from '../api/status-error';
import type { Acting, Client, DeleteOptions } from './client';

/** How a client talks to the API server. */
export interface Connection {
  send(request: ApiRequest): Answer;
  /** The kinds that the server serves at present. */
  discovery(): Discovery;
  readonly identity: UserInfo;
  /** The program that asks, as managedFields name it. */
  readonly program: string;
  /** What it sends is typed and needs no decoding. */
  readonly typed: boolean;
}

/** Selects nothing, where only the revision of a list is wanted. */
const NONE: RequestOptions = { fieldSelector: 'metadata.name=,metadata.name=x' };

const TOKEN = { subresource: 'token' } as const;

/** Which object or objects a request is about. */
type Target = Pick<ApiRequest, 'subresource' | 'namespace' | 'name'>;

/** Sends a request and hands back the answer, after what the server warns of. */
type Sender = (verb: Verb, info: KindDefinition, target: Target, body?: unknown, options?: RequestOptions) => Answer;

function sender({ send, program, ...connection }: Connection, acting: Acting): Sender {
  const { impersonate, onWarning, onPassage, identity, fieldManager, managedFields } = acting;
  const { name: user, groups, uid } = identity ?? connection.identity;
  const added = fieldManager || managedFields ? { fieldManager, managedFields } : undefined;
  return (verb, info, target, body, given) => {
    const { group, version, plural: resource } = info;
    const options = added ? { ...added, ...given } : given;
    const from = { user, groups, uid, program, impersonate, isTraced: onPassage !== undefined };
    const answer = send({ ...from, verb, group, version, resource, ...target, body, options });
    if (onWarning) for (const warning of answer.warnings) onWarning(warning);
    if (answer.passage) onPassage?.(answer.passage);
    return answer;
  };
}

function visit({ send, ...connection }: Connection, { impersonate, identity }: Acting, path: string): void {
  const { name: user, groups, uid } = identity ?? connection.identity;
  const where = { group: '', version: '', resource: '', path };
  const options = { resourceVersion: '0' } as const;
  const { status } = send({ user, groups, uid, impersonate, verb: 'get', ...where, options });
  if (status) throw errorOf(status);
}

const isNew = ({ name, subresource }: Target): boolean => !name || CREATED_PARTS.some((part) => part === subresource);

type StreamAsker = <T>(verb: Verb, target: Target, options: RequestOptions) => T;

/** The verbs of what a Pod's containers print and run. */
function podStreams(ask: StreamAsker): Pick<Client, 'log' | 'attach' | 'exec' | 'portForward'> {
  return {
    log: (namespace, name, log) => ask('get', { namespace, name, subresource: 'log' }, { log }),
    attach: (namespace, name, log) => ask('create', { namespace, name, subresource: 'attach' }, { log }),
    portForward: (namespace, name) => ask('create', { namespace, name, subresource: 'portforward' }, {}),
    exec: (namespace, name, exec) => ask('create', { namespace, name, subresource: 'exec' }, { exec }),
  };
}

/** A client that asks over this connection, perhaps as somebody else. */
export function createApiClient(connection: Connection, acting: Acting = {}): Client {
  const { typed } = connection;
  const exchange = sender(connection, acting);
  const ask = <T>(...args: Parameters<Sender>): T => {
    const answer = exchange(...args);
    if (answer.status) throw errorOf(answer.status);
    return answer.object as T;
  };
  const kindOf = (kind: string): KindDefinition => kindIn(connection.discovery(), kind);
  const kindOfObject = (object: KubeObject): KindDefinition => kindOfObjectIn(connection.discovery(), object);
  const write = (options: RequestOptions = {}): RequestOptions => (typed ? { ...options, typed } : options);
  const replace = <T extends KubeObject>(object: T, subresource: Target['subresource'], given?: RequestOptions): T => {
    const info = kindOfObject(object);
    return ask('update', info, { ...placeOf(object, info), subresource }, object, write(given));
  };
  return {
    get: (kind, namespace, name, subresource) => ask('get', kindOf(kind), { namespace, name, subresource }),
    find: (kind, namespace, name, options) => {
      const info = connection.discovery().find(kind);
      // Of a custom kind that is no longer defined there is nothing.
      if (!info && isCustomKind(kind)) return undefined;
      const { status, object } = exchange('get', info ?? kindOf(kind), { namespace, name }, undefined, options);
      if (status?.code === 404) return undefined;
      if (status) throw errorOf(status);
      return object as never;
    },
    list: (kind, { namespace, ...selection } = {}) =>
      [...ask<ObjectList>('list', kindOf(kind), { namespace }, undefined, selection).items] as never,
    listRevision: (kind, namespace) =>
      Number(ask<ObjectList>('list', kindOf(kind), { namespace }, undefined, NONE).metadata.resourceVersion),
    create: (object, options) => {
      const info = kindOfObject(object);
      return ask('create', info, { namespace: namespaceOf(object, info) }, object, write(options));
    },
    update: (object, { subresource, ...options } = {}) => replace(object, subresource, options),
    updateStatus: (object, options) => replace(object, 'status', options),
    patch: (kind, namespace, name, patch, { subresource, ...options } = {}) =>
      ask(
        'patch',
        kindOf(kind),
        { namespace, name, subresource },
        patch.body,
        write({ ...options, patchType: patch.type, duplicates: patch.duplicates }),
      ),
    delete: (kind, namespace, name, { dryRun, ...body }: DeleteOptions = {}) =>
      ask('delete', kindOf(kind), { namespace, name }, body, dryRun ? { dryRun } : undefined),
    scale: (kind, namespace, name, replicas, version, options) =>
      ask(
        'update',
        kindOf(kind),
        { namespace, name, subresource: 'scale' },
        scaleBody(namespace, name, replicas, version),
        options,
      ),
    evict: (namespace, name, { dryRun, ...how }: DeleteOptions = {}) => {
      const target = { namespace, name, subresource: 'eviction' };
      ask('create', kindOf('Pod'), target, evictionBody(namespace, name, how), dryRun ? { dryRun } : undefined);
    },
    bind: (namespace, name, nodeName) => {
      ask('create', kindOf('Pod'), { namespace, name, subresource: 'binding' }, bindingBody(namespace, name, nodeName));
    },
    put: ({ kind, ...at }, body, options) => ask(isNew(at) ? 'create' : 'update', kindOf(kind), at, body, options),
    ...podStreams((verb, target, options) => ask(verb, kindOf('Pod'), target, undefined, options)),
    token: (namespace, name, body) => ask('create', kindOf('ServiceAccount'), { ...TOKEN, namespace, name }, body),
    visit: (path) => visit(connection, acting, path),
    discovery: () => connection.discovery(),
    acting: (how) => createApiClient(connection, { ...acting, ...how }),
  };
}

function scaleBody(namespace: string | undefined, name: string, replicas: number, resourceVersion?: string): object {
  const metadata = { name, namespace, ...(resourceVersion ? { resourceVersion } : {}) };
  return { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata, spec: { replicas } };
}

function evictionBody(namespace: string, name: string, deleteOptions: DeleteOptions): object {
  return { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions };
}

function bindingBody(namespace: string, name: string, nodeName: string): object {
  const target = { apiVersion: 'v1', kind: 'Node', name: nodeName };
  return { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
}

function notServed(): StatusError {
  return new StatusError('NotFound', 404, 'the server could not find the requested resource');
}

function unavailable(): StatusError {
  return new StatusError('ServiceUnavailable', 503, 'the server is currently unable to handle the request');
}

function kindIn(discovery: Discovery, kind: string): KindDefinition {
  const info = discovery.find(kind);
  if (info) return info;
  throw discovery.stale && kind.endsWith('.metrics.k8s.io') ? unavailable() : notServed();
}

function kindOfObjectIn(discovery: Discovery, object: KubeObject): KindDefinition {
  const { apiVersion, kind } = object;
  const info = apiVersion ? discovery.findKind(apiVersion, kind) : discovery.ofObject(object);
  if (!info) throw notServed();
  return info;
}

/** The namespace in the path of a request about an object. Whoever names none means `default`. */
function namespaceOf({ metadata }: KubeObject, { namespaced }: KindDefinition): string | undefined {
  if (!namespaced) return undefined;
  return typeof metadata?.namespace === 'string' && metadata.namespace ? metadata.namespace : 'default';
}

function placeOf(object: KubeObject, info: KindDefinition): Target {
  const name: unknown = object.metadata?.name;
  return { namespace: namespaceOf(object, info), name: typeof name === 'string' ? name : '' };
}

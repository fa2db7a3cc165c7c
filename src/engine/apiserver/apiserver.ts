/**
 * The API server: every verb, for every kind, in the order in which the real one works on a request: find → decode → default → admit →
 * strategy → validate → store. The only writer of the store. What differs between kinds is in strategy/, what refuses
 * or completes objects across kinds is in admission/.
 * Follows apiserver/pkg/registry/generic/registry/store.go and registry/rest/{create,update,delete}.go.
 * Left out: authentication and authorization (every actor may do everything), managedFields, audit, API priority.
 */

import type { KindDefinition } from '../api/kinds/definition';
import { joinKey, type KubeObject, keyOf } from '../api/meta';
import { applyPatch, type Patch } from '../api/patch/patch';
import { clonePlain, deepEqual } from '../api/plain';
import { apiVersionOf, findResource } from '../api/scheme';
import {
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
  OPTIMISTIC_LOCK_MESSAGE,
  StatusError,
} from '../api/status-error';
import type { DeleteOptions, ListOptions, WriteOptions } from '../client/client';
import type { Random } from '../kernel/random';
import type { LogEntry, Store } from '../store/store';
import { topologyLabelsOf } from './admission/pod-topology-labels';
import { ADMISSION_PLUGINS } from './admission/registry';
import { bindPod } from './binding';
import { decodeBody, decodePatchedBody } from './decode-body';
import { deleteObject, isReleased } from './delete';
import { type EvictionAccess, evictPod } from './eviction';
import { completeMetadata, keepMetadata, statusDraft } from './object-meta';
import { select } from './selection';
import type { RequestContext } from './strategy';

/** What the API server needs from the world around it. */
export interface ApiServerHost {
  readonly store: Store<KubeObject>;
  readonly random: Random;
  /** metav1.Time of the present instant. */
  readonly now: string;
  /** Why no request is answered at present (the API server is down), or undefined. */
  readonly outage: string | undefined;
  /** Stores a change; undefined removes. Returns the log entry. */
  commit(kind: string, key: string, value: KubeObject | undefined, verb: string): LogEntry<KubeObject>;
}

/** The subresources a write can go through. */
export type Subresource = 'status' | 'scale' | 'eviction' | 'binding';

/** All verbs. `actor` is who asks. Every method throws {@link StatusError} when it refuses. */
export class ApiServer {
  constructor(readonly host: ApiServerHost) {}

  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T {
    const found = this.find<T>(kind, namespace, name);
    if (found) return found;
    const info = this.resource(kind);
    throw notFound(info.group, info.plural, name);
  }

  find<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined {
    this.requireService();
    const info = this.resource(kind);
    return this.host.store.get(kind, joinKey(info.namespaced ? namespace : undefined, name)) as T | undefined;
  }

  list<T extends KubeObject>(kind: string, options: ListOptions = {}): T[] {
    this.requireService();
    return select(this.resource(kind), this.host.store.list(kind), options) as T[];
  }

  create<T extends KubeObject>(actor: string, object: T, options: WriteOptions = {}): T {
    const info = this.resourceFor(object);
    const request = this.request(actor, 'CREATE', options.dryRun);
    const strategy = info.strategy;
    const draft = decodeBody(object, options);
    completeMetadata(draft, info, request);
    if (info.subresources.includes('status')) draft.status ??= {};
    strategy?.default?.(draft);
    for (const plugin of ADMISSION_PLUGINS) plugin.admit?.(draft, undefined, request);
    strategy?.prepareForCreate?.(draft, request);
    this.refuseInvalid(info, draft, strategy?.validate?.(draft, request) ?? []);
    for (const plugin of ADMISSION_PLUGINS) plugin.validate?.(draft, undefined, request);
    const key = keyOf(draft);
    if (this.host.store.get(info.kind, key)) throw alreadyExists(info.group, info.plural, draft.metadata.name);
    strategy?.allocate?.(draft, undefined, request);
    return this.commit(info, draft, 'create', options.dryRun) as T;
  }

  update<T extends KubeObject>(actor: string, object: T, options: WriteOptions = {}): T {
    const info = this.resourceFor(object);
    const old = this.current(info, object);
    return this.replace(actor, info, old, decodeBody(object, options), options.dryRun) as T;
  }

  updateStatus<T extends KubeObject>(actor: string, object: T, options: WriteOptions = {}): T {
    const info = this.resourceFor(object);
    const old = this.current(info, object);
    const wanted = options.fieldValidation ? decodeBody(object, options) : object;
    return this.replaceStatus(actor, info, old, wanted, options.dryRun) as T;
  }

  patch<T extends KubeObject>(
    actor: string,
    kind: string,
    namespace: string | undefined,
    name: string,
    patch: Patch,
    options: WriteOptions & { subresource?: 'status' | 'scale' } = {},
  ): T {
    const info = this.resource(kind);
    const old = this.get(kind, namespace, name);
    const patched = applyPatch(old, patch);
    if (patched?.metadata?.name !== name) throw badRequest('the name of the object does not match the name on the URL');
    const version = patched.metadata.resourceVersion;
    if (version !== undefined && version !== old.metadata.resourceVersion) throw lostRace(info, name);
    const body = decodePatchedBody(patched, patch, options);
    if (options.subresource === 'status') return this.replaceStatus(actor, info, old, body, options.dryRun) as T;
    return this.replace(actor, info, old, body, options.dryRun) as T;
  }

  scale<T extends KubeObject>(
    actor: string,
    kind: string,
    namespace: string | undefined,
    name: string,
    replicas: number,
    resourceVersion?: string,
    options: WriteOptions = {},
  ): T {
    const info = this.resource(kind);
    const old = this.get(kind, namespace, name);
    if (!info.subresources.includes('scale')) throw notFoundResource();
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) throw lostRace(info, name);
    const draft = { ...old, spec: { ...(old.spec as object), replicas } };
    return this.replace(actor, info, old, clonePlain(draft), options.dryRun, 'scale') as T;
  }

  delete<T extends KubeObject>(
    actor: string,
    kind: string,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): T {
    const info = this.resource(kind);
    const old = this.get(kind, namespace, name);
    const request = this.request(actor, 'DELETE', options.dryRun);
    for (const plugin of ADMISSION_PLUGINS) plugin.validate?.(old, old, request);
    const outcome = deleteObject(old, info, info.strategy, options, this.host);
    if (options.dryRun || outcome.value === old) return old as T;
    const verb = outcome.value ? 'update' : 'delete';
    const entry = this.host.commit(kind, keyOf(old), outcome.value ? this.stamp(outcome.value) : undefined, verb);
    return (entry.value ?? old) as T;
  }

  evict(actor: string, namespace: string, name: string, options: DeleteOptions = {}): void {
    this.requireService();
    evictPod(this.evictionAccess(actor), namespace, name, options);
  }

  bind(_actor: string, namespace: string, name: string, nodeName: string): void {
    const pod = this.get('Pod', namespace, name);
    this.host.commit(
      'Pod',
      keyOf(pod),
      this.stamp(bindPod(pod, nodeName, topologyLabelsOf(this.find('Node', undefined, nodeName)), this.host.now)),
      'bind',
    );
  }

  /** Replaces an object by a draft, as PUT and PATCH do. A draft that changes nothing writes nothing. */
  private replace(
    actor: string,
    info: KindDefinition,
    old: KubeObject,
    draft: KubeObject,
    dryRun = false,
    subresource?: Subresource,
  ): KubeObject {
    const request = this.request(actor, 'UPDATE', dryRun, subresource);
    const strategy = info.strategy;
    keepMetadata(draft, old, info);
    if (info.subresources.includes('status')) draft.status = old.status;
    strategy?.default?.(draft);
    for (const plugin of ADMISSION_PLUGINS) plugin.admit?.(draft, old, request);
    strategy?.prepareForUpdate?.(draft, old, request);
    const specChanged = !deepEqual(draft.spec, old.spec);
    if (!specChanged && draft.spec !== undefined) draft.spec = old.spec;
    if (specChanged && info.countsGenerations) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
    this.refuseInvalid(info, draft, strategy?.validateUpdate?.(draft, old, request) ?? []);
    for (const plugin of ADMISSION_PLUGINS) plugin.validate?.(draft, old, request);
    strategy?.allocate?.(draft, old, request);
    if (isReleased(draft)) return this.remove(info, draft, dryRun);
    if (deepEqual(draft, old)) return old;
    return this.commit(info, draft, 'update', dryRun);
  }

  private replaceStatus(
    actor: string,
    info: KindDefinition,
    old: KubeObject,
    wanted: KubeObject,
    dryRun = false,
  ): KubeObject {
    const strategy = info.strategy;
    const draft = statusDraft(old, wanted, info);
    strategy?.prepareForStatusUpdate?.(draft, old, this.request(actor, 'UPDATE', dryRun, 'status'));
    this.refuseInvalid(info, draft, strategy?.validateStatusUpdate?.(draft, old) ?? []);
    if (deepEqual(draft.status, old.status) && deepEqual(draft.metadata, old.metadata)) return old;
    return this.commit(info, draft, 'update-status', dryRun);
  }

  /** The object an update is about; refuses when it is gone, another one, or not the version the writer saw. */
  private current(info: KindDefinition, object: KubeObject): KubeObject {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    const old = this.get(info.kind, namespace, name);
    if (uid && uid !== old.metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
      throw conflict(info.group, info.plural, name, why);
    }
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) throw lostRace(info, name);
    return old;
  }

  private remove(info: KindDefinition, draft: KubeObject, dryRun: boolean): KubeObject {
    if (!dryRun) this.host.commit(info.kind, keyOf(draft), undefined, 'delete');
    return draft;
  }

  private commit(info: KindDefinition, draft: KubeObject, verb: string, dryRun = false): KubeObject {
    if (dryRun) return draft;
    return this.host.commit(info.kind, keyOf(draft), this.stamp(draft), verb).value as KubeObject;
  }

  /** Gives the object the revision it is about to be stored at. */
  private stamp(object: KubeObject): KubeObject {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.host.store.revision + 1) } };
  }

  private refuseInvalid(info: KindDefinition, object: KubeObject, errors: Parameters<typeof invalid>[3]): void {
    if (errors.length > 0) throw invalid(info.group, info.kind, object.metadata.name, errors);
  }

  private resourceFor(object: KubeObject): KindDefinition {
    const info = this.resource(object.kind);
    const wanted = apiVersionOf(info);
    if (object.apiVersion && object.apiVersion !== wanted) throw notFoundResource();
    return info;
  }

  private resource(kind: string): KindDefinition {
    this.requireService();
    const info = findResource(kind);
    if (!info) throw notFoundResource();
    return info;
  }

  private requireService(): void {
    if (this.host.outage) throw new StatusError('ServiceUnavailable', 503, this.host.outage);
  }

  private request(
    actor: string,
    operation: RequestContext['operation'],
    dryRun = false,
    subresource?: Subresource,
  ): RequestContext {
    const { store, random, now } = this.host;
    return {
      now,
      random,
      actor,
      operation,
      subresource,
      dryRun,
      find: (kind, namespace, name) => store.get(kind, joinKey(namespace, name)),
      list: (kind, namespace) => store.list(kind).filter((o) => !namespace || o.metadata.namespace === namespace),
    };
  }

  private evictionAccess(actor: string): EvictionAccess {
    return {
      now: this.host.now,
      find: (kind, namespace, name) => this.find(kind, namespace, name),
      list: (kind, namespace) => this.list(kind, { namespace }),
      updateStatus: (object) => this.updateStatus(actor, object),
      delete: (kind, namespace, name, options) => this.delete(actor, kind, namespace, name, options),
    };
  }
}

function lostRace(info: KindDefinition, name: string): StatusError {
  return conflict(info.group, info.plural, name, OPTIMISTIC_LOCK_MESSAGE);
}

function notFoundResource(): StatusError {
  return new StatusError('NotFound', 404, 'the server could not find the requested resource');
}

/**
 * One request while it is being worked on, and what every verb does the same way: finding the object, refusing what is invalid, storing.
 * Follows apiserver/pkg/registry/generic/registry/store.go.
 */
import type { Discovery, MetricsPresence } from '../api/discovery';
import type { FieldError } from '../api/field-error';
import type { KindDefinition } from '../api/kinds/definition';
import { joinKey, type KubeObject, keyOf } from '../api/meta';
import { isObject, valueIn } from '../api/plain';
import type { KubeletDial } from '../api/pod-streams';
import type { ApiRequest, RequestOptions, UserInfo } from '../api/request';
import { kindId } from '../api/scheme';
import { conflict, invalid, notFound, OPTIMISTIC_LOCK_MESSAGE, StatusError } from '../api/status-error';
import type { Random } from '../kernel/random';
import type { LogEntry, Store } from '../store/store';
import type { Authorizer } from './authorization/authorizer';
import { type Managing, noteOf, rehearsedManagers, withManagers } from './managed-fields';
import type { AdmissionRequest } from './strategy';
import { asServed, asStored } from './versions';

/** What the API server needs from the world around it. */
export interface ApiServerHost {
  readonly store: Store<KubeObject>;
  readonly random: Random;
  /** An object that is about to be stored, sharing what it can with an earlier one. */
  keep(object: KubeObject, earlier: KubeObject | undefined): KubeObject;
  /** metav1.Time of the present instant. */
  readonly now: string;
  /** Why no request is answered at present (the API server is down), or undefined. */
  readonly outage: string | undefined;
  /** Whether the metrics server answers; absent like it. */
  metrics?(): MetricsPresence;
  /** What is measured now of a kind that is not stored, in key order; absent in a cluster without a metrics server. */
  readonly measured?: (kind: string) => readonly KubeObject[];
  /** The way to a node's kubelet. */
  kubelet(node: string): KubeletDial;
  /** metav1.Time of a virtual ms. */
  timeOf(atMs: number): string;
  /** Stores a change; undefined removes. `note`: who writes, for managedFields. Returns the log entry. */
  commit(kind: string, key: string, value: KubeObject | undefined, verb: string, note?: unknown): LogEntry<KubeObject>;
}

/** See the header. */
export interface Exchange {
  readonly host: ApiServerHost;
  /** The kind in the version of the request. */
  readonly info: KindDefinition;
  readonly request: ApiRequest;
  readonly options: RequestOptions;
  /** Who asks, after authentication and impersonation. */
  readonly user: UserInfo;
  readonly authorizer: Authorizer;
  /** Who is to manage what the request sets. */
  readonly managing: Managing;
  /** The kinds that are served. */
  discovery(): Discovery;
  /** Adds to what is said beside the answer. */
  warn(message: string): void;
}

/** What strategies and admission plugins are given. */
export function contextOf(exchange: Exchange, operation: AdmissionRequest['operation']): AdmissionRequest {
  const { host, info, options, user, request, warn } = exchange;
  const { store, random, now } = host;
  return {
    info,
    discovery: exchange.discovery,
    decide: (attributes) => exchange.authorizer.decide(attributes),
    now,
    random,
    user,
    operation,
    subresource: request.subresource,
    dryRun: options.dryRun ?? false,
    warn,
    find: (kind, namespace, name) => store.get(kind, joinKey(namespace, name)),
    listBefore: (kind) => {
      if (store.latestOf(kind) === 0) return store.list(kind);
      const last = store.changes(kind, 0, store.revision).findLast(({ atMs }) => host.timeOf(atMs) < now);
      return store.listAt(kind, last?.revision ?? 0);
    },
    list: (kind, namespace) => store.list(kind).filter((o) => !namespace || o.metadata.namespace === namespace),
    commitStatus: (object) =>
      host.commit(kindId(object.apiVersion, object.kind), keyOf(object), stamp(host, object), 'update-status'),
  };
}

/** An object as it is stored. */
export function findStored(
  { host, info }: Exchange,
  namespace: string | undefined,
  name: string,
): KubeObject | undefined {
  const key = joinKey(info.namespaced ? namespace : undefined, name);
  if (info.isMeasured) return host.measured?.(info.id).find((object) => keyOf(object) === key);
  const stored = host.store.get(info.id, key);
  return stored && asServed(stored, info);
}

/** The object that the request names. Throws 404. */
export function named(exchange: Exchange): KubeObject {
  const { request, info } = exchange;
  const found = findStored(exchange, request.namespace, request.name ?? '');
  if (!found) throw notFound(info.group, info.plural, request.name ?? '');
  return found;
}

/** Throws 422 when anything is wrong. */
export function refuseInvalid({ info, request }: Exchange, object: KubeObject, errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  const shown = errors.map((error) => asGiven(error, request.body));
  throw invalid(info.group, info.kind, object.metadata.name, shown);
}

/** What was given empty is not kept, but is shown as it was given. */
function asGiven(error: FieldError, body: unknown): FieldError {
  let given: unknown = body;
  for (const name of error.field.split('.')) given = isObject(given) ? valueIn(given, name) : undefined;
  if (!isObject(given) || Object.keys(given).length > 0) return error;
  return { ...error, message: error.message.replace(' value: null:', ` value: ${JSON.stringify(given)}:`) };
}

/** Stores a draft, which must not be changed afterwards. A dry run stops before it. */
export function commit(exchange: Exchange, draft: KubeObject, verb: string): KubeObject {
  const { host, info, options } = exchange;
  const key = keyOf(draft);
  const old = host.store.get(info.id, key);
  if (options.dryRun)
    return options.managedFields
      ? withManagers(draft, rehearsedManagers(exchange, old && asServed(old, info), draft))
      : draft;
  const value = host.keep(asStored(stamp(host, draft, key), info), old ?? host.store.newest(info.id));
  // A Pod is bound without regard to managers.
  const note = verb === 'bind' ? undefined : noteOf(exchange, old, value);
  return asServed(host.commit(info.id, key, value, verb, note).value as KubeObject, info);
}

/** Takes an object out of the store. */
export function remove({ host, info, options }: Exchange, object: KubeObject): KubeObject {
  if (!options.dryRun) host.commit(info.id, keyOf(object), undefined, 'delete');
  return object;
}

/** Gives the object the revision it is about to be stored at; its name is part of the text of the key, which is kept anyway. */
function stamp(host: ApiServerHost, object: KubeObject, key = keyOf(object)): KubeObject {
  const { metadata } = object;
  const name = key.slice(key.length - metadata.name.length);
  return { ...object, metadata: { ...metadata, name, resourceVersion: String(host.store.revision + 1) } };
}

/** Throws 409 when the writer saw another version, and what Go says of a version that is no number. */
export function refuseLostRace({ info }: Exchange, wanted: string | undefined, old: KubeObject): void {
  if (!wanted || wanted === old.metadata.resourceVersion) return;
  if (!/^\d+$/.test(wanted)) {
    throw new StatusError('', 500, `strconv.ParseUint: parsing ${JSON.stringify(wanted)}: invalid syntax`);
  }
  throw conflict(info.group, info.plural, old.metadata.name, OPTIMISTIC_LOCK_MESSAGE);
}

/** 404 for a path that leads nowhere. */
export function notFoundResource(): StatusError {
  return new StatusError('NotFound', 404, 'the server could not find the requested resource');
}

/** 405 for a verb that a path does not have. */
export function methodNotAllowed(): StatusError {
  return new StatusError('MethodNotAllowed', 405, 'the server does not allow this method on the requested resource');
}

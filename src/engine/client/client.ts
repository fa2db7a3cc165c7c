/**
 * The one way in: what a component may ask of the API server, and its own stale view of it.
 * Interfaces only; api-client.ts implements {@link Client}, the informer implements {@link Lister}.
 */
import type { Discovery } from '../api/discovery';
import type { SubresourceName } from '../api/kinds/definition';
import type { KubeObject, ObjectMeta } from '../api/meta';
import type { Patch } from '../api/patch/patch';
import type { ExecAnswer, LogAnswer, PodExecOptions, PodLogOptions } from '../api/pod-streams';
import type { FieldValidation, Passage, RequestOptions, UserInfo } from '../api/request';

/** How the dependents of a deleted object are treated. */
export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

/** metav1.DeleteOptions, as far as it is used. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: PropagationPolicy;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

/** Options of a write. */
export interface WriteOptions {
  readonly dryRun?: boolean;
  /** What is said to unknown fields in what people send; default `Warn`. */
  readonly fieldValidation?: FieldValidation;
  /** After how long the sender gives up. */
  readonly timeoutMs?: number;
  /** Of apply patches: takes over what others manage. */
  readonly force?: boolean;
}

/** How an object is read. */
export type ReadOptions = Pick<RequestOptions, 'resourceVersion'>;

/** Where a body is sent to: the kind as clients ask for it, and a name unless one is made. */
export interface Destination {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** The part of the object that is written. */
  readonly subresource?: SubresourceName;
}

/** A selection of a list. Selectors are in kubectl's text form (`app=web,tier!=db`, `status.phase=Running`). */
export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** As whom, and with which ear for warnings, a client asks. */
export interface Acting {
  /** Who sends the requests, where that is another one than the component. */
  readonly identity?: UserInfo;
  readonly impersonate?: UserInfo;
  readonly onWarning?: (warning: string) => void;
  /** Hears how each request went through the API server. */
  readonly onPassage?: (passage: Passage) => void;
  /** Who manages what is written. */
  readonly fieldManager?: string;
  /** Answers have their managedFields. */
  readonly managedFields?: boolean;
}

/** Parts of objects that can be patched by a path of their own. */
export type PatchedPart = 'status' | 'scale' | 'resize' | 'ephemeralcontainers';

/**
 * The API server's verbs. All are synchronous, all throw {@link StatusError} when refused, all return frozen objects
 * as stored. `kind` is the kind's name (`Pod`, `Service.serving.knative.dev`). Namespace '' or undefined for cluster-scoped kinds.
 */
export interface Client {
  /** `subresource`: that part of it, e.g. its Scale. */
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string, subresource?: PatchedPart): T;
  /** Like get, but undefined when it is not there. */
  find<T extends KubeObject>(
    kind: string,
    namespace: string | undefined,
    name: string,
    options?: ReadOptions,
  ): T | undefined;
  list<T extends KubeObject>(kind: string, options?: ListOptions): T[];
  /** The revision that a list of the kind is as of: a watch from there misses nothing and repeats nothing. */
  listRevision(kind: string, namespace: string | undefined): number;
  create<T extends KubeObject>(object: T, options?: WriteOptions): T;
  /** Replaces all but status. A set metadata.resourceVersion must be current, else 409. */
  update<T extends KubeObject>(object: T, options?: WriteOptions & { subresource?: 'finalize' }): T;
  /** Replaces status (and for Pods the conditions etc. in it) only. */
  updateStatus<T extends KubeObject>(object: T, options?: WriteOptions): T;
  patch<T extends KubeObject>(
    kind: string,
    namespace: string | undefined,
    name: string,
    patch: Patch,
    options?: WriteOptions & { subresource?: PatchedPart },
  ): T;
  /** Returns the object as it was left: gone, or marked with deletionTimestamp. */
  delete<T extends KubeObject>(kind: string, namespace: string | undefined, name: string, options?: DeleteOptions): T;
  /** spec.replicas through the scale subresource; a set resourceVersion is a precondition. Returns the Scale. */
  scale(
    kind: string,
    namespace: string | undefined,
    name: string,
    replicas: number,
    resourceVersion?: string,
    options?: WriteOptions,
  ): KubeObject;
  /** pods/eviction: deletes, unless a PodDisruptionBudget forbids it (429). */
  evict(namespace: string, name: string, options?: DeleteOptions): void;
  /** pods/binding: sets spec.nodeName and PodScheduled=True; 409 when bound already. */
  bind(namespace: string, name: string, nodeName: string): void;
  /** A create, or an update with a name, of whatever the body is, at a place that need not be the body's own. Some parts are only created. */
  put(destination: Destination, body: unknown, options?: WriteOptions): KubeObject;
  /** pods/log: what a container has printed. */
  log(namespace: string, name: string, options: PodLogOptions): LogAnswer;
  /** pods/attach: what a container prints from now on. */
  attach(namespace: string, name: string, options: PodLogOptions): LogAnswer;
  /** pods/portforward: throws when there is no way to the Pod's kubelet. */
  portForward(namespace: string, name: string): void;
  /** pods/exec: a command in a container, part by part. */
  exec(namespace: string, name: string, options: PodExecOptions): ExecAnswer;
  /** serviceaccounts/token: the TokenRequest with its token. */
  token(namespace: string, name: string, request: object): KubeObject;
  /** Asks for a path that is no resource; throws when it may not be seen or nothing answers. */
  visit(path: string): void;
  /** The kinds that the server serves at present. */
  discovery(): Discovery;
  /** The same verbs, asked in another way. */
  acting(how: Acting): Client;
}

/**
 * A component's informer caches: objects as of the last revision that was delivered to it, which lags behind the
 * store. Only kinds the component declared to watch may be asked for (anything else throws).
 */
export interface Lister {
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
  /** By key (`namespace/name` or `name`). */
  byKey<T extends KubeObject>(kind: string, key: string): T | undefined;
  /** In key order; all namespaces when none is given. */
  list<T extends KubeObject>(kind: string, namespace?: string): T[];
  /** Objects in an owner's namespace that it controls, in key order. */
  controlledBy<T extends KubeObject>(kind: string, owner: Pick<ObjectMeta, 'namespace' | 'uid'>): T[];
  /** Objects with this value in a declared index (client/indexers.ts), in key order. */
  byIndex<T extends KubeObject>(kind: string, index: string, value: string): T[];
  /** As byIndex, but in no particular order, and so faster: what is made of it must not depend on the order. */
  unordered<T extends KubeObject>(kind: string, index: string, value: string): T[];
  /** The step since which `holds` has been true of an object as this view shows it; undefined when it is not, or has been from the outset. */
  since<T extends KubeObject>(kind: string, object: T, holds: (object: T) => boolean): number | undefined;
  /** The store revision this view stands at. */
  readonly revision: number;
}

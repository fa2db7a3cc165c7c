/**
 * What is asked of the API server and what it answers, as plain data: the parts of an HTTP request that matter, and of its response. Everything
 * that reaches the store comes in this form, whoever sends it.
 * Follows apiserver/pkg/endpoints/request/requestinfo.go, apiserver/pkg/authentication/user/user.go and metav1.Status.
 */
import type { KubeObject } from './meta';
import type { PodExecOptions, PodLogOptions } from './pod-streams';
import { type StatusDetails, StatusError, type StatusReason } from './status-error';

/** Somebody the API server knows by name. */
export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  /** What else is known of somebody, as --as-user-extra tells it. */
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** What is done to a resource. */
export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** How unknown and repeated fields of a body are treated. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The query parameters and headers of a request. */
export interface RequestOptions {
  readonly dryRun?: boolean;
  /** Default `Warn`, as when a request says nothing. */
  readonly fieldValidation?: FieldValidation;
  /** The body was made by a typed client and holds nothing that its type does not, so it needs no decoding. */
  readonly typed?: boolean;
  /** The content type of a patch. */
  readonly patchType?: 'strategic' | 'merge' | 'json' | 'apply';
  /** Who manages what the request sets; default: the program that sends it. */
  readonly fieldManager?: string;
  /** Of apply patches: takes over what others manage. */
  readonly force?: boolean;
  /** The answer is to have its managedFields, which are worked out only where somebody looks. */
  readonly managedFields?: boolean;
  /** Keys that stood twice in the text of a patch, by path. */
  readonly duplicates?: readonly string[];
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Of reads: '0' takes what the watch cache has, without asking etcd. */
  readonly resourceVersion?: '0';
  /** After how long the sender gives up; default: when the API server does. */
  readonly timeoutMs?: number;
  /** Of pods/log and pods/attach. */
  readonly log?: PodLogOptions;
  /** Of pods/exec. */
  readonly exec?: PodExecOptions;
}

/** One request. */
export interface ApiRequest {
  /** Who sends it: what a certificate or token says. */
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  /** The program that sends it: what stands before the slash of its user agent. */
  readonly program?: string;
  /** As whom it is to be treated instead. */
  readonly impersonate?: UserInfo;
  readonly verb: Verb;
  readonly group: string;
  readonly version: string;
  /** The plural name, as in the URL. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Whether the answer tells how the request went. */
  readonly isTraced?: boolean;
  /** Set for what is no resource (`/api`); then only user and verb matter beside it. */
  readonly path?: string;
  /** The object, the patch, or for deletions metav1.DeleteOptions. */
  readonly body?: unknown;
  readonly options?: RequestOptions;
}

/** metav1.Status of a refusal. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: StatusReason;
  readonly details: StatusDetails;
  readonly code: number;
}

/** A list as it is answered: `PodList` with its revision. */
export interface ObjectList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

/** What every request passes, in this order. */
export type Station = 'authentication' | 'authorization' | 'admission' | 'validation' | 'storage';

/** How a request went through the API server: evidence of who was let through by what, or stopped where. */
export interface Passage {
  /** As whom it was judged. */
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
  /** `pods`, `deployments.apps/scale`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Which rule let it through, as far as it came to that. */
  readonly allowedBy?: string;
  /** The station that refused it. */
  readonly refusedAt?: Station;
}

/** The answer: an object or list when the code is 200 or 201, else a status; and what the server warns of either way. */
export interface Answer {
  readonly code: number;
  readonly object?: KubeObject | ObjectList;
  readonly status?: Status;
  /** Of requests that ask for it. */
  readonly passage?: Passage;
  readonly warnings: readonly string[];
}

/** A refusal as it is answered. */
export function statusOf({ message, reason, details, code }: StatusError): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
}

/** A refusal as clients throw it. */
export function errorOf({ message, reason, details, code }: Status): StatusError {
  return new StatusError(reason, code, message, details);
}

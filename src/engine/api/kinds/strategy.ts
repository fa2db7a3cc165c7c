/**
 * What the API server does to a kind besides storing it. Part of each kind's definition.
 * Follows pkg/registry/<group>/<kind>/strategy.go. Objects given as `draft` are fresh copies and may be changed in place;
 * `old` is frozen.
 */
import type { Discovery } from '../discovery';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { UserInfo } from '../request';

/** Where random suffixes, addresses and ports are drawn from: the kernel's seeded generator. */
export interface RandomSource {
  /** An integer, 0 <= n < bound. */
  below(bound: number): number;
  /** 32 random bits. */
  next32(): number;
}

/** What strategies and admission plugins may use beside the object. */
export interface RequestContext {
  /** metav1.Time now. */
  readonly now: string;
  readonly random: RandomSource;
  /** Who asks. */
  readonly user: UserInfo;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly subresource?: string;
  readonly dryRun: boolean;
  /** Adds to what is said beside the answer. */
  warn(message: string): void;
  /** Reads of the store's head (admission plugins look up namespaces, service accounts, other objects). */
  find(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(kind: string, namespace?: string): readonly KubeObject[];
  /** The kinds that are served. */
  discovery(): Discovery;
}

/** The rules of one kind. Everything optional: absent means the generic behaviour. */
export interface Strategy {
  /** Fills defaults in place (api/defaults/<kind>.ts). Runs on create and on every update. */
  default?(draft: KubeObject): void;
  /** Drops or sets what a client may not choose at creation (status, generation = 1 is done generically). */
  prepareForCreate?(draft: KubeObject, request: RequestContext): void;
  /** Restores what an update may not touch. Generation is bumped generically when `spec` differs. */
  prepareForUpdate?(draft: KubeObject, old: KubeObject, request: RequestContext): void;
  /** For status updates; the generic code has already put old spec and metadata back. */
  prepareForStatusUpdate?(draft: KubeObject, old: KubeObject, request: RequestContext): void;
  /** What the first DELETE of an object that stays for a while adds to its marks. */
  markDeleted?(marked: KubeObject, now: string): KubeObject;
  validate?(object: KubeObject, request: RequestContext): readonly FieldError[];
  validateUpdate?(object: KubeObject, old: KubeObject, request: RequestContext): readonly FieldError[];
  validateStatusUpdate?(object: KubeObject, old: KubeObject): readonly FieldError[];
  /** What is said beside the answer to a create or update that is valid; nothing about what the caller can't change. */
  warningsOnCreate?(object: KubeObject, request: RequestContext): readonly string[];
  warningsOnUpdate?(object: KubeObject, old: KubeObject, request: RequestContext): readonly string[];
  /** After validation, before storing: allocate (cluster IPs, node ports). May throw StatusError. */
  allocate?(draft: KubeObject, old: KubeObject | undefined, request: RequestContext): void;
  /** Seconds of graceful deletion wanted for this object, or undefined to delete at once (only Pods have it). */
  gracePeriodSeconds?(object: KubeObject, requested: number | undefined): number | undefined;
  /** True when an object may be created in a namespace that terminates or without one existing; default false. */
  skipNamespaceCheck?: boolean;
  /** Garbage collection default when the delete names no policy (upstream: background for all today). */
  defaultPropagation?: 'Background' | 'Orphan';
}

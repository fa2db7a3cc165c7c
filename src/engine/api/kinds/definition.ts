/**
 * What a kind is, as one value: its names, how its objects are read, defaulted, validated and stored, and how they are
 * listed. One `KindDefinition` per kind in kinds/<kind>.ts, all listed in kinds/registry.ts; custom kinds are made of
 * their CustomResourceDefinitions (discovery.ts). API server, kubectl, printers and the limits list read these objects.
 * Follows apimachinery's APIResource and the registration of each kind in pkg/registry.
 */
import { DEFAULT_SCALE, type ScalePaths } from '../custom-resources/scale';
import type { KubeObject } from '../meta';
import type { JSONSchemaProps } from '../types';
import type { Strategy } from './strategy';
import type { TableDefinition } from './table';

/** A part of an object that has a path of its own. */
export type SubresourceName =
  | 'status'
  | 'scale'
  | 'eviction'
  | 'binding'
  | 'finalize'
  | 'token'
  | 'resize'
  | 'ephemeralcontainers'
  | 'log'
  | 'exec'
  | 'attach'
  | 'portforward';

/** Those that are created, and never read or replaced. */
export const CREATED_PARTS: readonly SubresourceName[] = ['binding', 'eviction', 'token'];

/** Names and scope of a kind in one version. */
export interface ResourceInfo {
  /**
   * How the engine names the kind, unique over all groups: the bare kind of a built-in one (`Pod`), kind and group of a
   * custom one (`Service.serving.knative.dev`). Stores, listers and clients are asked by it.
   */
  readonly id: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly categories: readonly string[];
  readonly subresources: readonly SubresourceName[];
}

/** How objects of a version that is not the stored one are written in that one, and read. Both make new objects. */
export interface VersionConversion {
  toStorage(object: KubeObject): KubeObject;
  fromStorage(object: KubeObject): KubeObject;
}

/** Everything about one kind in one version. */
export interface KindDefinition extends ResourceInfo {
  /** The type of schema.ts by which objects of a built-in kind are decoded and patched; '' for custom ones. */
  readonly type: string;
  /** The schema by which objects of a custom kind are read. */
  readonly schema: JSONSchemaProps | undefined;
  /** When a custom kind was defined (metav1.Time). */
  readonly definedAt?: string;
  /** The version in which objects are stored; reads in another one get it as their apiVersion. */
  readonly storageVersion: string;
  /** For a built-in kind in a version that it is not stored in. */
  readonly conversion?: VersionConversion;
  /** Its objects are measured when they are asked for; none are stored. */
  readonly isMeasured?: boolean;
  /** Its objects are only created, answered at once and never stored: questions, and Bindings. */
  readonly isReview?: boolean;
  /** Its objects' uids are worked out from their owner's and the time, not drawn: those of later objects do not depend on them. */
  readonly hasUidOfOwner?: boolean;
  /** metadata.generation is 1 at creation and grows with each change of spec. */
  readonly countsGenerations: boolean;
  /** What of metadata writes of status let through. */
  readonly statusMetadata: readonly ('annotations' | 'finalizers')[];
  /** Paths that field selectors may name beside metadata.name and metadata.namespace; undefined: only these two. */
  readonly selectableFields: readonly string[] | undefined;
  /** Where the scale subresource finds its numbers. */
  readonly scale: ScalePaths | undefined;
  /** Its CustomResourceDefinition is being deleted: nothing new may be created. */
  readonly isTerminating: boolean;
  /** What clients of this version are warned of. */
  readonly deprecation: string | undefined;
  readonly strategy: Strategy;
  readonly table: TableDefinition;
}

type Optional = Partial<Pick<KindDefinition, 'namespaced' | 'categories' | 'subresources'>>;
type Resource = Omit<KindDefinition, 'strategy' | 'table'>;

/** The names of a built-in kind, and what holds for a kind that says nothing else. `shortNames` are separated by commas. */
export function resource(
  group: string,
  version: string,
  kind: string,
  plural: string,
  shortNames: string,
  options: Optional = {},
): Resource {
  return {
    id: kind,
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: shortNames ? shortNames.split(',') : [],
    namespaced: true,
    categories: [],
    subresources: [],
    type: kind,
    storageVersion: version,
    countsGenerations: false,
    statusMetadata: [],
    selectableFields: undefined,
    schema: undefined,
    scale: options.subresources?.includes('scale') ? DEFAULT_SCALE : undefined,
    isTerminating: false,
    deprecation: undefined,
    ...options,
  };
}

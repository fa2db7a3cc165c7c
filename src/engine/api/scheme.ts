/**
 * The built-in kinds by name: what components look kinds up in. With the custom kinds of a cluster: discovery.ts.
 * Follows apimachinery/pkg/runtime/scheme.go.
 */
import type { KindDefinition, ResourceInfo } from './kinds/definition';
import { KINDS } from './kinds/registry';

/** Every built-in kind that is simulated, in the order of `kubectl api-resources`. */
export const RESOURCES: readonly KindDefinition[] = KINDS;

const byId: ReadonlyMap<string, KindDefinition> = new Map(KINDS.map((definition) => [definition.id, definition]));

/** The definition of a built-in kind by its bare name, or undefined when it is not simulated. */
export function findResource(id: string): KindDefinition | undefined {
  return byId.get(id);
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(info: Pick<ResourceInfo, 'group' | 'version'>): string {
  return info.group ? `${info.group}/${info.version}` : info.version;
}

/** The group of an apiVersion: `apps` of `apps/v1`, '' of `v1`. */
export function groupOf(apiVersion: string | undefined): string {
  const slash = apiVersion?.indexOf('/') ?? -1;
  return slash < 0 ? '' : (apiVersion as string).slice(0, slash);
}

/** The version of an apiVersion: `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** Whether a kind is a custom one: names of those carry their group. */
export const isCustomKind = (id: string): boolean => id.includes('.');

/**
 * How the engine names a kind (see {@link ResourceInfo.id}), whether it exists or not. An object without an apiVersion is
 * taken for one of the built-in kind of that name.
 */
export function kindId(apiVersion: string | undefined, kind: string): string {
  const builtIn = byId.get(kind);
  const group = groupOf(apiVersion);
  if (builtIn && (!apiVersion || builtIn.group === group)) return kind;
  return group ? `${kind}.${group}` : kind;
}

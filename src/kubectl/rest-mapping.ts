/**
 * From the names people type and the apiVersion and kind of manifests to kinds of the API.
 * Follows apimachinery/pkg/api/meta/restmapper.go and client-go/restmapper (short names, categories), with their words.
 */
import type { Discovery } from '../engine/api/discovery';
import type { KindDefinition, ResourceInfo } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import { apiVersionOf } from '../engine/api/scheme';
import { KubectlError } from './errors';
import { UNSIMULATED, unsimulatedNote } from './unsimulated';

/** `deployments.apps`, or `pods`. */
export function qualified(info: ResourceInfo): string {
  return info.group ? `${info.plural}.${info.group}` : info.plural;
}

/** `deployment.apps`, or `pod`: how kubectl names an object's type in messages. */
export function typeName(object: { readonly apiVersion: string; readonly kind: string }): string {
  const slash = object.apiVersion.indexOf('/');
  const kind = object.kind.toLowerCase();
  return slash < 0 ? kind : `${kind}.${object.apiVersion.slice(0, slash)}`;
}

/** `deployment.apps` of a table row. */
export function typeNameOf(info: ResourceInfo): string {
  return info.group ? `${info.kind.toLowerCase()}.${info.group}` : info.kind.toLowerCase();
}

/** What a name can be, in the order of precedence: a full name of one kind goes before the short name of another. */
const NAMES: readonly ((info: ResourceInfo, name: string) => boolean)[] = [
  (info, name) => info.plural === name,
  (info, name) => info.singular === name,
  (info, name) => info.shortNames.includes(name),
  (info, name) => info.kind.toLowerCase() === name,
];

function firstNamed<T extends ResourceInfo>(infos: readonly T[], name: string): T | undefined {
  for (const isNamed of NAMES) {
    const found = infos.find((info) => isNamed(info, name));
    if (found) return found;
  }
  return undefined;
}

/** `deployments.v1.apps` and `deployments.apps`; a group may be cut short. */
function candidates<T extends ResourceInfo>(infos: readonly T[], suffix: string): readonly T[] {
  if (suffix === '') return infos;
  const [version = '', ...rest] = suffix.split('.');
  const versioned = infos.filter((info) => info.version === version && info.group === rest.join('.'));
  if (versioned.length > 0) return versioned;
  const exact = infos.filter((info) => info.group === suffix);
  return exact.length > 0 ? exact : infos.filter((info) => info.group.startsWith(suffix));
}

function namedBy<T extends ResourceInfo>(infos: readonly T[], argument: string): T | undefined {
  const [name = '', ...rest] = argument.toLowerCase().split('.');
  return firstNamed(candidates(infos, rest.join('.')), name);
}

/** The kind as clients ask for it: one that is wanted in another version than the preferred one says so. */
function inVersion(discovery: Discovery, found: KindDefinition | undefined): KindDefinition | undefined {
  if (!found || discovery.find(found.id) === found) return found;
  return { ...found, id: `${found.kind}.${found.version}.${found.group}` };
}

/** The kind that a resource argument names (`deploy`, `deployments.apps`, `Deployment`), if there is one. */
export function findMapping(discovery: Discovery, argument: string): KindDefinition | undefined {
  return inVersion(discovery, namedBy(discovery.served, argument));
}

/** The kind that a resource argument names. Throws as kubectl does when there is none. */
export function mappingFor(discovery: Discovery, argument: string): KindDefinition {
  const info = findMapping(discovery, argument);
  if (info) return info;
  const missing = namedBy(UNSIMULATED, argument);
  throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(argument.split('.')[0])}`, {
    note: missing && unsimulatedNote(missing.kind),
  });
}

/** Expands a category (`all`); anything else stays. */
export function expandCategory(discovery: Discovery, argument: string): string[] {
  const members = discovery.preferred.filter((info) => info.categories.includes(argument));
  return members.length > 0 ? members.map(qualified) : [argument];
}

/** The note for a manifest of a kind that Kubernetes serves in this version and the simulator does not. */
export function missingNote({
  kind,
  apiVersion,
}: {
  readonly kind: string;
  readonly apiVersion: string;
}): string | undefined {
  const missing = UNSIMULATED.find((info) => info.kind === kind && apiVersionOf(info) === apiVersion);
  return missing && unsimulatedNote(missing.kind);
}

/** The kind of a manifest. Throws kubectl's "resource mapping not found". */
export function mappingOfObject(discovery: Discovery, object: KubeObject, source: string): KindDefinition {
  const found = inVersion(discovery, discovery.findKind(object.apiVersion, object.kind));
  if (found) return found;
  const { name = '', namespace = '' } = object.metadata ?? {};
  const quote = JSON.stringify;
  throw new KubectlError(
    `resource mapping not found for name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(source)}: ` +
      `no matches for kind ${quote(object.kind)} in version ${quote(object.apiVersion)}\nensure CRDs are installed first`,
    { note: missingNote(object) },
  );
}

/** `Resource: "apps/v1, Resource=deployments", …`: how kubectl describes an object in long errors. */
export function longName(mapping: ResourceInfo, namespace: string | undefined, name: string): string {
  const { group, version, plural, kind } = mapping;
  const quote = JSON.stringify;
  const type = `Resource: ${quote(`${group}/${version}, Resource=${plural}`)}, GroupVersionKind: ${quote(`${group}/${version}, Kind=${kind}`)}`;
  return `${type}\nName: ${quote(name)}, Namespace: ${quote(namespace ?? '')}`;
}

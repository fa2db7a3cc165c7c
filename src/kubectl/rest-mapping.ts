/**
 * From the names people type and the apiVersion and kind of manifests to kinds of the API.
 * Follows apimachinery/pkg/api/meta/restmapper.go and client-go/restmapper (discovery.go, short names, categories), with their words.
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

/** The name of one object of a kind; where a server tells none, it is guessed from the kind. */
const singularOf = ({ singular, kind }: ResourceInfo): string => singular || kind.toLowerCase();

/** Whether a kind has that name, in the plural or the singular. */
const isNamed = (info: ResourceInfo, name: string): boolean => info.plural === name || singularOf(info) === name;

/** A resource as it is typed, apart: `deployments.v1.apps`, `deployments.apps`. */
interface Asked {
  readonly resource: string;
  readonly version: string;
  readonly group: string;
}

/** What an argument may mean, the likelier first. Follows ParseResourceArg in apimachinery/pkg/runtime/schema/group_version.go. */
function readings(argument: string): Asked[] {
  const [resource = '', first = '', ...rest] = argument.split('.');
  const plain = { resource, version: '', group: [first, ...rest].join('.') };
  return rest.length > 0 ? [{ resource, version: first, group: rest.join('.') }, plain] : [plain];
}

/** A short name in full; the version of one whose group is exact is forgotten. Follows client-go/restmapper/shortcut.go. */
function expandShortName(infos: readonly ResourceInfo[], asked: Asked): Asked {
  const { resource, group } = asked;
  const near = group === '' ? infos : infos.filter((info) => info.group === group);
  if (near.some((info) => isNamed(info, resource))) return asked;
  const isShort = ({ shortNames }: ResourceInfo): boolean => shortNames.includes(resource);
  const exact = near.find(isShort);
  if (exact) return { resource: exact.plural, version: '', group: exact.group };
  const wide = group === '' ? undefined : infos.find((info) => info.group.startsWith(group) && isShort(info));
  return wide ? { ...asked, resource: wide.plural, group: wide.group } : asked;
}

/** What else of another group or name has the short name that is asked for. Follows expandResourceShortcut. */
function alsoMeant(infos: readonly ResourceInfo[], { resource, group }: Asked): readonly string[] {
  const near = group === '' ? infos : infos.filter((info) => info.group === group);
  if (near.some((info) => isNamed(info, resource))) return [];
  const [, ...others] = new Set(near.filter(({ shortNames }) => shortNames.includes(resource)).map(qualified));
  return others;
}

/** The kind of a resource; without a version its group may be cut short. Follows KindsFor of restmapper.go. */
function kindFor<T extends ResourceInfo>(infos: readonly T[], asked: Asked): T | undefined {
  const { resource, version, group } = expandShortName(infos, asked);
  const name = resource.toLowerCase();
  const plurals = infos.filter(({ plural }) => plural === name);
  const named = [...plurals, ...infos.filter((info) => singularOf(info) === name)];
  if (version) return named.find((info) => info.version === version && (group === '' || info.group === group));
  return (
    named.find((info) => group === '' || info.group === group) ?? named.find((info) => info.group.startsWith(group))
  );
}

function namedBy<T extends ResourceInfo>(infos: readonly T[], argument: string): T | undefined {
  const asked = readings(argument);
  for (const one of asked) {
    const found = kindFor(infos, one);
    if (found) return found;
  }
  const isKind = (info: ResourceInfo, { resource, version, group }: Asked): boolean =>
    info.kind.toLowerCase() === resource.toLowerCase() &&
    info.group === group &&
    (version === '' || info.version === version);
  return infos.find((info) => asked.some((one) => isKind(info, one)));
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

/** The names of a kind that the API server would serve, be it simulated or not. */
export function findListed(discovery: Discovery, argument: string): ResourceInfo | undefined {
  return namedBy(discovery.served, argument) ?? namedBy(UNSIMULATED, argument);
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

/** What kubectl warns of before it takes a short name for the first of several kinds that have it. */
export function shortNameWarnings({ served }: Discovery, argument: string): readonly string[] {
  const asked = readings(argument);
  const found = asked.findIndex((one) => kindFor(served, one));
  const tried = found < 0 ? asked : asked.slice(0, found + 1);
  return tried.flatMap((one) =>
    alsoMeant(served, one).map(
      (other) => `short name ${JSON.stringify(one.resource)} could also match lower priority resource ${other}`,
    ),
  );
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

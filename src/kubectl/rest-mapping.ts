/**
 * From the names people type and the apiVersion and kind of manifests to kinds of the API.
 * Follows apimachinery/pkg/api/meta and client-go/restmapper (short names, categories), with their words.
 */

import type { ResourceInfo } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import { apiVersionOf, RESOURCES } from '../engine/api/scheme';
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

function named(info: ResourceInfo, name: string): boolean {
  return (
    info.plural === name || info.singular === name || info.kind.toLowerCase() === name || info.shortNames.includes(name)
  );
}

function matches(info: ResourceInfo, argument: string): boolean {
  const [name = '', ...rest] = argument.toLowerCase().split('.');
  if (!named(info, name)) return false;
  const suffix = rest.join('.');
  return (
    suffix === '' || suffix === info.group || suffix === `${info.version}.${info.group}` || suffix === info.version
  );
}

/** The kind that a resource argument names (`deploy`, `deployments.apps`, `Deployment`), if there is one. */
export function findMapping(argument: string): ResourceInfo | undefined {
  return RESOURCES.find((info) => matches(info, argument));
}

/** The kind that a resource argument names. Throws as kubectl does when there is none. */
export function mappingFor(argument: string): ResourceInfo {
  const info = findMapping(argument);
  if (info) return info;
  const missing = UNSIMULATED.find((each) => matches(each, argument));
  throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(argument.split('.')[0])}`, {
    note: missing && unsimulatedNote(missing.kind),
  });
}

/** Expands the category `all`; anything else stays. */
export function expandCategory(argument: string): string[] {
  if (argument !== 'all') return [argument];
  return RESOURCES.filter((info) => info.categories.includes('all')).map(qualified);
}

/** The kind of a manifest. Throws kubectl's "resource mapping not found". */
export function mappingOfObject(object: KubeObject, source: string): ResourceInfo {
  const found = RESOURCES.find((info) => info.kind === object.kind && apiVersionOf(info) === object.apiVersion);
  if (found) return found;
  const missing = UNSIMULATED.find((info) => info.kind === object.kind && apiVersionOf(info) === object.apiVersion);
  const { name = '', namespace = '' } = object.metadata ?? {};
  const quote = JSON.stringify;
  throw new KubectlError(
    `resource mapping not found for name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(source)}: ` +
      `no matches for kind ${quote(object.kind)} in version ${quote(object.apiVersion)}\nensure CRDs are installed first`,
    { note: missing && unsimulatedNote(missing.kind) },
  );
}

/**
 * The kinds that CustomResourceDefinitions define: one definition per version that is served, preferred versions first.
 * Follows apiextensions-apiserver/pkg/apiserver/customresource_{handler,discovery_controller}.go and
 * apimachinery/pkg/version/helpers.go (CompareKubeAwareVersionStrings).
 */
import type { KindDefinition, SubresourceName } from '../kinds/definition';
import type { KubeObject } from '../meta';
import { kindId } from '../scheme';
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../types';
import { customStrategy } from './custom-strategy';
import { customTable } from './custom-table';
import type { Schema } from './json-schema';

/** Whether a condition of a definition is true. */
export function isConditionTrue(definition: CustomResourceDefinition, type: string): boolean {
  return definition.status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false;
}

const VERSION = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/;
const STAGES = ['alpha', 'beta', ''];

/** Orders versions by what clients should prefer: v2, v1, v2beta1, v1alpha1; others last, by name. */
export function byPreference(left: string, right: string): number {
  const [one, other] = [VERSION.exec(left), VERSION.exec(right)];
  if (!one || !other) return one ? -1 : other ? 1 : left < right ? -1 : left > right ? 1 : 0;
  const stage = STAGES.indexOf(other[2] ?? '') - STAGES.indexOf(one[2] ?? '');
  return stage || Number(other[1]) - Number(one[1]) || Number(other[3] ?? 0) - Number(one[3] ?? 0);
}

function subresourcesOf({ subresources }: CustomResourceDefinitionVersion): SubresourceName[] {
  const names: SubresourceName[] = [];
  if (subresources?.status) names.push('status');
  if (subresources?.scale) names.push('scale');
  return names;
}

/** Says that a version is deprecated, and which newer one to use. */
function deprecationOf({ spec: { group, versions } }: CustomResourceDefinition, name: string, kind: string): string {
  const [best] = versions
    .filter(({ served, deprecated, name: other }) => served && !deprecated && byPreference(other, name) < 0)
    .map((version) => version.name)
    .sort(byPreference);
  return `${group}/${name} ${kind} is deprecated${best === undefined ? '' : `; use ${group}/${best} ${kind}`}`;
}

function definitionOf(
  definition: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
  storageVersion: string,
): KindDefinition {
  const { group, scope } = definition.spec;
  const names = definition.status.acceptedNames ?? definition.spec.names;
  const apiVersion = `${group}/${version.name}`;
  const schema: Schema = version.schema?.openAPIV3Schema ?? {};
  const scale = version.subresources?.scale;
  const namespaced = scope === 'Namespaced';
  const hasStatus = version.subresources?.status !== undefined;
  return {
    id: kindId(apiVersion, names.kind),
    definedAt: definition.metadata.creationTimestamp,
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    singular: names.singular ?? '',
    shortNames: names.shortNames ?? [],
    namespaced,
    categories: names.categories ?? [],
    subresources: subresourcesOf(version),
    type: '',
    schema,
    storageVersion,
    countsGenerations: true,
    statusMetadata: [],
    selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath.replace(/^\./, '')),
    scale,
    isTerminating: isConditionTrue(definition, 'Terminating'),
    deprecation: version.deprecated
      ? (version.deprecationWarning ?? deprecationOf(definition, version.name, names.kind))
      : undefined,
    strategy: customStrategy({ apiVersion, kind: names.kind, namespaced, schema, hasStatus, scale }),
    table: customTable(version.additionalPrinterColumns),
  };
}

/** What one definition defines: nothing before it is established. */
export function kindsOf(object: KubeObject): KindDefinition[] {
  const definition = object as CustomResourceDefinition;
  if (!isConditionTrue(definition, 'Established')) return [];
  const { versions } = definition.spec;
  const storage = versions.find((version) => version.storage)?.name ?? '';
  return versions
    .filter((version) => version.served)
    .sort((left, right) => byPreference(left.name, right.name))
    .map((version) => definitionOf(definition, version, storage));
}

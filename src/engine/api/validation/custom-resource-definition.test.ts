/** CustomResourceDefinitions that are refused, in the API server's words. */
import { expect, test } from 'vitest';
import type { Schema } from '../custom-resources/json-schema';
import { customResourceDefinitionKind } from '../kinds/custom-resource-definition';
import type { RequestContext } from '../kinds/strategy';
import { clonePlain } from '../plain';
import type { CustomResourceDefinition } from '../types';

const { strategy } = customResourceDefinitionKind;

function definition(
  schema: Schema = { type: 'object' },
  more: object = {},
  version: object = {},
): CustomResourceDefinition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'crontabs.stable.example.com' },
    spec: {
      group: 'stable.example.com',
      scope: 'Namespaced',
      names: { plural: 'crontabs', kind: 'CronTab' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
      ...more,
    },
  } as unknown as CustomResourceDefinition;
}

function said(object: CustomResourceDefinition): string[] {
  const draft = clonePlain(object);
  strategy.default?.(draft);
  strategy.prepareForCreate?.(draft, {} as RequestContext);
  return (strategy.validate?.(draft, {} as RequestContext) ?? []).map(({ field, message }) => `${field}: ${message}`);
}

const AT = 'spec.validation.openAPIV3Schema';

test('a sound definition', () => {
  expect(said(definition())).toEqual([]);
});

test.each<[string, Schema, string[]]>([
  [
    'no type',
    { properties: { spec: {} } },
    [
      `${AT}.properties[spec].type: Required value: must not be empty for specified object fields`,
      `${AT}.type: Required value: must not be empty at the root`,
    ],
  ],
  [
    'a list of nothing',
    { type: 'object', properties: { a: { type: 'array' } } },
    [`${AT}.properties[a].items: Required value: must be specified`],
  ],
  [
    'both kinds of properties',
    {
      type: 'object',
      properties: {
        a: { type: 'object', properties: { b: { type: 'string' } }, additionalProperties: { type: 'string' } },
      },
    },
    [`${AT}.properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`],
  ],
  [
    'metadata',
    { type: 'object', properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } } },
    [
      `${AT}.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified`,
    ],
  ],
  [
    'alternatives of unknown fields',
    { type: 'object', anyOf: [{ properties: { a: { type: 'string' } } }] },
    [
      `${AT}.anyOf[0].properties[a].type: Forbidden: must be empty to be structural`,
      `${AT}.properties[a]: Required value: because it is defined in ${AT}.anyOf[0].properties[a]`,
    ],
  ],
  [
    'a pattern that is none',
    { type: 'object', properties: { a: { type: 'string', pattern: '(' } } },
    [
      `${AT}.properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): \`(\``,
    ],
  ],
  [
    'a default of the wrong type',
    { type: 'object', properties: { a: { type: 'integer', default: 'x' } } },
    [`${AT}.properties[a].default: Invalid value: "string":  in body must be of type integer: "string"`],
  ],
  [
    'a map without keys',
    {
      type: 'object',
      properties: { a: { type: 'array', 'x-kubernetes-list-type': 'map', items: { type: 'object' } } },
    },
    [
      `${AT}.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
    ],
  ],
])('%s', (_name, schema, expected) => {
  expect(said(definition(schema))).toEqual(expected);
});

test.each<[string, CustomResourceDefinition, string[]]>([
  [
    'another name',
    { ...definition(), metadata: { name: 'foos.example.com' } },
    ['metadata.name: Invalid value: "foos.example.com": must be spec.names.plural+"."+spec.group'],
  ],
  [
    'no version to store',
    definition(undefined, {}, { storage: false }),
    [
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version',
      'status.storedVersions: Invalid value: null: must have at least one stored version',
    ],
  ],
  [
    'a first version without a name for a label',
    definition(undefined, {}, { name: '1v' }),
    ['spec.versions[0].name', 'spec.version'].map(
      (field) =>
        `${field}: Invalid value: "1v": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
    ),
  ],
  [
    'no schema',
    definition(undefined, {}, { schema: undefined }),
    ['spec.versions[0].schema.openAPIV3Schema: Required value'],
  ],
  [
    'another scope',
    definition(undefined, { scope: 'Galaxy' }),
    ['spec.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespaced"'],
  ],
  [
    'a group of Kubernetes',
    { ...definition(undefined, { group: 'foo.k8s.io' }), metadata: { name: 'crontabs.foo.k8s.io' } },
    [
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ],
  ],
  [
    'unknown fields kept',
    definition(undefined, { preserveUnknownFields: true }),
    [
      'spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
    ],
  ],
  [
    'a bad column',
    definition(undefined, {}, { additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: 'spec.a' }] }),
    [
      'spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string',
      'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.a": must be a simple json path starting with .',
    ],
  ],
  [
    'a bad scale path',
    definition(
      undefined,
      {},
      { subresources: { scale: { specReplicasPath: '.status.x', statusReplicasPath: '.status.y' } } },
    ),
    ['spec.subresources.scale.specReplicasPath: Invalid value: ".status.x": should be a json path under .spec'],
  ],
])('%s', (_name, object, expected) => {
  expect(said(object)).toEqual(expected);
});

test('of two versions to store only the first becomes one that is stored', () => {
  const schema = { openAPIV3Schema: { type: 'object' } };
  const versions = ['v1', 'v2'].map((name) => ({ name, served: true, storage: true, schema }));
  expect(said(definition(undefined, { versions }))).toContain(
    'status.storedVersions: Invalid value: ["v1"]: must have the storage version v2',
  );
});

/**
 * The JSON Schema behind the editor's completion and hover texts: one schema for every document of a stream, which by
 * apiVersion and kind refers to the right definition. Statuses are left open (nobody types them), and so are kinds that
 * aren't simulated: the engine says what is wrong with those. The Scenario kind is written by hand in scenario-schema.mjs.
 */

import { SCENARIO_API_VERSION, scenarioDefinitions } from './scenario-schema.mjs';

/** The values of Go's named string types that matter in manifests. */
const ENUMS = {
  AddressType: 'IPv4 IPv6 FQDN',
  ConditionStatus: 'True False Unknown',
  ContainerRestartPolicy: 'Always OnFailure Never',
  DNSPolicy: 'ClusterFirst ClusterFirstWithHostNet Default None',
  DeploymentStrategyType: 'RollingUpdate Recreate',
  IPFamily: 'IPv4 IPv6',
  IPFamilyPolicy: 'SingleStack PreferDualStack RequireDualStack',
  LabelSelectorOperator: 'In NotIn Exists DoesNotExist',
  MountPropagationMode: 'None HostToContainer Bidirectional',
  NodeInclusionPolicy: 'Honor Ignore',
  NodeSelectorOperator: 'In NotIn Exists DoesNotExist Gt Lt',
  OSName: 'linux windows',
  PersistentVolumeAccessMode: 'ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod',
  PodFSGroupChangePolicy: 'OnRootMismatch Always',
  PreemptionPolicy: 'PreemptLowerPriority Never',
  Protocol: 'TCP UDP SCTP',
  PullPolicy: 'IfNotPresent Always Never',
  ResourceResizeRestartPolicy: 'NotRequired RestartContainer',
  RestartPolicy: 'Always OnFailure Never',
  SeccompProfileType: 'RuntimeDefault Unconfined Localhost',
  ServiceAffinity: 'None ClientIP',
  ServiceExternalTrafficPolicy: 'Cluster Local',
  ServiceInternalTrafficPolicy: 'Cluster Local',
  ServiceType: 'ClusterIP NodePort LoadBalancer ExternalName',
  TaintEffect: 'NoSchedule PreferNoSchedule NoExecute',
  TerminationMessagePolicy: 'File FallbackToLogsOnError',
  TolerationOperator: 'Exists Equal',
  URIScheme: 'HTTP HTTPS',
  UnhealthyPodEvictionPolicyType: 'IfHealthyBudget AlwaysAllow',
  UnsatisfiableConstraintAction: 'DoNotSchedule ScheduleAnyway',
};

const SCALARS = {
  s: { type: 'string' },
  b: { type: 'boolean' },
  i: { type: 'integer' },
  l: { type: 'integer' },
  f: { type: 'number' },
  x: { type: ['integer', 'string'] },
  q: { type: ['string', 'number'] },
  t: { type: 'string' },
  u: { type: 'string' },
  y: { type: 'string' },
  r: {},
  j: {},
};

/** Fields whose text is open to anything, with the values that are usual. */
const USUAL = {
  'Secret.type': 'Opaque kubernetes.io/tls kubernetes.io/dockerconfigjson kubernetes.io/basic-auth',
  'Event.type': 'Normal Warning',
};

/** What the server sets; known, so that pasted objects show no error, but without a text of its own. */
const SERVER_SET = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** The first sentence of a documentation text, without the prefix that repeats the field's name. */
function firstSentence(doc, name) {
  const text = doc
    .replace(/\s+/g, ' ')
    .replace(/ ?More info:? .*$/, '')
    .replace(/^ ?(Optional|Required|Deprecated|Standard object's metadata)[:.,] */i, '')
    .trim();
  const sentence = /^(.+?(?<!e\.g|i\.e|etc|vs))(?:\.(?= |$)|$)/.exec(text)?.[1] ?? '';
  const plain = sentence.replace(new RegExp(`^${name} (?=is |are )`, 'i'), '').replace(/^(is|are) /, '');
  const cut = plain.length > 200 ? `${plain.slice(0, plain.lastIndexOf(' ', 200))} …` : plain;
  return cut.charAt(0).toUpperCase() + cut.slice(1);
}

function elementSchema(code) {
  if (code.startsWith("'")) {
    const values = ENUMS[code.slice(1)];
    return values ? { type: 'string', enum: values.split(' ') } : { type: 'string' };
  }
  return SCALARS[code] ?? { $ref: `#/definitions/${code}` };
}

function fieldSchema(type, field, api) {
  const usual = USUAL[`${type}.${field.name}`];
  const element = usual
    ? { anyOf: [{ type: 'string', enum: usual.split(' ') }, { type: 'string' }] }
    : elementSchema(api.elementCode(field));
  // A list or section without content is null in YAML, which the API server takes for absent.
  if (field.kind === 'slice') return { type: ['array', 'null'], items: element };
  if (field.kind === 'map') return { type: ['object', 'null'], additionalProperties: element };
  return element;
}

function typeSchema(type, api) {
  const isKind = type in api.kinds;
  const properties = {};
  const required = [];
  for (const field of api.goTypes[type]) {
    const { name } = field;
    const model = api.modelField(type, field);
    if (isKind && name === 'apiVersion') properties[name] = { const: api.kinds[type] };
    else if (isKind && name === 'kind') properties[name] = { const: type };
    else if (isKind && name === 'status') properties[name] = { type: ['object', 'null'] };
    else if (SERVER_SET.has(name) && type === 'ObjectMeta') properties[name] = {};
    else {
      const description = firstSentence(field.doc || model.doc, name);
      properties[name] = { ...fieldSchema(type, field, api), ...(description && { description }) };
    }
    if (model.required) required.push(name);
  }
  const description = firstSentence(api.models.get(type).doc, type);
  return {
    type: isKind ? 'object' : ['object', 'null'],
    ...(description && { description }),
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function references(schema) {
  return [...JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)].map((match) => match[1]);
}

/** The definitions of the kinds and of everything they refer to. */
function definitionsOf(api) {
  const definitions = {};
  const pending = Object.keys(api.kinds);
  for (let type = pending.pop(); type; type = pending.pop()) {
    if (definitions[type]) continue;
    definitions[type] = typeSchema(type, api);
    pending.push(...references(definitions[type]));
  }
  return Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function suggest(values) {
  return { anyOf: [{ enum: values }, { type: 'string' }] };
}

/** The whole schema. `api` is what generate-api.mjs read. */
export function editorSchema(api) {
  const kinds = { ...api.kinds, Scenario: SCENARIO_API_VERSION, Lesson: SCENARIO_API_VERSION };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      apiVersion: { ...suggest([...new Set(Object.values(kinds))]), description: 'Which API the kind belongs to' },
      kind: { ...suggest(Object.keys(kinds)), description: 'What the document describes' },
    },
    required: ['apiVersion', 'kind'],
    allOf: Object.entries(kinds).map(([kind, apiVersion]) => ({
      if: {
        properties: { apiVersion: { const: apiVersion }, kind: { const: kind } },
        required: ['apiVersion', 'kind'],
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref: `#/definitions/${kind}` },
    })),
    definitions: { ...definitionsOf(api), ...scenarioDefinitions },
  };
}

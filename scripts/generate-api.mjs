/**
 * Writes everything that is generated from Kubernetes' own API descriptions:
 * - src/engine/api/types/generated.ts (TypeScript interfaces),
 * - src/engine/api/schema.generated.ts (what decoding and patching need to know about each field at run time),
 * - src/ui/editor/schemas.generated.json (JSON Schema for the editor's completion).
 *
 * Usage: node scripts/generate-api.mjs DIRECTORY/node_modules/@kubernetes/client-node fields.json
 *        node scripts/generate-api.mjs --kinds      (the arguments of api-fields.go)
 * client-node (2.0.1, Kubernetes 1.36) tells which fields are required and documents them; fields.json is what
 * `go run scripts/api-fields.go KIND…` prints: Go types and patch tags. Neither is a dependency of Kubestep.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSchema } from './editor-schema.mjs';

const KINDS = {
  Binding: 'v1',
  ConfigMap: 'v1',
  Endpoints: 'v1',
  Event: 'v1',
  LimitRange: 'v1',
  Namespace: 'v1',
  Node: 'v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  Pod: 'v1',
  PodTemplate: 'v1',
  ReplicationController: 'v1',
  ResourceQuota: 'v1',
  Secret: 'v1',
  ServiceAccount: 'v1',
  Service: 'v1',
  ControllerRevision: 'apps/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  CronJob: 'batch/v1',
  Job: 'batch/v1',
  Lease: 'coordination.k8s.io/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  IngressClass: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  RuntimeClass: 'node.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  CSIDriver: 'storage.k8s.io/v1',
  CSINode: 'storage.k8s.io/v1',
  CSIStorageCapacity: 'storage.k8s.io/v1',
  StorageClass: 'storage.k8s.io/v1',
  VolumeAttachment: 'storage.k8s.io/v1',
  VolumeAttributesClass: 'storage.k8s.io/v1',
  ValidatingAdmissionPolicy: 'admissionregistration.k8s.io/v1',
  ValidatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  APIService: 'apiregistration.k8s.io/v1',
  SelfSubjectReview: 'authentication.k8s.io/v1',
  TokenReview: 'authentication.k8s.io/v1',
  TokenRequest: 'authentication.k8s.io/v1',
  LocalSubjectAccessReview: 'authorization.k8s.io/v1',
  SelfSubjectAccessReview: 'authorization.k8s.io/v1',
  SelfSubjectRulesReview: 'authorization.k8s.io/v1',
  SubjectAccessReview: 'authorization.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
};

/** Types written by hand in api/meta.ts; managedFields and selfLink are known to decoding all the same. */
const HAND_WRITTEN = new Set(['Condition', 'ObjectMeta', 'OwnerReference']);
/** In the schema for decoding only. */
const NOT_TYPED = new Set(['ManagedFieldsEntry']);

const PREFIXES = ['V2', 'V1', 'CoreV1', 'DiscoveryV1', 'ApiextensionsV1', 'AuthenticationV1', 'RbacV1', 'StorageV1'];
/** api-fields.go puts the group before names that two groups use; client-node puts group and version there. */
const RENAMED = {
  CoreEndpointPort: 'CoreV1EndpointPort',
  StorageTokenRequest: 'StorageV1TokenRequest',
  AdmissionServiceReference: 'AdmissionregistrationV1ServiceReference',
  AdmissionClientConfig: 'AdmissionregistrationV1WebhookClientConfig',
  APIServiceReference: 'ApiregistrationV1ServiceReference',
};

const modelNames = (name) => (RENAMED[name] ? [RENAMED[name]] : PREFIXES.map((prefix) => `${prefix}${name}`));

const [clientNode, fieldsFile] = process.argv.slice(2);
if (clientNode === '--kinds') {
  for (const [kind, apiVersion] of Object.entries(KINDS)) console.log(`${apiVersion}/${kind}`);
  process.exit(0);
}
if (!fieldsFile) {
  console.error('usage: node scripts/generate-api.mjs CLIENT_NODE_DIRECTORY FIELDS_JSON');
  process.exit(2);
}
const goTypes = JSON.parse(readFileSync(fieldsFile, 'utf8'));
// Bytes are a list to Go and one text in JSON.
for (const field of Object.values(goTypes).flat()) {
  if (field.goType === '[]uint8')
    Object.assign(field, { kind: 'string', elementType: undefined, elementKind: undefined });
}
const models = new Map(Object.keys(goTypes).map((name) => [name, readModel(name)]));

/** Which fields of a client-node model are required, and its documentation, read from the declaration file. */
function readModel(name) {
  for (const model of modelNames(name)) {
    let text;
    try {
      text = readFileSync(join(clientNode, `dist/gen/models/${model}.d.ts`), 'utf8');
    } catch {
      continue;
    }
    const fields = new Map();
    const body = text.slice(text.indexOf('export declare class'));
    for (const match of body.matchAll(/(?:\/\*\*\n\s*\* (.*)\n\s*\*\/\n\s*)?'([A-Za-z_$0-9]+)'(\??): (.*)/g)) {
      const fieldName = match[2].replace(/^_(continue|enum|default|from)$/, '$1');
      fields.set(fieldName, { required: match[3] !== '?', doc: (match[1] ?? '').replaceAll('\\', '') });
    }
    const doc = /\/\*\*\n\* (.*)\n\*\/\nexport declare class/.exec(text)?.[1] ?? '';
    return { fields, doc: doc.replaceAll('\\', '') };
  }
  if (goTypes[name].length === 0) return { fields: new Map(), doc: '' };
  throw new Error(`client-node has no model for ${name}`);
}

function modelField(type, field) {
  const { fields } = models.get(type);
  const name = field.name.replace(/^\$/, '').replaceAll('-', '_');
  const found = fields.get(name) ?? fields.get(`_${name}`);
  if (!found) throw new Error(`client-node's ${type} has no field ${field.name}`);
  return found;
}

const SCALARS = {
  'v1.Time': 't',
  'v1.MicroTime': 'u',
  'resource.Quantity': 'q',
  'intstr.IntOrString': 'x',
  'v1.FieldsV1': 'r',
  '[]uint8': 'y',
  string: 's',
  bool: 'b',
  int32: 'i',
  int64: 'l',
  float64: 'f',
  'v1.JSON': 'r',
  'runtime.RawExtension': 'r',
  'v1.ExtraValue': 'r',
  'v1.JSONSchemaPropsOrArray': 'j',
  'v1.JSONSchemaPropsOrBool': 'j',
  'v1.JSONSchemaPropsOrStringArray': 'j',
};

/** The compact code of one field; api/schema.ts explains and reads it. */
function fieldCode(field) {
  const element = elementCode(field);
  const wrap = { slice: '[]', map: field.goType.startsWith('map[') ? '{}' : `{${shortName(field.goType)}}` }[
    field.kind
  ];
  const strategy = field.patchStrategy ?? '';
  const merge = strategy.includes('merge') ? `~${field.patchMergeKey ?? ''}` : strategy === 'replace' ? '=' : '';
  const retain = strategy.includes('retainKeys') ? '^' : '';
  const always = !field.omitEmpty && !field.pointer ? '!' : '';
  return `${field.name}:${field.pointer ? '*' : ''}${wrap ?? ''}${element}${always}${retain}${merge}`;
}

function shortName(goType) {
  return goType.replace(/^v1\./, '');
}

/** The codes of a type's fields; `@Name` precedes the fields of an embedded struct and `@` what follows them. */
function fieldCodes(name) {
  let embedded = '';
  return goTypes[name].flatMap((field) => {
    const marker = (field.embedded ?? '') === embedded ? [] : [`@${field.embedded ?? ''}`];
    embedded = field.embedded ?? '';
    return [...marker, fieldCode(field)];
  });
}

function elementCode(field) {
  if (field.struct) return field.struct;
  const goType = field.elementType ?? field.goType;
  const scalar = SCALARS[goType];
  if (scalar) return scalar;
  if ((field.elementKind ?? field.kind) !== 'string') throw new Error(`unknown type of ${JSON.stringify(field)}`);
  return `'${shortName(goType)}`;
}

const TYPESCRIPT = {
  t: 'string',
  u: 'string',
  q: 'string',
  x: 'IntOrString',
  y: 'string',
  s: 'string',
  r: 'unknown',
  j: 'unknown',
};
/** Types that are one thing or another in JSON; the list form of `items` is refused by validation. */
const ALTERNATIVES = {
  'v1.JSONSchemaPropsOrArray': 'JSONSchemaProps',
  'v1.JSONSchemaPropsOrBool': 'JSONSchemaProps | boolean',
};

function typescriptElement(field) {
  const code = elementCode(field);
  if (code === 'b') return 'boolean';
  if (code === 'i' || code === 'l' || code === 'f') return 'number';
  if (ALTERNATIVES[field.goType]) return ALTERNATIVES[field.goType];
  if (code === "'ConditionStatus") return 'ConditionStatus';
  if (code.startsWith("'")) return 'string';
  return TYPESCRIPT[code] ?? code;
}

function typescriptType(field) {
  const element = typescriptElement(field);
  if (field.struct === 'ObjectMeta') return 'Partial<ObjectMeta>';
  if (field.kind === 'map') return `Record<string, ${element}>`;
  return field.kind === 'slice' ? `${element}[]` : element;
}

function interfaceText(name) {
  if (goTypes[name].length === 0) return `export type ${name} = Record<string, never>;\n`;
  const isKind = name in KINDS;
  const lines = goTypes[name]
    .filter((field) => !isKind || !['kind', 'apiVersion', 'metadata'].includes(field.name))
    .map((field) => {
      const required = modelField(name, field).required || (isKind && ['spec', 'status'].includes(field.name));
      return `  ${/^[\w$]+$/.test(field.name) ? field.name : `'${field.name}'`}${required ? '' : '?'}: ${typescriptType(field)};`;
    });
  return `export interface ${name}${isKind ? ' extends KubeObject' : ''} {\n${lines.join('\n')}\n}\n`;
}

const HEADER = '// Generated by scripts/generate-api.mjs from the API of Kubernetes 1.36. Do not edit.\n';

function typesFile() {
  const names = Object.keys(goTypes)
    .filter((name) => !HAND_WRITTEN.has(name) && !NOT_TYPED.has(name))
    .sort();
  return `${HEADER}
import type { Condition, KubeObject, ObjectMeta } from '../meta';

export type IntOrString = number | string;
export type ConditionStatus = 'True' | 'False' | 'Unknown';

${names.map(interfaceText).join('\n')}`;
}

function schemaFile() {
  const rows = Object.keys(goTypes)
    .sort()
    .map((name) => [name, ...fieldCodes(name)].join(' '));
  return `${HEADER}
/** One line per type: its name, then its fields in the compact code that schema.ts explains. */
export const SCHEMA_LINES = \`
${rows.join('\n')}
\`;
`;
}

const root = new URL('..', import.meta.url).pathname;
writeFileSync(join(root, 'src/engine/api/types/generated.ts'), typesFile());
writeFileSync(join(root, 'src/engine/api/schema.generated.ts'), schemaFile());
const schema = editorSchema({ kinds: KINDS, goTypes, models, modelField, elementCode });
writeFileSync(join(root, 'src/ui/editor/schemas.generated.json'), `${JSON.stringify(schema)}\n`);

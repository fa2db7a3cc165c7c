import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { RESOURCES } from '../../engine/api/scheme';
import schema from './schemas.generated.json';

/** The part of JSON Schema that the editor's schema uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly { if: Schema; then: Schema }[];
}

const ROOT = schema as unknown as Schema;
const DEFINITIONS = schema.definitions as unknown as Readonly<Record<string, Schema>>;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function allows(type: string | readonly string[], actual: string): boolean {
  const types = typeof type === 'string' ? [type] : type;
  return types.includes(actual) || (actual === 'integer' && types.includes('number'));
}

function inside(node: Schema, value: object, path: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, at) => (node.items ? errors(node.items, item, `${path}[${at}]`) : []));
  const missing = (node.required ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const found = Object.entries(value).flatMap(([name, field]) => {
    const known = node.properties?.[name] ?? node.additionalProperties;
    if (known === false) return [`${path}.${name} is unknown`];
    return typeof known === 'object' ? errors(known, field, `${path}.${name}`) : [];
  });
  return [...missing, ...found];
}

/** Everything that a document violates. */
function errors(node: Schema, value: unknown, path = ''): string[] {
  if (node.$ref) return errors(DEFINITIONS[node.$ref.replace('#/definitions/', '')]!, value, path);
  if (node.anyOf)
    return node.anyOf.some((one) => errors(one, value, path).length === 0) ? [] : [`${path} fits nothing`];
  if ('const' in node && node.const !== value) return [`${path} is not ${String(node.const)}`];
  if (node.enum && !node.enum.includes(value)) return [`${path} is none of ${node.enum.join(', ')}`];
  if (node.type && !allows(node.type, typeOf(value))) return [`${path} is not ${String(node.type)}`];
  const chosen = (node.allOf ?? []).filter((rule) => errors(rule.if, value, path).length === 0);
  const below = typeof value === 'object' && value !== null ? inside(node, value, path) : [];
  return [...below, ...chosen.flatMap((rule) => errors(rule.then, value, path))];
}

const GOOD = {
  'a Deployment as people write it': `
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, labels: {app: web}}
    spec:
      replicas: 3
      selector: {matchLabels: {app: web}}
      strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            image: nginx
            ports: [{containerPort: 80}]
            resources: {requests: {cpu: 0.5, memory: 64Mi}}
            readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 5}
            env:
            - {name: A, valueFrom: {configMapKeyRef: {name: config, key: a}}}
          tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]
          volumes: [{name: tmp, emptyDir: {}}]`,
  'sections without content': `
    apiVersion: v1
    kind: Pod
    metadata: {generateName: web-}
    spec: {containers: [{name: web, image: nginx, resources: null, env: null}], nodeSelector: null}`,
  'an object as the server prints it': `
    apiVersion: v1
    kind: Service
    metadata: {name: web, uid: x, resourceVersion: "5", creationTimestamp: "2026-01-01T00:00:00Z", managedFields: []}
    spec: {clusterIP: 10.96.0.1, ports: [{port: 80, protocol: TCP, targetPort: http}], selector: {app: web}}
    status: {loadBalancer: {}}`,
  'a kind that is not simulated': `
    apiVersion: example.com/v1
    kind: Database
    spec: {anything: true}`,
  'a scenario': `
    apiVersion: kubestep.dev/v1alpha1
    kind: Scenario
    metadata: {name: one}
    spec:
      title: {en: One, zh: 一}
      seed: 1
      duration: 3m
      nodes: [{name: node-1, capacity: {cpu: 4, memory: 8Gi}, taints: [{key: gpu, effect: NoSchedule}]}]
      components: {kube-proxy: {mode: iptables}}
      programs:
      - {image: "shop:*", pull: {error: ErrImagePull}, sigterm: ignore}
      - {image: "web", pull: 3s, sigterm: {exitAfter: 2s}, memory: {base: 50Mi, at: [{from: 30s, usage: 900Mi}]}}
      traffic: [{target: "http://web/", rps: 50}]
      actions:
      - {at: 20s, kubectl: scale deployment web --replicas=3}
      - {at: 60s, fault: {type: node-crash, node: node-2, for: 90s}}`,
};

const BAD = [
  ['apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, imag: x}]}', '.spec.containers[0].imag is unknown'],
  ['apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x}]}', '.spec.containers[0].name is missing'],
  [
    'apiVersion: v1\nkind: Pod\nspec: {restartPolicy: always, containers: []}',
    '.spec.restartPolicy is none of Always, OnFailure, Never',
  ],
  [
    'apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: "3", selector: {}, template: {}}',
    '.spec.replicas is not integer',
  ],
  ['apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec: {sed: 1}', '.spec.sed is unknown'],
  ['kind: Pod', '.apiVersion is missing'],
] as const;

describe('the editor schema', () => {
  test.each(Object.entries(GOOD))('%s shows no error', (_name, text) => {
    expect(errors(ROOT, parse(text))).toEqual([]);
  });

  test.each(BAD)('%j: %s', (text, error) => {
    expect(errors(ROOT, parse(text))).toEqual([error]);
  });

  test('every simulated kind has a definition, and every reference a target', () => {
    for (const { kind } of RESOURCES) expect(DEFINITIONS[kind]?.properties).toHaveProperty('metadata');
    const references = [...JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)].map((match) => match[1]!);
    expect(references.filter((name) => !DEFINITIONS[name])).toEqual([]);
  });

  test('fields are explained', () => {
    expect(DEFINITIONS.Container!.properties!.image!.description).toBe('Container image name');
    expect(DEFINITIONS.DeploymentSpec!.properties!.replicas!.description).toBe('Number of desired pods');
  });
});

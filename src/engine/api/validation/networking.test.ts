/** What the API server refuses of Ingresses, NetworkPolicies, Endpoints and autoscalers, where no recorded case says it. */
import { expect, test } from 'vitest';
import { bareWorld, refusedCreate, refusedUpdate, stored } from '../../../testing/refusal';
import type { HorizontalPodAutoscaler, Ingress } from '../types';

const ingress = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x}\nspec: ${spec}`;
const rule = (path: string, host = ''): string => `{rules: [{${host}http: {paths: [${path}]}}]}`;
const BACKEND = 'backend: {service: {name: s, port: {number: 80}}}';
const policy = (peer: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\nspec: {podSelector: {}, ingress: [{from: [${peer}]}]}`;
const autoscaler = (spec: string): string =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: x}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, ${spec}}`;
const ingressClass = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: x}\nspec: ${spec}`;

const PATH = 'spec.rules[0].http.paths[0]';
const METRIC = 'spec.metrics[0]';

test.each<[string, string, string[]]>([
  [
    'a path without a slash',
    ingress(rule(`{path: a, pathType: Prefix, ${BACKEND}}`)),
    [`${PATH}.path: Invalid value: "a": must be an absolute path`],
  ],
  [
    'a path that climbs',
    ingress(rule(`{path: /a/../b/.., pathType: Exact, ${BACKEND}}`)),
    [
      `${PATH}.path: Invalid value: "/a/../b/..": must not contain '/../'`,
      `${PATH}.path: Invalid value: "/a/../b/..": cannot end with '/..'`,
    ],
  ],
  [
    'another type of path',
    ingress(rule(`{path: /, pathType: Regex, ${BACKEND}}`)),
    [`${PATH}.pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"`],
  ],
  [
    'an address as host',
    ingress(rule(`{path: /, pathType: Prefix, ${BACKEND}}`, 'host: 10.0.0.1, ')),
    ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'],
  ],
  [
    'a port of two kinds',
    ingress('{defaultBackend: {service: {name: s, port: {number: 80, name: a}}}}'),
    ['spec.defaultBackend: Invalid value: "": cannot set both port name & port number'],
  ],
  [
    'no backend',
    ingress('{defaultBackend: {}}'),
    ['spec.defaultBackend: Invalid value: "": resource or service backend is required'],
  ],
  [
    'no port',
    ingress('{defaultBackend: {service: {name: s}}}'),
    ['spec.defaultBackend: Required value: port name or number is required'],
  ],
  [
    'parameters in no namespace',
    ingressClass('{controller: a.b/c, parameters: {kind: A, name: b, scope: Namespace}}'),
    ["spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"],
  ],
  [
    'an exception outside of its block',
    policy('{ipBlock: {cidr: 10.0.0.0/16, except: [10.1.0.0/24, 10.0.0.0/16]}}'),
    [
      'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`',
      'spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: "10.0.0.0/16": must be a strict subset of `cidr`',
    ],
  ],
  [
    'a metric of no type',
    autoscaler('metrics: [{resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}]'),
    [
      `${METRIC}.type: Required value: must specify a metric source type`,
      `${METRIC}.type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"`,
      `${METRIC}.type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"`,
    ],
  ],
  [
    'a target of nothing',
    autoscaler('metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}]'),
    [
      `${METRIC}.resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization`,
    ],
  ],
  [
    'a container without a name',
    autoscaler(
      'metrics: [{type: ContainerResource, containerResource: {name: cpu, target: {type: AverageValue, averageValue: "0"}}}]',
    ),
    [
      `${METRIC}.containerResource.container: Required value: must specify a container`,
      `${METRIC}.containerResource.target.averageValue: Invalid value: "0": must be positive`,
    ],
  ],
  [
    'policies beyond bounds',
    autoscaler(
      'behavior: {scaleUp: {stabilizationWindowSeconds: 4000, policies: [{type: Pods, value: 0, periodSeconds: 2000}]}}',
    ),
    [
      'spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600',
      'spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero',
      'spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 2000: must be less than or equal to 1800',
    ],
  ],
])('%s', (_what, text, complaints) => {
  expect(refusedCreate(bareWorld(), text)).toEqual(complaints);
});

test('the kind of a target needs its group, unless it is there already', () => {
  const world = bareWorld();
  const text = autoscaler('minReplicas: 1').replace('apiVersion: apps/v1, kind: Deployment', 'kind: Deployment');
  expect(refusedCreate(world, text)).toEqual([
    'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
  ]);
  const found = stored<HorizontalPodAutoscaler>(world, text.replace('kind: Deployment', 'kind: ReplicationController'));
  expect(refusedUpdate(world, { ...found, spec: { ...found.spec, maxReplicas: 5 } })).toEqual([]);
});

test('an Ingress may name its class in one way, or in both alike', () => {
  const named = ingress('{ingressClassName: a, defaultBackend: {service: {name: s, port: {number: 80}}}}');
  const annotated = named.replace('{name: x}', '{name: x, annotations: {kubernetes.io/ingress.class: b}}');
  expect(refusedCreate(bareWorld(), annotated)).toEqual([
    'annotations.kubernetes.io/ingress.class: Invalid value: "b": must match `ingressClassName` when both are specified',
  ]);
  const world = bareWorld();
  const found = stored<Ingress>(world, named);
  expect(refusedUpdate(world, { ...found, spec: { ...found.spec, rules: [] } })).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { decodeErrorMessage, decodePatched, decodeStrict } from './decode';
import type { KubeObject } from './meta';

function deployment(spec: unknown): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
}

function pod(container: object, spec: object = {}): KubeObject {
  const containers = [{ name: 'web', image: 'nginx', ...container }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers, ...spec } };
}

const IN_POD = 'json: cannot unmarshal';

describe('decoding', () => {
  test('unknown fields are told in the order of their names, with their paths', () => {
    const object = deployment({
      template: { spec: { containers: [{ name: 'a', imag: 'x', env: [{ nam: 1 }] }] } },
      foo: 1,
    });
    expect(decodeErrorMessage(object, decodeStrict(object))).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo", ' +
        'unknown field "spec.template.spec.containers[0].env[0].nam", unknown field "spec.template.spec.containers[0].imag"',
    );
  });

  test.each<[string, KubeObject, string, string]>([
    [
      'text for a number',
      deployment({ replicas: '3' }),
      `${IN_POD} string into Go struct field DeploymentSpec.spec.replicas of type int32`,
      'spec.replicas',
    ],
    [
      'a fraction',
      deployment({ replicas: 1.5 }),
      `${IN_POD} number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32`,
      'spec.replicas',
    ],
    [
      'a number for an environment variable',
      pod({
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 5 },
        ],
      }),
      `${IN_POD} number into Go struct field EnvVar.spec.containers.env.value of type string`,
      'spec.containers[0].env[1].value',
    ],
    [
      'a number for a label',
      { ...pod({}), metadata: { name: 'web', labels: { version: 2 } } } as unknown as KubeObject,
      `${IN_POD} number into Go struct field ObjectMeta.metadata.labels of type string`,
      'metadata.labels.version',
    ],
    [
      'a text for a struct of another version than v1',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web' },
        spec: { metrics: 'cpu' },
      } as unknown as KubeObject,
      `${IN_POD} string into Go struct field HorizontalPodAutoscalerSpec.spec.metrics of type []v2.MetricSpec`,
      'spec.metrics',
    ],
    [
      'the older version of the same',
      {
        apiVersion: 'autoscaling/v1',
        kind: 'HorizontalPodAutoscalerV1',
        metadata: { name: 'web' },
        spec: { scaleTargetRef: [] },
      } as unknown as KubeObject,
      `${IN_POD} array into Go struct field HorizontalPodAutoscalerSpec.spec.scaleTargetRef of type v1.CrossVersionObjectReference`,
      'spec.scaleTargetRef',
    ],
    [
      'a field of a struct inside an embedded one',
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'p' },
        spec: { matchConstraints: { resourceRules: [{ apiVersions: 'v1' }] } },
      } as unknown as KubeObject,
      `${IN_POD} string into Go struct field NamedRuleWithOperations.spec.matchConstraints.resourceRules.RuleWithOperations.Rule.apiVersions of type []string`,
      'spec.matchConstraints.resourceRules[0].apiVersions',
    ],
    [
      'a list of what Go calls otherwise',
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'e' },
        subsets: [{ ports: 'x' }],
      } as unknown as KubeObject,
      'json: cannot unmarshal string into Go struct field EndpointSubset.subsets.ports of type []v1.EndpointPort',
      'subsets[0].ports',
    ],
    [
      'an object for a list',
      pod({ ports: { containerPort: 80 } }),
      `${IN_POD} object into Go struct field Container.spec.containers.ports of type []v1.ContainerPort`,
      'spec.containers[0].ports',
    ],
    [
      'a named string type',
      pod({ imagePullPolicy: true }),
      `${IN_POD} bool into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy`,
      'spec.containers[0].imagePullPolicy',
    ],
    [
      'a field of an embedded struct',
      pod({ livenessProbe: { httpGet: 'x' } }),
      `${IN_POD} string into Go struct field Probe.spec.containers.livenessProbe.ProbeHandler.httpGet of type v1.HTTPGetAction`,
      'spec.containers[0].livenessProbe.httpGet',
    ],
    [
      'a list of quantities',
      pod({ resources: { limits: 'x' } }),
      `${IN_POD} string into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList`,
      'spec.containers[0].resources.limits',
    ],
    [
      'a quantity',
      pod({ resources: { limits: { memory: '1GB' } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      'spec.containers[0].resources.limits.memory',
    ],
    [
      'a quantity ends decoding, so its error replaces an earlier one',
      pod({ image: 5, resources: { limits: { memory: '1Q' } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      'spec.containers[0].resources.limits.memory',
    ],
    [
      'the first of several type errors',
      pod({ image: 5, args: 'x' }),
      `${IN_POD} string into Go struct field Container.spec.containers.args of type []string`,
      'spec.containers[0].args',
    ],
    [
      'a time',
      { ...pod({}), metadata: { name: 'web', creationTimestamp: 'now' } },
      'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
      'metadata.creationTimestamp',
    ],
    [
      'base64',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: 'not base64' } },
      'illegal base64 data at input byte 3',
      'data.key',
    ],
    [
      'the whole spec',
      deployment([]),
      `${IN_POD} array into Go struct field Deployment.spec of type v1.DeploymentSpec`,
      'spec',
    ],
  ])('%s', (_name, object, message, field) => {
    const decoded = decodeStrict(object);
    expect([decoded.typeError, decoded.typeErrorField]).toEqual([message, field]);
  });

  test('a type error hides unknown fields in the message', () => {
    const object = deployment({ foo: 1, replicas: 'x' });
    const decoded = decodeStrict(object);
    expect(decoded.unknown).toEqual(['spec.foo']);
    expect(decodeErrorMessage(object, decoded)).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: ' +
        'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
  });

  test('the normal form drops what Go would not write and adds what it would', () => {
    const object = pod(
      {
        args: [],
        stdin: false,
        env: [
          { name: 'EMPTY', value: '' },
          { name: 'NULL', value: null },
        ],
        command: ['sh', null],
        resources: { requests: { cpu: 0.5, memory: '1024Mi' }, limits: null },
        livenessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 0, timeoutSeconds: 1 },
        securityContext: {},
      },
      {
        hostNetwork: false,
        nodeSelector: {},
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'v', emptyDir: {} }],
      },
    );
    const decoded = decodeStrict(object);
    expect([decoded.unknown, decoded.typeError]).toEqual([[], undefined]);
    expect(decoded.object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'nginx',
            command: ['sh', ''],
            env: [{ name: 'EMPTY' }, { name: 'NULL' }],
            resources: { requests: { cpu: '500m', memory: '1Gi' } },
            livenessProbe: { httpGet: { port: 80 }, timeoutSeconds: 1 },
            securityContext: {},
          },
        ],
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'v', emptyDir: {} }],
      },
      status: {},
    });
  });

  test('counts of a status are there from the start', () => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b' },
      spec: { minAvailable: 1 },
    };
    expect(decodeStrict(budget).object.status).toEqual({
      currentHealthy: 0,
      desiredHealthy: 0,
      disruptionsAllowed: 0,
      expectedPods: 0,
    });
  });

  test('managed fields are accepted and forgotten', () => {
    const object = {
      ...pod({}),
      metadata: { name: 'web', managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:a': {} } }] },
    };
    const decoded = decodeStrict(object);
    expect(decoded.unknown).toEqual([]);
    expect(decoded.object.metadata).toEqual({ name: 'web' });
  });

  test('the input is left alone', () => {
    const object = Object.freeze(deployment(Object.freeze({ replicas: null })));
    expect(decodeStrict(object).object.spec).toEqual({ strategy: {}, template: { metadata: {}, spec: {} } });
  });
});

describe('decoding a patched object', () => {
  test.each<[unknown, string]>([
    [{ replicas: 'x' }, 'unrecognized type: int32'],
    [{ replicas: 1.5 }, 'cannot convert float64 to int32'],
    [{ paused: 'x' }, 'unrecognized type: bool'],
    [{ strategy: { type: 5 } }, 'cannot convert int64 to v1.DeploymentStrategyType'],
    [{ template: 'x' }, 'cannot restore struct from: string'],
    [{ template: { spec: { containers: {} } } }, 'cannot restore slice from map'],
    [{ selector: { matchLabels: 'x' } }, 'cannot restore map from string'],
    [{ strategy: { rollingUpdate: { maxSurge: true } } }, 'json: cannot unmarshal bool into Go value of type int32'],
  ])('%j', (spec, message) => {
    expect(decodePatched(deployment(spec)).typeError).toBe(message);
  });

  test('unknown fields are sorted', () => {
    expect(decodePatched(deployment({ zoo: 1, foo: 1, template: { bar: 1 } })).unknown).toEqual([
      'spec.foo',
      'spec.template.bar',
      'spec.zoo',
    ]);
  });
});

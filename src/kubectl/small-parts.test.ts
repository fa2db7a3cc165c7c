import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../engine/api/discovery';
import { goJson } from '../engine/api/go-text';
import { humanDuration } from '../engine/api/human-duration';
import type { KubeObject } from '../engine/api/meta';
import { sha256 } from '../engine/api/sha256';
import { containerName } from './commands/create-deployment';
import { changedTaints, parseTaints } from './commands/taint';
import { parseConditions } from './commands/wait';
import { relaxed } from './json-path-text';
import { withLastApplied } from './last-applied';
import { parsePairs, splitPairs } from './pairs';
import { tableText } from './printers/tab-writer';
import { findMapping, mappingFor } from './rest-mapping';
import { rolloutState } from './rollout-progress';
import { sortByPath } from './sort-by';

describe('rest mapping', () => {
  it.each([
    ['deploy', 'Deployment'],
    ['Deployments', 'Deployment'],
    ['deployments.apps', 'Deployment'],
    ['deployments.v1.apps', 'Deployment'],
    ['po', 'Pod'],
    ['deploy.v1beta1.apps', 'Deployment'],
    ['deploy.v2.apps', 'Deployment'],
    ['deploy..apps', 'Deployment'],
    ['Deployment.v1.apps', 'Deployment'],
    ['hpa.v2beta2.autoscaling', 'HorizontalPodAutoscaler'],
    ['hpa.auto', 'HorizontalPodAutoscaler'],
    ['deployments.v1beta1.apps', undefined],
    ['Deployment.v1beta1.apps', undefined],
    ['deploy.v1', undefined],
    ['DEPLOY.v1.apps', undefined],
    ['deployments.v1.apps.', undefined],
    ['.v1.apps', undefined],
    ['foo.v1.apps', undefined],
    ['pods.v1.', 'Pod'],
    ['pods.v1', undefined],
    ['po.v1', undefined],
    ['svc', 'Service'],
    ['pdb', 'PodDisruptionBudget'],
    ['deployments.extensions', undefined],
    ['unicorn', undefined],
  ])('%s', (argument, kind) => {
    expect(findMapping(BUILT_IN, argument)?.kind).toBe(kind);
  });

  it('refuses in the words of kubectl', () => {
    expect(() => mappingFor(BUILT_IN, 'unicorn.example.com')).toThrow(
      `the server doesn't have a resource type "unicorn"`,
    );
  });
});

describe('pairs', () => {
  it('come after the resources', () => {
    expect(splitPairs(['pod', 'a', 'x=1', 'y-'], 'label')).toEqual({ resources: ['pod', 'a'], pairs: ['x=1', 'y-'] });
    expect(() => splitPairs(['x=1', 'pod'], 'label')).toThrow(
      'all resources must be specified before label changes: pod',
    );
  });

  it('are set or removed', () => {
    expect(parsePairs(['a=1=2', 'b-'], 'annotation', true)).toEqual({ set: new Map([['a', '1=2']]), remove: ['b'] });
    expect(() => parsePairs(['b-'], 'image', false)).toThrow('invalid image format: b-');
  });
});

describe('taints', () => {
  it.each([
    ['gpu=yes:NoSchedule', [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }], []],
    ['gpu:NoExecute', [{ key: 'gpu', value: '', effect: 'NoExecute' }], []],
    ['gpu-', [], [{ key: 'gpu', value: '', effect: '' }]],
    ['gpu:NoSchedule-', [], [{ key: 'gpu', value: '', effect: 'NoSchedule' }]],
  ])('%s', (spec, add, remove) => {
    expect(parseTaints([spec])).toEqual({ add, remove });
  });

  it.each([
    ['gpu=yes', 'invalid taint spec: gpu=yes'],
    ['gpu=yes:Never', 'invalid taint effect: Never, unsupported taint effect'],
    ['a:b:c', 'invalid taint spec: a:b:c'],
  ])('%s is refused', (spec, message) => {
    expect(() => parseTaints([spec])).toThrow(message);
  });

  it.each([
    [[], 'a=1:NoSchedule', false, ['a:NoSchedule'], 'tainted'],
    [['a:NoSchedule'], 'a=2:NoSchedule', true, ['a:NoSchedule'], 'modified'],
    [['a:NoSchedule', 'a:NoExecute'], 'a-', false, [], 'untainted'],
    [['a:NoSchedule', 'a:NoExecute'], 'a:NoExecute-', false, ['a:NoSchedule'], 'untainted'],
  ])('%j and %s', (old, spec, overwrite, after, operation) => {
    const before = old.map((text) => ({
      key: text.split(':')[0] as string,
      effect: text.split(':')[1] as 'NoExecute',
    }));
    const changed = changedTaints(before, parseTaints([spec]), overwrite);
    expect(changed.taints.map(({ key, effect }) => `${key}:${effect}`)).toEqual(after);
    expect(changed.operation).toBe(operation);
  });

  it('can only be removed when they are there', () => {
    expect(() => changedTaints([], parseTaints(['a:NoSchedule-']), false)).toThrow('taint "a:NoSchedule" not found');
  });
});

describe('wait --for', () => {
  it.each([
    ['delete', { type: 'delete' }],
    ['Create', { type: 'create' }],
    ['condition=Ready', { type: 'condition', name: 'Ready', status: 'true' }],
    ['condition=Ready=false', { type: 'condition', name: 'Ready', status: 'false' }],
    [`jsonpath={.status.phase}=Running`, { type: 'jsonpath', expression: '{.status.phase}', value: 'Running' }],
    ['jsonpath={.status.podIP}', { type: 'jsonpath', expression: '{.status.podIP}', value: '' }],
  ])('%s', (text, condition) => {
    expect(parseConditions([text])).toEqual([condition]);
  });

  it.each(['metadata.name', '.metadata.name', '{metadata.name}', '{.metadata.name}'])('%s is a path', (path) => {
    expect(relaxed(path)).toBe('{.metadata.name}');
  });
});

describe('last applied', () => {
  it('is JSON as Go writes it', () => {
    expect(goJson({ b: 1, a: ['<&>', null], '10': true, '2': undefined })).toBe(
      '{"10":true,"a":["\\u003c\\u0026\\u003e",null],"b":1}',
    );
  });

  it('does not hold itself', () => {
    const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const once = withLastApplied(object);
    expect(withLastApplied(once)).toEqual(once);
  });
});

describe('rollout status', () => {
  const deployment = (status: object, generation = 2): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', generation },
    spec: { replicas: 3 },
    status: { observedGeneration: 2, ...status },
  });
  const prefix = 'Waiting for deployment "web" rollout to finish:';
  it.each([
    [deployment({}, 3), 'Waiting for deployment spec update to be observed...\n', false],
    [deployment({ updatedReplicas: 1 }), `${prefix} 1 out of 3 new replicas have been updated...\n`, false],
    [deployment({ updatedReplicas: 3, replicas: 4 }), `${prefix} 1 old replicas are pending termination...\n`, false],
    [
      deployment({ updatedReplicas: 3, replicas: 3, availableReplicas: 2 }),
      `${prefix} 2 of 3 updated replicas are available...\n`,
      false,
    ],
    [
      deployment({ updatedReplicas: 3, replicas: 3, availableReplicas: 3 }),
      'deployment "web" successfully rolled out\n',
      true,
    ],
  ])('%#', (object, text, done) => {
    expect(rolloutState(object, 0)).toEqual({ text, done });
  });
});

describe('texts', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['a'.repeat(200), 'c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5'],
  ])('SHA-256 of %j', (text, hash) => {
    expect(sha256(text)).toBe(hash);
  });

  it.each([
    ['byte by byte', ['pod-2', 'pod-10', 'a'], ['a', 'pod-10', 'pod-2']],
    ['as quantities', ['2Gi', '100Mi', '3'], ['3', '100Mi', '2Gi']],
    ['as numbers', [10, 2, 1], [1, 2, 10]],
    ['those without the field first, the other way round', ['b', undefined, 'a', null], [null, undefined, 'a', 'b']],
  ])('sorts %s', (_how, values, sorted) => {
    const infos = values.map((value) => ({ object: { spec: { value: value ?? undefined }, was: value } }));
    expect(
      sortByPath(infos as never, '.spec.value', 'rows').map(({ object }) => (object as never as { was: unknown }).was),
    ).toEqual(sorted);
  });

  it('sorts null first, and nothing that is yes or no', () => {
    const infos = (...values: unknown[]) => values.map((value) => ({ object: { value } })) as never;
    expect(sortByPath(infos(2, null, 1), '.value', 'rows')).toEqual(infos(null, 1, 2));
    expect(() => sortByPath(infos(true, false), '.value', 'objects')).toThrow('unsortable type: bool');
  });

  it('names containers after images', () => {
    expect(['nginx:1.7.9', 'registry.example.com:5000/team/shop@sha256:1'].map(containerName)).toEqual([
      'nginx',
      'shop',
    ]);
  });

  it.each([
    [5_900, '5s'],
    [119_000, '119s'],
    [125_000, '2m5s'],
    [3_600_000, '60m'],
    [4 * 3_600_000 + 60_000, '4h1m'],
    [50 * 3_600_000, '2d2h'],
  ])('an age of %d ms', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });

  it('lays out columns with three spaces between', () => {
    expect(
      tableText([
        ['A', 'LONG NAME', 'C'],
        ['abcdef', 'x', 'long last cell'],
      ]),
    ).toBe('A        LONG NAME   C\nabcdef   x           long last cell\n');
  });
});

/** ResourceQuota and LimitRanger, through the API server, with the quota controller counting beside it. */
import { describe, expect, it, test } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import type { Pod, ResourceQuota } from '../../api/types';

function quota(hard: object, rest: object = {}, name = 'q'): KubeObject {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, namespace: 'default' }, spec: { hard, ...rest } };
}

function pod(name: string, resources: object = {}, spec: object = {}): KubeObject {
  const containers = [{ name: 'app', image: 'nginx', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { containers, ...spec } };
}

function limitRange(...limits: object[]): KubeObject {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l', namespace: 'default' }, spec: { limits } };
}

/** A cluster whose quotas have been counted. */
function worldWith(...objects: KubeObject[]): World {
  const world = createWorld({ nodes: 1, documents: objects });
  world.runFor(100);
  return world;
}

function answerTo(world: World, object: KubeObject): string {
  try {
    world.client.create(object);
    return 'created';
  } catch (error) {
    return (error as Error).message;
  }
}

function usedOf(world: World, name = 'q'): unknown {
  return world.get<ResourceQuota>('ResourceQuota', 'default', name).status.used;
}

describe('ResourceQuota', () => {
  it('refuses the third Pod, and charges at once what it lets in', () => {
    const world = worldWith(quota({ pods: '2' }));
    expect(answerTo(world, pod('a'))).toBe('created');
    expect(usedOf(world)).toEqual({ pods: '1' });
    expect(answerTo(world, pod('b'))).toBe('created');
    expect(answerTo(world, pod('c'))).toBe(
      'pods "c" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
    );
    expect(usedOf(world)).toEqual({ pods: '2' });
  });

  it('counts for what is applied with it', () => {
    const world = createWorld({ nodes: 1 });
    const made = ['before', 'after', 'beyond'].map((name) => {
      if (name === 'after') world.client.create(quota({ pods: '2' }));
      return answerTo(world, pod(name));
    });
    expect(made).toEqual([
      'created',
      'created',
      'pods "beyond" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
    ]);
    world.runFor(100);
    expect(world.get<ResourceQuota>('ResourceQuota', 'default', 'q').status).toEqual({
      hard: { pods: '2' },
      used: { pods: '2' },
    });
  });

  it('is obeyed by nobody where it was not counted', () => {
    const world = worldWith(quota({ pods: '0' }));
    world.runFor(2000);
    world.client.updateStatus({ ...world.get<ResourceQuota>('ResourceQuota', 'default', 'q'), status: {} });
    expect(answerTo(world, pod('a'))).toBe('created');
  });

  it('sets free what a deleted or finished Pod used', () => {
    const world = worldWith(quota({ pods: '1', 'count/pods': '5' }));
    world.client.create(pod('a'));
    world.runFor(5000);
    world.client.delete('Pod', 'default', 'a', { gracePeriodSeconds: 0 });
    world.runFor(100);
    expect(usedOf(world)).toEqual({ pods: '0', 'count/pods': '0' });
    const created = world.client.create(pod('b')) as Pod;
    world.client.updateStatus({ ...created, status: { ...created.status, phase: 'Succeeded' } });
    world.runFor(100);
    expect(usedOf(world)).toEqual({ pods: '0', 'count/pods': '1' });
  });

  it('counts again every five minutes, whatever its status says', () => {
    const world = worldWith(quota({ pods: '2' }));
    const found = world.get<ResourceQuota>('ResourceQuota', 'default', 'q');
    world.client.updateStatus({ ...found, status: { ...found.status, used: { pods: '2' } } } as ResourceQuota);
    world.runUntil(299_000);
    expect(usedOf(world)).toEqual({ pods: '2' });
    world.runUntil(301_000);
    expect(usedOf(world)).toEqual({ pods: '0' });
  });

  it('holds what a new limit says, and nothing of a limit that is gone', () => {
    const world = worldWith(quota({ pods: '2', services: '1' }), pod('a'));
    const found = world.get<ResourceQuota>('ResourceQuota', 'default', 'q');
    world.client.update({ ...found, spec: { hard: { pods: '1', secrets: '3' } } } as ResourceQuota);
    world.runFor(100);
    expect(world.get<ResourceQuota>('ResourceQuota', 'default', 'q').status).toEqual({
      hard: { pods: '1', secrets: '3' },
      used: { pods: '1', secrets: '0' },
    });
  });

  it('demands that containers say what they want of what is limited', () => {
    const world = worldWith(quota({ 'requests.cpu': '1', 'limits.memory': '1Gi' }));
    expect(answerTo(world, pod('a', { requests: { cpu: '100m' } }))).toBe(
      'pods "a" is forbidden: failed quota: q: must specify limits.memory for: app',
    );
    expect(answerTo(world, pod('a'))).toContain('must specify limits.memory for: app; requests.cpu for: app');
  });

  it('lets nothing in before it was counted, once its limits are known', () => {
    const world = worldWith(quota({ pods: '2' }));
    const found = world.get<ResourceQuota>('ResourceQuota', 'default', 'q');
    world.client.updateStatus({ ...found, status: { hard: { pods: '2' } } } as ResourceQuota);
    expect(answerTo(world, pod('a'))).toBe('pods "a" is forbidden: status unknown for quota: q, resources: pods');
  });

  it('changes nothing in a dry run', () => {
    const world = worldWith(quota({ pods: '2' }));
    world.client.create(pod('a'), { dryRun: true });
    expect(usedOf(world)).toEqual({ pods: '0' });
  });

  it('charges an update of a Service for what it adds only', () => {
    const world = worldWith(quota({ services: '2', 'services.nodeports': '1' }));
    const spec = { selector: { a: 'b' }, ports: [{ name: 'a', port: 80 }] };
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'default' }, spec };
    const created = world.client.create(service as KubeObject);
    const asNodePort: KubeObject = world.client.update({
      ...created,
      spec: { ...(created.spec as object), type: 'NodePort' },
    });
    expect(usedOf(world)).toEqual({ services: '2', 'services.nodeports': '1' });
    const ports = [...(asNodePort.spec as { ports: object[] }).ports, { name: 'b', port: 81 }];
    expect(() => world.client.update({ ...asNodePort, spec: { ...(asNodePort.spec as object), ports } })).toThrow(
      'exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1',
    );
  });

  test.each([
    ['scopes: Terminating', { scopes: ['Terminating'] }, { activeDeadlineSeconds: 5 }, {}],
    ['scopes: NotBestEffort', { scopes: ['NotBestEffort'] }, {}, {}],
    [
      'a class',
      scoped('PriorityClass', 'In', ['system-node-critical']),
      { priorityClassName: 'system-node-critical' },
      {},
    ],
    ['no class', scoped('PriorityClass', 'DoesNotExist'), {}, { priorityClassName: 'system-node-critical' }],
    [
      'terms about other namespaces',
      scoped('CrossNamespacePodAffinity', 'Exists'),
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', namespaceSelector: {} }],
          },
        },
      },
      {},
    ],
  ])('counts only what its scopes match: %s', (what, scope, inside, outside) => {
    const world = worldWith(quota({ pods: '0' }, scope));
    const resources = { requests: { cpu: '1m' } };
    expect(answerTo(world, pod('out', what.includes('BestEffort') ? {} : resources, outside))).toBe('created');
    expect(answerTo(world, pod('in', resources, inside))).toContain('exceeded quota: q');
  });

  it('counts objects of any kind by name', () => {
    const world = worldWith(quota({ 'count/deployments.apps': '0', configmaps: '1' }));
    const spec = {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'nginx' }] } },
    };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'default' },
      spec,
    };
    expect(answerTo(world, deployment as KubeObject)).toBe(
      'deployments.apps "d" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
    );
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'default' } };
    expect(answerTo(world, configMap)).toContain('exceeded quota: q, requested: configmaps=1, used: configmaps=1');
  });
});

function scoped(scopeName: string, operator: string, values?: string[]): object {
  return { scopeSelector: { matchExpressions: [{ scopeName, operator, ...(values ? { values } : {}) }] } };
}

describe('LimitRanger', () => {
  it('gives containers what they do not ask for, and says so', () => {
    const range = limitRange({
      type: 'Container',
      default: { cpu: '500m' },
      defaultRequest: { cpu: '100m', memory: '1Mi' },
    });
    const world = worldWith(range);
    const created = world.client.create(pod('a', { requests: { memory: '2Mi' } })) as Pod;
    expect(created.spec.containers[0]?.resources).toEqual({
      limits: { cpu: '500m' },
      requests: { cpu: '100m', memory: '2Mi' },
    });
    expect(created.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container app; cpu limit for container app',
    });
  });

  test.each([
    [
      { type: 'Container', min: { cpu: '200m' } },
      { requests: { cpu: '100m' } },
      'minimum cpu usage per Container is 200m, but request is 100m',
    ],
    [{ type: 'Pod', min: { cpu: '1' } }, {}, 'minimum cpu usage per Pod is 1.  No request is specified'],
    [
      { type: 'Pod', max: { memory: '1Gi' } },
      { limits: { memory: '2Gi' } },
      'maximum memory usage per Pod is 1Gi, but limit is 2Gi',
    ],
    [{ type: 'Pod', max: { memory: '1Gi' } }, {}, 'maximum memory usage per Pod is 1Gi.  No limit is specified'],
    [
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      { requests: { cpu: '100m' }, limits: { cpu: '250m' } },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000',
    ],
  ])('refuses what lies outside %j', (limit, resources, why) => {
    expect(answerTo(worldWith(limitRange(limit)), pod('a', resources))).toBe(`pods "a" is forbidden: ${why}`);
  });
});

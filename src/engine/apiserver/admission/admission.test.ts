import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Pod } from '../../api/types';

const pod = (spec: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default', ...metadata },
  spec: { containers: [{ name: 'app', image: 'nginx' }], ...spec },
});

const object = (kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'default' },
  ...rest,
});

function newWorld(...documents: KubeObject[]): World {
  const world = createWorld({ nodes: 0 });
  world.runFor(1);
  for (const document of documents) world.client.create(document);
  return world;
}

function admitted(spec: object = {}, ...documents: KubeObject[]): Pod {
  return newWorld(...documents).client.create(pod(spec)) as Pod;
}

function refusalOf(attempt: () => unknown): StatusError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('it was let in');
}

describe('NamespaceLifecycle', () => {
  it('refuses what goes into a namespace that is not there', () => {
    const world = newWorld();
    const refusal = refusalOf(() => world.client.create(pod({}, { namespace: 'shop' })));
    expect(refusal.message).toBe('namespaces "shop" not found');
    expect(refusal.code).toBe(404);
  });

  it('refuses new content of a namespace that terminates, not changes of the old', () => {
    const world = newWorld();
    world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const held = world.client.create({ ...object('ConfigMap', 'held'), metadata: { name: 'held', namespace: 'shop' } });
    world.client.delete('Namespace', undefined, 'shop');
    const refusal = refusalOf(() => world.client.create(pod({}, { namespace: 'shop' })));
    expect(refusal.message).toBe(
      'pods "p" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    expect(refusal.details.causes).toEqual([
      { reason: 'NamespaceTerminating', message: 'namespace shop is being terminated', field: 'metadata.namespace' },
    ]);
    expect(world.client.update({ ...held, data: { a: 'c' } })).toMatchObject({ data: { a: 'c' } });
  });

  it.each(['default', 'kube-system', 'kube-public'])('keeps namespace %s for ever', (name) => {
    const world = newWorld();
    const refusal = refusalOf(() => world.client.delete('Namespace', undefined, name));
    expect(refusal.message).toBe(`namespaces "${name}" is forbidden: this namespace may not be deleted`);
    expect(refusal.code).toBe(403);
  });
});

describe('ServiceAccount', () => {
  it('runs a Pod as default, with the token mounted in every container', () => {
    const { spec } = admitted({ initContainers: [{ name: 'init', image: 'busybox' }] });
    expect(spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default' });
    const volume = spec.volumes?.[0];
    expect(volume?.name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2-9]{5}$/);
    expect(volume?.projected).toEqual({
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    });
    const mount = { name: volume?.name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };
    expect(spec.initContainers?.[0]?.volumeMounts).toEqual([mount]);
    expect(spec.containers[0]?.volumeMounts).toEqual([mount]);
  });

  it('leaves a mount at the path of the token alone', () => {
    const own = { name: 'own', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
    const { spec } = admitted({
      volumes: [{ name: 'own', emptyDir: {} }],
      containers: [
        { name: 'app', image: 'nginx', volumeMounts: [own] },
        { name: 'side', image: 'nginx' },
      ],
    });
    expect(spec.containers[0]?.volumeMounts).toEqual([own]);
    expect(spec.containers[1]?.volumeMounts).toHaveLength(1);
    expect(spec.volumes).toHaveLength(2);
  });

  it('takes pull secrets and the refusal of a token from the account', () => {
    const account = object('ServiceAccount', 'shop', {
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'regcred' }],
    });
    const { spec } = admitted({ serviceAccountName: 'shop' }, account);
    expect(spec.imagePullSecrets).toEqual([{ name: 'regcred' }]);
    expect(spec.volumes ?? []).toEqual([]);
  });

  it('mounts nothing when the Pod does not want it', () => {
    expect(admitted({ automountServiceAccountToken: false }).spec.volumes ?? []).toEqual([]);
  });

  it('refuses an account that is not there, naming a Pod without a name by its generateName', () => {
    const world = newWorld();
    const why = 'error looking up service account default/shop: serviceaccount "shop" not found';
    const one = refusalOf(() => world.client.create(pod({ serviceAccountName: 'shop' })));
    expect(one.message).toBe(`pods "p" is forbidden: ${why}`);
    const generated = pod({ serviceAccountName: 'shop' }, { name: undefined, generateName: 'web-5d4f-' });
    const many = refusalOf(() => world.client.create(generated));
    expect(many.message).toBe(`pods "web-5d4f-" is forbidden: ${why}`);
  });
});

describe('Priority', () => {
  it.each([
    [undefined, 0],
    ['system-cluster-critical', 2_000_000_000],
    ['system-node-critical', 2_000_001_000],
  ])('class %s is priority %i', (priorityClassName, priority) => {
    const { spec } = admitted(priorityClassName ? { priorityClassName } : {});
    expect(spec).toMatchObject({ priority, preemptionPolicy: 'PreemptLowerPriority' });
  });

  it.each([
    [{ priorityClassName: 'none' }, 'no PriorityClass with name none was found'],
    [
      { priority: 5 },
      'the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
    [
      { preemptionPolicy: 'Never' },
      'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
    ],
  ])('refuses %j', (spec, why) => {
    const world = newWorld();
    expect(refusalOf(() => world.client.create(pod(spec))).message).toBe(`pods "p" is forbidden: ${why}`);
  });

  const priorityClass = (name: string, rest: object): KubeObject => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    ...rest,
  });

  it('takes number and policy from the class, and from the global default without one', () => {
    const high = priorityClass('high', { value: 1000, preemptionPolicy: 'Never' });
    const usual = priorityClass('usual', { value: 5, globalDefault: true });
    const { spec } = admitted({ priorityClassName: 'high' }, high, usual);
    expect(spec).toMatchObject({ priority: 1000, preemptionPolicy: 'Never' });
    expect(admitted({}, high, usual).spec).toMatchObject({ priority: 5, priorityClassName: 'usual' });
  });

  it('allows one global default', () => {
    const world = newWorld(priorityClass('usual', { value: 5, globalDefault: true }));
    const second = priorityClass('second', { value: 6, globalDefault: true });
    expect(refusalOf(() => world.client.create(second)).message).toBe(
      'priorityclasses.scheduling.k8s.io "second" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    );
  });
});

describe('DefaultTolerationSeconds', () => {
  const notReady = {
    effect: 'NoExecute',
    key: 'node.kubernetes.io/not-ready',
    operator: 'Exists',
    tolerationSeconds: 300,
  };
  const unreachable = { ...notReady, key: 'node.kubernetes.io/unreachable' };
  const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
  const everything = { operator: 'Exists' };
  const otherEffect = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoSchedule' };

  it.each([
    ['none', undefined, [notReady, unreachable]],
    ['one of its own', [own], [own, unreachable]],
    ['everything', [everything], [everything]],
    ['another effect', [otherEffect], [otherEffect, notReady, unreachable]],
  ])('given %s', (_name, tolerations, expected) => {
    expect(admitted(tolerations ? { tolerations } : {}).spec.tolerations).toEqual(expected);
  });
});

describe('TaintNodesByCondition', () => {
  it('taints a new Node once', () => {
    const world = newWorld();
    const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
    const create = (name: string, spec: object) =>
      world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec });
    expect(create('a', {}).spec).toMatchObject({ taints: [taint] });
    expect(create('b', { taints: [taint] }).spec).toMatchObject({ taints: [taint] });
  });
});

describe('RuntimeClass', () => {
  it.each([
    [{ runtimeClassName: 'gvisor' }, 'RuntimeClass "gvisor" not found'],
    [{ overhead: { cpu: '250m' } }, 'Pod Overhead set without corresponding RuntimeClass defined Overhead'],
  ])('refuses %j', (spec, why) => {
    const world = newWorld();
    expect(refusalOf(() => world.client.create(pod(spec))).message).toBe(`pods "p" is forbidden: pod rejected: ${why}`);
  });
});

describe('PodTopologyLabels', () => {
  it('gives a Pod created on a Node the labels of its zone, but keeps its own', () => {
    const labels = { 'topology.kubernetes.io/zone': 'a', 'topology.kubernetes.io/region': 'eu', disk: 'ssd' };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels } };
    const world = newWorld(node);
    const created = world.client.create(pod({ nodeName: 'n' }, { labels: { 'topology.kubernetes.io/zone': 'mine' } }));
    expect(created.metadata.labels).toEqual({
      'topology.kubernetes.io/zone': 'mine',
      'topology.kubernetes.io/region': 'eu',
    });
  });

  it('gives them to a Pod that is bound to the Node, over its own', () => {
    const labels = { 'topology.kubernetes.io/zone': 'a', disk: 'ssd' };
    const world = newWorld({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels } });
    world.client.create(
      pod({ schedulerName: 'nobody' }, { labels: { 'topology.kubernetes.io/zone': 'mine', app: 'web' } }),
    );
    world.client.bind('default', 'p', 'n');
    expect(world.get('Pod', 'default', 'p').metadata.labels).toEqual({
      'topology.kubernetes.io/zone': 'a',
      app: 'web',
    });
  });
});

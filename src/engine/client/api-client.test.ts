/** What each call of a client asks of the API server, as whom, and what becomes of the answer. */
import { describe, expect, it, test } from 'vitest';
import { BUILT_IN } from '../api/discovery';
import type { KubeObject } from '../api/meta';
import type { Answer, ApiRequest } from '../api/request';
import { StatusError } from '../api/status-error';
import { createApiClient } from './api-client';
import type { Acting, Client } from './client';
import { identityOf } from './identity';

const SELF = { name: 'me', groups: ['mine'] };
const status = (code: number, reason: string) =>
  ({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    code,
    reason,
    message: `no: ${reason}`,
  }) as never;

/** A client, and what it has asked. */
function asking(
  answer: Partial<Answer> = {},
  { typed = false, acting = {} }: { typed?: boolean; acting?: Acting } = {},
) {
  const sent: ApiRequest[] = [];
  const send = (request: ApiRequest): Answer => {
    sent.push(request);
    return { code: 200, warnings: [], object: { kind: 'Thing' }, ...answer } as Answer;
  };
  const connection = { send, discovery: () => BUILT_IN, identity: SELF, program: 'prog', typed };
  return { client: createApiClient(connection, acting), sent };
}

const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } };
const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', namespace: 'ignored' } };
const core = { group: '', version: 'v1', resource: 'pods', namespace: 'shop', name: 'a' };

describe('asks for', () => {
  test.each<[string, (client: Client) => unknown, object]>([
    ['get', (client) => client.get('Pod', 'shop', 'a'), { verb: 'get', ...core }],
    [
      'get of a part',
      (client) => client.get('Pod', 'shop', 'a', 'status'),
      { verb: 'get', ...core, subresource: 'status' },
    ],
    [
      'get in a group',
      (client) => client.get('Deployment', 'shop', 'a'),
      { verb: 'get', group: 'apps', resource: 'deployments' },
    ],
    [
      'find',
      (client) => client.find('Pod', 'shop', 'a', { resourceVersion: '0' }),
      { verb: 'get', ...core, options: { resourceVersion: '0' } },
    ],
    ['create', (client) => client.create(pod), { verb: 'create', ...core, name: undefined, body: pod, options: {} }],
    [
      'create without a namespace',
      (client) => client.create({ ...pod, metadata: { name: 'a' } }, { dryRun: true }),
      { verb: 'create', namespace: 'default', options: { dryRun: true } },
    ],
    [
      'create with an empty one',
      (client) => client.create({ ...pod, metadata: { name: 'a', namespace: '' } }),
      { namespace: 'default' },
    ],
    [
      'create with what is no namespace',
      (client) => client.create({ ...pod, metadata: { name: 'a', namespace: 5 } } as never),
      { namespace: 'default' },
    ],
    [
      'create without metadata',
      (client) => client.create({ apiVersion: 'v1', kind: 'Pod' } as never),
      { namespace: 'default' },
    ],
    [
      'create of what has none',
      (client) => client.create(node),
      { verb: 'create', resource: 'nodes', namespace: undefined },
    ],
    [
      'update',
      (client) => client.update(pod, { dryRun: true }),
      { verb: 'update', ...core, body: pod, options: { dryRun: true } },
    ],
    [
      'update of a part',
      (client) => client.update(pod, { subresource: 'finalize' }),
      { ...core, subresource: 'finalize', options: {} },
    ],
    [
      'update without a name',
      (client) => client.update({ ...pod, metadata: {} } as never),
      { name: '', namespace: 'default' },
    ],
    ['update without metadata', (client) => client.update({ apiVersion: 'v1', kind: 'Pod' } as never), { name: '' }],
    [
      'update with what is no name',
      (client) => client.update({ ...pod, metadata: { name: 7 } } as never),
      { name: '' },
    ],
    [
      'updateStatus',
      (client) => client.updateStatus(pod),
      { verb: 'update', ...core, subresource: 'status', body: pod },
    ],
    [
      'patch',
      (client) =>
        client.patch('Pod', 'shop', 'a', { type: 'merge', body: { x: 1 } } as never, {
          subresource: 'scale',
          force: true,
        }),
      { verb: 'patch', ...core, subresource: 'scale', body: { x: 1 }, options: { force: true, patchType: 'merge' } },
    ],
    [
      'delete',
      (client) => client.delete('Pod', 'shop', 'a', { gracePeriodSeconds: 3 }),
      { verb: 'delete', ...core, body: { gracePeriodSeconds: 3 }, options: undefined },
    ],
    [
      'delete, tried out',
      (client) => client.delete('Pod', 'shop', 'a', { dryRun: true }),
      { body: {}, options: { dryRun: true } },
    ],
    [
      'scale',
      (client) => client.scale('Deployment', 'shop', 'a', 3, '7', { dryRun: true }),
      {
        ...{
          verb: 'update',
          resource: 'deployments',
          namespace: 'shop',
          name: 'a',
          subresource: 'scale',
          options: { dryRun: true },
        },
        body: {
          ...{ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 3 } },
          metadata: { name: 'a', namespace: 'shop', resourceVersion: '7' },
        },
      },
    ],
    [
      'scale as it is',
      (client) => client.scale('Deployment', 'shop', 'a', 3),
      {
        body: {
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { name: 'a', namespace: 'shop' },
          spec: { replicas: 3 },
        },
      },
    ],
    [
      'evict',
      (client) => client.evict('shop', 'a', { gracePeriodSeconds: 3 }),
      {
        ...{ verb: 'create', ...core, subresource: 'eviction', options: undefined },
        body: {
          ...{ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'a', namespace: 'shop' } },
          deleteOptions: { gracePeriodSeconds: 3 },
        },
      },
    ],
    ['evict, tried out', (client) => client.evict('shop', 'a', { dryRun: true }), { options: { dryRun: true } }],
    [
      'bind',
      (client) => client.bind('shop', 'a', 'n'),
      {
        ...{ verb: 'create', ...core, subresource: 'binding' },
        body: {
          ...{ apiVersion: 'v1', kind: 'Binding', metadata: { name: 'a', namespace: 'shop' } },
          target: { apiVersion: 'v1', kind: 'Node', name: 'n' },
        },
      },
    ],
    [
      'log',
      (client) => client.log('shop', 'a', { tail: 1 } as never),
      { verb: 'get', ...core, subresource: 'log', options: { log: { tail: 1 } } },
    ],
    [
      'attach',
      (client) => client.attach('shop', 'a', {} as never),
      { verb: 'create', ...core, subresource: 'attach', options: { log: {} } },
    ],
    [
      'exec',
      (client) => client.exec('shop', 'a', {} as never),
      { verb: 'create', ...core, subresource: 'exec', options: { exec: {} } },
    ],
    [
      'token',
      (client) => client.token('shop', 'a', { spec: 1 }),
      { verb: 'create', ...core, resource: 'serviceaccounts', subresource: 'token', body: { spec: 1 } },
    ],
    [
      'visit',
      (client) => client.visit('/api'),
      { verb: 'get', group: '', version: '', resource: '', path: '/api', options: { resourceVersion: '0' } },
    ],
  ])('%s', (_what, call, expected) => {
    const { client, sent } = asking();
    call(client);
    expect(sent).toHaveLength(1);
    const wanted = { user: 'me', groups: ['mine'], ...expected };
    for (const [field, value] of Object.entries(wanted))
      expect(sent[0]?.[field as keyof ApiRequest], field).toEqual(value);
  });

  it('list', () => {
    const { client, sent } = asking({ object: { items: [pod], metadata: { resourceVersion: '12' } } as never });
    expect(client.list('Pod', { namespace: 'shop', labelSelector: 'a=b' })).toEqual([pod]);
    expect(client.list('Pod')).toEqual([pod]);
    expect(client.listRevision('Pod', 'shop')).toBe(12);
    expect(sent.map(({ verb, namespace, options }) => [verb, namespace, options])).toEqual([
      ['list', 'shop', { labelSelector: 'a=b' }],
      ['list', undefined, {}],
      ['list', 'shop', { fieldSelector: 'metadata.name=,metadata.name=x' }],
    ]);
  });
});

describe('an answer', () => {
  it('is what it carries', () => {
    const { client } = asking({ object: pod as never });
    expect([client.get('Pod', 'shop', 'a'), client.find('Pod', 'shop', 'a'), client.create(pod)]).toEqual([
      pod,
      pod,
      pod,
    ]);
    expect([client.bind('shop', 'a', 'n'), client.evict('shop', 'a'), client.visit('/')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(client.discovery()).toBe(BUILT_IN);
  });

  it('that refuses is thrown; that finds nothing is nothing where it is looked for', () => {
    const missing = asking({ code: 404, status: status(404, 'NotFound') }).client;
    expect(missing.find('Pod', 'shop', 'a')).toBeUndefined();
    expect(() => missing.get('Pod', 'shop', 'a')).toThrow(StatusError);
    expect(() => missing.visit('/api')).toThrow('no: NotFound');
    const forbidden = asking({ code: 403, status: status(403, 'Forbidden') }).client;
    expect(() => forbidden.find('Pod', 'shop', 'a')).toThrow('no: Forbidden');
    expect(() => forbidden.list('Pod')).toThrow('no: Forbidden');
  });

  it('is not even asked for of kinds that are not served', () => {
    const { client, sent } = asking();
    expect(client.find('Thing.a.example', 'shop', 'a')).toBeUndefined();
    const message = 'the server could not find the requested resource';
    expect(() => client.find('Thing', 'shop', 'a')).toThrow(message);
    expect(() => client.get('Thing.a.example', 'shop', 'a')).toThrow(message);
    expect(() => client.create({ ...pod, apiVersion: 'v9' })).toThrow(message);
    expect(() => client.create({ kind: 'Thing', metadata: { name: 'a' } } as never)).toThrow(message);
    expect(sent).toEqual([]);
    client.create({ kind: 'Pod', metadata: { name: 'a' } } as never);
    expect(sent[0]?.resource).toBe('pods');
  });
});

describe('a client', () => {
  it('says that what it sends is typed, where it is', () => {
    const { client, sent } = asking({}, { typed: true });
    client.create(pod, { dryRun: true });
    client.updateStatus(pod);
    client.patch('Pod', 'shop', 'a', { type: 'json', body: [], duplicates: ['x'] } as never);
    client.get('Pod', 'shop', 'a');
    expect(sent.map(({ options }) => options)).toEqual([
      { dryRun: true, typed: true },
      { typed: true },
      { patchType: 'json', duplicates: ['x'], typed: true },
      undefined,
    ]);
  });

  it('asks as somebody else, for somebody else, and under another name', () => {
    const { client, sent } = asking();
    const other = client.acting({ identity: { name: 'x', groups: ['y'], uid: 'u' } });
    other.get('Pod', 'shop', 'a');
    other.visit('/api');
    const both = other.acting({ impersonate: { name: 'i', groups: [] } });
    both.get('Pod', 'shop', 'a');
    both.visit('/api');
    client.get('Pod', 'shop', 'a');
    expect(sent.map(({ user, groups, uid, impersonate }) => [user, groups.join(), uid, impersonate?.name])).toEqual([
      ['x', 'y', 'u', undefined],
      ['x', 'y', 'u', undefined],
      ['x', 'y', 'u', 'i'],
      ['x', 'y', 'u', 'i'],
      ['me', 'mine', undefined, undefined],
    ]);
    expect(sent[0]?.program).toBe('prog');
  });

  it('names the manager of what it writes, unless a call says otherwise', () => {
    const { client, sent } = asking({}, { acting: { fieldManager: 'm' } });
    client.create(pod);
    client.create(pod, { fieldManager: 'n' } as never);
    client.acting({ fieldManager: undefined, managedFields: true }).get('Pod', 'shop', 'a');
    client.acting({ fieldManager: undefined }).get('Pod', 'shop', 'a');
    expect(sent.map(({ options }) => options)).toEqual([
      { fieldManager: 'm', managedFields: undefined },
      { fieldManager: 'n', managedFields: undefined },
      { fieldManager: undefined, managedFields: true },
      undefined,
    ]);
  });

  it('hears warnings and how a request went, if it listens', () => {
    const heard: unknown[] = [];
    const { client, sent } = asking({ warnings: ['w1', 'w2'], passage: 'p' as never });
    client.get('Pod', 'shop', 'a');
    client.acting({ onWarning: (warning) => heard.push(warning) }).get('Pod', 'shop', 'a');
    client.acting({ onPassage: (passage) => heard.push(passage) }).get('Pod', 'shop', 'a');
    expect(heard).toEqual(['w1', 'w2', 'p']);
    expect(sent.map(({ isTraced }) => isTraced)).toEqual([false, false, true]);
    asking({}, { acting: { onPassage: (passage) => heard.push(passage) } }).client.get('Pod', 'shop', 'a');
    expect(heard).toHaveLength(3);
  });
});

test.each([
  ['a', 'kube-apiserver', 'system:apiserver', 'system:masters,system:authenticated'],
  ['a', 'kube-scheduler', 'system:kube-scheduler', 'system:authenticated'],
  ['a', 'kubelet', 'system:node:n', 'system:nodes,system:authenticated'],
  ['a', 'cloud-controller-manager', 'SA:a', 'SA'],
  ['a', 'kube-proxy', 'SA:kube-proxy', 'SA'],
  ['job-controller', 'kube-controller-manager', 'SA:job-controller', 'SA'],
  ['daemonset-controller', 'kube-controller-manager', 'SA:daemon-set-controller', 'SA'],
  [
    'serviceaccount-token-controller',
    'kube-controller-manager',
    'system:kube-controller-manager',
    'system:authenticated',
  ],
  ['a', 'user', 'kubernetes-admin', 'kubeadm:cluster-admins,system:authenticated'],
])('%s in %s acts as %s', (name, process, user, groups) => {
  const account = 'system:serviceaccounts,system:serviceaccounts:kube-system,system:authenticated';
  expect(identityOf({ name, process, node: 'n' })).toEqual({
    name: user.replace('SA:', 'system:serviceaccount:kube-system:'),
    groups: groups.replace('SA', account).split(','),
  });
  expect(identityOf({ name, process: 'kubelet' }).name).toBe('system:node:');
});

import { expect, test } from 'vitest';
import type { Pod, Service } from '../../api/types';
import { endpointPorts, findPort, podToEndpoint, shouldPodBeInEndpoints } from './endpoints';
import { fnv1a128 } from './fnv1a128';
import { noteTrigger, takeTrigger } from './trigger-time';

function pod(traits: { ready?: boolean; terminating?: boolean; phase?: string; ip?: string } = {}): Pod {
  const { ready = true, terminating = false, phase = 'Running', ip = '10.244.0.5' } = traits;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'a',
      namespace: 'default',
      uid: 'u',
      ...(terminating ? { deletionTimestamp: '2026-01-01T00:00:30Z' } : {}),
    },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'app', image: 'app', ports: [{ name: 'web', containerPort: 8080, protocol: 'TCP' }] }],
      initContainers: [
        { name: 'init', image: 'x', ports: [{ name: 'late', containerPort: 1, protocol: 'TCP' }] },
        {
          name: 'side',
          image: 'x',
          restartPolicy: 'Always',
          ports: [{ name: 'metrics', containerPort: 9, protocol: 'TCP' }],
        },
      ],
    },
    status: {
      phase,
      podIP: ip,
      podIPs: ip ? [{ ip }] : [],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  } as unknown as Pod;
}

function service(spec: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', creationTimestamp: '2026-01-01T00:00:01Z' },
    spec: { clusterIP: '10.96.0.10', ...spec },
    status: {},
  };
}

test.each([
  [{}, false, { ready: true, serving: true, terminating: false }],
  [{ ready: false }, false, { ready: false, serving: false, terminating: false }],
  [{ terminating: true }, false, { ready: false, serving: true, terminating: true }],
  [{ ready: false }, true, { ready: true, serving: false, terminating: false }],
])('%j with publishNotReadyAddresses %s', (traits, publishNotReadyAddresses, conditions) => {
  const endpoint = podToEndpoint(pod(traits), 'zone-a', service({ publishNotReadyAddresses }), 'IPv4');
  expect(endpoint).toEqual({
    addresses: ['10.244.0.5'],
    conditions,
    targetRef: { kind: 'Pod', namespace: 'default', name: 'a', uid: 'u' },
    nodeName: 'node-1',
    zone: 'zone-a',
  });
});

test.each([
  ['PreferClose', 'zone-a', {}, { forZones: [{ name: 'zone-a' }] }],
  ['PreferSameZone', 'zone-a', {}, { forZones: [{ name: 'zone-a' }] }],
  ['PreferSameNode', 'zone-a', {}, { forZones: [{ name: 'zone-a' }], forNodes: [{ name: 'node-1' }] }],
  ['PreferSameNode', undefined, {}, { forNodes: [{ name: 'node-1' }] }],
  ['PreferClose', undefined, {}, undefined],
  ['PreferClose', 'zone-a', { ready: false }, undefined],
  [undefined, 'zone-a', {}, undefined],
])('trafficDistribution %s in %s with %j hints %j', (trafficDistribution, zone, traits, hints) => {
  expect(podToEndpoint(pod(traits), zone, service({ trafficDistribution }), 'IPv4')?.hints).toEqual(hints);
});

test('the topology annotation leaves trafficDistribution aside', () => {
  const asked = service({ trafficDistribution: 'PreferClose' });
  asked.metadata.annotations = { 'service.kubernetes.io/topology-mode': 'Auto' };
  expect(podToEndpoint(pod(), 'zone-a', asked, 'IPv4')?.hints).toBeUndefined();
});

test.each([
  [{ phase: 'Succeeded' }, false],
  [{ phase: 'Failed' }, false],
  [{ ip: '' }, false],
  [{ terminating: true }, true],
  [{ ready: false }, true],
])('%j can be an endpoint: %s', (traits, can) => {
  expect(shouldPodBeInEndpoints(pod(traits))).toBe(can);
});

test('addresses of the other family make no endpoint', () => {
  expect(podToEndpoint(pod({ ip: 'fd00::5' }), undefined, service(), 'IPv4')).toBeUndefined();
});

test.each([
  [{ port: 80, targetPort: 8081 }, 8081],
  [{ port: 80 }, 80],
  [{ port: 80, targetPort: 'web' }, 8080],
  [{ port: 80, targetPort: 'metrics' }, 9],
  [{ port: 80, targetPort: 'late' }, undefined],
  [{ port: 80, targetPort: 'web', protocol: 'UDP' }, undefined],
])('%j leads to %s', (servicePort, port) => {
  expect(findPort(pod(), servicePort)).toBe(port);
});

test('ports that a Pod does not have are left out; several are in the order of their hashes', () => {
  const ports = [
    { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' },
    { name: 'nope', port: 81, targetPort: 'nope', protocol: 'TCP' },
    { name: 'https', port: 443, protocol: 'TCP', appProtocol: 'https' },
  ];
  const forward = endpointPorts(service({ ports }), pod());
  const backward = endpointPorts(service({ ports: [...ports].reverse() }), pod());
  expect(forward).toEqual(backward);
  expect(forward.map(({ name }) => name).sort()).toEqual(['http', 'https']);
});

test('FNV-1a of 128 bits', () => {
  expect(fnv1a128('').toString(16)).toBe('6c62272e07bb014262b821756295c58d');
  expect(fnv1a128('a').toString(16)).toBe('d228cb696f1a8caf78912b704e4a8964');
});

test('the trigger time is that of the Service at first, then of the earliest change since the last sync', () => {
  const times = new Map<string, string>();
  const ready = (time: string): Pod => {
    const conditions = [{ type: 'Ready', status: 'True' as const, lastTransitionTime: time }];
    return { ...pod(), status: { conditions } };
  };
  noteTrigger(times, 'k', undefined, ready('2026-01-01T00:00:05Z'));
  expect(takeTrigger(times, 'k', service())).toBe('2026-01-01T00:00:01Z');
  noteTrigger(times, 'k', ready('2026-01-01T00:00:05Z'), ready('2026-01-01T00:00:09Z'));
  noteTrigger(times, 'k', undefined, ready('2026-01-01T00:00:07Z'));
  noteTrigger(times, 'k', ready('2026-01-01T00:00:07Z'), ready('2026-01-01T00:00:07Z'));
  expect(takeTrigger(times, 'k', service())).toBe('2026-01-01T00:00:07Z');
  expect(takeTrigger(times, 'k', service())).toBe('');
});

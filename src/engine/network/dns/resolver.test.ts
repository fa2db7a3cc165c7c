import { expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import { candidates, podResolver } from './resolver';

const pod = (spec: object): Pod =>
  ({ metadata: { name: 'p', namespace: 'shop' }, spec: { containers: [], ...spec } }) as unknown as Pod;

const CLUSTER = 'shop.svc.cluster.local svc.cluster.local cluster.local';

test.each([
  ['of the cluster', {}, `10.96.0.10 | ${CLUSTER} | ndots:5`],
  [
    'options of its own: the last of a name counts',
    { dnsConfig: { options: [{ name: 'ndots', value: '1' }, { name: 'edns0' }, { name: 'timeout', value: '2' }] } },
    `10.96.0.10 | ${CLUSTER} | ndots:1 edns0 timeout:2`,
  ],
  [
    'further servers and searches, each once',
    { dnsConfig: { nameservers: ['1.1.1.1', '10.96.0.10'], searches: ['my.dns', 'cluster.local'] } },
    `10.96.0.10 1.1.1.1 | ${CLUSTER} my.dns | ndots:5`,
  ],
  ['none but its own', { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } }, '1.1.1.1 |  | '],
  ["the node's", { dnsPolicy: 'Default' }, '192.168.0.1 |  | '],
  ["the node's in its network", { hostNetwork: true }, '192.168.0.1 |  | '],
  [
    'of the cluster in the network of the node',
    { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
    `10.96.0.10 | ${CLUSTER} | ndots:5`,
  ],
])('resolv.conf: %s', (_what, spec, expected) => {
  const { servers, searches, options } = podResolver(pod(spec));
  expect([servers, searches, options].map((words) => words.join(' ')).join(' | ')).toBe(expected);
});

test.each([
  ['web', 5, ['web.shop.svc.cluster.local', 'web.svc.cluster.local', 'web.cluster.local', 'web']],
  ['web.', 5, ['web']],
  ['a.b', 1, ['a.b', 'a.b.shop.svc.cluster.local', 'a.b.svc.cluster.local', 'a.b.cluster.local']],
])('%s with ndots %i is asked as', (name, ndots, names) => {
  const spec = { dnsConfig: { options: [{ name: 'ndots', value: String(ndots) }] } };
  expect(candidates(name, podResolver(pod(spec)))).toEqual(names);
});

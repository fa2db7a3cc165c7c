import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../i18n/translate';
import type { HeldFault } from '../../view/held-faults';
import type { Row } from '../../view/rows';
import { labelOf } from '../menus/deeds';
import { actsFor } from './palette-acts';

const row = (kind: string, name: string, more: object = {}): Row =>
  ({
    id: `${kind}/shop/${name}`,
    kind,
    name,
    namespace: 'shop',
    images: 'nginx:1',
    containerNames: 'app',
    ...more,
  }) as unknown as Row;
const deployment = (name: string) => row('Deployment', name, { workload: true, desired: 3, paused: false });
const pod = (name: string) => row('Pod', name, { node: 'node-1' });
const node = (name: string, more: object = {}) =>
  row('Node', name, { namespace: '', unschedulable: false, taints: [], ...more });

const ROWS = [
  pod('web-1'),
  node('node-1'),
  deployment('website'),
  deployment('web'),
  row('Service', 'web'),
  node('node-2', { unschedulable: true }),
];

const offered = (text: string, rows: readonly Row[] = ROWS, held: readonly HeldFault[] = []) =>
  actsFor(rows, held, text).map(({ row: { kind, name }, entry }) => `${labelOf(entry)} ${kind} ${name}`);

describe('what can be done and suits what is typed', () => {
  it.each([
    ['drain node-1', ['Drain … Node node-1']],
    ['node-1 drain', ['Drain … Node node-1']],
    ['drain', ['Drain … Node node-1', 'Drain … Node node-2']],
    ['uncordon', ['Uncordon Node node-2']],
    ['crash node-2', ['Crash Node node-2']],
    ['partition node-2', ['Cut off from the API server Node node-2']],
    ['disk-pressure node-1', ['Let the disk fill up Node node-1']],
    ['delete pod web', ['Delete Pod web-1']],
    ['restart deployment/web', ['Restart Deployment web', 'Restart Deployment website']],
    ['rollout restart shop/web', ['Restart Deployment web', 'Restart Deployment website']],
    ['undo website', ['Undo rollout Deployment website']],
  ])('%j', (text, acts) => {
    expect(offered(text)).toEqual(acts);
  });

  it('names the container, or the image, of several', () => {
    const several = {
      workload: true,
      desired: 3,
      paused: false,
      images: 'redis:7, busybox',
      containerNames: 'db, log',
    };
    const rows = [row('Deployment', 'web', several)];
    expect(offered('set image web log', rows)).toEqual(['Set image of log … Deployment web']);
    expect(offered('image web', rows)).toContain('Set image of db … Deployment web');
    expect(offered('fail busybox', rows)).toEqual(['Let busybox fail to pull Deployment web']);
  });

  it('takes a number for how many there shall be, and the Deployment before its ReplicaSet that has it in its name', () => {
    const set = row('ReplicaSet', 'web-5f7', { workload: true, desired: 3, owner: 'Deployment/shop/web' });
    const acts = actsFor([set, ...ROWS], [], 'scale web 5');
    expect(acts.slice(0, 2).map(({ row: { kind, name } }) => `${kind} ${name}`)).toEqual([
      'Deployment web',
      'ReplicaSet web-5f7',
    ]);
    expect(acts[0]?.entry.deed).toMatchObject({ ask: { initial: '5' } });
    expect(offered('drain node 2')).toEqual(['Drain … Node node-2']);
  });

  it('is at most three of one object, and those first that are named in full', () => {
    expect(offered('scale web')).toEqual([
      'Scale … Deployment web',
      'One more: 4 Deployment web',
      'One less: 2 Deployment web',
      'Scale … Deployment website',
      'One more: 4 Deployment website',
      'One less: 2 Deployment website',
    ]);
    expect(actsFor(ROWS, [], 'delete web').map(({ row: { id }, rank }) => [id, rank])).toEqual([
      ['Deployment/shop/web', 0],
      ['Service/shop/web', 0],
      ['Deployment/shop/website', 1],
      ['Pod/shop/web-1', 1],
    ]);
  });

  it.each(['web', 'node', 'node node-1', 'pod', '', 'on', 'drain web', 'scale web --replicas=5', 'scaled up'])(
    '%j says nothing that can be done',
    (text) => {
      expect(offered(text)).toEqual([]);
    },
  );

  it('is found among thousands', () => {
    const many = Array.from({ length: 5000 }, (_, place) => pod(`web-${place}`));
    expect(offered('evict web-4321', [...many, ...ROWS])).toEqual(['Evict Pod web-4321']);
    expect(offered('drain node-2', [...many, ...ROWS])).toEqual(['Drain … Node node-2']);
    expect(offered('evict', [...many, ...ROWS])).toHaveLength(6);
  });

  it('ends a fault where that holds; what is offered by itself is not offered twice', () => {
    const crash = { type: 'node-crash', node: 'node-1', step: 1, text: '' } as HeldFault;
    const stopped = { type: 'component-down', node: 'node-1', component: 'kube-proxy', step: 2, text: '' } as HeldFault;
    expect(offered('boot node-1', ROWS, [crash])).toEqual(['Boot again Node node-1']);
    expect(offered('heal node-1', ROWS, [crash, stopped])).toEqual([]);
  });
});

describe('in Chinese', () => {
  afterEach(() => speak('en'));

  it.each([
    ['排空 node-1', ['排空 … Node node-1']],
    ['排空node-1', ['排空 … Node node-1']],
    ['drain node-1', ['排空 … Node node-1']],
    ['crash node-2', ['崩溃 Node node-2']],
  ])('%j', async (text, acts) => {
    await speak('zh');
    expect(offered(text)).toEqual(acts);
  });
});

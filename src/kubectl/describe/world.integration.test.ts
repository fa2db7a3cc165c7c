import { expect, it, describe as suite } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { findResource } from '../../engine/api/scheme';
import { objectReader } from '../../testing/object-reader';
import { createWorld, type World } from '../../testing/world';
import type { Clock } from '../command';
import { renderOutput } from '../output/output';
import { printTable } from '../printers/registry';
import { describe } from './registry';

const KINDS = ['Deployment', 'ReplicaSet', 'Pod', 'Node', 'Service', 'EndpointSlice', 'Event', 'Lease', 'Namespace'];

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "nginx:1.25", ports: [{containerPort: 80}], resources: {requests: {cpu: 100m}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
`;

interface Shop {
  readonly world: World;
  readonly clock: Clock;
  table(kind: string, wide?: boolean): string[];
  described(kind: string, name: string): string;
}

function runShop(): Shop {
  const world = createWorld({ nodes: 1, documents: SHOP });
  world.runFor(60_000);
  const startMs = Date.parse('2026-01-01T00:00:00Z');
  const clock: Clock = {
    nowMs: world.simulation.nowMs,
    now: '2026-01-01T00:01:00Z',
    timeOf: (timestamp) => Date.parse(timestamp) - startMs,
  };
  const objects = KINDS.flatMap((kind) => world.list<KubeObject>(kind));
  const reader = objectReader(objects);
  return {
    world,
    clock,
    table: (kind, wide = false) => {
      const shown = world
        .list<KubeObject>(kind)
        .filter(({ metadata }) => (metadata.namespace ?? 'default') === 'default');
      return printTable(findResource(kind)!, shown, { ...clock, wide })
        .split('\n')
        .slice(0, -1);
    },
    described: (kind, name) => {
      const object = objects.find((each) => each.kind === kind && each.metadata.name.startsWith(name));
      if (!object) throw new Error(`${kind} ${name} is not there`);
      return describe(kind, object, reader, clock);
    },
  };
}

const shop = runShop();

suite('a running Deployment', () => {
  it('as tables', () => {
    expect(shop.table('Deployment')).toEqual([
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE',
      'web    2/2     2            2           60s',
    ]);
    const [header, ...pods] = shop.table('Pod', true);
    expect(header).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES$/);
    expect(pods).toHaveLength(2);
    for (const row of pods) expect(row).toMatch(/^web-\S+ +1\/1 +Running +0 +60s +10\.\S+ +node-1 +<none> +<none>$/);
    expect(shop.table('ReplicaSet')[1]).toMatch(/^web-\S+ +2 +2 +2 +60s$/);
    expect(shop.table('Node')[1]).toMatch(/^node-1 +Ready +<none> +60s +v1\.36\.\d+$/);
    expect(shop.table('Service').find((row) => row.startsWith('web'))).toMatch(
      /^web +NodePort +10\.\S+ +<none> +80:30080\/TCP +60s$/,
    );
  });
  it('described', () => {
    const deployment = shop.described('Deployment', 'web');
    expect(deployment).toContain(
      'Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable\n',
    );
    expect(deployment).toMatch(/^NewReplicaSet: +web-\S+ \(2\/2 replicas created\)$/m);
    expect(deployment).toMatch(
      /ScalingReplicaSet +\S+ +deployment-controller +Scaled up replica set web-\S+ from 0 to 2\n/,
    );
    expect(shop.described('ReplicaSet', 'web')).toMatch(
      /^Pods Status: +2 Running \/ 0 Waiting \/ 0 Succeeded \/ 0 Failed$/m,
    );
    const pod = shop.described('Pod', 'web');
    expect(pod).toMatch(/^Node: +node-1\/\S+$/m);
    expect(pod).toMatch(/^ {4}State: +Running\n {6}Started: +Thu, 01 Jan 2026 00:00:\d\d \+0000$/m);
    expect(pod).toMatch(/^QoS Class: +Burstable$/m);
    expect(pod).toMatch(
      /^ {2}Normal +Scheduled +\S+ +default-scheduler +Successfully assigned default\/web-\S+ to node-1$/m,
    );
    expect(pod).toMatch(/^ {2}Normal +Started +\S+ +kubelet +spec.containers\{nginx\}: Container started$/m);
    const node = shop.described('Node', 'node-1');
    expect(node).toMatch(/^ {2}cpu +200m \(\d+%\) +0 \(0%\)$/m);
    expect(shop.described('Service', 'web')).toMatch(/^Endpoints: +10\.\S+:80,10\.\S+:80$/m);
  });
  it('as YAML and through templates', () => {
    const pods = shop.world.list<KubeObject>('Pod', 'default');
    expect(renderOutput('jsonpath', '{.items[*].status.phase}', pods, { asList: true })).toBe('Running Running');
    expect(renderOutput('yaml', '', pods, { asList: true })).toMatch(
      /^apiVersion: v1\nitems:\n- apiVersion: v1\n {2}kind: Pod\n/,
    );
  });
});

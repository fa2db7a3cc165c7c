import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { Pod } from '../api/types';

it('smoke', () => {
  const world = createWorld({
    documents: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: big}
spec: {containers: [{name: app, image: nginx, resources: {requests: {cpu: "100"}}}]}
`,
  });
  world.runFor(5000);
  console.log(
    world
      .list<Pod>('Pod')
      .map((p) =>
        [p.metadata.name, p.spec.nodeName, p.status.phase, JSON.stringify(p.status.conditions?.[0])].join(' '),
      ),
  );
  console.log(world.events().map((e) => `${e.type} ${e.reason} ${e.message}`));
  console.log(world.steps().filter((s) => s.actor === 'default-scheduler'));
  console.log(
    JSON.stringify(world.simulation.detailAt(world.steps().find((s) => s.actor === 'default-scheduler')!.step)),
  );
  expect(1).toBe(1);
});

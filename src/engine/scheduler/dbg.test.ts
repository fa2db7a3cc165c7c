import { it } from 'vitest';
import { schedulingWorld, podOf } from '../../testing/placement';
it('x', () => {
  const w = schedulingWorld(['n1']);
  w.client.create(podOf('name: p, labels: {a: b}'));
  w.runFor(50);
  const h = w.simulation.history('Pod', 'default', 'p').map((v) => v.value as any);
  console.log(h.length, h[0].spec.containers === h[1].spec.containers, h[0].metadata.labels === h[1].metadata.labels, h[0].metadata.uid === h[1].metadata.uid, Object.keys(h[0].spec), h[0].spec === h[1].spec);
});

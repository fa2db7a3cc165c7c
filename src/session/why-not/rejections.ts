/** What kept a Pod off each node when the scheduler chose, in numbers: the moment before its step is looked at. */
import type { Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import { obstaclesOf, reasonsOf } from './node-room';
import type { Reference, Verdict } from './said';
import { worldAt } from './world';

/** Nodes without an obstacle of this kind are left out. */
export function rejectionsAt(simulation: Simulation, { namespace, name }: Reference, step: number): Verdict[] {
  const before = Math.max(0, Math.min(step, simulation.step) - 1);
  const world = worldAt(simulation, before);
  const pod = world.get<Pod>('Pod', namespace, name);
  if (!pod) return [];
  return obstaclesOf(world, pod)
    .map((obstacles) => ({ kind: 'Node' as const, name: obstacles.node.metadata.name, reasons: reasonsOf(obstacles) }))
    .filter(({ reasons }) => reasons.length > 0);
}

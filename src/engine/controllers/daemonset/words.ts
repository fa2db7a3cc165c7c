/** How the DaemonSet controller speaks of nodes and Pods. */
import type { Context } from '../../client/component';
import type { DaemonView } from './daemon-view';
import type { DaemonMemory } from './sync-run';

/** What its parts are given. */
export type DaemonContext = Context<DaemonMemory>;

/** Names by which nodes or Pods are told, the rest as a number. */
const MAX_NAMED = 3;

/** `a, b`, or `a, b, c and 7 more`. */
export function named(names: readonly string[]): string {
  const rest = names.length - MAX_NAMED;
  return rest > 0 ? `${names.slice(0, MAX_NAMED).join(', ')} and ${rest} more` : names.join(', ');
}

/** ` (not k-master: it has the untolerated taint …)`, or nothing where it belongs everywhere. */
export function exclusions(view: DaemonView): string {
  const byObstacle = new Map<string, string[]>();
  for (const [name, { placement }] of view.nodes.entries()) {
    if (!placement || placement.shouldRun) continue;
    const names = byObstacle.get(placement.obstacle);
    if (names) names.push(name);
    else byObstacle.set(placement.obstacle, [name]);
  }
  const parts = [...byObstacle].map(([obstacle, names]) => `not ${named(names)}: ${obstacle}`);
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

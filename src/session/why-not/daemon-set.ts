/** Why a DaemonSet has no Pod on some nodes: what keeps it off each, and which change would get it onto one more. */
import { demandsOf, placementOn } from '../../engine/api/daemon-placement';
import type { DaemonSet, Node, Pod } from '../../engine/api/types';
import { type Obstacles, obstaclesOf, reasonsOf } from './node-room';
import { placeCandidates } from './pending-pod';
import { type Finding, say, type World } from './said';
import { again, podsOf } from './world';

/** What counts for a DaemonSet: a node that is cordoned, not ready or full gets its Pod as well. */
const thatCount = (obstacles: Obstacles): Obstacles => ({
  ...obstacles,
  cordoned: false,
  short: [],
  podsFull: undefined,
  ports: [],
});

/** How many of the nodes that belong to it have a Pod. */
function placedOf(world: World, daemonSet: DaemonSet): number {
  const demands = demandsOf(daemonSet.spec.template);
  const taken = new Set(podsOf(world, daemonSet).map(({ spec }) => spec.nodeName));
  return world
    .list<Node>('Node')
    .filter((node) => placementOn(demands, node).shouldRun && taken.has(node.metadata.name)).length;
}

/** Nothing where it belongs on every node. */
export function daemonSetFinding(world: World, daemonSet: DaemonSet): Finding | undefined {
  const { template } = daemonSet.spec;
  if (!template.spec) return undefined;
  const demands = demandsOf(template);
  const nodes = world.list<Node>('Node');
  const out = new Map(
    nodes.flatMap((node) => {
      const { shouldRun, obstacle } = placementOn(demands, node);
      return shouldRun ? [] : [[node.metadata.name, obstacle] as const];
    }),
  );
  if (out.size === 0) return undefined;
  const { namespace } = daemonSet.metadata;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: daemonSet.metadata.name, namespace },
    spec: { ...template.spec, tolerations: demands.tolerations },
    status: {},
  } as Pod;
  const obstacles = obstaclesOf(world, pod)
    .filter(({ node }) => out.has(node.metadata.name))
    .map(thatCount);
  const verdicts = obstacles.map((each) => {
    const { name } = each.node.metadata;
    const reasons = reasonsOf(each);
    const told = reasons.length > 0 ? reasons : [say('verdict.other', { text: out.get(name) ?? '' })];
    return { kind: 'Node' as const, name, reasons: told };
  });
  const wanted = placedOf(world, daemonSet) + 1;
  const standing = say('daemon.nodes', { fit: nodes.length - out.size, nodes: nodes.length });
  return {
    standing,
    sentences: [standing],
    verdicts,
    candidates: placeCandidates(world, pod, daemonSet, obstacles, []),
    missing: (later) => {
      const now = again<DaemonSet>(later, daemonSet);
      return now ? Math.max(0, wanted - placedOf(later, now)) : 1;
    },
  };
}

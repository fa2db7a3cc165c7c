/** Why a node that is being drained keeps its Pods: the budgets that cover them, in numbers, and what would free them. */

import { controllerOf, type KubeObject } from '../../engine/api/meta';
import { isPodTerminal } from '../../engine/api/pod';
import { matchesLabelSelector } from '../../engine/api/selector';
import type { Node, Pod, PodDisruptionBudget } from '../../engine/api/types';
import { obstaclesOf } from './node-room';
import { placeCandidates } from './pending-pod';
import { type Candidate, command, type Finding, inNamespace, type Said, say, type World } from './said';
import { again, isScaled, rootOf, scaling, targetOf, wantedOf } from './world';

/** Pods that a drain would evict: not a DaemonSet's, not a node's own, not those that are over. */
function evictable(world: World, node: string): readonly Pod[] {
  return world.list<Pod>('Pod').filter((pod) => {
    if (pod.spec.nodeName !== node || isPodTerminal(pod)) return false;
    return !['DaemonSet', 'Node'].includes(controllerOf(pod)?.kind ?? '');
  });
}

function covers({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean {
  if (metadata.namespace !== pod.metadata.namespace || !spec.selector) return false;
  return matchesLabelSelector(spec.selector, pod.metadata.labels ?? {});
}

const isUsedUp = ({ status }: PodDisruptionBudget): boolean => (status?.disruptionsAllowed ?? 0) === 0;

/** Why a cordoned node's Pods stay; undefined where none is left or no budget holds any. */
export function drainFinding(world: World, node: Node): Finding | undefined {
  if (!node.spec?.unschedulable) return undefined;
  const { name } = node.metadata;
  const left = evictable(world, name);
  const usedUp = world.list<PodDisruptionBudget>('PodDisruptionBudget').filter(isUsedUp);
  const held = [...new Set(left.flatMap((pod) => usedUp.filter((budget) => covers(budget, pod))))];
  if (held.length === 0) return undefined;
  const standing = say('drain.left', { node: name, count: left.length });
  return {
    standing,
    sentences: [standing, ...held.map(budgetSentence)],
    verdicts: [],
    candidates: [
      ...held.flatMap((budget) => candidatesFor(world, budget, left)),
      ...held.flatMap((budget) => elsewhere(world, budget, name)),
    ],
    missing: (now) => evictable(now, name).length,
    again: command(`drain ${name} --ignore-daemonsets --delete-emptydir-data --force --timeout=110s`),
  };
}

/** Why a budget allows no disruption. Where a node is being drained of its Pods, that is what is asked. */
export function budgetFinding(world: World, budget: PodDisruptionBudget): Finding | undefined {
  if (!isUsedUp(budget)) return undefined;
  const covered = world.list<Pod>('Pod').filter((pod) => covers(budget, pod));
  for (const node of world.list<Node>('Node')) {
    const isHere = covered.some(({ spec }) => spec.nodeName === node.metadata.name);
    const finding = isHere ? drainFinding(world, node) : undefined;
    if (finding) return finding;
  }
  return {
    sentences: [budgetSentence(budget)],
    verdicts: [],
    candidates: candidatesFor(world, budget, covered),
    missing: (now) => Number(isUsedUp(again<PodDisruptionBudget>(now, budget) ?? budget)),
  };
}

function budgetSentence({ metadata, status }: PodDisruptionBudget): Said {
  const { currentHealthy: healthy = 0, desiredHealthy: needed = 0, expectedPods: count = 0 } = status ?? {};
  const allowed = Math.max(0, healthy - needed);
  return say('drain.budget', { name: metadata.name, healthy, count, needed, allowed });
}

/** One more replica of what it covers; or a budget that asks for one less. */
function candidatesFor(world: World, budget: PodDisruptionBudget, pods: readonly Pod[]): Candidate[] {
  const roots = new Map<string, KubeObject>();
  for (const pod of pods) {
    if (!covers(budget, pod)) continue;
    const root = rootOf(world, pod);
    if (isScaled(root)) roots.set(root.metadata.uid ?? '', root);
  }
  const scaled = [...roots.values()].map((root) => {
    const from = wantedOf(root);
    return {
      said: say('fix.scale', { target: targetOf(root), from, to: from + 1 }),
      input: scaling(root, from + 1),
    };
  });
  const covered = pods.filter((pod) => covers(budget, pod)).length;
  return [...scaled, ...relaxed(budget, covered), ...unhealthy(budget)];
}

/** In whole Pods, whatever it is written in: by one, and by as many as are to go. */
function relaxed({ metadata, spec, status }: PodDisruptionBudget, going: number): Candidate[] {
  const { desiredHealthy: needed = 0, currentHealthy: healthy = 0, expectedPods: total = 0 } = status ?? {};
  const isLeast = spec.maxUnavailable === undefined;
  const field = isLeast ? 'minAvailable' : 'maxUnavailable';
  const from = isLeast ? needed : total - needed;
  // Those that are not healthy already don't count as going.
  const least = Math.max(0, Math.min(needed - 1, healthy - going));
  const wanted = new Set(needed > 0 ? [needed - 1, least] : []);
  const { name } = metadata;
  return [...wanted].map((available) => {
    const to = isLeast ? available : total - available;
    const patch = JSON.stringify({ spec: { [field]: to } });
    return {
      said: say(`fix.${field}`, { name, from, to }),
      input: command(`patch pdb ${name}${inNamespace(metadata.namespace)} --type=merge -p '${patch}'`),
    };
  });
}

/** Those that are not ready may go, whatever the budget asks for. */
function unhealthy({ metadata, spec, status }: PodDisruptionBudget): Candidate[] {
  const { currentHealthy = 0, expectedPods = 0 } = status ?? {};
  if (currentHealthy >= expectedPods || spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return [];
  const { name, namespace } = metadata;
  const patch = JSON.stringify({ spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } });
  return [
    {
      said: say('fix.unhealthy', { name }),
      input: command(`patch pdb ${name}${inNamespace(namespace)} --type=merge -p '${patch}'`),
    },
  ];
}

const OPENS: ReadonlySet<Said['key']> = new Set(['fix.uncordon', 'fix.untaint', 'fix.tolerate', 'fix.node']);

/** What is evicted has to become ready somewhere else before more may go. */
function elsewhere(world: World, budget: PodDisruptionBudget, drained: string): Candidate[] {
  const pods = world.list<Pod>('Pod').filter((pod) => covers(budget, pod) && !isPodTerminal(pod));
  const pod = pods.find(({ spec }) => !spec.nodeName) ?? pods.find(({ spec }) => spec.nodeName === drained);
  const root = pod && rootOf(world, pod);
  if (!pod || !root || root.kind === 'Pod') return [];
  const others = obstaclesOf(world, pod).filter(({ node }) => node.metadata.name !== drained);
  return placeCandidates(world, pod, root, others, []).filter(({ said }) => OPENS.has(said.key));
}

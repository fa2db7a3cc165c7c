/** Why a Pod is on no node: each node's obstacles in numbers, and the smallest changes that would make it fit somewhere. */
import type { KubeObject } from '../../engine/api/meta';
import { taintText } from '../../engine/api/taint';
import type { Pod } from '../../engine/api/types';
import { OWN_LABELS } from '../../engine/apiserver/admission/node-restriction';
import { asPart, changeOfSpec, type SpecOperation, specOf } from './change-pod';
import { amountText, type Obstacles, obstaclesOf, reasonsOf } from './node-room';
import { moreNodes, portCandidates, requestCandidates } from './request-fixes';
import {
  type Candidate,
  command,
  type Finding,
  inNamespace,
  type Said,
  type SchedulersWord,
  say,
  type World,
} from './said';
import { isScaled, missingPods, podsOf, rootOf, scaling, targetOf, wantedOf } from './world';

/** What the scheduler knows as well and nodes' numbers don't tell, by node. */
type Words = ReadonlyMap<string, readonly string[]>;

/** See the header. `word`: the scheduler's latest word on the Pod. */
export function unscheduledFinding(world: World, pod: Pod, word: SchedulersWord | undefined): Finding {
  const root = rootOf(world, pod);
  const obstacles = obstaclesOf(world, pod);
  const words: Words = new Map(word?.nodes.map(({ node, reasons }) => [node, reasons]));
  const verdicts = obstacles.map((each) => {
    const { name } = each.node.metadata;
    const own = reasonsOf(each);
    const further = own.length > 0 ? [] : (words.get(name) ?? []).map((text) => say('verdict.other', { text }));
    const reasons = own.length > 0 ? own : further;
    return { kind: 'Node' as const, name, reasons: reasons.length > 0 ? reasons : [say('verdict.fits')] };
  });
  const gate = pod.spec.schedulingGates?.[0]?.name;
  const standing = waitingSentence(world, root);
  return {
    ...(standing ? { standing } : {}),
    sentences: sentencesOf(
      world,
      pod,
      root,
      obstacles,
      verdicts.filter(({ reasons }) => reasons[0]?.key === 'verdict.fits').length,
    ),
    verdicts: gate ? [] : verdicts,
    candidates: gate
      ? [ungate(pod, gate)]
      : (otherScheduler(root, pod) ?? placeCandidates(world, pod, root, obstacles, [...words.values()].flat())),
    missing: missingPlaces(root),
  };
}

const SCHEDULER = 'default-scheduler';

/** Where it waits for a scheduler that nobody runs, nothing of nodes matters. */
function otherScheduler(root: KubeObject, pod: Pod): Candidate[] | undefined {
  const { schedulerName = SCHEDULER } = pod.spec;
  if (schedulerName === SCHEDULER) return undefined;
  const input = changeOfSpec(root, [{ op: 'add', path: '/schedulerName', value: SCHEDULER }]);
  return input ? [{ said: say('fix.scheduler', { target: targetOf(root), name: SCHEDULER }), input }] : [];
}

const isPlaced = ({ spec }: Pod): boolean => Boolean(spec.nodeName);

/** Pods that are wanted and on no node. */
export function missingPlaces(root: KubeObject): Finding['missing'] {
  return missingPods(root, isPlaced);
}

/** How many of a workload's Pods are on no node. */
function waitingSentence(world: World, root: KubeObject): Said | undefined {
  const count = podsOf(world, root).filter((pod) => !isPlaced(pod)).length;
  if (root.kind === 'Pod' || count === 0) return undefined;
  return say('pod.waiting', { workload: `${root.kind} ${root.metadata.name}`, count, wanted: wantedOf(root) });
}

function sentencesOf(
  world: World,
  pod: Pod,
  root: KubeObject,
  obstacles: readonly Obstacles[],
  fit: number,
): readonly Said[] {
  const { schedulingGates, schedulerName = SCHEDULER } = pod.spec;
  if (schedulingGates?.[0]) return [say('pod.gated', { gate: schedulingGates[0].name })];
  if (schedulerName !== SCHEDULER) return [say('pod.noScheduler', { name: schedulerName })];
  const waiting = waitingSentence(world, root);
  const most = mostRoom(obstacles);
  return [
    say('pod.fits', { fit, nodes: obstacles.length }),
    ...(waiting ? [waiting] : []),
    ...(most ? [say('pod.room', most)] : []),
  ];
}

/** Where most is left of what there is too little of everywhere. */
function mostRoom(obstacles: readonly Obstacles[]): Said['values'] | undefined {
  const resource = obstacles.find(({ short }) => short.length > 0)?.short[0]?.resource;
  if (!resource || obstacles.some(({ short }) => !short.some((room) => room.resource === resource))) return undefined;
  const rooms = obstacles.flatMap(({ node, short }) =>
    short.filter((room) => room.resource === resource).map((room) => ({ node: node.metadata.name, ...room })),
  );
  const most = rooms.sort((a, b) => b.free - a.free || (a.node < b.node ? -1 : 1))[0]!;
  return { resource, need: amountText(resource, most.need), free: amountText(resource, most.free), node: most.node };
}

/** The smallest changes that would make it fit on a node. */
export function placeCandidates(
  world: World,
  pod: Pod,
  root: KubeObject,
  obstacles: readonly Obstacles[],
  words: readonly string[],
): Candidate[] {
  // Where every node has two things against it, each by itself may be a part of what helps.
  const fewest = obstacles.some((each) => reasonsOf(each).length <= 1) ? 1 : 2;
  const only = (is: (obstacle: Obstacles) => boolean) =>
    obstacles.find((each) => is(each) && reasonsOf(each).length === fewest);
  const candidates: (Candidate | undefined)[] = [];
  const cordoned = only((each) => each.cordoned);
  if (cordoned) candidates.push(nodeCommand('fix.uncordon', cordoned, (name) => `uncordon ${name}`));
  const tainted = only((each) => each.taint !== undefined);
  if (tainted?.taint) candidates.push(...taintCandidates(root, pod, tainted));
  const isOwn = (holder: Pod): boolean => rootOf(world, holder).metadata.uid === root.metadata.uid;
  const held = obstacles.find(
    ({ ports, ...each }) => ports.length > 0 && reasonsOf({ ...each, ports: [] }).length === 0,
  );
  if (held) candidates.push(...portCandidates(root, pod, held, isOwn));
  const unlabelled = only(({ labels }) => labels.length > 0 && !labels.some(([key]) => OWN_LABELS.has(key)));
  if (unlabelled) {
    const labels = unlabelled.labels.map((pair) => pair.join('=')).join(' ');
    candidates.push(
      nodeCommand('fix.label', unlabelled, (name) => `label node ${name} --overwrite ${labels}`, { labels }),
    );
  }
  candidates.push(...ruleCandidates(pod, root, obstacles, words));
  candidates.push(...requestCandidates(world, pod, root, obstacles, fewest - 1));
  candidates.push(fewer(world, root));
  candidates.push(...moreNodes(obstacles));
  return candidates.filter((each) => each !== undefined);
}

function nodeCommand(
  key: Said['key'],
  { node }: Obstacles,
  text: (name: string) => string,
  more: Said['values'] = {},
): Candidate {
  const { name } = node.metadata;
  return { said: say(key, { node: name, ...more }), input: command(text(name)) };
}

function taintCandidates(root: KubeObject, pod: Pod, obstacle: Obstacles): Candidate[] {
  const taint = obstacle.taint!;
  const toleration = { key: taint.key, operator: 'Equal', value: taint.value ?? '', effect: taint.effect };
  const input = changeOfSpec(root, [
    specOf(root, pod).tolerations
      ? { op: 'add', path: '/tolerations/-', value: toleration }
      : { op: 'add', path: '/tolerations', value: [toleration] },
  ]);
  const text = taintText(taint);
  return [
    ...(input ? [{ said: say('fix.tolerate', { target: targetOf(root), taint: text }), input }] : []),
    nodeCommand('fix.untaint', obstacle, (name) => `taint node ${name} ${taint.key}:${taint.effect}-`, { taint: text }),
  ];
}

/** What it says of nodes and of other Pods, without which it would do. What a node is can't be changed by a label. */
function ruleCandidates(
  pod: Pod,
  root: KubeObject,
  obstacles: readonly Obstacles[],
  words: readonly string[],
): Candidate[] {
  const target = targetOf(root);
  const { affinity, topologySpreadConstraints = [] } = pod.spec;
  const candidates: Candidate[] = [];
  const offer = (said: Said, ...operations: readonly SpecOperation[]) => {
    const input = changeOfSpec(root, operations);
    if (input) candidates.push({ said, input });
  };
  const without = (key: Said['key'], rule: keyof NonNullable<typeof affinity>) =>
    offer(say(key, { target }), {
      op: 'remove',
      path: `/affinity/${rule}/requiredDuringSchedulingIgnoredDuringExecution`,
    });
  const own = new Map(obstacles.flatMap(({ labels }) => labels).filter(([key]) => OWN_LABELS.has(key)));
  if (own.size > 0) {
    const labels = [...own].map((pair) => pair.join('=')).join(', ');
    const removals = [...own.keys()].map((key) => ({ op: 'remove' as const, path: `/nodeSelector/${asPart(key)}` }));
    offer(say('fix.selector', { target, labels }), ...removals);
  }
  if (obstacles.some((each) => each.affinity)) without('fix.affinity', 'nodeAffinity');
  const hard = topologySpreadConstraints.findIndex(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  if (hard >= 0 && words.some((text) => text.includes('topology spread'))) {
    const path = `/topologySpreadConstraints/${hard}/whenUnsatisfiable`;
    offer(say('fix.spread', { target }), { op: 'replace', path, value: 'ScheduleAnyway' });
  }
  if (words.some((text) => text.includes('anti-affinity')) && affinity?.podAntiAffinity)
    without('fix.apart', 'podAntiAffinity');
  if (words.some((text) => text.includes('pod affinity rules')) && affinity?.podAffinity)
    without('fix.together', 'podAffinity');
  return candidates;
}

/** As many replicas as have a place. */
function fewer(world: World, root: KubeObject): Candidate | undefined {
  const placed = podsOf(world, root).filter(isPlaced).length;
  if (!isScaled(root) || placed === 0 || placed >= wantedOf(root)) return undefined;
  const said = say('fix.fewer', { target: targetOf(root), count: placed, from: wantedOf(root) });
  return { said, input: scaling(root, placed) };
}

function ungate({ metadata }: Pod, gate: string): Candidate {
  const patch = '[{"op":"remove","path":"/spec/schedulingGates"}]';
  const input = command(`patch pod ${metadata.name}${inNamespace(metadata.namespace)} --type=json -p '${patch}'`);
  return { said: say('fix.gate', { gate }), input };
}

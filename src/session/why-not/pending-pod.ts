/** Why a Pod is on no node: each node's obstacles in numbers, and the smallest changes that would make it fit somewhere. */
import type { KubeObject } from '../../engine/api/meta';
import { resourceAmount } from '../../engine/api/pod-resources';
import { taintText } from '../../engine/api/taint';
import type { Pod } from '../../engine/api/types';
import { changeOfSpec } from './change-pod';
import { amountText, type Obstacles, obstaclesOf, reasonsOf } from './node-room';
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
import { isScaled, missingPods, podsOf, rootOf, scaling, targetOf, type Workload, wantedOf } from './world';

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
  return {
    sentences: sentencesOf(
      world,
      pod,
      root,
      obstacles,
      verdicts.filter(({ reasons }) => reasons[0]?.key === 'verdict.fits').length,
    ),
    verdicts: gate ? [] : verdicts,
    candidates: gate ? [ungate(pod, gate)] : placeCandidates(world, pod, root, obstacles, [...words.values()].flat()),
    missing: missingPlaces(root),
  };
}

const isPlaced = ({ spec }: Pod): boolean => Boolean(spec.nodeName);

/** Pods that are wanted and on no node. */
export function missingPlaces(root: KubeObject): Finding['missing'] {
  return missingPods(root, isPlaced);
}

const waitingOf = (world: World, root: KubeObject): number =>
  podsOf(world, root).filter((pod) => !isPlaced(pod)).length;

function sentencesOf(
  world: World,
  pod: Pod,
  root: KubeObject,
  obstacles: readonly Obstacles[],
  fit: number,
): readonly Said[] {
  const { schedulingGates, schedulerName = 'default-scheduler' } = pod.spec;
  if (schedulingGates?.[0]) return [say('pod.gated', { gate: schedulingGates[0].name })];
  if (schedulerName !== 'default-scheduler') return [say('pod.noScheduler', { name: schedulerName })];
  const waiting = waitingOf(world, root);
  const most = mostRoom(obstacles);
  return [
    say('pod.fits', { fit, nodes: obstacles.length }),
    ...(root.kind !== 'Pod' && waiting > 0
      ? [say('pod.waiting', { workload: `${root.kind} ${root.metadata.name}`, count: waiting, wanted: wantedOf(root) })]
      : []),
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
  const only = (is: (obstacle: Obstacles) => boolean, count: number) =>
    obstacles.find((each) => is(each) && reasonsOf(each).length === count);
  const candidates: (Candidate | undefined)[] = [];
  const cordoned = only((each) => each.cordoned, 1);
  if (cordoned) candidates.push(nodeCommand('fix.uncordon', cordoned, (name) => `uncordon ${name}`));
  const tainted = only((each) => each.taint !== undefined, 1);
  if (tainted?.taint) candidates.push(...taintCandidates(root, pod, tainted));
  const unlabelled = only((each) => each.labels.length > 0, 1);
  if (unlabelled) {
    const labels = unlabelled.labels.map((pair) => pair.join('=')).join(' ');
    candidates.push(
      nodeCommand('fix.label', unlabelled, (name) => `label node ${name} --overwrite ${labels}`, { labels }),
    );
  }
  candidates.push(...requestCandidates(world, pod, root, obstacles));
  candidates.push(...spreadCandidates(pod, root, words));
  candidates.push(fewer(world, root));
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
  const spec = root.kind === 'Pod' ? pod.spec : (root as Workload).spec.template?.spec;
  const input = changeOfSpec(root, [
    spec?.tolerations
      ? { op: 'add', path: '/tolerations/-', value: toleration }
      : { op: 'add', path: '/tolerations', value: [toleration] },
  ]);
  const text = taintText(taint);
  return [
    ...(input ? [{ said: say('fix.tolerate', { target: targetOf(root), taint: text }), input }] : []),
    nodeCommand('fix.untaint', obstacle, (name) => `taint node ${name} ${taint.key}:${taint.effect}-`, { taint: text }),
  ];
}

/** The most that every waiting Pod may ask for so that all of them find a place; and what the first needs. */
function requestCandidates(world: World, pod: Pod, root: KubeObject, obstacles: readonly Obstacles[]): Candidate[] {
  const usable = obstacles.filter((each) => each.short.length > 0 && reasonsOf(each).length === each.short.length);
  const resources = new Set(usable.flatMap(({ short }) => short.map(({ resource }) => resource)));
  if (resources.size !== 1) return [];
  const resource = [...resources][0] as string;
  const largest = largestContainer(pod, resource);
  if (!largest) return [];
  const frees = usable.map(({ short }) => short[0]!.free).sort((a, b) => b - a);
  const need = usable[0]!.short[0]!.need;
  const waiting = Math.max(1, waitingOf(world, root));
  const amounts = new Set([frees[0] ?? 0, shared(frees, waiting)]);
  const candidates: Candidate[] = [];
  for (const amount of amounts) {
    const to = largest.amount - (need - amount);
    const text = to > 0 ? amountText(resource, to) : '';
    if (text === '') continue;
    const requests = `/containers/${largest.index}/resources/requests/${resource}`;
    const input = changeOfSpec(root, [{ op: 'replace', path: requests, value: text }]);
    const values = { container: largest.name, resource, from: amountText(resource, largest.amount), to: text };
    if (input) candidates.push({ said: say('fix.request', values), input });
  }
  return candidates;
}

/** The largest amount of which so many fit into what is left. */
export function shared(frees: readonly number[], count: number): number {
  const tries = frees.flatMap((free) => Array.from({ length: count }, (_, index) => Math.floor(free / (index + 1))));
  const fits = (amount: number) => frees.reduce((sum, free) => sum + Math.floor(free / amount), 0) >= count;
  return Math.max(0, ...tries.filter((amount) => amount > 0 && fits(amount)));
}

function largestContainer(pod: Pod, resource: string) {
  const asking = pod.spec.containers
    .map(({ name, resources }, index) => ({ name, index, text: resources?.requests?.[resource] }))
    .flatMap(({ name, index, text }) =>
      text === undefined ? [] : [{ name, index, amount: resourceAmount(resource, text) }],
    );
  return asking.sort((a, b) => b.amount - a.amount || a.index - b.index)[0];
}

function spreadCandidates(pod: Pod, root: KubeObject, words: readonly string[]): Candidate[] {
  const target = targetOf(root);
  const candidates: Candidate[] = [];
  const hard =
    pod.spec.topologySpreadConstraints?.findIndex(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule') ??
    -1;
  if (hard >= 0 && words.some((text) => text.includes('topology spread'))) {
    const path = `/topologySpreadConstraints/${hard}/whenUnsatisfiable`;
    const input = changeOfSpec(root, [{ op: 'replace', path, value: 'ScheduleAnyway' }]);
    if (input) candidates.push({ said: say('fix.spread', { target }), input });
  }
  if (words.some((text) => text.includes('anti-affinity')) && pod.spec.affinity?.podAntiAffinity) {
    const path = '/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution';
    const input = changeOfSpec(root, [{ op: 'remove', path }]);
    if (input) candidates.push({ said: say('fix.apart', { target }), input });
  }
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

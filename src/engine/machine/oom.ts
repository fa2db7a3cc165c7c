/**
 * Out of memory: the kernel kills a container when its own limit, the limit of its Pod or the memory of the node is used up. When that is
 * follows from what its containers use, so a timer is set for that very moment.
 * Follows mm/oom_kill.c and mm/memcontrol.c of Linux with cgroups v2 as the kubelet sets them up (memory.oom.group: a container is killed
 * as a whole; oom_score_adj). Left out: swap, and what caches give back before.
 */
import { quantityValue } from '../api/quantity';
import { amountAt, crossingMs, type Held } from '../measures/amount';
import { volumeFiles } from './filesystem';
import { parseImageReference } from './image-reference';
import { bytesOf, mayUse, memoryHeld, memoryLimit, sharedMemory, sizeText } from './load';
import { endProcess, KILLED } from './process-end';
import type { Machine, MachineContainer, MachineContext, MachineSandbox } from './records';
import { lastOf } from './shell/paths';

/** How a container ends whose memory has run out. */
const OOM_KILLED = { exitCode: KILLED, reason: 'OOMKilled' };
/** The scope that no limit of a Pod makes. */
const NODE = 'node';
/** What runs beside Pods, as the kernel would name it. */
const OUTSIDER = 'stress';
const FIRST_PID = 1000;

/** One whom the kernel may kill: the one with the most points. */
export interface Candidate {
  readonly namespace: string;
  /** Empty: what runs beside Pods. */
  readonly pod: string;
  readonly container: string;
  readonly memoryBytes: number;
  readonly oomScoreAdj: number;
  readonly points: number;
}

/** The points of a process: what it uses, and its adjustment as thousandths of all memory (oom_badness). */
export function badness(memoryBytes: number, oomScoreAdj: number, totalBytes: number): number {
  return memoryBytes + Math.trunc((oomScoreAdj * totalBytes) / 1000);
}

/** Whose memory may run out together: one container (by id), a Pod (by uid), or all of the node. */
interface Scope {
  readonly containers: readonly MachineContainer[];
  /** Held beside them: files in memory, and what runs beside Pods. */
  readonly more: number;
  readonly limit: number;
  readonly what: string;
}

const sharedBy = (containers: readonly MachineContainer[]): number =>
  containers.reduce((sum, one) => sum + sharedMemory(one), 0);

const heldBy = ({ containers }: Scope): Held[] => containers.map(memoryHeld);

function runningIn({ memory }: MachineContext, { containers }: MachineSandbox): MachineContainer[] {
  return containers.flatMap((id) => {
    const container = memory.containers.get(id);
    return container?.state === 'running' ? [container] : [];
  });
}

/** What the volumes of a Pod hold that lie in memory, of those that are looked for. */
function memoryFiles(context: MachineContext, { pod }: MachineSandbox, isWanted?: (name: string) => boolean): number {
  let bytes = 0;
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (emptyDir?.medium === 'Memory' && isWanted?.(name) !== false)
      bytes += bytesOf(volumeFiles(context, `${pod.metadata.uid}/${name}`));
  }
  return bytes;
}

/** Whether a container can write to a volume. */
const writesTo = ({ spec }: MachineContainer, volume: string): boolean =>
  spec.volumeMounts?.some(({ name, readOnly }) => name === volume && !readOnly) ?? false;

function podScope(context: MachineContext, sandbox: MachineSandbox): Scope | undefined {
  const limit = quantityValue(sandbox.pod.spec.resources?.limits?.memory);
  if (limit <= 0) return undefined;
  const what = `the memory limit of Pod ${sandbox.pod.metadata.name}, ${sizeText(limit)}, is used up`;
  const containers = runningIn(context, sandbox);
  return { containers, more: memoryFiles(context, sandbox) + sharedBy(containers), limit, what };
}

function nodeScope(context: MachineContext): Scope {
  const { memory } = context;
  const limit = memory.capacity.memoryBytes;
  const containers: MachineContainer[] = [];
  let more = memory.load.outside.memoryBytes;
  for (const sandbox of memory.sandboxes.values()) {
    containers.push(...runningIn(context, sandbox));
    more += memoryFiles(context, sandbox);
  }
  more += sharedBy(containers);
  return { containers, more, limit, what: `the memory of the node, ${sizeText(limit)}, is used up` };
}

/** Files in memory count for whoever has written them: of those that run, the first that can. */
export function filesInMemory(context: MachineContext, container: MachineContainer): number {
  const sandbox = context.memory.sandboxes.get(container.podUid);
  if (container.state !== 'running' || !sandbox) return 0;
  const running = runningIn(context, sandbox);
  const own = sharedMemory(container);
  return (
    own + memoryFiles(context, sandbox, (volume) => running.find((one) => writesTo(one, volume))?.id === container.id)
  );
}

function containerScope(context: MachineContext, container: MachineContainer): Scope | undefined {
  const limit = memoryLimit(container);
  if (container.state !== 'running' || limit === Number.POSITIVE_INFINITY) return undefined;
  const more = filesInMemory(context, container);
  return { containers: [container], more, limit, what: `its memory limit of ${sizeText(limit)} is used up` };
}

function scopeOf(context: MachineContext, key: string): Scope | undefined {
  if (key === NODE) return nodeScope(context);
  const { sandboxes, containers } = context.memory;
  const container = containers.get(key);
  if (container) return containerScope(context, container);
  const sandbox = sandboxes.get(key);
  return sandbox && podScope(context, sandbox);
}

/** Sets the timer for the moment at which the memory of a scope runs out, unless one comes sooner. */
function watch({ context }: Machine, key: string, scope: Scope | undefined): void {
  if (!scope || scope.containers.length === 0) return;
  const { oomAtMs } = context.memory;
  const atMs = crossingMs(heldBy(scope), context.nowMs, scope.limit, scope.more);
  if (atMs === Number.POSITIVE_INFINITY || (oomAtMs.get(key) ?? Number.POSITIVE_INFINITY) <= atMs) return;
  oomAtMs.set(key, atMs);
  context.after(atMs - context.nowMs, 'oom', `${key}/${atMs}`);
}

/** What a container uses has changed, or what it may use: looks when its memory, its Pod's or the node's will run out. */
export function watchMemory(machine: Machine, id: string): void {
  const { context } = machine;
  const container = context.memory.containers.get(id);
  if (container?.state !== 'running') return;
  watch(machine, container.id, containerScope(context, container));
  const sandbox = context.memory.sandboxes.get(container.podUid);
  if (sandbox?.pod.spec.resources) watch(machine, container.podUid, podScope(context, sandbox));
  watchNode(machine);
}

/** A program has written files: some may lie in memory. */
export function watchWritten(machine: Machine, { id, podUid }: Pick<MachineContainer, 'id' | 'podUid'>): void {
  const { sandboxes, containers } = machine.context.memory;
  const volumes = sandboxes.get(podUid)?.pod.spec.volumes;
  const container = containers.get(id);
  const isInMemory = volumes?.some(({ emptyDir }) => emptyDir?.medium === 'Memory');
  if (isInMemory || (container && sharedMemory(container) > 0)) watchMemory(machine, id);
}

/** What is used of the node has changed. */
export function watchNode(machine: Machine): void {
  const { capacity } = machine.context.memory;
  const most = { diskBytes: Number.MAX_VALUE, processes: Number.MAX_VALUE, memoryBytes: capacity.memoryBytes };
  if (mayUse(machine.context, most)) watch(machine, NODE, nodeScope(machine.context));
}

/** The time has come at which memory was to run out: the kernel kills, or looks again when less is used by now. */
export function runOut(machine: Machine, timerKey: string): void {
  const { context } = machine;
  const { oomAtMs } = context.memory;
  const [key = '', atMs] = timerKey.split('/');
  if (oomAtMs.get(key) !== Number(atMs)) return;
  oomAtMs.delete(key);
  const scope = scopeOf(context, key);
  if (!scope) return;
  const isOut = crossingMs(heldBy(scope), context.nowMs, scope.limit, scope.more) <= context.nowMs;
  if (isOut) kill(machine, scope, key === NODE);
  watch(machine, key, scopeOf(context, key));
}

/** All whom the kernel may kill, the most likely first. */
function candidatesOf(context: MachineContext, { containers }: Scope): (Candidate & { id: string })[] {
  const { memory, nowMs } = context;
  const total = memory.capacity.memoryBytes;
  const candidates = containers.map((container) => {
    const { name, namespace = '' } = memory.sandboxes.get(container.podUid)?.pod.metadata ?? {};
    const memoryBytes = amountAt(memoryHeld(container), nowMs);
    const { oomScoreAdj, id } = container;
    const points = badness(memoryBytes, oomScoreAdj, total);
    return { id, namespace, pod: name ?? '', container: container.name, memoryBytes, oomScoreAdj, points };
  });
  return candidates.sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
}

function kill(machine: Machine, scope: Scope, isSystem: boolean): void {
  const { context } = machine;
  const { memory } = context;
  const candidates = candidatesOf(context, scope);
  const victim = candidates[0];
  const outside = isSystem ? memory.load.outside.memoryBytes : 0;
  if (!victim && outside === 0) return;
  context.attach({ killed: candidates.map(({ id: _id, ...candidate }) => candidate) });
  if (outside > 0 && outside > (victim?.points ?? Number.NEGATIVE_INFINITY)) {
    memory.load = { ...memory.load, outside: { ...memory.load.outside, memoryBytes: 0 } };
    context.say('oom-kill', undefined, `The kernel kills what runs beside Pods on node ${machine.node}: ${scope.what}`);
    context.wake(`kubelet/${machine.node}`, 'system-oom', `${OUTSIDER}/${FIRST_PID}`);
    return;
  }
  const container = memory.containers.get(victim?.id ?? '') as MachineContainer;
  const pod = memory.sandboxes.get(container.podUid)?.pod;
  const score = isSystem ? `. It has the highest score: oom_score_adj ${container.oomScoreAdj}` : '';
  context.say(
    'oom-kill',
    pod,
    `The kernel kills container ${container.name} of Pod ${pod?.metadata.name}: ${scope.what}${score}`,
  );
  if (isSystem) {
    context.wake(`kubelet/${machine.node}`, 'system-oom', `${processName(container)}/${FIRST_PID + container.token}`);
  }
  endProcess(machine, container, OOM_KILLED);
}

/** What a process is called: its command, or what its image is. */
function processName({ spec }: MachineContainer): string {
  return lastOf(spec.command?.[0] ?? parseImageReference(spec.image ?? '')?.repository ?? '');
}

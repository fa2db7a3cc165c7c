/**
 * The machine of one node: a component of the step loop with the node's containers in its memory. Its timers are the processes' own, so they
 * end on time whether or not a kubelet runs; the kubelet is told of an end (as its PLEG is by the runtime's events) and asks for the rest.
 * It knows no API server. What the network says comes from its {@link Surroundings}.
 */
import type { Component, Context } from '../client/component';
import { hasFault } from '../client/environment';
import type { Timer } from '../kernel/timers';
import type { ProgramConfig } from '../simulation';
import type { Files } from './cri';
import { continueExec } from './exec-session';
import { dropVolume, hostVolumes } from './filesystem';
import type { Amounts, NodeCapacity } from './load-sums';
import { NETWORK_READS } from './network-face';
import { reload } from './nginx-reload';
import { runOut, watchWritten } from './oom';
import { forgetAll } from './packet-rules';
import { noticePressure } from './pressure';
import { kill, runProcess, signalAround } from './process';
import { endProcess, markExited } from './process-end';
import {
  initialMemory,
  type Machine,
  type MachineMemory,
  type Outage,
  type Surroundings,
  timerTarget,
} from './records';
import { stopSandbox } from './sandboxes';
import { SHARED_STORAGE } from './shared-storage';

/** The name of a node's machine. */
export const machineName = (node: string): string => `machine/${node}`;

/** An outage as it stands now. */
function outage({ context, cause = null }: Machine, last: Outage | undefined, lasts: boolean): Outage | undefined {
  const { nowMs } = context;
  if (!lasts) return last?.untilMs === -1 ? { ...last, untilMs: nowMs } : last;
  return last?.untilMs === -1 ? last : { sinceMs: nowMs, untilMs: -1, step: cause };
}

/** Whether the lights have gone out, or on again, and whether the other machines can be reached. */
function noticeSurroundings(machine: Machine): void {
  const { context, node } = machine;
  const { memory } = context;
  memory.partition = outage(machine, memory.partition, hasFault(context.environment, 'node-partition', { node }));
  const isOff = hasFault(context.environment, 'node-crash', { node });
  if (isOff === memory.isOff) return;
  memory.isOff = isOff;
  memory.powerCut = outage(machine, memory.powerCut, isOff);
  if (isOff) loseEverything(machine);
  else recover(machine);
}

/** containerd finds containers whose processes are gone: as far as it knows they have ended just now (internal/cri/server/restart.go). */
function recover({ context }: Machine): void {
  const { memory, now, nowMs } = context;
  memory.bootedAtMs = nowMs;
  for (const [id, container] of memory.containers) {
    const isLost = container.reason === LOST.reason && container.finishedAtMs === memory.powerCut?.sinceMs;
    if (isLost) memory.containers.set(id, { ...container, finishedAt: now });
  }
}

/** How the runtime says that a process ended without its knowing (unknownExitCode and unknownExitReason). */
const LOST = { exitCode: 255, reason: 'Unknown' } as const;

/** Every process is dead, and nobody is there to say so. */
function loseEverything(machine: Machine): void {
  const { memory } = machine.context;
  forgetAll(memory.network, machine.context.nowMs, machine.context.step);
  for (const container of [...memory.containers.values()]) {
    if (container.state !== 'running') continue;
    markExited(machine, container, LOST);
  }
  for (const [uid, { pod }] of [...memory.sandboxes]) {
    stopSandbox(machine, uid);
    for (const { name, emptyDir } of pod.spec.volumes ?? [])
      if (emptyDir?.medium === 'Memory') dropVolume(machine.context, `${uid}/${name}`);
  }
}

/** A process dies because a fault says so. `key` is uid, container name (or nothing for the first), exit code and reason. */
function strike(machine: Machine, key: string): void {
  const { memory } = machine.context;
  const [uid = '', name = '', code = '1', reason] = key.split('/');
  for (const id of memory.sandboxes.get(uid)?.containers ?? []) {
    const container = memory.containers.get(id);
    if (container?.state !== 'running' || (name && container.name !== name)) continue;
    endProcess(machine, container, { exitCode: Number(code), ...(reason ? { reason } : {}) });
    return;
  }
}

function handle(machine: Machine, { kind, key }: Timer): void {
  if (kind === 'environment') {
    noticeSurroundings(machine);
    noticePressure(machine);
    return;
  }
  if (kind === 'container-fault') {
    strike(machine, key);
    return;
  }
  if (kind === 'oom') {
    runOut(machine, key);
    return;
  }
  if (kind === 'exec') {
    continueExec(machine, key);
    return;
  }
  const target = timerTarget(machine, key);
  if (!target) return;
  if (kind === 'ended') endProcess(machine, target.container, { exitCode: Number(target.rest) });
  else if (kind === 'kill') kill(machine, target.container, Number(target.rest));
  else if (kind === 'reload') reload(machine, target.container);
  else if (kind === 'signal') {
    const [pid, signal = ''] = target.rest.split(' ');
    signalAround(machine, target.container, Number(pid), signal);
  } else if (kind === 'shell') {
    runProcess(machine, target.container);
    watchWritten(machine, target.container);
  }
}

/** Makes the machine of a node. */
export function createMachine(
  node: string,
  programs: readonly ProgramConfig[],
  surroundings: Surroundings,
  room: { readonly capacity: NodeCapacity; readonly marks: Amounts },
  manifests: Files = {},
): Component {
  const component: Component<MachineMemory> = {
    name: machineName(node),
    process: 'machine',
    laidOut: 'containers',
    node,
    machine: SHARED_STORAGE,
    reads: NETWORK_READS,
    watches: [],
    initial: () => ({ ...initialMemory(room.capacity, room.marks), volumes: hostVolumes(manifests) }),
    handle: (context, timer) => handle({ context, node, programs, surroundings, cause: timer.cause }, timer),
  };
  return component as unknown as Component;
}

/** A machine as its agents hold it. */
export function machineOf(
  context: Context,
  node: string,
  programs: readonly ProgramConfig[],
  surroundings: Surroundings,
): Machine {
  return { context: context as unknown as Context<MachineMemory>, node, programs, surroundings };
}

/**
 * What containers of one Pod share on their machine: ports, and process numbers where the Pod says shareProcessNamespace (the sandbox' pause is
 * the first then) or a debug container names a target.
 */
import type { EphemeralContainer } from '../api/types';
import { openPorts } from './listeners';
import type { MachineContainer, MachineContext } from './records';
import type { ListedProcess } from './shell/host';
import { processesOf } from './shell/shell';

/** The containers that share one network: those of a Pod, or of all Pods of the node that have the node's. */
export function networkOf({ memory }: MachineContext, podUid: string): MachineContainer[] {
  const own = memory.sandboxes.get(podUid);
  const all = own?.pod.spec.hostNetwork
    ? [...memory.sandboxes.values()].filter(({ pod }) => pod.spec.hostNetwork)
    : own
      ? [own]
      : [];
  return all.flatMap(({ containers }) => containers.flatMap((id) => memory.containers.get(id) ?? []));
}

/** A port that this server of the catalogue must have and that another container in its network has, or will have when it is ready. */
export function takenPort(context: MachineContext, { id, podUid, behaviour }: MachineContainer): number | undefined {
  const others = networkOf(context, podUid).filter((one) => one.id !== id && one.state === 'running');
  const taken = openPorts(others, Number.POSITIVE_INFINITY).filter(({ protocol }) => protocol === 'tcp');
  return tcpPorts(behaviour).find((port) => taken.some((one) => one.port === port));
}

/** Where a server of the catalogue listens: of others that is not known well enough. */
export const tcpPorts = ({ isKnown, listeners, refusal }: MachineContainer['behaviour']): readonly number[] =>
  isKnown && !refusal ? listeners.flatMap(({ port, protocol }) => (protocol === 'UDP' ? [] : port)) : [];

/** The number of the first process beside the pause. */
const FIRST_BESIDE = 8;
const PAUSE: ListedProcess = { pid: 1, title: '/pause' };

/** Whether the first process of a container's process numbers is the sandbox' pause. */
const isPodWide = ({ memory }: MachineContext, { podUid }: MachineContainer): boolean =>
  memory.sandboxes.get(podUid)?.pod.spec.shareProcessNamespace === true;

/** The name of the container in whose process numbers one takes part: a debug container in its target's. */
function homeOf({ name, spec }: MachineContainer): string {
  return (spec as EphemeralContainer).targetContainerName || name;
}

/** Those that take part in the process numbers of a container of their Pod: its first process takes them with it. */
export function guestsOf(context: MachineContext, container: MachineContainer): MachineContainer[] {
  const isHost = !isPodWide(context, container) && homeOf(container) === container.name;
  return isHost ? members(context, container).filter((one) => one.id !== container.id) : [];
}

/** The containers that run with the same process numbers, itself among them. */
function members(context: MachineContext, container: MachineContainer): MachineContainer[] {
  const { sandboxes, containers } = context.memory;
  const isWide = isPodWide(context, container);
  const home = homeOf(container);
  return (sandboxes.get(container.podUid)?.containers ?? []).flatMap((id) => {
    const one = containers.get(id);
    const isOne = one?.state === 'running' && (id === container.id || isWide || homeOf(one) === home);
    return one && isOne ? [one] : [];
  });
}

/** Whether a container has process numbers that others have too. */
export const sharesProcesses = (context: MachineContext, container: MachineContainer): boolean =>
  isPodWide(context, container) || members(context, container).length > 1;

const nextPids = (container: MachineContainer): readonly number[] =>
  container.shell ? [container.shell.nextPid] : listed(container).map(({ pid }) => pid + 1);

/** The number that the next process of a container gets at the least. */
export function freePid(context: MachineContext, container: MachineContainer): number {
  return Math.max(7, ...members(context, container).flatMap(nextPids));
}

/** The number of a command's process beside those of the container. */
export const execPid = (context: MachineContext, container: MachineContainer): number =>
  freePid(context, container) + 30;

/** The number of a container's first process. */
export function firstPid(context: MachineContext, container: MachineContainer): number {
  const isFirst = !isPodWide(context, container) && homeOf(container) === container.name;
  return isFirst ? 1 : Math.max(FIRST_BESIDE, freePid(context, container));
}

/** The processes of a container as `ps` shows them. */
export const listed = ({ shell, pid, behaviour, worker }: MachineContainer): ListedProcess[] =>
  processesOf(shell, behaviour.programs, pid, worker);

/** The processes that a program sees beside its own. `isWithin`: those of its container are not its own. */
export function processesAround(
  context: MachineContext,
  container: MachineContainer,
  isWithin: boolean,
): ListedProcess[] {
  const all = members(context, container).filter(({ id }) => isWithin || id !== container.id);
  return [...(isPodWide(context, container) ? [PAUSE] : []), ...all.flatMap(listed)];
}

/** The id of the container to which a process belongs that a program of another sees. */
export function ownerOf(context: MachineContext, container: MachineContainer, pid: number): string | undefined {
  return members(context, container).find((one) => listed(one).some((process) => process.pid === pid))?.id;
}

/**
 * Sandboxes: the network and the lifetime that the containers of a Pod share.
 * Follows RunPodSandbox, StopPodSandbox and RemovePodSandbox of containerd, with the host-local CNI plugin for addresses.
 */
import type { Pod } from '../api/types';
import { dropVolume } from './filesystem';
import { fillImageVolumes } from './image-volumes';
import { forgetContainer } from './load';
import { RETROSPECT_MS } from './packet-rules';
import { formatAddress, nextAddress } from './pod-ip';
import { KILLED, markExited } from './process-end';
import type { Machine, MachineSandbox } from './records';

/** Gives a Pod its sandbox; undefined when no address is free. */
export function runSandbox(machine: Machine, pod: Pod): MachineSandbox | undefined {
  const { context } = machine;
  const { memory } = context;
  const uid = pod.metadata.uid ?? '';
  const existing = memory.sandboxes.get(uid);
  if (existing?.ready) return existing;
  const containers = existing?.containers ?? [];
  let sandbox: MachineSandbox = { pod, ip: '', ready: true, containers, madeAtMs: context.nowMs };
  if (!pod.spec.hostNetwork) {
    const address = memory.block && nextAddress(memory.block, memory.lastAddress, memory.addresses);
    if (address === undefined) return undefined;
    memory.lastAddress = address;
    memory.addresses.set(address, uid);
    sandbox = { ...sandbox, address, ip: formatAddress(address) };
  }
  memory.sandboxes.set(uid, sandbox);
  fillImageVolumes(machine, pod);
  return sandbox;
}

/** Notes what a Pod has been allocated, as the kubelet's checkpoint file (pkg/kubelet/allocation/state) does. */
export function noteAllocation({ context: { memory } }: Machine, { metadata: { uid = '' }, spec }: Pod): void {
  const sandbox = memory.sandboxes.get(uid);
  if (sandbox) memory.sandboxes.set(uid, { ...sandbox, pod: { ...sandbox.pod, spec } });
}

/** Ends what still runs in a sandbox and frees its address. */
export function stopSandbox(machine: Machine, uid: string): void {
  const { memory } = machine.context;
  const sandbox = memory.sandboxes.get(uid);
  if (!sandbox?.ready) return;
  for (const id of sandbox.containers) {
    const container = memory.containers.get(id);
    if (container?.state === 'running') markExited(machine, container, { exitCode: KILLED });
  }
  const { address, ...rest } = sandbox;
  if (address !== undefined) memory.addresses.delete(address);
  memory.sandboxes.set(uid, { ...rest, ready: false, stoppedAtMs: machine.context.nowMs });
}

/** Keeps for some seconds what a Pod was, and lets go of those that left before. */
function rememberDeparted({ context: { memory, nowMs } }: Machine, uid: string): void {
  const sandbox = memory.sandboxes.get(uid) as MachineSandbox;
  const containers = sandbox.containers.flatMap((id) => memory.containers.get(id) ?? []);
  const recent = memory.departed.filter(({ atMs }) => atMs > nowMs - RETROSPECT_MS);
  memory.departed = [...recent, { sandbox, containers, atMs: nowMs }];
}

/** Forgets a Pod: its sandbox, containers and volumes. */
export function removeSandbox(machine: Machine, uid: string): void {
  const { memory } = machine.context;
  const sandbox = memory.sandboxes.get(uid);
  if (!sandbox) return;
  stopSandbox(machine, uid);
  rememberDeparted(machine, uid);
  for (const id of sandbox.containers) forgetContainer(machine.context, id);
  for (const { name } of sandbox.pod.spec.volumes ?? []) dropVolume(machine.context, `${uid}/${name}`);
  memory.sandboxes.delete(uid);
}

/** What the programs of a container find around them: its files, its account, its limits, its network. */
import type { Pod } from '../api/types';
import type { Context } from '../client/component';
import { amountAt } from '../measures/amount';
import { accountFiles, accountOf } from './accounts';
import { bindFailure } from './bind-failures';
import { withConfiguration } from './configured-ports';
import { momentOf } from './container-output';
import type { Files } from './cri';
import { etcFiles, withoutEtcFiles } from './etc-files';
import { fileServer } from './file-servers';
import { isPinnedPath, isRootsOwn, keepFiles, mountOf, visibleFiles, volumeGroup } from './filesystem';
import { holdsProgram, isNamedIn } from './image-programs';
import { parseImageReference } from './image-reference';
import { limitedSpec, memoryHeld, noteHoles, roomIn, spaceAt, spaceIn } from './load';
import { mountTable } from './mount-table';
import { ownerOf, processesAround, tcpPorts } from './neighbours';
import type { ShellNetwork } from './network-face';
import type { LookUp } from './nginx-sites';
import { podHostname, podNames } from './pod-hostname';
import { answerOf } from './program-answers';
import { type Machine, type MachineContainer, type MachineSandbox, putContainer } from './records';
import { repeatedMounts } from './repeated-mounts';
import { isTakenAway } from './shell/held-programs';
import type { ShellHost } from './shell/host';
import { lastOf } from './shell/paths';
import type { Beginning } from './shell/results';
import { processesOf } from './shell/shell';
import { drawnFile, osRelease, systemFile } from './system-files';

/** The status of a program that SIGTERM has ended. */
const TERMINATED = 143;

const hostnameOf = ({ node }: Machine, pod: Pod): string => (pod.spec.hostNetwork ? node : podHostname(pod));

const fullNameOf = ({ node }: Machine, pod: Pod): string => (pod.spec.hostNetwork ? node : podNames(pod).fullName);

/** What every container finds in /etc. */
function etcOf(machine: Machine, { podUid, spec }: MachineContainer): Files {
  const { context, node, surroundings } = machine;
  const sandbox = context.memory.sandboxes.get(podUid) as MachineSandbox;
  const { pod, ip } = sandbox;
  const files = context.derived.memo('etc files', podUid, [pod, ip], () => {
    const { resolver } = surroundings.networkOf(context as unknown as Context, pod, node);
    return etcFiles(pod, ip, hostnameOf(machine, pod), resolver);
  });
  return { ...files, ...accountFiles(spec) };
}

/** A shell inside a container. Files that its commands change are read back from `host.files`. */
export function shellHost(machine: Machine, container: MachineContainer): ShellHost {
  const { context, surroundings } = machine;
  const { pod } = context.memory.sandboxes.get(container.podUid) as MachineSandbox;
  const network = surroundings.networkOf(context as unknown as Context, pod, machine.node);
  const { mounts, startedAt } = container;
  const { programs, bare } = container.behaviour;
  const isRootFixed = container.spec.securityContext?.readOnlyRootFilesystem === true;
  const image = parseImageReference(container.spec.image ?? '');
  const files = { ...etcOf(machine, container), ...visibleFiles(context, container) };
  let present: Files = files;
  const takeOver = repeatedMounts(mounts);
  settleBefore(network, machine, container, files);
  const account = accountOf(pod, container);
  return {
    get files() {
      return present;
    },
    set files(changed) {
      present = takeOver(present, changed);
    },
    environment: container.environment,
    hostname: hostnameOf(machine, pod),
    now: context.now,
    servers: programs.servers,
    tools: programs.tools,
    bare,
    base: programs.base,
    ...(programs.asksLibc ? { asksLibc: true } : {}),
    holds: (path) =>
      !isTakenAway(present, path) &&
      holdsProgram(programs, container.spec, path, () => isBrought(container, files, path)),
    says: (words) => {
      const { catalogueName } = container.behaviour;
      if (catalogueName === undefined) return undefined;
      return answerOf(words, catalogueName, momentOf(machine, container), present, lookUpOf(machine, container));
    },
    listens: (words) => beginnings(machine, container, words, present),
    ...(container.behaviour.isTask ? { isTask: true } : {}),
    ...(container.behaviour.isInitialising && container.servingSinceMs === undefined ? { isInitialising: true } : {}),
    network,
    ...account,
    fullName: fullNameOf(machine, pod),
    kernelFile: (path, processes) =>
      drawnFile(path, `${container.id} ${context.now}`) ??
      systemFile(path, () => ({
        spec: limitedSpec(context, container),
        user: account.user ?? 0,
        hasOwnUsers: pod.spec.hostUsers === false,
        capacity: context.memory.capacity,
        memoryBytes: amountAt(memoryHeld(container), context.nowMs),
        processes: processes ?? processesAround(context, container, true).length,
        upSeconds: (context.nowMs - context.memory.bootedAtMs) / 1000,
        title: titleOf(container),
        oomScoreAdj: container.oomScoreAdj,
        environment: container.environment,
        mounts: () => mountTable(container, (at) => spaceAt(context, pod, mountOf(mounts, at))),
        titleOf: (pid) => titleAround(context, container, pid),
      })) ??
      filesOfOther(machine, container, path) ??
      (/^\/dev\/(termination-log$|null$)/.test(path) ? '' : undefined) ??
      osRelease(path, programs.base, image?.repository ?? '', image?.tag ?? ''),
    ...(startedAt ? { madeAt: startedAt } : {}),
    isReadOnly: (path) => isPinnedPath(pod, container.spec, path) || (mountOf(mounts, path)?.readOnly ?? isRootFixed),
    isShared: (path) => mountOf(mounts, path) !== undefined,
    isRootsOwn: (path) => isRootsOwn(context, pod, mounts, path),
    groupAt: (path) => volumeGroup(context, pod, mounts, path),
    freeBytes: (path) => roomIn(spaceIn(context, pod, container, path, mountOf(mounts, path))),
    disk: (path) => spaceIn(context, pod, container, path, mountOf(mounts, path)),
  };
}

/** What comes of a server that a shell begins. */
function beginnings(machine: Machine, container: MachineContainer, words: readonly string[], files: Files): Beginning {
  const name = lastOf(words[0] ?? '');
  const { programs, serverStop } = container.behaviour;
  const pages = fileServer(words, programs.base);
  const isOwn = programs.servers.includes(name);
  const { behaviour } = isOwn ? withConfiguration(container, () => files, lookUpOf(machine, container)) : container;
  return {
    ports: pages ? [pages.port] : isOwn ? tcpPorts(behaviour) : [],
    status: isOwn && serverStop !== 'ignore' ? serverStop.code : TERMINATED,
    refuses: (port) => bindFailure(name, port, programs.base, momentOf(machine, container)),
  };
}

/** How the own program of a container looks up names. */
export function lookUpOf({ context, node, surroundings }: Machine, { podUid }: MachineContainer): LookUp {
  return (host) => {
    const pod = context.memory.sandboxes.get(podUid)?.pod;
    const found = surroundings.networkOf(context as unknown as Context, pod, node).lookUp(host);
    return found.kind === 'found' ? found.addresses : found.kind === 'silent' ? 'silent' : 'unknown';
  };
}

/** How its first process is called: in its first wake a shell has none yet. */
function titleOf({ shell, behaviour: { command, programs } }: MachineContainer): string {
  return (!shell && command?.join(' ')) || (processesOf(shell, programs)[0]?.title ?? '');
}

/** How ps shows a process that a container's programs see. */
const titleAround = (context: Machine['context'], container: MachineContainer, pid: number): string | undefined =>
  processesAround(context, container, true).find((one) => one.pid === pid)?.title;

/** A file below the root of another container's process, where the Pod's containers see each other's. */
function filesOfOther({ context }: Machine, container: MachineContainer, path: string): string | undefined {
  const [, pid = '', rest = ''] = /^\/proc\/(\d+)\/root(\/.*)$/.exec(path) ?? [];
  const owner = context.memory.containers.get((pid && ownerOf(context, container, Number(pid))) || '');
  return owner && visibleFiles(context, owner)[rest];
}

/** Who is asked over the network sees what the one that asks has written before. */
function settleBefore(network: ShellNetwork, machine: Machine, container: MachineContainer, before: Files): void {
  const { send } = network;
  let settled = before;
  network.send = (request) => {
    const { files = before } = network.written ?? {};
    if (files !== settled) {
      const current = machine.context.memory.containers.get(container.id) ?? container;
      const own = keepFiles(machine.context, current, withoutEtcFiles(files, etcOf(machine, current)));
      putContainer(machine, current, { files: own });
      settled = files;
    }
    return send(request);
  };
}

/** Whether a script that lies in a volume names a program: a file that begins as one, or that the container is to run. */
function isBrought({ spec }: MachineContainer, files: Files, program: string): boolean {
  const { volumeMounts = [], command = [], args = [] } = spec;
  const isMounted = (path: string): boolean => volumeMounts.some(({ mountPath }) => path.startsWith(mountPath));
  const isRun = (path: string): boolean =>
    [...command, ...args].some((word) => word.includes(path.replace(/\/\.\.[^/]*\//, '/')));
  return Object.entries(files).some(
    ([path, text]) => isMounted(path) && isNamedIn(text, program) && (/^#!/.test(text) || isRun(path)),
  );
}

/** What a container holds as its own after a program has run in it. */
export function ownFiles(machine: Machine, container: MachineContainer, before: Files, after: Files): Files {
  if (before === after) return container.files;
  noteHoles(machine.context, before, after);
  return keepFiles(machine.context, container, withoutEtcFiles(after, etcOf(machine, container)));
}

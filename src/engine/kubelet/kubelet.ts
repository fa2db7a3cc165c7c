/**
 * The kubelet of one node: hears of its Pods, hands each timer to whom it concerns. It writes its Node, its Lease, the status of its
 * Pods, and Events.
 * Follows pkg/kubelet/kubelet.go (syncLoopIteration). What runs on the node is its machine's; the kubelet only knows of it.
 */
import { type KubeObject, keyOf } from '../api/meta';
import { isPodTerminal, MIRROR_POD } from '../api/pod';
import type { Pod } from '../api/types';
import { type Component, type Context, cacheOf, type WatchEvent, type Worker } from '../client/component';
import type { Timer } from '../kernel/timers';
import type { RuntimeService } from '../machine/cri';
import type { NodeConfig } from '../simulation';
import { isOffline, type Kubelet, writeStatus } from './api-writes';
import { afterPull, containerCreated } from './container-start';
import { afterHook, stopAfterHook, takeTurn } from './container-stop';
import { handleDeadline } from './deadline';
import { PRESSURE_HANDLERS } from './eviction/handlers';
import { noPressure } from './eviction/pressure-memory';
import { completePull } from './images';
import { beat, heartbeat, networkReady, registerNode } from './node-agent';
import type { NodePlace } from './node-places';
import { goOnShuttingDown, noticeShutdown } from './node-shutdown';
import { podRemoved } from './pod-termination';
import { admitPod, containerEnded, removeUnstarted, resizeWaiting, syncPod, updatePod } from './pod-worker';
import { postStartOver } from './post-start';
import { handleProbe } from './probe-outcome';
import { noticeReach, reconnect } from './reachability';
import { type ContainerRecord, isAlive, isCounted, type KubeletMemory, type PodRecord } from './records';
import { cleanUp, HOUSEKEEPING_MS, relist, resumePod } from './relist';
import { takeSpec } from './resize';
import { handleMirror, onMirror, startStatics, syncManifests } from './static-pods';
import { untilReconcileMs } from './sync-timer';
import { isRelabelled, VOLUME_HANDLERS, volumeWatches } from './volume-events';

/** Pod workers hand statuses over to the status manager and go on; only the heartbeat waits for its own requests. */
const WORKERS: Readonly<Record<string, Worker>> = { heartbeat: { name: 'heartbeat' }, beat: { name: 'heartbeat' } };
/** How soon it asks again for what it could not get from the API server. */
const UNREACHABLE_RETRY_MS = 1000;

function initialMemory(): KubeletMemory {
  return {
    pods: new Map(),
    pulls: [],
    statics: [],
    resizing: new Set(),
    untold: new Set(),
    refusals: new Map(),
    ...noPressure(),
    drivers: new Set(),
    nodeAddress: '',
    registered: false,
    ready: false,
    isClosed: false,
    relisted: false,
    found: new Set(),
    offlineSinceMs: -1,
    reportedMs: 0,
    inUse: [],
    refills: new Map(),
    leasedMs: 0,
    imagesChanged: false,
    cpuMilli: 0,
    memoryBytes: 0,
    podCount: 0,
    nextToken: 1,
  };
}

/** True when a change of a known Pod is more than the kubelet's own status write. */
function concerns(record: PodRecord | undefined, pod: Pod | undefined): boolean {
  if (!record || !pod) return true;
  const before = record.pod.metadata;
  const { generation, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  return (
    generation !== before.generation ||
    deletionTimestamp !== before.deletionTimestamp ||
    deletionGracePeriodSeconds !== before.deletionGracePeriodSeconds
  );
}

function onPod(context: Context<KubeletMemory>, event: WatchEvent): void {
  const pod = event.value as Pod | undefined;
  if ((event.value ?? event.previous)?.metadata.annotations?.[MIRROR_POD] !== undefined) {
    onMirror(context, event);
    return;
  }
  const uid = (event.value ?? event.previous)?.metadata.uid ?? '';
  const record = context.memory.pods.get(uid);
  // A Pod that was found on the machine is gone on with when the API server tells of it, whatever it tells.
  if (record && pod && !context.memory.found.has(uid) && !concerns(record, pod)) {
    if (saysOtherwise(record, pod)) {
      const delayMs = pod.spec.readinessGates?.length ? 0 : untilReconcileMs(context.nowMs);
      context.afterBecause(delayMs, 'status', uid, event.step);
    }
    if (isRelabelled(event)) context.afterBecause(0, 'refresh', uid, event.step);
    return;
  }
  context.afterBecause(0, 'pod', `${uid} ${keyOf((event.value ?? event.previous) as KubeObject)}`, event.step);
}

/** True when others (the node lifecycle controller, whoever writes readiness gates) have made Ready differ from what the kubelet knows. */
function saysOtherwise(record: PodRecord, pod: Pod): boolean {
  if (record.phase !== 'syncing') return false;
  if (pod.spec.readinessGates?.length) return true;
  const isReady = pod.status.conditions?.find((condition) => condition.type === 'Ready')?.status === 'True';
  return isReady !== record.containers.every((container) => container.ready || !isCounted(container));
}

function handlePod(kubelet: Kubelet, timerKey: string): void {
  const { context } = kubelet;
  const space = timerKey.indexOf(' ');
  const uid = timerKey.slice(0, space);
  const { memory } = context;
  if (!memory.pods.has(uid) || memory.found.has(uid)) {
    if (isOffline(kubelet) || !memory.registered) {
      // What it has not heard of since it began reaches a kubelet through the API server, so it waits until that answers.
      context.after(UNREACHABLE_RETRY_MS, 'pod', timerKey);
      return;
    }
    relist(kubelet);
  }
  const pod = context.lister.byKey<Pod>('Pod', timerKey.slice(space + 1));
  const record = memory.pods.get(uid);
  const isFound = memory.found.delete(uid);
  if (!pod || pod.metadata.uid !== uid) {
    if (record && !record.orphan) podRemoved(kubelet, record);
    return;
  }
  if (record) {
    if (isFound) resumePod(kubelet, takeSpec(kubelet, record, pod));
    else if (concerns(record, pod)) updatePod(kubelet, record, pod);
  } else takeOn(kubelet, pod);
}

/** A Pod of which neither the kubelet nor its machine knows anything. */
function takeOn(kubelet: Kubelet, pod: Pod): void {
  const isOver = isPodTerminal(pod);
  if (pod.metadata.deletionTimestamp) removeUnstarted(kubelet, pod, isOver);
  else if (!isOver) admitPod(kubelet, pod);
}

/** The record and container a timer is about, if it is not stale. */
function target(kubelet: Kubelet, key: string): { record: PodRecord; index: number; rest: string } | undefined {
  const [uid = '', position = '', token = '', rest = ''] = key.split('/');
  const record = kubelet.context.memory.pods.get(uid);
  const index = Number(position);
  if (!record || record.containers[index]?.token !== Number(token)) return undefined;
  return { record, index, rest };
}

function handleContainer(kubelet: Kubelet, kind: string, key: string): void {
  const found = target(kubelet, key);
  if (!found) return;
  const { record, index, rest } = found;
  const container = record.containers[index] as ContainerRecord;
  const { context } = kubelet;
  if (kind === 'started') {
    const where = kubelet.runtime.isServer(container.instance) ? ` at ${record.ip}` : '';
    const started = containerCreated(kubelet, record, index);
    context.say('start', record.pod, `Container ${container.name} of Pod ${record.pod.metadata.name} runs${where}`);
    // A sidecar's start ends a sync, and each sync begins by saying how things are.
    if (container.kind === 'sidecar' && !started.containers[index]?.isBrief) writeStatus(kubelet, started);
    syncPod(kubelet, started);
  } else if (kind === 'prestopped') {
    const next = container.awaitsTurnUntilMs === undefined ? 'it gets SIGTERM' : 'it gets SIGTERM when its turn comes';
    context.say('stop', record.pod, `The preStop hook of container ${container.name} is over: ${next}`);
    afterHook(kubelet, record, index, Number(rest));
  } else if (kind === 'turn') {
    takeTurn(kubelet, record, index);
  } else if (kind === 'hooked') {
    if (rest === 'ok') syncPod(kubelet, postStartOver(kubelet, record, index));
    else stopAfterHook(kubelet, record, index);
  }
}

function handleSync(kubelet: Kubelet, key: string): void {
  const [uid = '', token] = key.split('/');
  const record = kubelet.context.memory.pods.get(uid);
  if (record?.syncToken === Number(token)) syncPod(kubelet, record);
}

function handlePull(kubelet: Kubelet, key: string): void {
  const outcome = completePull(kubelet, key);
  const record = outcome && kubelet.context.memory.pods.get(outcome.request.uid);
  if (outcome && record) syncPod(kubelet, afterPull(kubelet, record, outcome));
}

function handleStatus(kubelet: Kubelet, uid: string): void {
  const record = kubelet.context.memory.pods.get(uid);
  if (!record || record.busyWith >= 0 || isOffline(kubelet) || !writeStatus(kubelet, record)) return;
  kubelet.context.say('update-status', record.pod, `Put the status of Pod ${record.pod.metadata.name} right`);
}

/** A process has ended, says the machine. `key` is the Pod's uid and the instance. */
function handleEnd(kubelet: Kubelet, key: string): void {
  const space = key.indexOf('/');
  const record = kubelet.context.memory.pods.get(key.slice(0, space));
  const status = kubelet.runtime.containerStatus(key.slice(space + 1));
  const index = record?.containers.findIndex(({ instance }) => instance === status?.id) ?? -1;
  if (!record || !status || index < 0 || !isAlive(record.containers[index] as ContainerRecord)) return;
  containerEnded(kubelet, record, index, status);
}

function register(kubelet: Kubelet): void {
  const { memory, nowMs } = kubelet.context;
  memory.startedMs = nowMs;
  memory.imageGcMs = nowMs;
  registerNode(kubelet);
  // A step of its own: what is read may have to be complained of.
  if (Object.keys(kubelet.runtime.manifests()).length > 0) kubelet.context.after(0, 'manifests', '');
}

/** Its first moment: it registers its node, and looks for what an earlier run of it has left. */
function start(kubelet: Kubelet): void {
  register(kubelet);
  if (kubelet.runtime.listPodSandboxes().length > 0) kubelet.context.after(HOUSEKEEPING_MS, 'housekeeping', '');
}

function lookAround(kubelet: Kubelet): void {
  heartbeat(kubelet);
  syncManifests(kubelet);
}

function housekeeping(kubelet: Kubelet): void {
  if (!isOffline(kubelet) && kubelet.context.memory.registered) cleanUp(kubelet);
  else kubelet.context.after(HOUSEKEEPING_MS, 'housekeeping', '');
}

function noticeSurroundings(kubelet: Kubelet): void {
  noticeReach(kubelet);
  noticeShutdown(kubelet);
}

type Handler = (kubelet: Kubelet, key: string) => void;

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['environment', noticeSurroundings],
  ['shutdown', goOnShuttingDown],
  ['reconnect', reconnect],
  ['heartbeat', lookAround],
  ['beat', beat],
  ['register', register],
  ['network-ready', networkReady],
  ['housekeeping', housekeeping],
  ['pod', handlePod],
  ['ended', handleEnd],
  ['probe', handleProbe],
  ['pulled', handlePull],
  ['sync', handleSync],
  ['deadline', handleDeadline],
  ['status', handleStatus],
  ...VOLUME_HANDLERS,
  ['resizes', resizeWaiting],
  ...PRESSURE_HANDLERS,
  ['manifests', syncManifests],
  ['statics', startStatics],
  ['mirror', handleMirror],
]);

function handle(kubelet: Kubelet, { kind, key }: Timer): void {
  const handler = HANDLERS.get(kind);
  if (handler) handler(kubelet, key);
  else handleContainer(kubelet, kind, key);
}

/** Makes the kubelet of a node. Its name is `kubelet/<node>`. `runtimeOf` gives its machine's container runtime a face. */
export function createKubelet(
  node: NodeConfig,
  place: NodePlace,
  machine: string,
  runtimeOf: (machine: Context) => RuntimeService,
): Component {
  const kubeletOf = (context: Context<KubeletMemory>): Kubelet => ({
    context,
    node,
    place,
    runtime: runtimeOf(context.machine),
  });
  const kubelet: Component<KubeletMemory> = {
    name: `kubelet/${node.name}`,
    process: 'kubelet',
    laidOut: 'pods',
    node: node.name,
    machine,
    eventSource: 'kubelet',
    workers: WORKERS,
    watches: [
      { kind: 'Pod', on: onPod, of: node.name },
      // Kept beside it, as upstream's caches of what Pods refer to are; their changes wake nobody.
      ...['Service', 'RuntimeClass', 'PersistentVolume'].map(cacheOf),
      ...volumeWatches(node.name),
    ],
    wakes: [{ kind: 'Pod', relation: 'watches' }],
    initial: initialMemory,
    start: (context) => start(kubeletOf(context)),
    handle: (context, timer) => handle(kubeletOf(context), timer),
  };
  return kubelet as unknown as Component;
}

/**
 * Graceful shutdown of a node: its Pods are ended group by group, those of the lowest priority first, each group within its time; then
 * the machine goes off. Without a shutdown-grace-period it goes off at once.
 * Follows pkg/kubelet/nodeshutdown (nodeshutdown_manager.go, nodeshutdown_manager_linux.go).
 */
import { parseDuration } from '../api/duration';
import { SYSTEM_CRITICAL } from '../api/validation/priority-class';
import { hasFault } from '../client/environment';
import { type Kubelet, nodeEvent } from './api-writes';
import { sendHeartbeat } from './node-agent';
import { beginTermination } from './pod-termination';
import { type PodRecord, putPod, type ShutdownGroup } from './records';

const MESSAGE = 'Pod was terminated in response to imminent node shutdown.';

/** How long Pods from a priority on may take. */
interface Period {
  readonly priority: number;
  readonly seconds: number;
}

function secondsOf(text: string | undefined): number {
  const parsed = parseDuration(text ?? '0s');
  return 'ms' in parsed ? parsed.ms / 1000 : 0;
}

/** `0=30,100000=10` of the flag by priority, or what the two plain flags come to; lowest priority first. */
export function shutdownPeriods(flag: (name: string) => string | undefined): Period[] {
  const byPriority = flag('shutdown-grace-period-by-pod-priority');
  if (byPriority) {
    const periods = byPriority.split(',').map((pair): Period => {
      const [priority, seconds] = pair.split('=').map(Number);
      return { priority: priority || 0, seconds: seconds || 0 };
    });
    return periods.sort((a, b) => a.priority - b.priority || a.seconds - b.seconds);
  }
  const total = secondsOf(flag('shutdown-grace-period'));
  const critical = secondsOf(flag('shutdown-grace-period-critical-pods'));
  if (total === 0 || critical > total) return [];
  return [
    { priority: 0, seconds: Math.floor(total - critical) },
    { priority: SYSTEM_CRITICAL, seconds: Math.floor(critical) },
  ];
}

/** Which period a priority falls into: the last that begins at or below it, else the first. */
export function groupIndex(periods: readonly Period[], priority: number): number {
  return Math.max(
    0,
    periods.findLastIndex((period) => period.priority <= priority),
  );
}

/** A fault came or went: does the machine want to go off? */
export function noticeShutdown(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  const { memory } = context;
  const isWanted = hasFault(context.environment, 'node-shutdown', { node: node.name });
  if (!isWanted && memory.shutdown) cancel(kubelet);
  if (!isWanted || memory.shutdown) return;
  const periods = shutdownPeriods((name) => context.flag(name));
  const active = [...memory.pods.values()].filter(({ phase, orphan }) => phase === 'syncing' && !orphan);
  const groups = periods.map(
    ({ seconds }, index): ShutdownGroup => ({
      seconds,
      uids: active.filter(({ pod }) => groupIndex(periods, pod.spec.priority ?? 0) === index).map(({ uid }) => uid),
    }),
  );
  memory.shutdown = groups;
  if (groups.length > 0) {
    memory.ready = false;
    if (tell(kubelet, 'event')) sendHeartbeat(kubelet);
  }
  context.after(0, 'shutdown', '0');
}

/** The machine stays on after all; its Node says so with its next report. */
function cancel(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  delete memory.shutdown;
  memory.ready = true;
  tell(kubelet, 'cancellation');
}

/** Tells of it by an Event about the node, if the API server can be reached. */
const tell = (kubelet: Kubelet, what: 'event' | 'cancellation'): boolean =>
  nodeEvent(kubelet, 'Normal', 'NodeShutdown', `Shutdown manager detected shutdown ${what}`);

/** Ends the Pods of a group; `key` is its position, or empty when a Pod has ended. */
export function goOnShuttingDown(kubelet: Kubelet, key: string): void {
  const { context, node } = kubelet;
  const { memory } = context;
  const groups = memory.shutdown;
  if (!groups) return;
  const begun = groups.findLastIndex(({ endsAtMs }) => endsAtMs !== undefined);
  if (key === '' && begun >= 0 && !isOver(kubelet, groups[begun] as ShutdownGroup)) return;
  if (key !== '' && Number(key) <= begun) return;
  const next = groups.findIndex(({ uids }, index) => index > begun && uids.length > 0);
  const group = groups[next];
  if (!group) {
    context.say('shutdown', undefined, `Node ${node.name} has ended its Pods and goes off`);
    context.wake('fault', 'powered-off', node.name);
    return;
  }
  const endsAtMs = context.nowMs + group.seconds * 1000;
  memory.shutdown = groups.map((one, index) => (index === next ? { ...one, endsAtMs } : one));
  context.say(
    'shutdown',
    undefined,
    `Node ${node.name} is shutting down: ${group.uids.length} of its Pods have ${group.seconds}s to end`,
  );
  for (const uid of group.uids) endPod(kubelet, memory.pods.get(uid), group.seconds);
  context.after(group.seconds * 1000, 'shutdown', String(next + 1));
}

function endPod(kubelet: Kubelet, record: PodRecord | undefined, seconds: number): void {
  if (record?.phase !== 'syncing') return;
  const failure = { reason: 'Terminated', message: MESSAGE, isDisruption: true };
  const grace = Math.min(seconds, record.pod.spec.terminationGracePeriodSeconds ?? 30);
  beginTermination(kubelet, putPod(kubelet.context.memory, { ...record, failure }), grace);
}

/** Whether a group has ended, or has had its time. */
function isOver({ context }: Kubelet, { uids, endsAtMs = 0 }: ShutdownGroup): boolean {
  if (context.nowMs >= endsAtMs) return true;
  return uids.every((uid) => (context.memory.pods.get(uid)?.phase ?? 'terminated') === 'terminated');
}

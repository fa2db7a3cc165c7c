/**
 * kubectl drain: cordons the nodes, then node by node evicts their Pods and waits until they are gone. One eviction, one step; an eviction that
 * a budget forbids is tried again every 5 s.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go and pkg/drain/drain.go. Evictions of one node run side by side there: here
 * each Pod has its own next time, and all stand still together between them. The last Pod comes first, as Go runs what was started last
 * before what waits.
 */

import { formatDuration } from '../../engine/api/duration';
import type { Pod } from '../../engine/api/types';
import type { Call, Command, CommandIo, Progress, Turn } from '../command';
import { type DrainSettings, errorsOf, isStuckDeleting, judgePods, warningsOf } from '../drain-filters';
import { dryRunOf, dryRunSuffix, writeOptions } from '../dry-run';
import { asCommandError, isRefusal, KubectlError, ManyErrors, throwAll } from '../errors';
import { CHUNK_SIZE, DRY_RUN, flag, SELECTOR } from '../flag-sets';
import { checkSelector } from '../listing';
import { nodesOf, setUnschedulable } from './cordon';

const POLL_MS = 1_000;
const EVICT_RETRY_MS = 5_000;

/** Where the eviction of one Pod stands. */
interface Eviction {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly stage: 'evict' | 'wait' | 'done';
  readonly atMs: number;
  readonly error?: string;
}

interface DrainProgress extends Progress {
  readonly nodes: readonly string[];
  readonly next: number;
  /** Undefined while the present node hasn't been begun. */
  readonly evictions?: readonly Eviction[];
  readonly deadlineMs?: number;
  readonly failed: readonly { readonly node: string; readonly messages: readonly string[] }[];
}

function settingsOf(call: Call): DrainSettings {
  const { flags } = call;
  return {
    force: flags.bool('force'),
    ignoreDaemonSets: flags.bool('ignore-daemonsets'),
    deleteEmptyDirData: flags.bool('delete-emptydir-data'),
    skipWaitSeconds: flags.int('skip-wait-for-delete-timeout'),
  };
}

function begin(call: Call): DrainProgress {
  const dryRun = dryRunOf(call);
  const nodes = nodesOf(call);
  for (const info of nodes) setUnschedulable(call, info, true, dryRun);
  return { nodes: nodes.map(({ name }) => name), next: 0, failed: [] };
}

function podsOn(call: Call, node: string): Pod[] {
  const labelSelector = call.flags.text('pod-selector') || undefined;
  return call.io.client.list<Pod>('Pod', { fieldSelector: `spec.nodeName=${node}`, labelSelector });
}

/** Judges the Pods of the next node; the evictions to do, or why it can't be drained. */
function beginNode(call: Call, node: string): Eviction[] {
  const verdicts = judgePods(podsOn(call, node), settingsOf(call), call.io);
  throwAll(errorsOf(verdicts).map((message) => new KubectlError(message)));
  const warnings = warningsOf(verdicts);
  if (warnings) call.err(`Warning: ${warnings}\n`);
  const inOrder = verdicts.filter((verdict) => verdict.delete).map(({ pod }) => pod);
  const isSideBySide = dryRunOf(call) !== 'client' && !call.flags.bool('disable-eviction');
  const pods = isSideBySide ? [...inOrder.slice(-1), ...inOrder.slice(0, -1)] : inOrder;
  if (dryRunOf(call) === 'client') {
    for (const { metadata } of pods) call.out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    return [];
  }
  return pods.map(({ metadata }) => ({
    namespace: metadata.namespace as string,
    name: metadata.name,
    uid: metadata.uid,
    stage: 'evict',
    atMs: call.io.nowMs,
  }));
}

function deletionOptions(call: Call): { gracePeriodSeconds?: number; dryRun?: boolean } {
  const seconds = call.flags.int('grace-period');
  return { ...(seconds >= 0 ? { gracePeriodSeconds: seconds } : {}), ...writeOptions(dryRunOf(call)) };
}

function timeoutText(call: Call): string {
  return formatDuration(call.flags.ms('timeout'));
}

function evictOne(call: Call, eviction: Eviction, deadlineMs: number): Eviction {
  const { namespace, name } = eviction;
  const { io } = call;
  const where = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
  const bypass = call.flags.bool('disable-eviction');
  const isTrial = dryRunOf(call) === 'server';
  if (!bypass) call.out(`evicting pod ${namespace}/${name}${dryRunSuffix(dryRunOf(call))}\n`);
  if (!bypass && io.nowMs >= deadlineMs) {
    const error = `error when evicting ${where}: global timeout reached: ${timeoutText(call)}`;
    return { ...eviction, stage: 'done', error };
  }
  try {
    if (bypass) io.client.delete('Pod', namespace, name, deletionOptions(call));
    else io.client.evict(namespace, name, deletionOptions(call));
  } catch (thrown) {
    const error = asCommandError(thrown);
    if (isRefusal(error, 'NotFound')) return { ...eviction, stage: 'done' };
    if (isRefusal(error, 'TooManyRequests')) {
      call.err(`error when evicting ${where} (will retry after 5s): ${error.message}\n`);
      return { ...eviction, atMs: io.nowMs + EVICT_RETRY_MS };
    }
    const message = bypass ? error.message : `error when evicting ${where}: ${error.message}`;
    return { ...eviction, stage: 'done', error: message };
  }
  return { ...eviction, stage: isTrial && !bypass ? 'done' : 'wait', atMs: io.nowMs };
}

function awaitOne(call: Call, eviction: Eviction, deadlineMs: number): Eviction {
  const { namespace, name, uid } = eviction;
  const { io } = call;
  const verb = call.flags.bool('disable-eviction') ? 'deleted' : 'evicted';
  const pod = io.client.find<Pod>('Pod', namespace, name);
  if (!pod || pod.metadata.uid !== uid) {
    call.out(`pod/${name} ${verb}\n`);
    return { ...eviction, stage: 'done' };
  }
  const settings = settingsOf(call);
  if (isStuckDeleting(pod, settings, io)) {
    call.out(
      `pod ${JSON.stringify(name)} has DeletionTimestamp older than ${settings.skipWaitSeconds} seconds, skipping\n`,
    );
    return { ...eviction, stage: 'done' };
  }
  if (io.nowMs >= deadlineMs) {
    const why = 'context deadline exceeded';
    const where = `pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)}`;
    const error = call.flags.bool('disable-eviction') ? why : `error when waiting for ${where} to terminate: ${why}`;
    return { ...eviction, stage: 'done', error };
  }
  return { ...eviction, atMs: Math.min(io.nowMs + POLL_MS, deadlineMs) };
}

/** Goes on with every Pod that is due: evictions first, one a call so that each is a step, then looks whether Pods are gone. */
function advanceEvictions(call: Call, evictions: readonly Eviction[], deadlineMs: number): Eviction[] {
  const isDue = (eviction: Eviction): boolean => eviction.stage !== 'done' && eviction.atMs <= call.io.nowMs;
  const evicting = evictions.some((eviction) => eviction.stage === 'evict' && isDue(eviction));
  let hasWritten = false;
  return evictions.map((eviction) => {
    if (!isDue(eviction)) return eviction;
    if (eviction.stage === 'wait') return evicting ? eviction : awaitOne(call, eviction, deadlineMs);
    if (hasWritten) return eviction;
    hasWritten = true;
    return evictOne(call, eviction, deadlineMs);
  });
}

function nodeFailed(call: Call, node: string, message: string): void {
  call.err(`error: unable to drain node ${JSON.stringify(node)} due to error: ${message}, continuing command...\n`);
}

function joined(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? (distinct[0] as string) : `[${distinct.join(', ')}]`;
}

function reportPending(call: Call, node: string, message: string): void {
  const verdicts = judgePods(podsOn(call, node), settingsOf(call), call.io);
  const pending = verdicts.filter((verdict) => verdict.delete);
  if (pending.length === 0) return;
  call.err(`There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${message}\n`);
  for (const { pod } of pending) call.err(`pod/${pod.metadata.name}\n`);
}

/** Closes a node whose evictions have all ended. */
function endNode(call: Call, progress: DrainProgress, node: string, errors: readonly string[]): DrainProgress {
  const { evictions: _evictions, deadlineMs: _deadlineMs, ...rest } = progress;
  const next = progress.next + 1;
  if (errors.length === 0) {
    call.out(`node/${node} drained${dryRunSuffix(dryRunOf(call))}\n`);
    return { ...rest, next };
  }
  const message = joined(errors);
  nodeFailed(call, node, message);
  return { ...rest, next, failed: [...progress.failed, { node, messages: errors }] };
}

function startNode(call: Call, progress: DrainProgress, node: string): DrainProgress {
  try {
    const evictions = beginNode(call, node);
    const timeoutMs = call.flags.ms('timeout');
    const deadlineMs = timeoutMs > 0 ? call.io.nowMs + timeoutMs : Number.MAX_SAFE_INTEGER;
    return { ...progress, evictions, deadlineMs };
  } catch (error) {
    const thrown = asCommandError(error);
    return endNode(
      call,
      progress,
      node,
      thrown instanceof ManyErrors ? thrown.errors.map(({ message }) => message) : [thrown.message],
    );
  }
}

/** What went wrong, in the order in which it did. Evictions that ended keep the time at which they were last due. */
function errorsInTime(evictions: readonly Eviction[]): string[] {
  return evictions
    .flatMap(({ error, atMs }, index) => (error === undefined ? [] : [{ error, atMs, index }]))
    .sort((a, b) => a.atMs - b.atMs || a.index - b.index)
    .map(({ error }) => error);
}

function workOn(call: Call, progress: DrainProgress, node: string): DrainProgress {
  const started = progress.evictions ? progress : startNode(call, progress, node);
  if (!started.evictions) return started;
  const deadlineMs = started.deadlineMs as number;
  const evictions = advanceEvictions(call, started.evictions, deadlineMs);
  if (evictions.some(({ stage }) => stage !== 'done')) return { ...started, evictions };
  const errors = errorsInTime(evictions);
  if (errors.length > 0) reportPending(call, node, joined(errors));
  return endNode(call, started, node, errors);
}

function wakeMs(progress: DrainProgress, io: CommandIo): number {
  const times = (progress.evictions ?? []).filter(({ stage }) => stage !== 'done').map(({ atMs }) => atMs);
  return times.length > 0 ? Math.max(io.nowMs, Math.min(...times)) : io.nowMs;
}

function run(call: Call): Turn {
  try {
    checkSelector(call.flags.text('pod-selector'));
  } catch {
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector');
  }
  let progress = (call.progress as DrainProgress | undefined) ?? begin(call);
  const hadNothing = call.progress === undefined;
  const node = progress.nodes[progress.next];
  // The cordon is a step of its own: evictions begin with the next call.
  if (hadNothing && node !== undefined && dryRunOf(call) === 'none') return { progress, wakeMs: call.io.nowMs };
  if (node !== undefined) progress = workOn(call, progress, node);
  if (progress.next < progress.nodes.length) return { progress, wakeMs: wakeMs(progress, call.io) };
  if (progress.failed.length > 0) {
    call.err('There are pending nodes to be drained:\n');
    for (const { node: name } of progress.failed) call.err(` ${name}\n`);
  }
  failAtEnd(call, progress);
  return undefined;
}

/** One failed node: each of its errors on its own line; several: one line a node. */
function failAtEnd(call: Call, { failed }: DrainProgress): void {
  const [first, ...others] = failed;
  if (!first) return;
  if (others.length > 0) throw new ManyErrors(failed.map(({ messages }) => new KubectlError(joined(messages))));
  throw new KubectlError(first.messages.join('\n'), { bare: !call.flags.bool('disable-eviction') });
}

/** kubectl drain. */
export const drain: Command = {
  path: 'drain',
  use: 'drain NODE',
  flags: [
    ...SELECTOR,
    ...DRY_RUN,
    ...CHUNK_SIZE,
    ...['force', 'ignore-daemonsets', 'delete-emptydir-data', 'disable-eviction'].map((name) => flag.bool(name)),
    flag.int('grace-period', -1),
    flag.int('skip-wait-for-delete-timeout'),
    flag.duration('timeout'),
    flag.text('pod-selector'),
  ],
  run,
};

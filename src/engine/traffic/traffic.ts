/**
 * A source of requests: part of the world around the cluster. It has one timer for each second in which it sends, and works that second
 * out when it is over (second.ts). Load makes no steps; that requests fail does, once for each kind of failure and second, and
 * so does the first second without a failure, and the first in which nobody is there to send.
 */
import type { Pod, Service } from '../api/types';
import { type Component, type Context, cacheOf, type ObjectReference } from '../client/component';
import type { TrafficConfig } from '../simulation';
import { sendsAfter } from './load';
import { type FailureReport, initialMemory, type TrafficMemory } from './record';
import { type Send, workOut } from './second';
import type { Attend } from './senders';
import { failureSentence, recoverySentence, silenceSentence } from './sentences';
import type { Tally } from './tally';

const SECOND = 'second';
const FAILURE = 'failure';
const RECOVERY = 'recovery';

/** The name of a source's component: its actor in the trace. */
export const trafficName = (source: string): string => `traffic/${source}`;

/** The process of all of them. */
export const TRAFFIC = 'traffic';

/** The last station of a way that is an object, a Pod rather than a Service. */
function objectOn(path: readonly string[], context: Context, podUid = ''): ObjectReference | Pod | Service | undefined {
  const station = (kind: string) => path.findLast((one) => one.startsWith(`${kind} `));
  const found = station('Pod') ?? station('Service');
  const [, kind, namespace = '', name = ''] = /^(Pod|Service) ([^/ ]+)\/([^ ]+)/.exec(found ?? '') ?? [];
  if (kind === undefined) return undefined;
  const gone = { apiVersion: 'v1', kind, namespace, name, uid: kind === 'Pod' ? podUid : '', resourceVersion: '' };
  return context.lister.get<Pod | Service>(kind, namespace, name) ?? gone;
}

/** Sets the steps that tell of a second's failures, or of the first second without one. */
function tell(context: Context<TrafficMemory>, tally: Tally): void {
  const { memory } = context;
  for (const [failure, report] of tally.failures) {
    memory.reports.set(failure, { ...report, of: tally.ended });
    context.afterBecause(0, FAILURE, failure, report.cause);
  }
  if (tally.failed > 0) {
    if (memory.failedInRow === 0) memory.failingSinceMs = context.nowMs - 1000;
    memory.failedInRow += tally.failed;
  } else if (memory.failedInRow > 0 && tally.ok > 0) context.afterBecause(0, RECOVERY, '', memory.lastFailureStep);
}

function sayFailure(name: string, context: Context<TrafficMemory>, report: FailureReport): void {
  const object = objectOn(report.path, context as unknown as Context, report.podUid);
  context.say('fail', object, failureSentence(name, report));
  context.memory.lastFailureStep = context.step;
}

function sayRecovery(name: string, context: Context<TrafficMemory>): void {
  const { memory, nowMs } = context;
  const seconds = (nowMs - 1000 - memory.failingSinceMs) / 1000;
  context.say('recover', undefined, recoverySentence(name, memory.failedInRow, seconds));
  memory.failedInRow = 0;
}

/** Says once that nobody is there to send what was to be sent. */
function noteSilence({ name, sender }: TrafficConfig, context: Context<TrafficMemory>, { sent, unsent }: Tally): void {
  if (sender.kind === 'outside' || sent + unsent === 0) return;
  const isSilent = sent === 0;
  if (isSilent && !context.memory.isSilent) context.say('skip', undefined, silenceSentence(name, sender));
  context.memory.isSilent = isSilent;
}

/** Makes a source of requests. `reads` names the processes that the network asks. */
export function createTraffic(
  config: TrafficConfig,
  { send, attend }: { readonly send: Send; readonly attend: Attend },
  reads: readonly string[],
): Component {
  const { name, fromMs, load } = config;
  const component: Component<TrafficMemory> = {
    name: trafficName(name),
    process: TRAFFIC,
    reads,
    watches: ['Pod', 'Service'].map(cacheOf),
    initial: initialMemory,
    start: (context) => {
      const firstMs = Math.max(fromMs, load[0]?.atMs ?? 0);
      context.after((Math.floor(firstMs / 1000) + 1) * 1000 - context.nowMs, SECOND, '');
    },
    handle: (context, { kind, key }) => {
      const { memory, nowMs } = context;
      const report = memory.reports.get(key);
      if (kind === FAILURE && report) {
        memory.reports.delete(key);
        sayFailure(name, context, report);
      } else if (kind === RECOVERY) sayRecovery(name, context);
      else if (kind === SECOND) {
        const tally = workOut({ config, context, send, attend }, nowMs);
        tell(context, tally);
        noteSilence(config, context, tally);
        if (sendsAfter(config, nowMs) || memory.inFlight.length > 0) context.after(1000, SECOND, '');
      }
    },
  };
  return component as unknown as Component;
}

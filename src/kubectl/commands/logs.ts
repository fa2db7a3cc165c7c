/**
 * kubectl logs: what containers have printed, and with -f what they go on to print.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go and pkg/polymorphichelpers/logsforobject.go. Several logs come in the order of
 * Pods and containers, where upstream's order is random.
 */
import type { KubeObject } from '../../engine/api/meta';
import type { PodLogOptions } from '../../engine/api/pod-streams';
import type { Pod } from '../../engine/api/types';
import type { Call, Command, Progress, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError, usageError } from '../errors';
import { flag, SELECTOR } from '../flag-sets';
import {
  annotatedContainer,
  containersInOrder,
  defaultedText,
  hasContainer,
  requireContainer,
} from '../pod-containers';
import { byLogging, podsBehind } from '../pods-behind';
import { awaitPods, RETRY_MS, selectNamed, wakeOf } from '../remote-command';
import { requestTimeoutMs } from '../request-timeout';
import { namespaceOf, select, settle } from '../selection';

const USE = 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]';
const USAGE = `expected '${USE}'.\nPOD or TYPE/NAME is a required argument for the logs command`;
const SELECTOR_TAIL = 10;

/** One container's log, and how much of it has been printed. */
interface Stream {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly instance: string;
  readonly next: number;
}

interface LogsProgress extends Progress {
  /** Undefined while Pods are still waited for. */
  readonly streams: readonly Stream[] | undefined;
  /** When they were opened. */
  readonly sinceMs?: number;
}

const TIMED_OUT = 'context deadline exceeded (Client.Timeout or context cancellation while reading body)';

function checkArguments(call: Call): void {
  const { args, flags } = call;
  const selector = flags.text('selector');
  if ((args.length === 0 && !selector) || args.length > 2) throw usageError('logs', USAGE);
  if (args.length === 1 && selector) throw usageError('logs', 'only a selector (-l) or a POD name is allowed');
}

/** What is asked of the API server for each log, without the container's name. */
function optionsOf({ flags }: Call): PodLogOptions {
  const sinceTime = flags.text('since-time');
  if (sinceTime && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/.test(sinceTime)) {
    const quoted = JSON.stringify(sinceTime);
    throw new KubectlError(`parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`);
  }
  const sinceSeconds = Math.round(flags.ms('since') / 1000);
  const limitBytes = flags.int('limit-bytes');
  const tail = flags.int('tail');
  const byDefault = flags.text('selector') && !flags.given('tail') ? SELECTOR_TAIL : undefined;
  const tailLines = tail === -1 ? byDefault : tail;
  return {
    ...(flags.bool('previous') ? { previous: true } : {}),
    ...(flags.bool('timestamps') ? { timestamps: true } : {}),
    ...(sinceTime ? { sinceTime } : {}),
    ...(flags.ms('since') === 0 ? {} : { sinceSeconds }),
    ...(limitBytes === 0 ? {} : { limitBytes }),
    ...(tailLines === undefined ? {} : { tailLines }),
  };
}

function validate({ flags, args }: Call, { sinceSeconds, sinceTime, tailLines }: PodLogOptions): void {
  const container = flags.text('container') || args[1];
  if (sinceTime && sinceSeconds !== undefined) {
    throw new KubectlError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  if (flags.bool('all-containers') && container) {
    throw new KubectlError(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (flags.given('container') && args.length === 2) {
    throw new KubectlError('only one of -c or an inline [CONTAINER] arg is allowed');
  }
  if (flags.int('limit-bytes') < 0) throw new KubectlError('--limit-bytes must be greater than 0');
  if (sinceSeconds !== undefined && sinceSeconds < 0) throw new KubectlError('--since must be greater than 0');
  if (tailLines !== undefined && tailLines < -1) {
    throw new KubectlError('--tail must be greater than or equal to -1');
  }
}

/** Validates once what is named has been found: that it is not there is said first. */
function validated(call: Call, options: PodLogOptions): void {
  try {
    validate(call, options);
  } catch (error) {
    if (call.flags.text('selector')) selectedPods(call);
    else namedObject(call);
    throw error;
  }
}

/** The object that is named. */
function namedObject(call: Call): KubeObject {
  const { infos, errors } = settle(selectNamed(call, call.args.slice(0, 1)));
  const [error] = errors;
  if (error) {
    if (!isRefusal(error, 'NotFound')) throw error;
    throw new KubectlError(`error from server (NotFound): ${error.message} in namespace "${namespaceOf(call)}"`);
  }
  return infos[0]?.object as KubeObject;
}

function selectedPods(call: Call): Pod[] {
  const { infos, errors } = settle(select(call, { args: ['pods'], labelSelector: call.flags.text('selector') }));
  if (errors[0]) throw errors[0];
  if (infos.length === 0) call.err(`No resources found in ${namespaceOf(call)} namespace.\n`);
  return infos.map(({ object }) => object as Pod);
}

function streamOf({ metadata }: Pod, container: string): Stream {
  return { namespace: metadata.namespace ?? '', pod: metadata.name, container, instance: '', next: 0 };
}

function streamsOfPod(call: Call, pod: Pod): Stream[] {
  if (call.flags.bool('all-containers')) return containersInOrder(pod).map((name) => streamOf(pod, name));
  const preferred = annotatedContainer(pod);
  let container = call.flags.text('container') || call.args[1] || '';
  if (!container && preferred) {
    if (hasContainer(pod, preferred)) container = preferred;
    else call.err(`Default container name "${preferred}" not found in pod ${pod.metadata.name}\n`);
  }
  if (!container) {
    container = pod.spec.containers[0]?.name ?? '';
    if (!call.flags.bool('all-pods')) call.err(defaultedText(pod, container));
  }
  requireContainer(pod, container);
  return [streamOf(pod, container)];
}

/** The logs that are meant; undefined while an object has no Pods yet. */
function streamsOf(call: Call): Stream[] | undefined {
  if (call.flags.text('selector')) return selectedPods(call).flatMap((pod) => streamsOfPod(call, pod));
  const object = namedObject(call);
  if (object.kind === 'Pod') return streamsOfPod(call, object as Pod);
  const pods = podsBehind(call, object, 'cannot get the logs from').sort(byLogging(call));
  const [first] = pods;
  if (!first) return undefined;
  if (call.flags.bool('all-pods')) return pods.flatMap((pod) => streamsOfPod(call, pod));
  if (pods.length > 1) call.err(`Found ${pods.length} pods, using pod/${first.metadata.name}\n`);
  return streamsOfPod(call, first);
}

/** Prints the next part of a log; undefined when nothing will follow. */
function printPart(call: Call, options: PodLogOptions, stream: Stream): Stream | undefined {
  const { namespace, pod, container, instance, next } = stream;
  const follows = call.flags.bool('follow');
  const follow = follows ? { follow: { instance, from: next, wake: wakeOf(call) } } : {};
  const part = call.io.client.log(namespace, pod, { ...options, container, ...follow });
  const isPrefixed = call.flags.bool('prefix') || call.flags.bool('all-pods');
  call.out(isPrefixed ? part.text.replace(/^(?!$)/gm, `[pod/${pod}/${container}] `) : part.text);
  return part.isOver || !follows ? undefined : { ...stream, instance: part.instance, next: part.next };
}

/** A log that can't be had: ignored, or tried again for a while, or the end. */
function afterRefusal(call: Call, error: Error, stream: Stream): Stream | undefined {
  const { flags, process, io } = call;
  if (flags.bool('ignore-errors')) {
    call.out(`error: ${error.message}\n`);
    return undefined;
  }
  if (!flags.bool('follow') || !isRefusal(error)) throw error;
  // A connection that was open is closed when the kubelet goes.
  if (stream.instance !== '') return undefined;
  call.err(`${error.message}\n`);
  if (io.nowMs - process.startedMs + RETRY_MS <= flags.ms('pod-running-timeout')) return stream;
  throw new KubectlError('context deadline exceeded');
}

function printStreams(call: Call, options: PodLogOptions, streams: readonly Stream[], sinceMs: number): Turn {
  const left: Stream[] = [];
  let isRetried = false;
  for (const stream of streams) {
    try {
      const rest = printPart(call, options, stream);
      if (rest) left.push(rest);
    } catch (error) {
      const again = afterRefusal(call, asCommandError(error), stream);
      if (!again) continue;
      left.push(again);
      isRetried = true;
    }
  }
  if (left.length === 0) return undefined;
  const { nowMs } = call.io;
  const untilMs = sinceMs + (requestTimeoutMs(call.flags) || Number.POSITIVE_INFINITY);
  if (nowMs >= untilMs) {
    if (!call.flags.bool('ignore-errors')) throw new KubectlError(TIMED_OUT);
    for (const _ of left) call.out(`error: ${TIMED_OUT}\n`);
    return undefined;
  }
  const progress: LogsProgress = { streams: left, sinceMs };
  const wakeMs = Math.min(untilMs, isRetried ? nowMs + RETRY_MS : untilMs);
  return { progress, follows: true, isWoken: true, ...(Number.isFinite(wakeMs) ? { wakeMs } : {}) };
}

function run(call: Call): Turn {
  checkArguments(call);
  const options = optionsOf(call);
  const before = call.progress as LogsProgress | undefined;
  if (!before) validated(call, options);
  const streams = before?.streams ?? streamsOf(call);
  if (streams) {
    const limit = call.flags.int('max-log-requests');
    if (call.flags.bool('follow') && streams.length > 1 && streams.length > limit) {
      throw new KubectlError(
        `you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
      );
    }
    return printStreams(call, options, streams, before?.sinceMs ?? call.io.nowMs);
  }
  const progress: LogsProgress = { streams: undefined };
  return awaitPods(call, progress);
}

/** kubectl logs. */
export const logs: Command = {
  path: 'logs',
  reads: true,
  use: USE,
  flags: [
    ...SELECTOR,
    flag.bool('all-pods'),
    flag.bool('all-containers'),
    flag.bool('follow', 'f'),
    flag.bool('timestamps'),
    flag.int('limit-bytes'),
    flag.bool('previous', 'p'),
    flag.int('tail', -1),
    flag.bool('ignore-errors'),
    flag.text('since-time'),
    flag.duration('since'),
    flag.text('container', 'c'),
    flag.harmless(flag.bool('insecure-skip-tls-verify-backend'), 'no certificates are checked here'),
    flag.duration('pod-running-timeout', '20s'),
    flag.int('max-log-requests', 5),
    flag.bool('prefix'),
  ],
  run,
};

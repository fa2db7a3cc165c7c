/**
 * kubectl run with --attach or -i: waits for the Pod, prints what it has printed and what it goes on to print, takes the exit code of its
 * container over, and with --rm deletes what was made. Follows Run, handleAttachPod and waitForPod of
 * staging/src/k8s.io/kubectl/pkg/cmd/run/run.go. There is no terminal behind -i: what is given as standard input comes at once.
 */
import { isPodReady } from '../../engine/api/conditions';
import { isPodTerminal } from '../../engine/api/pod';
import type { Pod } from '../../engine/api/types';
import type { Call, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError, type PackedError, packError, unpackError } from '../errors';
import { chosenContainer } from '../pod-containers';
import { namespaceOf, select, settle } from '../selection';
import { type Reading, readOn, sayAttached, sayEnded } from './attach';
import { cascadePolicy, deleteOne, pollMs } from './delete';

/** Where an attached run stands. */
export interface AttachedRun extends Reading {
  readonly stage: 'waiting' | 'attached' | 'ending' | 'removing';
  /** What was made, as `type` and `name`; the Pod is the first. */
  readonly made: readonly (readonly [type: string, name: string])[];
  /** When the stage began. */
  readonly sinceMs: number;
  /** What went wrong before the removal. */
  readonly outcome?: PackedError;
}

/** The first stage, once everything has been made. */
export function attachedRun(call: Call, made: AttachedRun['made']): AttachedRun {
  return { stage: 'waiting', made, sinceMs: call.io.nowMs, instance: '', next: 0 };
}

const podName = ({ made }: AttachedRun): string => made[0]?.[1] ?? '';

/** The Pod as it is now. Throws upstream's words, which have no name, when it is gone. */
function livePod(call: Call, run: AttachedRun): Pod {
  const pod = call.io.client.find<Pod>('Pod', namespaceOf(call), podName(run));
  if (pod) return pod;
  throw new KubectlError('Error from server (NotFound): pods "" not found', { bare: true });
}

/** Looks at the Pod again in a moment. Throws once that has taken too long. */
function again(call: Call, progress: AttachedRun): Turn {
  const { nowMs } = call.io;
  const deadlineMs = progress.sinceMs + call.flags.ms('pod-running-timeout');
  if (nowMs >= deadlineMs) throw new KubectlError('timed out waiting for the condition');
  return { progress, wakeMs: Math.min(deadlineMs, nowMs + pollMs(call)) };
}

function printLog(call: Call, pod: Pod, container: string): void {
  call.out(call.io.client.log(namespaceOf(call), pod.metadata.name, { container }).text);
}

function awaitRunning(call: Call, run: AttachedRun): Turn {
  const pod = livePod(call, run);
  const isOver = isPodTerminal(pod);
  if (!isOver && !(pod.status.phase === 'Running' && isPodReady(pod))) return again(call, run);
  const { name: container, said } = chosenContainer(pod, '');
  if (!call.flags.bool('quiet')) call.err(said);
  printLog(call, pod, container);
  if (isOver) return awaitEnd(call, { ...run, stage: 'ending', sinceMs: call.io.nowMs });
  sayAttached(call, call.flags.bool('tty'));
  return followOutput(call, { ...run, stage: 'attached' });
}

function followOutput(call: Call, run: AttachedRun): Turn {
  const pod = podName(run);
  const { name: container } = chosenContainer(livePod(call, run), '');
  const place = { namespace: namespaceOf(call), pod, container };
  try {
    const turn = readOn(call, place, run);
    if (turn) return turn;
    sayEnded(call, place, call.flags.bool('tty'));
  } catch (error) {
    const refused = asCommandError(error);
    if (!isRefusal(refused, '')) throw refused;
    // What was open is closed when the kubelet goes; what never was falls back to the logs.
    if (run.instance === '') {
      call.err(`warning: couldn't attach to pod/${pod}, falling back to streaming logs: ${refused.message}\n`);
      printLog(call, livePod(call, run), container);
    }
  }
  return awaitEnd(call, { ...run, stage: 'ending', sinceMs: call.io.nowMs });
}

/** Takes the exit code of the container over, unless the Pod runs on by its policy. */
function awaitEnd(call: Call, run: AttachedRun): Turn {
  const restart = call.flags.text('restart') || 'OnFailure';
  if (call.flags.bool('leave-stdin-open') || restart === 'Always') return undefined;
  const pod = livePod(call, run);
  const { phase = 'Pending' } = pod.status;
  if (phase === 'Succeeded') return undefined;
  if (phase !== 'Failed' || restart === 'OnFailure') return again(call, run);
  const { namespace, name } = pod.metadata;
  const ended = pod.status.containerStatuses?.[0]?.state?.terminated;
  if (!ended?.exitCode) throw new KubectlError(`pod ${namespace}/${name} failed with unknown exit code`);
  const { reason = '', message = '', exitCode } = ended;
  throw new KubectlError(`pod ${namespace}/${name} terminated (${reason})\n${message}`, { bare: true, code: exitCode });
}

/** Deletes one of the objects, as far as it may; what went wrong before is what the command ends with. */
function remove(call: Call, run: AttachedRun): Turn {
  const [first, ...made] = run.made;
  if (first) {
    const { infos } = settle(select(call, { args: first, continueOnError: true }));
    const settings = {
      gracePeriodSeconds: -1,
      policy: cascadePolicy(call),
      dryRun: 'none',
      ignoreNotFound: true,
    } as const;
    try {
      for (const info of infos) deleteOne(call, info, { ...settings, isQuiet: call.flags.bool('quiet') });
    } catch (error) {
      if (isRefusal(error, 'ServiceUnavailable') || !isRefusal(error)) throw error;
    }
  }
  if (made.length > 0) return { progress: { ...run, made }, wakeMs: call.io.nowMs };
  if (run.outcome) throw unpackError(run.outcome);
  return undefined;
}

const STAGES = { waiting: awaitRunning, attached: followOutput, ending: awaitEnd, removing: remove } as const;

/** Goes on with an attached run. */
export function goOn(call: Call, run: AttachedRun): Turn {
  const removes = call.flags.bool('rm') && run.stage !== 'removing';
  let outcome: PackedError | undefined;
  try {
    const turn = STAGES[run.stage](call, run);
    if (turn || !removes) return turn;
  } catch (error) {
    if (!removes || isRefusal(error, 'ServiceUnavailable')) throw error;
    outcome = packError(asCommandError(error));
  }
  const progress: AttachedRun = { ...run, stage: 'removing', ...(outcome ? { outcome } : {}) };
  return { progress, wakeMs: call.io.nowMs };
}

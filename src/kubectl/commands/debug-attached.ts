/**
 * What kubectl debug does once it has made its containers, with -i or --attach: waits for each, then shows what it prints. Follows
 * waitForContainer and handleAttachPod of staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go.
 */
import type { Pod } from '../../engine/api/types';
import type { Call, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError } from '../errors';
import type { RemotePlace } from '../remote-command';
import { type Reading, readOn, sayAttached, sayEnded } from './attach';
import { pollMs } from './delete';

/** What is still to be attached to, the first of which is next. */
export interface AttachedDebug extends Reading {
  readonly places: readonly RemotePlace[];
  readonly isAttached: boolean;
  /** What was last said of the first. */
  readonly said: string;
}

/** The first stage of an attached debug. */
export function attachedDebug(places: readonly RemotePlace[]): AttachedDebug {
  return { places, isAttached: false, said: '', instance: '', next: 0 };
}

function printLog(call: Call, { namespace, pod, container }: RemotePlace): void {
  call.out(call.io.client.log(namespace, pod, { container }).text);
}

function awaitContainer(call: Call, debug: AttachedDebug, place: RemotePlace): Turn {
  const pod = call.io.client.find<Pod>('Pod', place.namespace, place.pod);
  if (!pod) throw new KubectlError('Error from server (NotFound): pods "" not found', { bare: true });
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = pod.status;
  const statuses = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
  const { state } = statuses.find(({ name }) => name === place.container) ?? {};
  if (state?.terminated) {
    printLog(call, place);
    return next(call, debug);
  }
  if (state?.running) {
    sayAttached(call, call.flags.bool('tty'));
    return follow(call, { ...debug, isAttached: true }, place);
  }
  const { message = '' } = state?.waiting ?? {};
  if (message !== '' && message !== debug.said && !call.flags.bool('quiet')) {
    call.err(`Warning: container ${place.container}: ${message}\n`);
  }
  return { progress: { ...debug, said: message }, wakeMs: call.io.nowMs + pollMs(call) };
}

function follow(call: Call, debug: AttachedDebug, place: RemotePlace): Turn {
  try {
    const turn = readOn(call, place, debug);
    if (turn) return turn;
    const pod = call.io.client.find<Pod>('Pod', place.namespace, place.pod);
    const isEphemeral = pod?.spec.ephemeralContainers?.some(({ name }) => name === place.container) ?? false;
    sayEnded(call, place, call.flags.bool('tty'), isEphemeral);
  } catch (error) {
    const refused = asCommandError(error);
    if (!isRefusal(refused, '')) throw refused;
    call.err(`warning: couldn't attach to pod/${place.pod}, falling back to streaming logs: ${refused.message}\n`);
    printLog(call, place);
  }
  return next(call, debug);
}

function next(call: Call, { places: [, ...places] }: AttachedDebug): Turn {
  return places.length > 0 ? goOn(call, attachedDebug(places)) : undefined;
}

/** Goes on with an attached debug. */
export function goOn(call: Call, debug: AttachedDebug): Turn {
  const [place] = debug.places;
  if (!place) return undefined;
  return debug.isAttached ? follow(call, debug, place) : awaitContainer(call, debug, place);
}

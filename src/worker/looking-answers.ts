/** Answers to questions that only look: at an object, at steps, at the control plane, at requests. Nothing of a session changes by them. */
import type { Simulation } from '../engine/simulation';
import { requestTracks } from '../session/request-tracks';
import { requestsAt } from '../session/requests-at';
import { tracksOf } from '../view/buckets';
import { inspect } from './inspect';
import type { Requests } from './protocol';
import { controlPlaneAt, logAround, stepsWith } from './searches';
import type { Viewer } from './viewer';

type Looking = 'inspect' | 'log' | 'tracks' | 'controlPlane' | 'find' | 'requests';

/** The answers, about whatever branch is present when they are asked for. */
export function lookingAnswers(
  present: () => Simulation,
  viewer: Viewer,
): { readonly [N in Looking]: (params: Requests[N]['params']) => Requests[N]['answer'] } {
  return {
    inspect: ({ id, step }) => inspect(present(), id, Math.min(step, present().step)),
    log: (around) => logAround(present(), around, viewer.level),
    tracks: (window) => ({ ...tracksOf(present(), window), requests: requestTracks(present(), window) }),
    controlPlane: (moment) => controlPlaneAt(present(), moment),
    find: ({ text, near }) => stepsWith(present(), text, near),
    requests: ({ timeMs }) => requestsAt(present(), timeMs),
  };
}

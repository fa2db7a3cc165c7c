/** Answers to questions that only look: at an object, at steps, at the control plane, at requests. Nothing of a session changes by them. */
import type { Simulation } from '../engine/simulation';
import { parseManifests } from '../kubectl/yaml';
import { requestTracks } from '../session/request-tracks';
import { requestsAt } from '../session/requests-at';
import type { Session } from '../session/session';
import { tracksOf } from '../view/buckets';
import { inspect } from './inspect';
import type { Requests } from './protocol';
import { controlPlaneAt, logAround, stepsWith } from './searches';
import type { Viewer } from './viewer';

type Looking = 'documentAt' | 'marks' | 'inspect' | 'log' | 'tracks' | 'controlPlane' | 'find' | 'requests';

/** The answers, about whatever session and branch are present when they are asked for. */
export function lookingAnswers(
  session: () => Session,
  viewer: Viewer,
): { readonly [N in Looking]: (params: Requests[N]['params']) => Requests[N]['answer'] } {
  const present = (): Simulation => session().simulation;
  return {
    marks: ({ text, at }) => session().marksOf(text, at),
    documentAt: ({ text, line }) =>
      parseManifests(text).documents.find(({ startLine }) => startLine === line)?.object ?? null,
    inspect: ({ id, step }) => inspect(present(), id, Math.min(step, present().step)),
    log: (around) => logAround(present(), around, viewer.level),
    tracks: (window) => ({ ...tracksOf(present(), window), requests: requestTracks(present(), window) }),
    controlPlane: (moment) => controlPlaneAt(present(), moment),
    find: ({ text, near }) => stepsWith(present(), text, near),
    requests: ({ timeMs }) => requestsAt(present(), timeMs),
  };
}

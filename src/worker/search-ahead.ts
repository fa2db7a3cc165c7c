/**
 * Answers to questions that lead on to what is searched for. Past the end of the timeline a search goes through a run of its own, so that
 * time goes on only to what is found.
 */
import { type Found, type Stretch, searchFor } from '../conditions/search';
import type { Simulation } from '../engine/simulation';
import type { Session } from '../session/session';
import type { Ahead } from './ahead';
import type { Moment, Requests } from './protocol';
import { runBitTo, type Slices } from './run-ahead';
import { reconcileAfter, stepThatMatters } from './searches';
import type { Viewer } from './viewer';

/** A search goes no further than this: where nothing happens any more, heartbeats never end. */
const SEARCH_MS = 3_600_000;

type Search = (simulation: Simulation, from: Stretch) => () => Found | undefined;

const isFound = (found: Found): found is Moment => typeof found === 'object' && 'step' in found;

/** The answers, about whatever session and branch are present when they are asked for. */
export function searchingAnswers(
  session: () => Session,
  viewer: Viewer,
  ahead: () => Ahead,
  slices: Slices,
): {
  readonly [N in 'stepBy' | 'runUntil' | 'nextReconcile']: (
    params: Requests[N]['params'],
  ) => Promise<Requests[N]['answer']>;
} {
  const searched = async (from: Moment, search: Search): Promise<Found> => {
    const { simulation } = session();
    const timeMs = Math.max(from.timeMs, ahead().endMs);
    const near = await slices(search(simulation, { ...from, untilMs: timeMs }));
    if (near !== 'nothing') return near;
    const step = Math.max(from.step, simulation.stepAtTime(timeMs));
    const beyond = simulation.fork(simulation.step);
    const far = await slices(search(beyond, { step, timeMs, untilMs: from.timeMs + SEARCH_MS }));
    if (session().simulation !== simulation) return 'nothing';
    if (isFound(far)) await slices(() => runBitTo(simulation, far));
    return far;
  };
  return {
    stepBy: async ({ from, by, level = viewer.level }) => {
      const step = await slices(stepThatMatters(session().simulation, from.step, by, level, ahead().endMs));
      // Where it leads to nothing, the moment stays as it is.
      return viewer.atPlace(session().branch, step === from.step ? from : { step });
    },
    nextReconcile: async ({ from }) => {
      const found = await searched(from, reconcileAfter);
      return viewer.atPlace(session().branch, isFound(found) ? { step: found.step } : from);
    },
    runUntil: async ({ condition, from }) => {
      const { simulation } = session();
      const found = await searched(from, (run, stretch) => searchFor(run, condition, stretch));
      if (found === 'nothing' || session().simulation !== simulation) return { view: null };
      if ('problem' in found) return found;
      ahead().reach(found.timeMs);
      return { view: viewer.at(session().branch, found.step, found.timeMs) };
    },
  };
}

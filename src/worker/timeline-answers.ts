/** Answers for the timeline: its lanes, and the steps on them. Loaded after the first graph. */
import { nextStop } from '../conditions/breakpoints';
import type { Simulation } from '../engine/simulation';
import { requestsBetween, requestTrack, sourcesOf } from '../session/request-tracks';
import type { Session } from '../session/session';
import { stepAt } from '../view/lanes/lane-step';
import { holderOf, type LaneWorld, lanesOf, overviewOf, stepsOfLane } from '../view/lanes/lanes';
import { totalsOf } from '../view/lanes/totals';
import { TrackIndex } from '../view/lanes/track-index';
import { linkOf } from '../view/why';
import { comparer } from './compare-branches';
import type { Held } from './held';
import type { Requests } from './protocol';
import type { Slices } from './run-ahead';
import { scenarioCommands } from './scenario-commands';

type Timeline = 'commands' | 'lanes' | 'laneStep' | 'totals' | 'compare' | 'nextStop';

/** What the timeline asks, and who answers. */
export type TimelineAnswers = {
  readonly [N in Timeline]: (params: Requests[N]['params']) => Requests[N]['answer'] | Promise<Requests[N]['answer']>;
};

/** So finely all of time is cut where it is shown small. */
const OVERVIEW_BUCKETS = 240;

/**
 * The answers, about whatever session and branch are present when they are asked for, as far as that is shown. What was read of a branch is kept as
 * long as that is.
 */
export function timelineAnswers(session: () => Session, slices: Slices, held: Held): TimelineAnswers {
  const shown = (): Simulation => held.partOf(session().simulation);
  const indexes = new WeakMap<Simulation, TrackIndex>();
  const indexOf = (simulation: Simulation): TrackIndex => {
    const index = indexes.get(simulation) ?? new TrackIndex(simulation);
    indexes.set(simulation, index);
    return index.advance();
  };
  const present = (): LaneWorld => {
    const simulation = shown();
    const sources = {
      names: sourcesOf(simulation),
      lane: (name: string, grid: Parameters<typeof requestTrack>[2]) => {
        const { ok, failed, answered, lost } = requestTrack(simulation, name, grid);
        return {
          id: `requests/${name}`,
          name,
          namespace: '',
          kind: '',
          type: 'requests',
          ok,
          failed,
          answered,
          lost,
        } as const;
      },
    };
    return { simulation, index: indexOf(simulation), sources };
  };
  return {
    lanes: (question) => {
      const world = present();
      return { ...lanesOf(world, question), overview: overviewOf(world, question.horizonMs, OVERVIEW_BUCKETS) };
    },
    commands: (moment) => {
      const { step, nowMs } = shown();
      const { simulation } = session();
      // The step that tells what a command has printed is the one in which it ends, which may not be shown yet.
      const past = { step: Math.min(moment.step, step), timeMs: Math.min(moment.timeMs, nowMs) };
      return scenarioCommands(simulation, indexOf(simulation), past);
    },
    totals: ({ fromMs, toMs, selected }) => {
      const simulation = shown();
      const index = indexOf(simulation);
      const holder = holderOf(index, selected);
      const of = holder?.startsWith('Node/') ? null : holder;
      const stretch = { fromMs, toMs: Math.min(toMs, simulation.nowMs) };
      return { ...totalsOf(index, stretch, of), requests: requestsBetween(simulation, fromMs, stretch.toMs), of };
    },
    compare: comparer(session, { indexOf, slices, held }),
    nextStop: ({ conditions, from, untilMs }) => {
      const { simulation } = session();
      return slices(nextStop(simulation, conditions, { ...from, untilMs }));
    },
    laneStep: ({ lane, ...place }) => {
      const simulation = shown();
      const moments = stepsOfLane(indexOf(simulation), lane);
      if (!moments) return { step: null, since: null };
      const { step, since } = stepAt(moments, place);
      const linked = (at: number | undefined) => (at === undefined ? null : linkOf(simulation.traceAt(at)));
      return { step: linked(step), since: linked(since) };
    },
  };
}

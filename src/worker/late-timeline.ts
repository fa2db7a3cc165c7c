/** The timeline's answers in the worker: what makes them is loaded when the first is asked for. */
import type { HostPorts } from './host-ports';
import type { Requests } from './protocol';
import type { TimelineAnswers } from './timeline-answers';

/** As {@link TimelineAnswers}, later. */
export type LateTimeline = {
  readonly [N in keyof TimelineAnswers]: (params: Requests[N]['params']) => Promise<Requests[N]['answer']>;
};

type Makes = Awaited<ReturnType<HostPorts['load']['timeline']>>;

/** See the header. */
export function lateTimeline(load: () => Promise<Makes>, ...about: Parameters<Makes>): LateTimeline {
  let made: Promise<TimelineAnswers> | undefined;
  const come = () => {
    made ??= load().then((make) => make(...about));
    return made;
  };
  return {
    commands: async (params) => (await come()).commands(params),
    lanes: async (params) => (await come()).lanes(params),
    laneStep: async (params) => (await come()).laneStep(params),
    totals: async (params) => (await come()).totals(params),
    compare: async (params) => (await come()).compare(params),
    nextStop: async (params) => (await come()).nextStop(params),
  };
}

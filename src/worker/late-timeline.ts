/** The timeline's answers in the worker: what makes them is loaded when the first is asked for. */
import type { Session } from '../session/session';
import type { HostPorts } from './host-ports';
import type { TimelineAnswers } from './timeline-answers';

/** As {@link TimelineAnswers}, later. */
export type LateTimeline = {
  readonly [N in keyof TimelineAnswers]: (
    params: Parameters<TimelineAnswers[N]>[0],
  ) => Promise<ReturnType<TimelineAnswers[N]>>;
};

/** See the header. */
export function lateTimeline(load: HostPorts['load']['timeline'], session: () => Session): LateTimeline {
  let made: Promise<TimelineAnswers> | undefined;
  const come = () => {
    made ??= load().then((answers) => answers(session));
    return made;
  };
  return {
    lanes: async (params) => (await come()).lanes(params),
    laneStep: async (params) => (await come()).laneStep(params),
  };
}

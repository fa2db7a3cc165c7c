/** The step that is kept being followed. It outlasts a look at another view; in another run it means nothing. */
import { create } from 'zustand';
import { useSession } from '../state/session';

const usePinned = create<{ readonly step?: number | undefined; readonly run?: number }>()(() => ({}));

/** The step, if one is kept in the present run. */
export function usePinnedStep(): number | undefined {
  const run = useSession((session) => session.run);
  return usePinned((pinned) => (pinned.run === run ? pinned.step : undefined));
}

/** Keeps following a step; undefined lets go of it. */
export const pin = (step: number | undefined): void => usePinned.setState({ step, run: useSession.getState().run });

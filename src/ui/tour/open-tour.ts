/** Whether the tour of the page is offered, and at which stop it is. It is offered once, to who comes without a link; the keys' list has it for ever. */
import { create } from 'zustand';
import { isLink } from '../../scenario/share-link';
import { loadSetting, saveSetting } from '../state/settings';

const SETTING = 'tour';

interface TourState {
  readonly offered: boolean;
  /** The stop that is shown, from 0; null while there is no tour. */
  readonly stop: number | null;
}

export const useTour = create<TourState>(() => ({
  offered: !isLink(location.hash) && loadSetting(SETTING) === undefined,
  stop: null,
}));

/** Begins it, or goes to a stop. */
export function goToStop(stop: number): void {
  saveSetting(SETTING, 'seen');
  useTour.setState({ offered: false, stop });
}

/** Ends it, or declines it; it is not offered again. */
export function endTour(): void {
  saveSetting(SETTING, 'seen');
  useTour.setState({ offered: false, stop: null });
}

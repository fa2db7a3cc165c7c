/** Which tracks the timeline has, from top to bottom. A track turns buckets into lines; one file each. */
import type { ReactNode } from 'react';
import type { AllTracks } from '../../../worker/protocol';
import { actionsTrack } from './actions';
import { evictionsTrack } from './evictions';
import { reconcilesTrack } from './reconciles';
import { requestsTrack } from './requests';
import { runsTrack } from './runs';
import { workloadsTrack } from './workloads';

/** One row of the timeline. */
export interface TrackLine {
  readonly key: string;
  readonly label: string;
  /** What the row shows, in words. */
  readonly title: string;
  readonly heightPx: number;
  /** Drawn in a box one unit wide per bucket and `heightPx` high. */
  readonly draw: () => ReactNode;
}

export type Track = (tracks: AllTracks) => readonly TrackLine[];

export const TRACKS: readonly Track[] = [
  actionsTrack,
  requestsTrack,
  runsTrack,
  workloadsTrack,
  evictionsTrack,
  reconcilesTrack,
];

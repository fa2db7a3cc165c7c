/** The runs of a CronJob: a bar each, from its Job's making to its end; those that overlap stand below one another. */
import { t } from '../../../i18n/translate';
import type { Run, RunsTrack } from '../../../view/workload-tracks';
import type { Track } from './registry';

const HEIGHT = 22;
const LANES = 3;
const BAR = 5;

/** Each run in the first lane that is free; when none is, in the last. */
function lanesOf(runs: readonly Run[]): number[] {
  const ends = new Array<number>(LANES).fill(-1);
  return runs.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? LANES - 1 : free;
    ends[lane] = Math.max(ends[lane] ?? 0, to);
    return lane;
  });
}

function drawing({ runs }: RunsTrack) {
  const lanes = lanesOf(runs);
  return runs.map(({ job, from, to, state }, index) => (
    <rect
      key={job}
      className={`track-run ${state}`}
      x={from}
      width={to - from}
      y={2 + (lanes[index] ?? 0) * (BAR + 1.5)}
      height={BAR}
    />
  ));
}

export const runsTrack: Track = ({ runs }) =>
  runs.map((track) => ({
    key: track.id,
    label: track.name,
    title: t('track.runsTitle', { name: track.name, count: track.runs.length }),
    heightPx: HEIGHT,
    draw: () => drawing(track),
  }));

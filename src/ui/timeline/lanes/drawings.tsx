/**
 * How lanes look. Amounts are drawn in a box one unit wide per bucket, so that a change of the window is seen before the worker has answered;
 * whatever has words in it stands over it at its place in time.
 */
import { memo, type ReactNode } from 'react';
import { sentence, t } from '../../../i18n/translate';
import type {
  Lane,
  PhaseSpan,
  Pin,
  RevisionStack,
  Run,
  SeriesName,
  TrackWindow,
} from '../../../view/lanes/lane-shapes';
import { percentOf, type Span, shareOf } from '../window-math';
import { layersOf, revisionNames } from './revision-names';
import { stackPath, stairs } from './stairs';
import './drawings.css';

type Of<T extends Lane['type']> = Extract<Lane, { type: T }>;

/** From the back to the front. */
const AREAS: readonly SeriesName[] = ['total', 'ready'];
const LINES: readonly SeriesName[] = ['least', 'most', 'desired', 'updated', 'failed'];

const lines = (series: Of<'amounts'>['series'], names: readonly SeriesName[], top: number) =>
  names.map(
    (name) =>
      series[name] && (
        <path
          key={name}
          className={`lane-${name}`}
          d={stairs(series[name], top, false)}
          vectorEffect="non-scaling-stroke"
        />
      ),
  );

function amounts({ kind, series }: Of<'amounts'>): ReactNode {
  const top = Math.max(1, ...Object.values(series).flat());
  return (
    <>
      {AREAS.map(
        (name) =>
          series[name] && <path key={name} className={`lane-${name} ${kind}`} d={stairs(series[name], top, true)} />,
      )}
      {lines(series, LINES, top)}
    </>
  );
}

const topOf = ({ series }: Of<'rollout'>): number => Math.max(1, ...Object.values(series).flat());

/** The newest stands out; those before it are told apart by turns. */
function layerClass(stacks: readonly RevisionStack[], replicaSet: string): string {
  const at = stacks.findIndex((stack) => stack.replicaSet === replicaSet);
  return at === stacks.length - 1 ? 'lane-newest' : `lane-older ${(stacks.length - at) % 2 ? 'odd' : ''}`;
}

function rollout(lane: Of<'rollout'>): ReactNode {
  const { stacks, series } = lane;
  const top = topOf(lane);
  return (
    <>
      {layersOf(stacks).map(({ stack: { replicaSet, counts }, below }) => (
        <path key={replicaSet} className={layerClass(stacks, replicaSet)} d={stackPath(counts, below, top)} />
      ))}
      {lines(series, ['least', 'most', 'desired', 'available'], top)}
    </>
  );
}

/** A row of bars, one per bucket in which anything happened, higher for more. */
function bars(counts: readonly number[], heightPx: number): ReactNode {
  const top = Math.max(1, ...counts);
  let path = '';
  counts.forEach((count, bucket) => {
    if (count === 0) return;
    // The root keeps single steps visible beside bursts.
    const height = 3 + Math.sqrt(count / top) * (heightPx - 5);
    path += `M${bucket + 0.5} ${heightPx - 1}V${(heightPx - 1 - height).toFixed(1)}`;
  });
  return <path className="lane-steps" d={path} vectorEffect="non-scaling-stroke" />;
}

const BAR_LANES = 3;
const BAR_HEIGHT = 7;

/** Each run in the first row that is free; when none is, in the last. */
function rowsOf(runs: readonly Run[]): number[] {
  const ends = new Array<number>(BAR_LANES).fill(-1);
  return runs.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const row = free < 0 ? BAR_LANES - 1 : free;
    ends[row] = Math.max(ends[row] ?? 0, to);
    return row;
  });
}

function runs({ runs: all }: Of<'runs'>): ReactNode {
  const rows = rowsOf(all);
  return all.map(({ job, from, to, state }, index) => (
    <rect
      key={job}
      className={`lane-run ${state}`}
      x={from}
      width={to - from}
      y={3 + (rows[index] ?? 0) * (BAR_HEIGHT + 2)}
      height={BAR_HEIGHT}
    />
  ));
}

/** What failed stands on what went well, and is seen however little of it there is. */
function requests({ ok, failed }: Of<'requests'>): ReactNode {
  const well = ok.map((count) => Math.max(0, count));
  const top = Math.max(1, ...well.map((count, bucket) => count + (failed[bucket] ?? 0)));
  const lost = failed.map((count) => (count > 0 ? Math.max(count, top / 12) : 0));
  return (
    <>
      <path className="lane-total" d={stackPath(well, [], top)} />
      <path className="lane-lost" d={stackPath(lost, well, top)} />
    </>
  );
}

function drawn(lane: Lane, heightPx: number): ReactNode {
  switch (lane.type) {
    case 'amounts':
      return amounts(lane);
    case 'rollout':
      return rollout(lane);
    case 'counts':
      return bars(lane.counts, heightPx);
    case 'runs':
      return runs(lane);
    case 'requests':
      return requests(lane);
    default:
      return null;
  }
}

const Drawn = memo(function Drawn({ lane, heightPx }: { lane: Lane; heightPx: number }) {
  return drawn(lane, heightPx);
});

function Phases({ spans, window }: { spans: readonly PhaseSpan[]; window: Span }) {
  return spans
    .filter(({ fromMs, toMs }) => toMs >= window.fromMs && fromMs <= window.toMs)
    .map(({ fromMs, toMs, look, text }) => {
      const width = Math.min(1, shareOf(window, toMs)) - Math.max(0, shareOf(window, fromMs));
      return (
        <span
          key={fromMs}
          className="phase"
          data-look={look}
          style={{ left: percentOf(window, fromMs), width: `${(100 * width).toFixed(3)}%` }}
        >
          {width > 0.02 && text}
        </span>
      );
    });
}

/** Words of a pin are shown where the next one leaves room for some. */
const ROOM = 0.03;

function Pins({ pins, window }: { pins: readonly Pin[]; window: Span }) {
  return pins.map(({ step, timeMs, tone, text, more }, at) => {
    const share = shareOf(window, timeMs);
    if (share < 0 || share > 1) return null;
    const room = Math.min(1, pins[at + 1] ? shareOf(window, pins[at + 1]!.timeMs) : 1) - share;
    return (
      <span
        key={step}
        className="pin"
        data-ms={timeMs}
        data-tone={tone}
        style={{ left: percentOf(window, timeMs), maxWidth: `${(100 * room).toFixed(3)}%` }}
      >
        <i />
        {room > ROOM && (
          <b>
            {sentence(text)}
            {more > 0 && ` ${t('lane.more', { count: more })}`}
          </b>
        )}
      </span>
    );
  });
}

/** The numbers of the revisions, in the colours of their bands. */
function Revisions({ lane, window, cut }: { lane: Of<'rollout'>; window: Span; cut: TrackWindow }) {
  const { stacks } = lane;
  const bucketMs = (cut.toMs - cut.fromMs) / cut.buckets;
  const bucketOf = (ms: number) => Math.max(0, Math.min(cut.buckets, Math.round((ms - cut.fromMs) / bucketMs)));
  const seen = { from: bucketOf(window.fromMs), to: bucketOf(window.toMs) };
  const share = (bucket: number) => `${(100 * shareOf(window, cut.fromMs + bucket * bucketMs)).toFixed(2)}%`;
  return revisionNames(stacks, topOf(lane), seen).map(({ replicaSet, revision, from, to, middlePx }) => (
    <span
      key={`${replicaSet} ${revision}`}
      className="revision-name"
      style={{ left: share(from), right: `calc(100% - ${share(to)})`, top: middlePx }}
    >
      <span className={layerClass(stacks, replicaSet)}>{t('lane.revision', { revision })}</span>
    </span>
  ));
}

/** What stands in a lane's box; `cut` is the window it was cut from, `window` the one that is in sight. */
export function LaneDrawing(props: { lane: Lane; heightPx: number; cut: TrackWindow; window: Span; title: string }) {
  const { lane, heightPx, cut, window, title } = props;
  const bucketMs = (cut.toMs - cut.fromMs) / cut.buckets;
  const x = (window.fromMs - cut.fromMs) / bucketMs;
  const width = Math.max(0.001, (window.toMs - window.fromMs) / bucketMs);
  return (
    <>
      <svg
        className="lane-svg"
        viewBox={`${x} 0 ${width} ${heightPx}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={title}
      >
        <Drawn lane={lane} heightPx={heightPx} />
      </svg>
      <div className="lane-words" aria-hidden="true">
        {lane.type === 'phases' && <Phases spans={lane.spans} window={window} />}
        {lane.type === 'pins' && <Pins pins={lane.pins} window={window} />}
        {lane.type === 'rollout' && <Revisions lane={lane} window={window} cut={cut} />}
      </div>
    </>
  );
}

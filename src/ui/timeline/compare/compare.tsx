/** Two branches beside each other on one clock: where they part, what differs now, and what each came to. */
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import { sentence, t } from '../../../i18n/translate';
import { differingIn } from '../../../view/compare/lane-differences';
import { parseRowId } from '../../../view/rows';
import type { ComparedWorkload, Comparison } from '../../../worker/timeline-shapes';
import { closeComparison } from '../../shell/closing';
import { Icon } from '../../shell/icons';
import { conductor } from '../../state/page';
import { useSession } from '../../state/session';
import { useAnswer } from '../../state/use-answer';
import { LaneDrawing } from '../lanes/drawings';
import '../lanes/lanes.css';
import { labelOf, titleOf } from '../lanes/titles';
import { factsOf } from '../range-panel';
import { useWindow } from '../sight';
import { momentText } from '../time-text';
import { percentOf, type Span, shareOf } from '../window-math';
import './compare.css';
import { Differences } from './differences';

const REFRESH_MS = 400;
const BUCKETS = 360;
const LANE_PX = 34;

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** At first the present branch and the one that it left, or the one that left it last. */
function usePair(): [Pair, (pair: Pair) => void] {
  const branches = useSession((session) => session.branches);
  const present = useSession((session) => session.branch);
  const [chosen, choose] = useState<Pair | null>(null);
  const isThere = (id: number) => branches.some((branch) => branch.id === id);
  if (chosen && isThere(chosen.a) && isThere(chosen.b)) return [chosen, choose];
  const parent = branches.find(({ id }) => id === present)?.parent ?? null;
  const other = parent !== null && isThere(parent) ? parent : branches.findLast(({ id }) => id !== present)?.id;
  const [a = present, b = present] = [other, present].sort((x = 0, y = 0) => x - y);
  return [{ a, b }, choose];
}

function Choice({ label, value, onChange }: { label: string; value: number; onChange: (id: number) => void }) {
  const branches = useSession((session) => session.branches);
  return (
    <select
      className="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {branches.map(({ id, parent, label: did }, index) => (
        <option key={id} value={id}>
          {index + 1} · {parent === null ? t('branch.main') : did}
        </option>
      ))}
    </select>
  );
}

function useNumbers({ a, b }: Pair): { a: number; b: number } {
  const branches = useSession((session) => session.branches);
  const numberOf = (id: number) => branches.findIndex((branch) => branch.id === id) + 1;
  return { a: numberOf(a), b: numberOf(b) };
}

/** Where the branches part: the first step that is another one, on both sides. */
function Parting({ first, numbers }: { first: Comparison['first']; numbers: Pair }) {
  if (!first) return <p className="compare-parting">{t('compare.same')}</p>;
  const { step, timeMs, a, b } = first;
  return (
    <div className="compare-parting">
      <p>
        <strong>{t('compare.first')}</strong>{' '}
        <button type="button" className="link-button" onClick={() => void conductor.look.jump({ timeMs })}>
          {t('timeline.step', { step })} · {momentText(timeMs)}
        </button>
      </p>
      {([a, b] as const).map((link, side) => (
        <p key={side === 0 ? 'a' : 'b'} className="compare-said">
          <span className="branch-mark">{side === 0 ? numbers.a : numbers.b}</span>{' '}
          {link ? (
            <>
              <span className="step-actor">{link.actor}</span> {sentence(link.message)}
            </>
          ) : (
            <span className="quiet">{t('compare.notYet')}</span>
          )}
        </p>
      ))}
    </div>
  );
}

/** Stretches in which something differs: of a lane they are shaded, of all that there is a line at the bottom tells them. */
function Shade({ differing, toMs, window }: { differing: readonly number[]; toMs: number; window: Span }) {
  const bucketMs = toMs / differing.length;
  const stretches: { from: number; to: number }[] = [];
  differing.forEach((count, bucket) => {
    if (count === 0) return;
    const last = stretches.at(-1);
    if (last?.to === bucket) last.to = bucket + 1;
    else stretches.push({ from: bucket, to: bucket + 1 });
  });
  return stretches.map(({ from, to }) => {
    const style: CSSProperties = {
      left: percentOf(window, from * bucketMs),
      right: `calc(100% - ${percentOf(window, to * bucketMs)})`,
    };
    return <i key={from} className="compare-shade" style={style} />;
  });
}

function Workload({ of: { id, a, b }, numbers, cut }: { of: ComparedWorkload; numbers: Pair; cut: Span }) {
  const window = useWindow();
  const { kind, name } = parseRowId(id);
  const differing = useMemo(() => differingIn(a, b, BUCKETS), [a, b]);
  const lanes = [
    { lane: a, number: numbers.a },
    { lane: b, number: numbers.b },
  ];
  return lanes.map(({ lane, number }) => (
    <div key={number} className="compare-lane" style={{ height: LANE_PX }}>
      <p className="track-label" title={`${kind} ${name}`}>
        {lane ? labelOf(lane).name : name} <span className="branch-mark">{number}</span>
      </p>
      <div className="lane-body">
        {lane ? (
          <LaneDrawing
            lane={lane}
            heightPx={LANE_PX}
            cut={{ ...cut, buckets: BUCKETS }}
            window={window}
            title={t('words.said', { what: t('branch.name', { number }), said: titleOf(lane) })}
          />
        ) : (
          <span className="quiet">{t('compare.notThere')}</span>
        )}
        <Shade differing={differing} toMs={cut.toMs} window={window} />
      </div>
    </div>
  ));
}

/** The lanes of what differs, with the hand over them; a click goes to that time. */
function Clock({ found, numbers }: { found: Comparison; numbers: Pair }) {
  const window = useWindow();
  const playheadMs = useSession((session) => session.playheadMs);
  const box = useRef<HTMLDivElement>(null);
  const handShare = shareOf(window, playheadMs);
  const { workloads, toMs, differing } = found;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the slider does the same by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className="compare-clock"
      onClick={(event) => {
        const { left, width } = (box.current as HTMLElement).getBoundingClientRect();
        const share = (event.clientX - left) / width;
        if (share < 0) return;
        void conductor.look.jump({ timeMs: Math.round(window.fromMs + share * (window.toMs - window.fromMs)) });
      }}
    >
      {workloads.map((each) => (
        <Workload key={each.id} of={each} numbers={numbers} cut={{ fromMs: 0, toMs: Math.max(1, toMs) }} />
      ))}
      {workloads.length === 0 && <p className="quiet">{t('compare.noWorkload')}</p>}
      <div className="compare-over" ref={box} aria-hidden="true">
        <Shade differing={differing} toMs={toMs} window={window} />
        {handShare >= 0 && handShare <= 1 && (
          <i className="tracks-hand" style={{ left: percentOf(window, playheadMs) }} />
        )}
      </div>
    </div>
  );
}

function Summary({ found: { a, b, first, toMs }, numbers }: { found: Comparison; numbers: Pair }) {
  const [left, right] = [factsOf(a), factsOf(b)];
  return (
    <table className="compare-table">
      <caption>{t('compare.summary', { from: momentText(first?.timeMs ?? 0), to: momentText(toMs) })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('branch.name', { number: numbers.a })}</th>
          <th scope="col">{t('branch.name', { number: numbers.b })}</th>
        </tr>
      </thead>
      <tbody>
        {left.map(([what, value], at) => {
          const other = right[at]?.[1] ?? '';
          return (
            <tr key={what} data-differs={value !== other || undefined}>
              <th scope="row">{what}</th>
              <td>{value}</td>
              <td>{other}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** See the header. */
export default function Compare() {
  const [pair, choose] = usePair();
  const numbers = useNumbers(pair);
  const timeMs = useSession((session) => session.cursor.timeMs);
  const headStep = useSession((session) => session.head.step);
  const about = [pair.a, pair.b, timeMs, headStep];
  const found = useAnswer('compare', { ...pair, timeMs, buckets: BUCKETS }, { about, refreshMs: REFRESH_MS });
  return (
    <section className="compare" aria-label={t('compare.region')} aria-busy={!found}>
      <header className="panel-head">
        <h2 className="panel-title">{t('compare.region')}</h2>
        <Choice label={t('compare.one')} value={pair.a} onChange={(a) => choose({ ...pair, a })} />
        <span className="quiet">{t('compare.with')}</span>
        <Choice label={t('compare.other')} value={pair.b} onChange={(b) => choose({ ...pair, b })} />
        <button type="button" className="icon-button push" aria-label={t('compare.close')} onClick={closeComparison}>
          <Icon name="close" />
        </button>
      </header>
      {found && (
        <div className="compare-body">
          <div className="compare-left">
            <Parting first={found.first} numbers={numbers} />
            <Clock found={found} numbers={numbers} />
            <Summary found={found} numbers={numbers} />
          </div>
          <Differences found={found} numbers={numbers} timeMs={timeMs} />
        </div>
      )}
    </section>
  );
}

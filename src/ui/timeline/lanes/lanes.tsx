/** The lanes: asks the worker for those in sight, and draws them at their places. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/translate';
import type { Lane, LaneGroup } from '../../../view/lanes/lane-shapes';
import { parseRowId } from '../../../view/rows';
import type { LanesAnswer } from '../../../worker/timeline-shapes';
import { useSession } from '../../state/session';
import { useAnswer } from '../../state/use-answer';
import { toggleGroup, useSight, useWindow } from '../sight';
import { useWidth } from '../use-width';
import { percentOf, shareOf } from '../window-math';
import { LaneRow } from './lane-row';
import './lanes.css';
import { HEAD_HEIGHT, LANE_HEIGHTS, type Placed, placed, slicesIn } from './rows';
import { Tip } from './tip';

/** While time runs ahead or the window moves, lanes are asked for at most so often. */
const REFRESH_MS = 120;

/** Buckets of about two pixels, in steps, so that dragging the window does not ask at every pixel. */
function bucketCount(width: number): number {
  return Math.max(60, Math.round(width / 2 / 60) * 60);
}

/** The counts of Events stand among what happened, those of controllers by themselves. */
const EVENTS = 'events';

/** A pinned lane is as high as those of its group. */
function heightOf({ id, type }: Lane): number {
  if (type === 'pins' || id === EVENTS) return LANE_HEIGHTS.happenings;
  if (type === 'phases') return LANE_HEIGHTS.pods;
  return type === 'counts' ? LANE_HEIGHTS.controllers : LANE_HEIGHTS.workloads;
}

interface Scroll {
  readonly topPx: number;
  readonly heightPx: number;
}

function useLanes(width: number, { topPx, heightPx }: Scroll, known: readonly Placed[]): LanesAnswer | null {
  const { fromMs, toMs } = useWindow();
  const horizonMs = useSession((session) => session.horizonMs);
  const headStep = useSession((session) => session.head.step);
  const selected = useSession((session) => session.selected);
  const pinned = useSight((sight) => sight.pinned);
  const text = useSight((sight) => sight.text);
  const buckets = bucketCount(width);
  const slices = slicesIn(known, topPx, heightPx);
  const about = [fromMs, toMs, buckets, horizonMs, headStep, selected, pinned, text, JSON.stringify(slices)];
  const question = { fromMs, toMs, buckets, slices, pinned, text, selected, horizonMs };
  return useAnswer('lanes', question, { about, refreshMs: REFRESH_MS });
}

/** Up and down along names and heads. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('.lane-name, .lane-head')].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const to = stops[Math.max(0, Math.min(stops.length - 1, at + by))];
  if (!to) return;
  event.preventDefault();
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
}

/** One stop of the Tab key: the name last focused, else the first. There is one as soon as there are lanes. */
function useOneStop(): React.RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const stops = [...box.querySelectorAll<HTMLElement>('.lane-name, .lane-head')];
    const stop = stops.find((each) => each === document.activeElement) ?? stops[0];
    for (const each of stops) each.tabIndex = each === stop ? 0 : -1;
  });
  return list;
}

function groupName(group: LaneGroup, podsOf: string | null): string {
  return group === 'pods' && podsOf !== null ? t('lane.podsOf', { name: parseRowId(podsOf).name }) : t(`lane.${group}`);
}

function Head({ placed: { group, total, headPx, folded }, podsOf }: { placed: Placed; podsOf: string | null }) {
  if (headPx === undefined) return null;
  return (
    <button
      type="button"
      className="lane-head"
      tabIndex={-1}
      aria-expanded={!folded}
      style={{ top: headPx, height: HEAD_HEIGHT }}
      onClick={() => toggleGroup(group)}
    >
      <span className="lane-head-name">{groupName(group, podsOf)}</span>
      <span className="quiet">{total}</span>
    </button>
  );
}

/** The scrolled part that is in sight. */
function useScroll(box: React.RefObject<HTMLDivElement | null>): Scroll {
  const [scroll, setScroll] = useState<Scroll>({ topPx: 0, heightPx: 200 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setScroll({ topPx: element.scrollTop, heightPx: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [box]);
  return scroll;
}

const NOTHING: readonly Placed[] = placed({ happenings: 4, traffic: 2, workloads: 6, pods: 12 }, [], 0).groups;

/** Every group at its place below the pinned lanes. */
function useLayout(answer: LanesAnswer | null): {
  groups: readonly Placed[];
  heightPx: number;
  pinnedPx: readonly number[];
} {
  const folded = useSight((sight) => sight.folded);
  return useMemo(() => {
    let y = 0;
    const pinnedPx = (answer?.pinned ?? []).map((lane) => {
      y += heightOf(lane);
      return y - heightOf(lane);
    });
    const totals = Object.fromEntries((answer?.groups ?? []).map(({ group, total }) => [group, total]));
    return { ...placed(totals, folded, y > 0 ? y + 4 : 0), pinnedPx };
  }, [answer, folded]);
}

/** See the header. */
export default function Lanes() {
  const { element, width } = useWidth();
  const list = useOneStop();
  const scroll = useScroll(list);
  const [known, setKnown] = useState<readonly Placed[]>(NOTHING);
  const answer = useLanes(width, scroll, known);
  const { groups, heightPx, pinnedPx } = useLayout(answer);
  useEffect(() => {
    if (answer) setKnown(groups);
  }, [answer, groups]);
  const byId = useMemo(() => {
    const all = [...(answer?.groups ?? []).flatMap(({ lanes }) => lanes), ...(answer?.pinned ?? [])];
    return new Map(all.map((lane) => [lane.id, lane]));
  }, [answer]);
  useEffect(() => {
    if (answer) useSight.setState({ overview: answer.overview });
  }, [answer]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: lanes have places of their own, which a list's rows would not
    <div
      className="tracks"
      role="group"
      aria-label={t('lane.list')}
      aria-description={t('lane.hint')}
      ref={list}
      onKeyDown={onKeyDown}
    >
      <div className="tracks-width" ref={element} />
      {answer && <Placement answer={answer} groups={groups} heightPx={heightPx} pinnedPx={pinnedPx} />}
      {answer && <Tip lanes={byId} cut={answer.window} />}
    </div>
  );
}

interface Placing {
  readonly answer: LanesAnswer;
  readonly groups: readonly Placed[];
  readonly heightPx: number;
  readonly pinnedPx: readonly number[];
}

function Placement({ answer, groups, heightPx, pinnedPx }: Placing) {
  const window = useWindow();
  const text = useSight((sight) => sight.text);
  const { window: cut, podsOf } = answer;
  return (
    <div className="lanes-space" style={{ height: heightPx }}>
      {answer.pinned.map((lane, at) => (
        <LaneRow
          key={`pinned ${lane.id}`}
          lane={lane}
          topPx={pinnedPx[at] ?? 0}
          heightPx={heightOf(lane)}
          cut={cut}
          window={window}
        />
      ))}
      {groups.map((group) => (
        <Head key={group.group} placed={group} podsOf={podsOf} />
      ))}
      {groups.map(({ group, lanesPx, folded }) => {
        const found = answer.groups.find((each) => each.group === group);
        if (folded || !found) return null;
        const each = LANE_HEIGHTS[group];
        return found.lanes.map((lane, at) => (
          <LaneRow
            key={lane.id}
            lane={lane}
            topPx={lanesPx + (found.first + at) * each}
            heightPx={each}
            cut={cut}
            window={window}
          />
        ));
      })}
      <Playhead />
      {groups.length === 0 && text !== '' && <p className="quiet lanes-none">{t('lane.none', { text })}</p>}
    </div>
  );
}

function Playhead() {
  const window = useWindow();
  const playheadMs = useSession((session) => session.playheadMs);
  const range = useSight((sight) => sight.range);
  const share = shareOf(window, playheadMs);
  return (
    <div className="tracks-playhead" aria-hidden="true">
      {range && (
        <div
          className="tracks-range"
          style={{ left: percentOf(window, range.fromMs), right: `calc(100% - ${percentOf(window, range.toMs)})` }}
        />
      )}
      {share >= 0 && share <= 1 && <div className="tracks-hand" style={{ left: percentOf(window, playheadMs) }} />}
    </div>
  );
}

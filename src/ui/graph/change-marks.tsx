/**
 * What the present step changed, on the drawing: what changed lights up once, says old → new above its card while time stands still, and has an
 * arrow from what caused it where both are drawn. Who wants no motion gets the words and the arrow alone.
 */
import { ViewportPortal } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { listed, t } from '../../i18n/translate';
import { type Placed, ZONE_HEAD } from '../../view/card-size';
import { cellWords } from '../../view/cell-words';
import { parseRowId } from '../../view/rows';
import type { ObjectChange, StepChanges } from '../../view/step-changes';
import { useScrubbing } from '../state/scrubbing';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';
import './change-marks.css';
import { isMotionReduced } from './glide';
import { arrowPath, type Spot, spotOf } from './spots';

const FLASH_MS = 1100;
/** Cards move to their places before it is known where they stand. */
const SETTLE_MS = 320;

/** Among more Pods nothing lights up while time plays. */
const MANY_PODS = 1000;

const CARD_FLASH = [{ boxShadow: '0 0 0 3px var(--brass-mark)' }, { boxShadow: '0 0 0 3px transparent' }];
const LINE_FLASH = [{ backgroundColor: 'var(--brass-soft)' }, { backgroundColor: 'transparent' }];

function flash({ objects }: StepChanges): void {
  if (isMotionReduced()) return;
  for (const { id } of objects) {
    const name = CSS.escape(id);
    for (const element of document.querySelectorAll<HTMLElement>(`[data-pod="${name}"], [data-object="${name}"]`)) {
      const card = element.matches('.object-name') ? element.closest<HTMLElement>('.card') : null;
      (card ?? element).animate(card ? CARD_FLASH : LINE_FLASH, { duration: FLASH_MS, easing: 'ease-out' });
    }
  }
}

/** What a card says, and where: words that are kept together. */
interface Chip {
  readonly card: Placed;
  readonly said: readonly string[];
}

interface Marks {
  readonly chips: readonly Chip[];
  readonly arrow: string | undefined;
}

/** One object in few words; none when nothing of it is told in its row. */
function wordsOf({ id, type, cells }: ObjectChange, { card, isCard }: Spot): readonly string[] {
  const said = type === 'new' ? [t('changes.new')] : cells.map(cellWords);
  const [first, ...more] = said;
  if (first === undefined || isCard) return said;
  const { name } = parseRowId(id);
  const stem = `${parseRowId(card.card.id).name}-`;
  return [`${name.startsWith(stem) ? name.slice(stem.length) : name} ${first}`, ...more];
}

function marksOf(root: ParentNode, placed: readonly Placed[], { objects, cause }: StepChanges): Marks {
  const found = objects.flatMap((change) => {
    const spot = change.type === 'gone' ? undefined : spotOf(root, placed, change.id);
    return spot ? [{ change, spot }] : [];
  });
  const texts = new Map<Placed, string[]>();
  for (const { change, spot } of found) {
    const words = wordsOf(change, spot);
    // A tile says itself what there is room for.
    if (words.length > 0 && spot.card.card.type !== 'tile')
      texts.set(spot.card, [...(texts.get(spot.card) ?? []), ...words]);
  }
  return {
    chips: [...texts].map(([card, said]) => ({ card, said })),
    arrow: arrowOf(root, placed, cause, found.find(({ change }) => change === objects[0])?.spot),
  };
}

/** From the cause, where that is drawn on another card. */
function arrowOf(root: ParentNode, placed: readonly Placed[], cause: string | undefined, to: Spot | undefined) {
  const from = to && cause !== undefined ? spotOf(root, placed, cause) : undefined;
  return from && to && from.card !== to.card ? arrowPath(from, to) : undefined;
}

/** So much is said of one card; the rest is counted. */
const MOST_SAID = 4;

function atMost(all: readonly string[]): readonly string[] {
  const more = all.length - MOST_SAID;
  return more > 1 ? [...all.slice(0, MOST_SAID), t('lane.more', { count: more })] : all;
}

/** See the header. */
export default function ChangeMarks({ root, placed }: { root: HTMLElement | null; placed: readonly Placed[] }) {
  const changes = useSession((session) => session.changes);
  const playing = useSession((session) => session.playing);
  const [marks, setMarks] = useState<Marks>();
  useEffect(() => {
    const isCrowded = useSession.getState().playing && useWorld.getState().podCount > MANY_PODS;
    if (changes && !isCrowded && !useScrubbing.getState().scrubbing) flash(changes);
  }, [changes]);
  useEffect(() => {
    setMarks(undefined);
    if (!root || !changes || playing) return;
    const timer = setTimeout(() => setMarks(marksOf(root, placed, changes)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [changes, playing, placed, root]);
  if (!marks) return null;
  const top = Math.min(...placed.map(({ y }) => y));
  return (
    <ViewportPortal>
      {marks.arrow && (
        <svg className="change-arrow" aria-hidden="true">
          <defs>
            <marker
              id="change-arrow-head"
              viewBox="0 0 8 8"
              refX="6"
              refY="4"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          <path d={marks.arrow} markerEnd="url(#change-arrow-head)" />
        </svg>
      )}
      {marks.chips.length > 0 && (
        <ul aria-label={t('changes.region')}>
          {marks.chips.map(({ card, said }) => (
            <li key={card.card.id} className="change-chip" style={placeOf(card, top, placed)} title={listed(...said)}>
              {atMost(said).map((words) => (
                <span key={words}>{words}</span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </ViewportPortal>
  );
}

/** So much of the drawing is in sight above its uppermost cards. */
const HEADROOM = 24;

/** Whether right above a card stands the name of the zone that it is in: it is one of the uppermost there. */
const isBelowName = ({ x, y }: Placed, placed: readonly Placed[]): boolean =>
  placed.some(
    ({ card, x: left, y: above, width }) =>
      card.type === 'zone' && y > above && y <= above + ZONE_HEAD && x >= left && x < left + width,
  );

/** Above the card, of the uppermost partly over it; claims stand close below another, and nodes below their zone's name, so theirs is below. */
function placeOf(placed: Placed, top: number, all: readonly Placed[]) {
  const { card, x, y, width, height } = placed;
  const isBelow = card.type === 'claims' || isBelowName(placed, all);
  const place = `translate(${x + 8}px, ${isBelow ? y + height + 3 : y - 3}px)`;
  const above = `${place} translateY(max(-100%, ${top + 3 - y - HEADROOM}px))`;
  return { transform: isBelow ? place : above, maxWidth: width - 16 };
}

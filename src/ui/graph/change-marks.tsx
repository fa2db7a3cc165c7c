/**
 * What the present step changed, on the drawing: what changed lights up once, says old → new above its card while time stands still, and has an
 * arrow from what caused it where both are drawn. Who wants no motion gets the words and the arrow alone.
 */
import { ViewportPortal } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { t } from '../../i18n/translate';
import type { Placed } from '../../view/card-size';
import { parseRowId } from '../../view/rows';
import type { ObjectChange, StepChanges } from '../../view/step-changes';
import { useScrubbing } from '../state/scrubbing';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';
import './change-marks.css';
import { arrowPath, type Spot, spotOf } from './spots';

const FLASH_MS = 1100;
/** Cards move to their places before it is known where they stand. */
const SETTLE_MS = 320;

/** Among more Pods nothing lights up while time plays. */
const MANY_PODS = 1000;

const CARD_FLASH = [{ boxShadow: '0 0 0 3px var(--brass-mark)' }, { boxShadow: '0 0 0 3px transparent' }];
const LINE_FLASH = [{ backgroundColor: 'var(--brass-soft)' }, { backgroundColor: 'transparent' }];

function flash({ objects }: StepChanges): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const { id } of objects) {
    const name = CSS.escape(id);
    for (const element of document.querySelectorAll<HTMLElement>(`[data-pod="${name}"], [data-object="${name}"]`)) {
      const card = element.matches('.object-name') ? element.closest<HTMLElement>('.card') : null;
      (card ?? element).animate(card ? CARD_FLASH : LINE_FLASH, { duration: FLASH_MS, easing: 'ease-out' });
    }
  }
}

/** What a card says, and where. */
interface Chip {
  readonly card: Placed;
  readonly text: string;
}

interface Marks {
  readonly chips: readonly Chip[];
  readonly arrow: string | undefined;
}

/** One object in few words; empty when nothing of it is told in its row. */
function wordsOf({ id, type, cells }: ObjectChange, { card, isCard }: Spot): string {
  const said =
    type === 'new' ? t('changes.new') : cells.map(({ title, from, to }) => `${title} ${from} → ${to}`).join(', ');
  if (!said || isCard) return said;
  const { name } = parseRowId(id);
  const stem = `${parseRowId(card.card.id).name}-`;
  return `${name.startsWith(stem) ? name.slice(stem.length) : name} ${said}`;
}

function marksOf(root: ParentNode, placed: readonly Placed[], { objects, causes }: StepChanges): Marks {
  const found = objects.flatMap((change) => {
    const spot = change.type === 'gone' ? undefined : spotOf(root, placed, change.id);
    return spot ? [{ change, spot }] : [];
  });
  const texts = new Map<Placed, string[]>();
  for (const { change, spot } of found) {
    const words = wordsOf(change, spot);
    // A tile says itself what there is room for.
    if (words && spot.card.card.type !== 'tile') texts.set(spot.card, [...(texts.get(spot.card) ?? []), words]);
  }
  return {
    chips: [...texts].map(([card, lines]) => ({ card, text: lines.join(' · ') })),
    arrow: arrowOf(root, placed, causes, found[0]?.spot),
  };
}

/** From the nearest cause that is drawn on another card. */
function arrowOf(root: ParentNode, placed: readonly Placed[], causes: readonly string[], to: Spot | undefined) {
  if (!to) return undefined;
  for (const id of causes) {
    const from = spotOf(root, placed, id);
    if (from && from.card !== to.card) return arrowPath(from, to);
  }
  return undefined;
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
          {marks.chips.map(({ card, text }) => (
            <li key={card.card.id} className="change-chip" style={placeOf(card)} title={text}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </ViewportPortal>
  );
}

/** Above the card; claims stand close below another, so theirs is below. */
function placeOf({ card, x, y, width, height }: Placed) {
  const top = card.type === 'claims' ? y + height + 3 : y - 21;
  return { transform: `translate(${x + 8}px, ${top}px)`, maxWidth: width - 16 };
}

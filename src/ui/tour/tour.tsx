/**
 * The tour: five stops, each a few sentences beside the part of the page that they are about, which has a ring around it. Nothing is blocked:
 * whoever wants to try something meanwhile does. Escape ends it.
 */
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { type MessageKey, t } from '../../i18n/translate';
import { type PhoneTab, useSession } from '../state/session';
import { endTour, goToStop, useTour } from './open-tour';
import './tour.css';

interface Stop {
  readonly part: string;
  readonly title: MessageKey;
  readonly text: MessageKey;
  /** What must be in front on a telephone. */
  readonly tab: PhoneTab;
}

const STOPS: readonly Stop[] = [
  { part: '.editor-panel', title: 'tour.editor', text: 'tour.editorText', tab: 'editor' },
  { part: '.graph-panel', title: 'tour.graph', text: 'tour.graphText', tab: 'graph' },
  { part: 'section.timeline', title: 'tour.timeline', text: 'tour.timelineText', tab: 'graph' },
  { part: '.inspector', title: 'tour.inspector', text: 'tour.inspectorText', tab: 'inspector' },
  { part: '.scenario-menu', title: 'tour.menu', text: 'tour.menuText', tab: 'graph' },
];

const GAP = 12;
const WIDTH = 320;

/** A part of the page: where it is, or null where it is not seen. */
interface Measured {
  readonly part: string;
  readonly box: DOMRect | null;
}

/** Where a part of the page is, followed while the tour stands at it; undefined before that is known. */
function usePart(part: string): Measured['box'] | undefined {
  const [measured, setMeasured] = useState<Measured>();
  useLayoutEffect(() => {
    const element = document.querySelector(part);
    const measure = (): boolean => {
      const box = element?.getBoundingClientRect();
      if (!box?.width) return false;
      setMeasured({ part, box });
      return true;
    };
    // On a telephone it comes to the front with the next frame.
    const frame = measure()
      ? undefined
      : requestAnimationFrame(() => {
          if (!measure()) setMeasured({ part, box: null });
        });
    const observer = new ResizeObserver(measure);
    if (element) observer.observe(element);
    addEventListener('resize', measure);
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, [part]);
  return measured?.part === part ? measured.box : undefined;
}

/** Beside the part where there is room, else within it; always on the screen. */
function placeOf(box: DOMRect | null, height: number): CSSProperties {
  if (!box) return { left: GAP, bottom: GAP };
  const within = (value: number, size: number, room: number) => Math.max(GAP, Math.min(value, room - size - GAP));
  const y = within(box.top + GAP, height, innerHeight);
  if (box.right + WIDTH + 2 * GAP < innerWidth) return { left: box.right + GAP, top: y };
  if (box.left - WIDTH - 2 * GAP > 0) return { left: box.left - WIDTH - GAP, top: y };
  const x = within(box.left + (box.width - WIDTH) / 2, WIDTH, innerWidth);
  if (box.top - height - 2 * GAP > 0) return { left: x, top: box.top - height - GAP };
  return { left: x, top: within(box.bottom + GAP, height, innerHeight) };
}

/** See the header. */
export default function Tour() {
  const at = useTour((tour) => tour.stop ?? 0);
  const stop = STOPS[at] as Stop;
  useLayoutEffect(() => useSession.setState({ phoneTab: stop.tab }), [stop]);
  const box = usePart(stop.part);
  if (box === undefined) return null;
  return (
    <>
      {box && (
        <div
          // Another stop has another ring and card: nothing that is being looked at jumps across the page.
          key={`ring ${at}`}
          className="tour-ring"
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
          aria-hidden="true"
        />
      )}
      <Card key={at} at={at} box={box} />
    </>
  );
}

function Card({ at, box }: { at: number; box: DOMRect | null }) {
  const { title, text } = STOPS[at] as Stop;
  const card = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(180);
  // Each stop is read from its heading on.
  useLayoutEffect(() => {
    setHeight(card.current?.offsetHeight ?? 180);
    card.current?.focus({ preventScroll: true });
  }, []);
  const isLast = at === STOPS.length - 1;
  return (
    <div
      ref={card}
      role="dialog"
      aria-label={t(title)}
      className="tour-card"
      tabIndex={-1}
      style={{ ...placeOf(box, height), width: `min(${WIDTH}px, calc(100vw - ${2 * GAP}px))` }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        endTour();
      }}
    >
      <p className="quiet">{t('tour.stop', { at: at + 1, count: STOPS.length })}</p>
      <h2>{t(title)}</h2>
      <p>{t(text)}</p>
      <div className="tour-buttons">
        {!isLast && (
          <button type="button" className="link-button" onClick={endTour}>
            {t('tour.skip')}
          </button>
        )}
        {at > 0 && (
          <button type="button" className="button small" onClick={() => goToStop(at - 1)}>
            {t('tour.back')}
          </button>
        )}
        <button type="button" className="button small primary" onClick={() => (isLast ? endTour() : goToStop(at + 1))}>
          {t(isLast ? 'tour.end' : 'tour.next')}
        </button>
      </div>
    </div>
  );
}

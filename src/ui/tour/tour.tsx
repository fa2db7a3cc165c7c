/**
 * The tour: five stops, each a few sentences beside the part of the page that they are about, which has a ring around it. Nothing is blocked:
 * whoever wants to try something meanwhile does. Escape ends it.
 */
import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';
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

/** Where a part of the page is, followed while the tour stands at it. */
function usePart(part: string): DOMRect | undefined {
  const [box, setBox] = useState<DOMRect>();
  useLayoutEffect(() => {
    const element = document.querySelector(part);
    if (!element) return setBox(undefined);
    const measure = () => setBox(element.getBoundingClientRect());
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, [part]);
  return box;
}

/** Beside the part where there is room, else within it; always on the screen. */
function placeOf(box: DOMRect | undefined, height: number): CSSProperties {
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
  const box = usePart(stop.part);
  const card = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(180);
  // Each stop is read from its heading on.
  useEffect(() => {
    useSession.setState({ phoneTab: stop.tab });
    setHeight(card.current?.offsetHeight ?? 180);
    card.current?.focus();
  }, [stop]);
  const isLast = at === STOPS.length - 1;
  return (
    <>
      {box && (
        <div
          className="tour-ring"
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
          aria-hidden="true"
        />
      )}
      <div
        ref={card}
        role="dialog"
        aria-label={t(stop.title)}
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
        <h2>{t(stop.title)}</h2>
        <p>{t(stop.text)}</p>
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
          <button
            type="button"
            className="button small primary"
            onClick={() => (isLast ? endTour() : goToStop(at + 1))}
          >
            {t(isLast ? 'tour.end' : 'tour.next')}
          </button>
        </div>
      </div>
    </>
  );
}

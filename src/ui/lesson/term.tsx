/** Terms of Kubernetes within texts: each is explained in a sentence on hover, focus and touch, until Escape. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { textOf } from '../../i18n/translate';
import { type Glossary, type GlossaryTerm, piecesOf } from '../../lessons/glossary/glossary';
import { loadGlossary, useGlossary } from './glossary';
import './glossary.css';

const WIDTH = 280;
const EDGE = 8;
/** Room that an explanation may take. */
const HEIGHT = 130;

/** Where an explanation stands: below its term, or above where there is no room; in a lesson it leaves the buttons below the text free. */
function placeOf(term: Element): { readonly left: number; readonly top?: number; readonly bottom?: number } {
  const { left, top, bottom } = term.getBoundingClientRect();
  const at = Math.max(EDGE, Math.min(left, innerWidth - WIDTH - EDGE));
  const end = term.closest('.lesson-body')?.getBoundingClientRect().bottom ?? innerHeight;
  return bottom + HEIGHT < end || top < HEIGHT ? { left: at, top: bottom } : { left: at, bottom: innerHeight - top };
}

/** A term, as it is written in a text. */
export function Term({ term, children }: { term: GlossaryTerm; children: ReactNode }) {
  const [place, setPlace] = useState<ReturnType<typeof placeOf>>();
  const word = useRef<HTMLElement>(null);
  const id = useId();
  const isOpen = place !== undefined;
  const open = () => !isOpen && word.current && setPlace(placeOf(word.current));
  const close = () => setPlace(undefined);
  useEffect(() => {
    if (!isOpen) return;
    const leave = () => setPlace(undefined);
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && leave();
    addEventListener('scroll', leave, { capture: true, once: true });
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('scroll', leave, { capture: true });
      removeEventListener('keydown', onKey);
    };
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who points from the term to its explanation has not left
    <span className="term-place" onMouseLeave={close}>
      <dfn
        ref={word}
        className="term"
        // The title of what it stands in would be shown beside the explanation.
        title=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation can be read with keys too
        tabIndex={0}
        aria-describedby={isOpen ? id : undefined}
        // A text that comes under a pointer at rest is not pointed at.
        onMouseMove={open}
        onFocus={open}
        onBlur={close}
      >
        {children}
      </dfn>
      {place && (
        <span role="tooltip" id={id} className="term-tip" style={place}>
          <span>
            <strong>{term.names[0]}</strong> {textOf(term.meaning)}
          </span>
        </span>
      )}
    </span>
  );
}

/** A text with its terms marked, each where it is named first. */
export function glossed(glossary: Glossary, text: string, seen: Set<GlossaryTerm>): ReactNode[] {
  return piecesOf(glossary, text, seen).map(({ text: piece, term }) =>
    term ? (
      <Term key={term.names[0]} term={term}>
        {piece}
      </Term>
    ) : (
      piece
    ),
  );
}

/** A sentence with its terms marked, once the glossary is there. */
export default function Glossed({ text }: { text: string }) {
  const glossary = useGlossary((state) => state.glossary);
  useEffect(() => void loadGlossary(), []);
  return <>{glossary ? glossed(glossary, text, new Set()) : text}</>;
}

/** The page and its row of panels, divided as somebody has divided them. */
import type { CSSProperties, ReactNode } from 'react';
import type { EmbedMode } from '../../scenario/share-link';
import { usePanels } from './panels';

/** The whole page. */
export function Room({ children }: { children: ReactNode }) {
  const { sizes, folded, presenting } = usePanels();
  const style = { '--timeline-height': `${sizes.timeline}px`, '--terminal-height': `${sizes.terminal}px` };
  return (
    <div
      className={presenting ? 'app presenting' : 'app'}
      data-sized={Object.keys(sizes).join(' ')}
      data-folded={folded.join(' ')}
      style={style as CSSProperties}
    >
      {children}
    </div>
  );
}

interface WorkProps {
  readonly embed: EmbedMode | null;
  /** A lesson stands before the rest. */
  readonly teaches: boolean;
  readonly children: ReactNode;
}

/** Editor, drawing and inspector beside each other, with a line between each two. */
export function Work({ embed, teaches, children }: WorkProps) {
  const { sizes, folded } = usePanels();
  // What is folded away takes no place; its line stays, to bring it back by.
  const placeOf = (panel: 'lesson' | 'editor' | 'inspector', own: string): string[] => {
    if (panel !== 'lesson' && folded.includes(panel)) return [];
    // Whatever was set on a larger screen, the drawing keeps some room.
    return [sizes[panel] === undefined ? own : `minmax(0, min(${sizes[panel]}px, 60vw))`];
  };
  const lesson = teaches ? [...placeOf('lesson', 'minmax(270px, 21vw)'), '1px'] : [];
  const editor = embed ? [] : [...placeOf('editor', teaches ? 'minmax(190px, 17vw)' : 'minmax(280px, 25vw)'), '1px'];
  const alone = embed ? 'minmax(280px, 30vw)' : 'minmax(290px, 23vw)';
  const own = teaches ? 'minmax(230px, 18vw)' : alone;
  const inspector = embed === 'controls' ? [] : ['1px', ...placeOf('inspector', own)];
  const columns = [...lesson, ...editor, 'minmax(0, 1fr)', ...inspector].join(' ');
  return (
    <main
      className={embed ? `work embed ${embed}` : 'work'}
      data-folded={folded.join(' ')}
      style={{ '--columns': columns } as CSSProperties}
    >
      {children}
    </main>
  );
}

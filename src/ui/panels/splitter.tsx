/**
 * The line between two panels: dragged, or moved with the arrows; Enter folds the panel away or brings it back, a double click gives
 * it its own size. Small windows show one panel at a time and have no lines.
 */
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { t } from '../../i18n/translate';
import { BOUNDS, bounded, type Foldable, resize, type Sized, toggleFolded, usePanels } from './panels';
import './panels.css';

interface Props {
  readonly panel: Sized;
  /** Where the panel lies, seen from the line. */
  readonly side: 'before' | 'after';
  readonly axis: 'x' | 'y';
  /** Finds the element whose size it is. */
  readonly of: string;
  readonly folds?: Foldable;
}

const STEP = 16;
const LEAP = 64;

/** By how much a key moves the line to the right or down. */
function moveOf(key: string, axis: 'x' | 'y', far: boolean): number | undefined {
  const signs: Readonly<Record<string, number>> =
    axis === 'x' ? { ArrowLeft: -1, ArrowRight: 1 } : { ArrowUp: -1, ArrowDown: 1 };
  const sign = Object.hasOwn(signs, key) ? signs[key] : undefined;
  return sign === undefined ? undefined : sign * (far ? LEAP : STEP);
}

const windowPx = (axis: 'x' | 'y'): number => (axis === 'x' ? innerWidth : innerHeight);

function useSize({ panel, axis, of }: Props, line: RefObject<HTMLDivElement | null>) {
  const known = usePanels((state) => state.sizes[panel]);
  const now = (): number => {
    // While its code is on the way a panel may be there twice, once hidden.
    const boxes = [...(line.current?.closest('.app')?.querySelectorAll(of) ?? [])].map((each) =>
      each.getBoundingClientRect(),
    );
    return Math.max(0, ...boxes.map(({ width, height }) => (axis === 'x' ? width : height))) || BOUNDS[panel].min;
  };
  return { known, now };
}

/** See the header. */
export function Splitter(props: Props) {
  const { panel, side, axis, folds } = props;
  const line = useRef<HTMLDivElement>(null);
  const { known, now } = useSize(props, line);
  const isFolded = usePanels((state) => folds !== undefined && state.folded.includes(folds));
  const grip = useRef<{ readonly from: number; readonly size: number } | undefined>(undefined);
  const sign = side === 'before' ? 1 : -1;
  const at = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY);
  const set = (size: number, isDone: boolean) => resize(panel, bounded(panel, size, windowPx(axis)), isDone);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || isFolded) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    grip.current = { from: at(event), size: now() };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current) set(grip.current.size + sign * (at(event) - grip.current.from), false);
  };
  const onPointerUp = (event: PointerEvent) => {
    if (grip.current) set(grip.current.size + sign * (at(event) - grip.current.from), true);
    grip.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = moveOf(event.key, axis, event.shiftKey);
    if (event.key === 'Enter' && folds) toggleFolded(folds);
    else if (by !== undefined && !isFolded) set(now() + sign * by, true);
    else if (event.key === 'Home' || event.key === 'End') set(event.key === 'Home' ? 0 : windowPx(axis), true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that is moved is no rule between paragraphs
    <div
      ref={line}
      className={`splitter ${axis} of-${panel}`}
      role="separator"
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-label={t(`panel.size.${panel}`)}
      aria-valuenow={isFolded ? 0 : Math.round(known ?? BOUNDS[panel].min)}
      aria-valuemin={0}
      aria-valuemax={Math.round(windowPx(axis) * BOUNDS[panel].share)}
      aria-valuetext={
        isFolded ? t('panel.folded') : known === undefined ? t('panel.own') : t('panel.px', { size: Math.round(known) })
      }
      title={t(folds ? 'panel.hintFolds' : 'panel.hint')}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => resize(panel, undefined)}
      onKeyDown={onKeyDown}
    />
  );
}

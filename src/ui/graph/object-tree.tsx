/**
 * The objects of the view as a tree grid, for those who do not see the drawing or would rather read: one stop of the Tab key, rows and cells
 * under the arrows. What is selected here is selected everywhere. Only lines in sight exist, and the one that has the focus.
 */
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { t } from '../../i18n/translate';
import { holdersOf, linesOf, moveOf, readyOf, type TreeFocus, type TreeLine, treeOf } from '../../view/object-tree';
import { isPod, parseRowId, type Row } from '../../view/rows';
import { Icon } from '../shell/icons';
import { select, useSession } from '../state/session';
import { useRow, useRows } from '../state/world';
import { LINE_PX, useSight } from './in-sight';
import { useLooksFilter } from './looks-filter';
import './object-tree.css';
import { PodGlyph } from './pod-glyph';
import { stateWords } from './row-words';

const SORT_MS = 250;
const COLUMNS = ['tree.name', 'tree.state', 'tree.ready', 'tree.node'] as const;

/** The lines of the view, and what opens and closes them. */
function useLines() {
  const looks = useLooksFilter((state) => state.only);
  const world = useRows(looks.length > 0 ? 'version' : 'structure', SORT_MS);
  const view = useSession((session) => session.view);
  const selected = useSession((session) => session.selected);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const tree = useMemo(() => treeOf(world.rows.values(), view, looks), [world, view, looks]);
  const lines = useMemo(() => linesOf(tree, chosen), [tree, chosen]);
  /** What holds it opens when it is selected, and may be closed again. */
  const openHolders = useEffectEvent((of: string) => {
    const holders = holdersOf(tree, of);
    if (holders.length > 0) setChosen((before) => new Map([...before, ...holders.map((id) => [id, true] as const)]));
  });
  useEffect(() => {
    if (selected !== null) openHolders(selected);
  }, [selected]);
  const toggle = ({ id, isOpen }: TreeLine) => setChosen((before) => new Map(before).set(id, !isOpen));
  return { lines, toggle, selected };
}

/** While the focus is here, it is on the grid's one stop, wherever that goes. */
function useStop(body: RefObject<HTMLDivElement | null>, isHere: RefObject<boolean>, at: number): void {
  useLayoutEffect(() => {
    const stop = isHere.current && body.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!stop || stop === document.activeElement) return;
    show(body.current, at);
    stop.focus({ preventScroll: true });
  });
}

/** Where the grid's one stop is: it stays with its line, goes to what is selected, and takes the place of a line that has gone. */
function useFocus(lines: readonly TreeLine[], selected: string | null, takesFocus: boolean) {
  const [focus, setFocus] = useState<TreeFocus>({ id: selected ?? '', column: -1 });
  const sight = useSight<HTMLDivElement>();
  /** Whether the focus is here, even where the line that had it has just gone. */
  const isHere = useRef(takesFocus);
  const lastAt = useRef(0);
  const found = lines.findIndex(({ id }) => id === focus.id);
  const at = found < 0 ? Math.min(lastAt.current, lines.length - 1) : found;
  const place = lines.findIndex(({ id }) => id === selected);
  const isThere = place >= 0;
  /** It goes there when something is selected, not when lines move. */
  const goTo = useEffectEvent((id: string) => {
    show(sight.body.current, place);
    if (!isHere.current) setFocus({ id, column: -1 });
  });
  useEffect(() => {
    if (selected !== null && isThere) goTo(selected);
  }, [selected, isThere]);
  useStop(sight.body, isHere, at);
  useLayoutEffect(() => {
    lastAt.current = at;
  });
  const present: TreeFocus = { id: lines[at]?.id ?? '', column: focus.column };
  return { ...sight, at, present, setFocus, isHere };
}

/** See the header. */
export default function ObjectTree({ takesFocus }: { takesFocus: boolean }) {
  const { lines, toggle, selected } = useLines();
  const { body, onScroll, start, end, at, present, setFocus, isHere } = useFocus(lines, selected, takesFocus);
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at];
    if (!line || event.altKey || event.metaKey || event.shiftKey) return;
    const move = moveOf(event, present, lines, COLUMNS.length - 1);
    if (move && 'toggle' in move) toggle(line);
    else if (move) setFocus(move.focus);
    else if ((event.key === 'Enter' || event.key === ' ') && !event.ctrlKey) select(line.id, { reveal: true });
    else return;
    event.preventDefault();
  };
  const onClick = ({ target }: MouseEvent) => {
    const clicked = target instanceof Element ? target : undefined;
    const id = clicked?.closest<HTMLElement>('[data-object]')?.dataset.object;
    const line = lines.find((each) => each.id === id);
    if (!line) return;
    if (!clicked?.closest('.object-tree-twisty')) select(line.id, { reveal: true });
    else if (line.isOpen !== undefined) toggle(line);
  };
  return (
    <section className="object-tree" aria-label={t('tree.region')}>
      <div
        className="object-tree-grid"
        role="treegrid"
        aria-label={t('tree.region')}
        aria-rowcount={lines.length + 1}
        ref={body}
        onScroll={onScroll}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={() => {
          isHere.current = true;
        }}
        onBlur={({ relatedTarget }) => {
          // React says nothing of a line that is taken away with the focus.
          isHere.current = body.current?.contains(relatedTarget) ?? false;
        }}
      >
        <Titles />
        {/* biome-ignore lint/a11y/useSemanticElements: browsers may forget what a table's parts are once styles place them */}
        <div role="rowgroup" style={{ height: lines.length * LINE_PX }}>
          {lines.map((line, index) =>
            (index >= start && index < end) || index === at ? (
              <Line
                key={line.id}
                line={line}
                index={index}
                column={index === at ? present.column : undefined}
                onFocus={() => setFocus({ id: line.id, column: -1 })}
              />
            ) : null,
          )}
        </div>
      </div>
    </section>
  );
}

/** Brings a line into sight, below the titles. */
function show(box: HTMLElement | null, index: number): void {
  const y = index * LINE_PX;
  if (box && (y < box.scrollTop || y > box.scrollTop + box.clientHeight - 2 * LINE_PX))
    box.scrollTop = y - box.clientHeight / 2;
}

function Titles() {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: titles do nothing and are read with the cells below them; for the rest see the row group
    <div role="row" aria-rowindex={1} className="object-tree-titles">
      {COLUMNS.map((title) => (
        // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: as for their row
        <div key={title} role="columnheader">
          {t(title)}
        </div>
      ))}
    </div>
  );
}

interface LineProps {
  readonly line: TreeLine;
  readonly index: number;
  /** Which part of it is the grid's stop: a cell, or -1 for the row; undefined where another line has it. */
  readonly column: number | undefined;
  readonly onFocus: () => void;
}

function Line({ line, index, column, onFocus }: LineProps) {
  const { id, level, place, of, isOpen } = line;
  const row = useRow<Row>(id);
  const selected = useSession((session) => session.selected === id);
  if (!row) return null;
  const { kind, name } = parseRowId(id);
  const cell = (at: number) => ({ role: 'gridcell', tabIndex: column === at ? 0 : undefined });
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row group
    <div
      role="row"
      className="object-tree-line"
      style={{ top: index * LINE_PX }}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={of}
      aria-expanded={isOpen}
      aria-selected={selected}
      data-object={id}
      tabIndex={column === -1 ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && onFocus()}
    >
      <div {...cell(0)} title={`${kind} ${name}`} style={{ paddingLeft: 14 + (level - 1) * 18 }}>
        <span className="object-tree-twisty" data-open={isOpen}>
          {isOpen !== undefined && <Icon name="chevron" size={14} />}
        </span>
        <span className="quiet">{kind}</span> <span className="mono">{name}</span>
        {row.namespace !== '' && row.namespace !== 'default' && <span className="quiet"> {row.namespace}</span>}
      </div>
      <div {...cell(1)}>
        {isPod(row) && <PodGlyph look={row.look} size={12} />} {stateWords(row)}
      </div>
      <div {...cell(2)}>{readyOf(row)}</div>
      <div {...cell(3)}>{isPod(row) ? row.node : ''}</div>
    </div>
  );
}

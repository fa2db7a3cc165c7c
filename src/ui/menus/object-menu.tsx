/** The menu of an object, where the pointer or the focus is: what can be done to it, taken with the arrows, Enter and letters; Escape closes. */
import {
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { t } from '../../i18n/translate';
import { isNode, type Row } from '../../view/rows';
import { addBreakpoint } from '../state/breakpoints';
import { conductor } from '../state/page';
import { useRow, useWorld } from '../state/world';
import { runLine } from '../terminal/run-line';
import { stopsFor } from '../timeline/break-offers';
import { act } from './act';
import { AddNode } from './add-node';
import type { Question } from './commands';
import { labelOf, nameOf, type Stage, saidOf, stageOf } from './deeds';
import { useFaults } from './heal';
import './menus.css';
import { type Entry, menuOf } from './menu-table';
import { closeMenu, type OpenMenu } from './open-menu';
import { Rehearsal } from './rehearsal';

/** See the header. */
export default function ObjectMenu({ menu }: { menu: OpenMenu }) {
  const row = useRow<Row>(menu.id);
  const [stage, setStage] = useState(() => firstStage(menu));
  const box = useRef<HTMLDivElement>(null);
  usePlace(box, menu);
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) closeMenu(false);
    };
    document.addEventListener('pointerdown', onPointer, true);
    return () => document.removeEventListener('pointerdown', onPointer, true);
  }, []);
  if (!row && !menu.adds) return null;
  const take = (entry: Entry) => {
    const next = stageOf(entry);
    if (next) return setStage(next);
    closeMenu();
    if (row) act(entry, row);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the keys of what stands in it
    <div
      ref={box}
      className="popover object-menu"
      // What is open here keeps its keys for itself.
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') closeMenu();
      }}
    >
      {stage.at === 'list' && row && <Entries row={row} take={take} />}
      {stage.at === 'addNode' && <AddNode like={row && isNode(row) ? row : undefined} />}
      {stage.at === 'ask' && row && <Ask name={nameOf(stage.entry)} ask={stage.ask} row={row} />}
      {stage.at === 'rehearse' && <Rehearsal command={stage.command} />}
    </div>
  );
}

function firstStage({ adds, entry }: OpenMenu): Stage {
  if (adds) return { at: 'addNode' };
  return (entry && stageOf(entry)) ?? { at: 'list' };
}

/** Beside the pointer, and wholly within the window, also when what is in it has another size. */
function usePlace(box: RefObject<HTMLDivElement | null>, { x, y }: OpenMenu): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const place = () => {
      const { offsetWidth, offsetHeight } = element;
      element.style.left = `${Math.max(8, Math.min(x, innerWidth - offsetWidth - 8))}px`;
      element.style.top = `${Math.max(8, Math.min(y, innerHeight - offsetHeight - 8))}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => observer.disconnect();
  }, [x, y, box]);
}

/** What the menu is about; readers of screens are told by the name of what stands below. */
function Title({ row }: { row: Row }) {
  return (
    <p className="object-menu-title" aria-hidden="true">
      {row.kind} <strong>{row.name}</strong>
    </p>
  );
}

interface EntriesProps {
  readonly row: Row;
  readonly take: (entry: Entry) => void;
}

function Entries({ row, take }: EntriesProps) {
  const held = useFaults();
  const rows = useWorld((world) => world.rows);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const to = itemAfter(
      items.map(({ textContent }) => textContent ?? ''),
      items.indexOf(document.activeElement as HTMLButtonElement),
      event.key,
    );
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={t('menu.of', { kind: row.kind, name: row.name })}
      onKeyDown={onKeyDown}
    >
      <Title row={row} />
      {menuOf(row, held, rows.values()).map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div key={place} role="group" className="object-menu-group">
          {group.map((entry) => (
            <button
              key={nameOf(entry)}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={entry.danger ? 'danger' : undefined}
              aria-disabled={entry.refusal !== undefined}
              onClick={() => entry.refusal ?? take(entry)}
            >
              {labelOf(entry)}
              {entry.refusal && <span className="object-menu-refusal">{t(entry.refusal)}</span>}
            </button>
          ))}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" className="object-menu-group">
        {stopsFor(row).map(({ name, values, condition }) => (
          <button
            key={condition}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              closeMenu();
              addBreakpoint(condition, t(name, values));
            }}
          >
            {t('break.stopAt', { meaning: t(name, values) })}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Where a key leads in a menu; letters lead to the next entry that begins with them. */
function itemAfter(names: readonly string[], at: number, key: string): number | undefined {
  const count = names.length;
  if (count === 0) return undefined;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % count,
    ArrowUp: (at - 1 + count) % count,
    Home: 0,
    End: count - 1,
  };
  if (Object.hasOwn(moves, key)) return moves[key];
  if (key.length !== 1 || key === ' ') return undefined;
  for (let away = 1; away <= count; away += 1) {
    const place = (at + away) % count;
    if (names[place]?.toLowerCase().startsWith(key.toLowerCase())) return place;
  }
  return undefined;
}

function Ask({ name, ask, row }: { name: string; ask: Question; row: Row }) {
  const [value, setValue] = useState(ask.initial);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closeMenu();
    const command = ask.command(value.trim());
    if (ask.prints) runLine(command);
    else void conductor.acts.command(command);
  };
  return (
    <form className="object-menu-ask" onSubmit={submit} aria-label={saidOf(name, row)}>
      <Title row={row} />
      <label>
        {t(ask.label)}
        <input
          ref={field}
          className="field mono"
          type={ask.type}
          min={0}
          max={100_000}
          required
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary small">
        {name}
      </button>
    </form>
  );
}

/**
 * The objects of a view as a tree: owner → owned; by node what runs there, about storage what volume a claim has. Two steps, since a line
 * that opens changes no object.
 */
import type { PageView } from './cards';
import { byNumberedName, byText } from './name-order';
import {
  isAutoscaler,
  isClaim,
  isDisruptionBudget,
  isEndpointSlice,
  isNode,
  isOther,
  isPod,
  isVolume,
  isWorkload,
  type PodLook,
  type Row,
  rowId,
} from './rows';
import { STORAGE_KINDS } from './storage-graph';
import { isFurniture } from './workload-graph';

/** What holds what, by row id. */
export interface ObjectTree {
  readonly roots: readonly string[];
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly holders: ReadonlyMap<string, string>;
}

/** One line, as `aria-level`, `aria-posinset`, `aria-setsize` and `aria-expanded` say it. */
export interface TreeLine {
  readonly id: string;
  readonly level: number;
  readonly place: number;
  readonly of: number;
  /** Undefined where it holds nothing. */
  readonly isOpen: boolean | undefined;
}

/** What holds more than this is closed until somebody opens it. */
const MANY = 50;

function isShown(row: Row, view: PageView): boolean {
  if (view === 'nodes') return isNode(row) || isPod(row);
  if (view === 'storage') return isClaim(row) || isVolume(row) || STORAGE_KINDS.has(row.kind);
  if (isPod(row) || isWorkload(row)) return true;
  return !isNode(row) && (!isOther(row) || row.listed) && !isFurniture(row);
}

function holderOf(row: Row, view: PageView): string | undefined {
  if (view === 'nodes') return isPod(row) && row.node ? rowId('Node', undefined, row.node) : undefined;
  if (view === 'storage') return isVolume(row) ? row.claim : undefined;
  return isAutoscaler(row) ? row.target : row.owner;
}

/** Anybody may write owners that lead back to where they began. */
function isRound(id: string, holders: ReadonlyMap<string, string>): boolean {
  const met = new Set<string>();
  for (let at = holders.get(id); at !== undefined && !met.has(at); at = holders.get(at)) {
    if (at === id) return true;
    met.add(at);
  }
  return false;
}

/** What people made things with comes first. */
const rankOf = (row: Row): number =>
  isNode(row) || isWorkload(row) ? 0 : isPod(row) ? 1 : isOther(row) || isDisruptionBudget(row) ? 3 : 2;

function byPlace(a: Row, b: Row): number {
  return (
    rankOf(a) - rankOf(b) ||
    byText(a.kind, b.kind) ||
    byText(a.namespace, b.namespace) ||
    byNumberedName(a.name, b.name) ||
    byText(a.id, b.id)
  );
}

/** Of all objects the Pods in one of some states, and what holds such. */
function lookedAt(rows: readonly Row[], view: PageView, looks: readonly PodLook[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = new Set<string>();
  for (const row of rows) {
    if (!isPod(row) || !looks.includes(row.look)) continue;
    for (let at: Row | undefined = row; at && !kept.has(at.id); ) {
      kept.add(at.id);
      at = byId.get(holderOf(at, view) ?? '');
    }
  }
  return rows.filter(({ id }) => kept.has(id));
}

/** See the header. `looks`: the states of Pods that are looked at alone; all where none is named, and where there are no Pods. */
export function treeOf(rows: Iterable<Row>, view: PageView, looks: readonly PodLook[] = []): ObjectTree {
  const all = [...rows].filter((row) => isShown(row, view));
  const shown = (looks.length > 0 && view !== 'storage' ? lookedAt(all, view, looks) : all).sort(byPlace);
  const known = new Set(shown.map(({ id }) => id));
  const written = new Map<string, string>();
  for (const row of shown) {
    const holder = holderOf(row, view);
    if (holder !== undefined && known.has(holder)) written.set(row.id, holder);
  }
  const roots: string[] = [];
  const held = new Map<string, string[]>();
  const holders = new Map<string, string>();
  for (const { id } of shown) {
    const holder = isRound(id, written) ? undefined : written.get(id);
    if (holder === undefined) {
      roots.push(id);
      continue;
    }
    holders.set(id, holder);
    const beside = held.get(holder);
    if (beside) beside.push(id);
    else held.set(holder, [id]);
  }
  return { roots, held, holders };
}

/** The lines in sight. `chosen`: what somebody opened or closed. */
export function linesOf({ roots, held }: ObjectTree, chosen: ReadonlyMap<string, boolean>): TreeLine[] {
  const lines: TreeLine[] = [];
  const add = (ids: readonly string[], level: number): void => {
    ids.forEach((id, index) => {
      const below = held.get(id);
      const isOpen = below && (chosen.get(id) ?? below.length <= MANY);
      lines.push({ id, level, place: index + 1, of: ids.length, isOpen });
      if (below && isOpen) add(below, level + 1);
    });
  };
  add(roots, 1);
  return lines;
}

/** Everything that holds an object, the nearest first. */
export function holdersOf({ holders }: ObjectTree, id: string): string[] {
  const all: string[] = [];
  for (let at = holders.get(id); at !== undefined; at = holders.get(at)) all.push(at);
  return all;
}

/** How much of it is ready: `2/3`, a Node's condition; '' where that says nothing. */
export function readyOf(row: Row): string {
  if (isPod(row)) return `${row.readyContainers}/${row.containers}`;
  if (isWorkload(row)) return row.cronJob ? '' : `${row.ready}/${row.desired}`;
  if (isEndpointSlice(row)) return `${row.ready}/${row.total}`;
  if (isDisruptionBudget(row)) return `${row.healthy}/${row.desiredHealthy}`;
  return isNode(row) ? row.ready : '';
}

/** Where a key leads in a tree grid whose focus is on a row or, with a column from 0, on one of its cells. */
export interface TreeFocus {
  readonly id: string;
  /** -1: the row. */
  readonly column: number;
}

/** What a key does: the focus goes elsewhere, or a line opens or closes. Undefined for keys that are none of the grid's. */
export type TreeMove = { readonly focus: TreeFocus } | { readonly toggle: string };

const PAGE = 10;

/** The keys of the ARIA practices' tree grid, with rows that take the focus; Enter and the space bar are the caller's. */
export function moveOf(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { id, column }: TreeFocus,
  lines: readonly TreeLine[],
  lastColumn: number,
): TreeMove | undefined {
  const at = lines.findIndex((line) => line.id === id);
  const line = lines[at];
  if (!line) return undefined;
  const toRow = (index: number): TreeMove => {
    const target = lines[Math.max(0, Math.min(lines.length - 1, index))] as TreeLine;
    return { focus: { id: target.id, column } };
  };
  const toColumn = (to: number): TreeMove => ({ focus: { id, column: Math.min(lastColumn, to) } });
  const isEnd = key === 'Home' || key === 'End';
  if (isEnd && column >= 0 && !ctrlKey) return toColumn(key === 'Home' ? 0 : lastColumn);
  const rows: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: lines.length - 1,
  };
  const row = rows[key];
  if (row !== undefined) return isEnd || !ctrlKey ? toRow(row) : undefined;
  if (ctrlKey) return undefined;
  if (key === 'ArrowRight') return column < 0 && line.isOpen === false ? { toggle: id } : toColumn(column + 1);
  if (key !== 'ArrowLeft') return undefined;
  if (column >= 0) return toColumn(column - 1);
  if (line.isOpen) return { toggle: id };
  const holder = lines.slice(0, at).findLastIndex(({ level }) => level < line.level);
  return toRow(holder < 0 ? at : holder);
}

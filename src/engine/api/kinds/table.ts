/**
 * What a table of one kind is made of, and the texts that several kinds' cells share.
 * Follows pkg/printers/internalversion/printers.go. The API server always builds wide rows; which columns are shown is decided when printing.
 */
import { humanDuration } from '../human-duration';
import type { KubeObject } from '../meta';
import type { Container } from '../types';

/** The clock by which ages are told. */
export interface Clock {
  /** Virtual ms since the start. */
  readonly nowMs: number;
  /** The virtual ms of a stored timestamp. */
  timeOf(timestamp: string): number;
}

/** A column: `wide` ones are shown with `-o wide` only. */
export interface Column {
  readonly title: string;
  readonly wide?: boolean;
}

/** How one kind is listed: a row has one cell per column, wide ones included. */
export interface TableDefinition<T extends KubeObject = KubeObject> {
  readonly columns: readonly Column[];
  row(object: T, clock: Clock): readonly string[];
}

/** Columns from their titles; those after `|` are wide. */
export function columns(titles: string): Column[] {
  const [narrow = '', wide] = titles.split('|');
  const of = (text: string | undefined, isWide: boolean): Column[] =>
    text ? text.split(',').map((title) => ({ title, wide: isWide })) : [];
  return [...of(narrow, false), ...of(wide, true)];
}

/** How long ago, or `<unknown>` without a time. */
export function since(clock: Clock, timestamp: string | null | undefined): string {
  return timestamp ? humanDuration(clock.nowMs - clock.timeOf(timestamp)) : '<unknown>';
}

/** The AGE cell. */
export function ageOf(object: KubeObject, clock: Clock): string {
  return since(clock, object.metadata.creationTimestamp);
}

/** `a=1,b=2` in key order, `<none>` without labels. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.map((key) => `${key}=${labels?.[key]}`).join(',') || '<none>';
}

/** The CONTAINERS and IMAGES cells. */
export function containerCells(containers: readonly Container[] | undefined): [string, string] {
  const list = containers ?? [];
  return [list.map(({ name }) => name).join(','), list.map(({ image }) => image ?? '').join(',')];
}

/** The table of a kind that says nothing of its own. */
export const GENERIC_TABLE: TableDefinition = {
  columns: columns('NAME,AGE'),
  row: (object, clock) => [object.metadata.name, ageOf(object, clock)],
};

/** The table of kinds that have no printer of their own: name and time of creation (rest.NewDefaultTableConvertor). */
export const CREATED_AT_TABLE: TableDefinition = {
  columns: columns('NAME,CREATED AT'),
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? '<unknown>'],
};

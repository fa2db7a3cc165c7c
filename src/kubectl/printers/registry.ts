/**
 * Prints objects of one kind as a table: the kind's own columns, then what the flags add around them.
 * Follows cli-runtime/pkg/printers/tableprinter.go (decorateTable, printTable).
 */
import type { KindDefinition } from '../../engine/api/kinds/definition';
import { formatLabels, GENERIC_TABLE, type TableDefinition } from '../../engine/api/kinds/table';
import { labelOf } from '../../engine/api/label-requirement';
import type { KubeObject } from '../../engine/api/meta';
import type { PrintTable, TableOptions } from '../command';
import { tableText } from './tab-writer';

/** `pod`, `deployment.apps`: what stands before the name when kinds are mixed. */
function kindPrefix({ kind, group }: Pick<KindDefinition, 'group' | 'kind'>): string {
  return group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
}

function header(printer: TableDefinition, options: TableOptions): string[] {
  const titles = printer.columns.filter(({ wide }) => options.wide || !wide).map(({ title }) => title);
  const labelTitles = (options.labelColumns ?? []).map((key) => key.slice(key.lastIndexOf('/') + 1).toUpperCase());
  return [
    ...(options.allNamespaces ? ['NAMESPACE'] : []),
    ...titles,
    ...labelTitles,
    ...(options.showLabels ? ['LABELS'] : []),
  ];
}

/** A cell is one line: what follows a line break is left out. */
function oneLine(cell: string): string {
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}

function rowOf(printer: TableDefinition, object: KubeObject, prefix: string, options: TableOptions): string[] {
  const { labels = {}, namespace = '' } = object.metadata;
  const cells: string[] = [];
  for (const [index, cell] of printer.row(object, options).entries()) {
    const { title, wide } = printer.columns[index] as TableDefinition['columns'][number];
    if (!wide || options.wide) cells.push(title === 'NAME' ? prefix + cell : cell);
  }
  const labelCells = (options.labelColumns ?? []).map((key) => labelOf(labels, key) ?? '');
  const all = [
    ...(options.allNamespaces ? [namespace] : []),
    ...cells,
    ...labelCells,
    ...(options.showLabels ? [formatLabels(labels)] : []),
  ];
  return all.map(oneLine);
}

/** The cells of a table of objects of one kind, and its header unless it is to have none. */
export function tableRows(
  kind: Pick<KindDefinition, 'group' | 'kind' | 'table'>,
  objects: readonly KubeObject[],
  options: TableOptions,
): { readonly header: readonly string[] | undefined; readonly cells: readonly (readonly string[])[] } {
  const table = options.generic ? GENERIC_TABLE : kind.table;
  const prefix = options.showKind ? `${kindPrefix(kind)}/` : '';
  const cells = objects.map((object) => rowOf(table, object, prefix, options));
  return { header: options.noHeaders ? undefined : header(table, options), cells };
}

/** The table of objects of one kind. */
export const printTable: PrintTable = (kind, objects, options) => {
  if (objects.length === 0) return '';
  const { header: titles, cells } = tableRows(kind, objects, options);
  return tableText(titles ? [titles, ...cells] : cells);
};

/**
 * Columns as Go's text/tabwriter aligns them: a cell ends with a tab, and the width of a column holds for as long as consecutive lines have it.
 * Follows text/tabwriter, as cli-runtime/pkg/printers/tabwriter.go (tables) and tabbedString in
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go set it up.
 */

/** Of columns: how wide at least, and how much space follows. */
export interface TabLayout {
  readonly minWidth: number;
  readonly padding: number;
}

/** Of tables. */
export const TABLE_LAYOUT: TabLayout = { minWidth: 6, padding: 3 };

/** Of descriptions. */
export const DESCRIPTION_LAYOUT: TabLayout = { minWidth: 0, padding: 2 };

type Rows = readonly (readonly string[])[];

function widthOf(cell: string): number {
  return [...cell].length;
}

/** Fills in the width of the column block that begins at this line. */
function measure(rows: Rows, from: number, column: number, widths: number[][], layout: TabLayout): void {
  let width = layout.minWidth;
  let end = from;
  for (; end < rows.length && (rows[end] as readonly string[]).length - 1 > column; end++) {
    width = Math.max(width, widthOf(rows[end]?.[column] as string) + layout.padding);
  }
  for (let line = from; line < end; line++) (widths[line] as number[])[column] = width;
}

function escapeTerminal(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}

/** The text with its tabs turned into spaces, and without what would steer a terminal. */
export function alignTabs(text: string, layout: TabLayout): string {
  const rows = escapeTerminal(text)
    .split('\n')
    .map((line) => line.split('\t'));
  const widths: number[][] = rows.map(() => []);
  for (const [line, cells] of rows.entries()) {
    for (let column = 0; column < cells.length - 1; column++) {
      if (widths[line]?.[column] === undefined) measure(rows, line, column, widths, layout);
    }
  }
  const padded = (cell: string, width: number | undefined): string =>
    width === undefined ? cell : cell + ' '.repeat(width - widthOf(cell));
  const lines = rows.map((cells, line) => cells.map((cell, column) => padded(cell, widths[line]?.[column])).join(''));
  return lines.join('\n');
}

/** Rows of a table that is printed bit by bit: columns are as wide as they were, or wider. Follows RememberWidths of github.com/liggitt/tabwriter. */
export function growingTable(rows: Rows, before: readonly number[]): { text: string; widths: readonly number[] } {
  const widths = [...before];
  for (const cells of rows) {
    for (const [column, cell] of cells.slice(0, -1).entries()) {
      const width = Math.max(TABLE_LAYOUT.minWidth, widthOf(escapeTerminal(cell)) + TABLE_LAYOUT.padding);
      widths[column] = Math.max(widths[column] ?? 0, width);
    }
  }
  const padded = (cell: string, width: number): string => cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
  const line = (cells: readonly string[]): string =>
    cells
      .map(escapeTerminal)
      .map((cell, at) => (at < cells.length - 1 ? padded(cell, widths[at] as number) : cell))
      .join('');
  return { text: rows.map((cells) => `${line(cells)}\n`).join(''), widths };
}

/** Rows of cells as a table, each ending in a newline. */
export function tableText(rows: Rows): string {
  return alignTabs(rows.map((cells) => `${cells.join('\t')}\n`).join(''), TABLE_LAYOUT);
}

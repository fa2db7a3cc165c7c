/**
 * Columns as Go's text/tabwriter aligns them: a cell ends with a tab, and the width of a column holds for as long as consecutive lines have it.
 * Follows text/tabwriter as tabbedString in staging/src/k8s.io/kubectl/pkg/describe/describe.go sets it up (padding 2, no minimum).
 */

const PADDING = 2;

function widthOf(cell: string): number {
  return [...cell].length;
}

/** Fills in the widths of the column blocks that begin at this line. */
function measure(rows: readonly (readonly string[])[], from: number, column: number, widths: number[][]): void {
  let width = 0;
  let end = from;
  for (; end < rows.length && (rows[end] as readonly string[]).length - 1 > column; end++) {
    width = Math.max(width, widthOf(rows[end]?.[column] as string) + PADDING);
  }
  for (let line = from; line < end; line++) (widths[line] as number[])[column] = width;
}

/** The text with its tabs turned into spaces. */
export function alignTabs(text: string): string {
  const safe = text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
  const rows = safe.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = rows.map(() => []);
  for (const [line, cells] of rows.entries()) {
    for (let column = 0; column < cells.length - 1; column++) {
      if (widths[line]?.[column] === undefined) measure(rows, line, column, widths);
    }
  }
  const padded = (cell: string, width: number | undefined): string =>
    width === undefined ? cell : cell + ' '.repeat(width - widthOf(cell));
  return rows
    .map((cells, line) => cells.map((cell, column) => padded(cell, widths[line]?.[column])).join(''))
    .join('\n');
}

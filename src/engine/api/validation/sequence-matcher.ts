/**
 * What two lists of lines have in common: the longest common stretch, then the same to its left and right.
 * Follows Python's difflib.SequenceMatcher, including that lines which occur often in a long list start no stretch.
 */

/** A stretch of both lists that is equal, or that was replaced. */
export interface Opcode {
  readonly isEqual: boolean;
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

interface Block {
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

const LONG_LIST = 200;

function positionsOf(lines: readonly string[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = positions.get(line);
    if (known) known.push(index);
    else positions.set(line, [index]);
  }
  if (lines.length < LONG_LIST) return positions;
  const popular = Math.floor(lines.length / 100) + 1;
  for (const [line, found] of positions) if (found.length > popular) positions.delete(line);
  return positions;
}

/** The opcodes that turn the left list into the right one, in order and without gaps. */
export function matchingOpcodes(left: readonly string[], right: readonly string[]): Opcode[] {
  const opcodes: Opcode[] = [];
  let leftAt = 0;
  let rightAt = 0;
  for (const block of [...matchingBlocks(left, right), { left: left.length, right: right.length, size: 0 }]) {
    if (leftAt < block.left || rightAt < block.right) {
      opcodes.push({
        isEqual: false,
        leftStart: leftAt,
        leftEnd: block.left,
        rightStart: rightAt,
        rightEnd: block.right,
      });
    }
    leftAt = block.left + block.size;
    rightAt = block.right + block.size;
    if (block.size === 0) continue;
    opcodes.push({ isEqual: true, leftStart: block.left, leftEnd: leftAt, rightStart: block.right, rightEnd: rightAt });
  }
  return opcodes;
}

function matchingBlocks(left: readonly string[], right: readonly string[]): Block[] {
  const positions = positionsOf(right);
  const blocks: Block[] = [];
  const queue = [{ leftStart: 0, leftEnd: left.length, rightStart: 0, rightEnd: right.length }];
  while (queue.length > 0) {
    const range = queue.pop()!;
    const block = longestMatch(left, right, positions, range);
    if (block.size === 0) continue;
    blocks.push(block);
    queue.push({ ...range, leftEnd: block.left, rightEnd: block.right });
    queue.push({ ...range, leftStart: block.left + block.size, rightStart: block.right + block.size });
  }
  return joined(blocks.sort((a, b) => a.left - b.left || a.right - b.right));
}

/** Neighbouring blocks are one. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result[result.length - 1];
    const touches = last && last.left + last.size === block.left && last.right + last.size === block.right;
    if (touches) result[result.length - 1] = { ...last, size: last.size + block.size };
    else result.push(block);
  }
  return result;
}

interface Range {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

function longestMatch(
  left: readonly string[],
  right: readonly string[],
  positions: ReadonlyMap<string, readonly number[]>,
  range: Range,
): Block {
  let best: Block = { left: range.leftStart, right: range.rightStart, size: 0 };
  let lengths = new Map<number, number>();
  for (let leftAt = range.leftStart; leftAt < range.leftEnd; leftAt++) {
    const next = new Map<number, number>();
    for (const rightAt of positions.get(left[leftAt]!) ?? []) {
      if (rightAt < range.rightStart || rightAt >= range.rightEnd) continue;
      const size = (lengths.get(rightAt - 1) ?? 0) + 1;
      next.set(rightAt, size);
      if (size > best.size) best = { left: leftAt - size + 1, right: rightAt - size + 1, size };
    }
    lengths = next;
  }
  return extended(left, right, best, range);
}

/** Popular lines start no stretch but may continue one. */
function extended(left: readonly string[], right: readonly string[], block: Block, range: Range): Block {
  let { left: leftAt, right: rightAt, size } = block;
  while (leftAt > range.leftStart && rightAt > range.rightStart && left[leftAt - 1] === right[rightAt - 1]) {
    leftAt--;
    rightAt--;
    size++;
  }
  while (
    leftAt + size < range.leftEnd &&
    rightAt + size < range.rightEnd &&
    left[leftAt + size] === right[rightAt + size]
  ) {
    size++;
  }
  return { left: leftAt, right: rightAt, size };
}

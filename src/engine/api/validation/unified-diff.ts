/**
 * The difference of two values as a unified diff of their JSON, line by line.
 * Follows apimachinery/pkg/util/diff/diff.go, which uses the sequence matcher known from Python's difflib.
 */
import { matchingOpcodes, type Opcode } from './sequence-matcher';

const CONTEXT_LINES = 3;

/** The diff, without a header; empty when the values print alike. */
export function unifiedDiff(before: unknown, after: unknown): string {
  const left = linesOf(before);
  const right = linesOf(after);
  let text = '';
  for (const group of groupsOf(matchingOpcodes(left, right))) {
    const first = group[0] as Opcode;
    const last = group[group.length - 1] as Opcode;
    const leftRange = formatRange(first.leftStart, last.leftEnd);
    text += `@@ -${leftRange} +${formatRange(first.rightStart, last.rightEnd)} @@\n`;
    for (const opcode of group) text += formatOpcode(opcode, left, right);
  }
  return text;
}

function linesOf(value: unknown): string[] {
  const escapeHtml = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const json = JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, escapeHtml);
  return json.split('\n').map((line) => `${line}\n`);
}

function formatRange(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

function formatOpcode(opcode: Opcode, left: readonly string[], right: readonly string[]): string {
  const removed = left.slice(opcode.leftStart, opcode.leftEnd);
  if (opcode.isEqual) return removed.map((line) => ` ${line}`).join('');
  const added = right.slice(opcode.rightStart, opcode.rightEnd);
  return [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join('');
}

/** Opcodes with some lines of context, split where more than that is equal. */
function groupsOf(opcodes: readonly Opcode[]): Opcode[][] {
  const groups: Opcode[][] = [];
  let group: Opcode[] = [];
  for (const [index, opcode] of opcodes.entries()) {
    const isFirst = index === 0;
    const isLast = index === opcodes.length - 1;
    if (!opcode.isEqual) group.push(opcode);
    else if (isFirst) group.push(tail(opcode));
    else if (isLast) group.push(head(opcode));
    else if (opcode.leftEnd - opcode.leftStart > 2 * CONTEXT_LINES) {
      groups.push([...group, head(opcode)]);
      group = [tail(opcode)];
    } else group.push(opcode);
  }
  if (group.some((opcode) => !opcode.isEqual)) groups.push(group);
  return groups;
}

function head(opcode: Opcode): Opcode {
  const leftEnd = Math.min(opcode.leftEnd, opcode.leftStart + CONTEXT_LINES);
  return { ...opcode, leftEnd, rightEnd: Math.min(opcode.rightEnd, opcode.rightStart + CONTEXT_LINES) };
}

function tail(opcode: Opcode): Opcode {
  const leftStart = Math.max(opcode.leftStart, opcode.leftEnd - CONTEXT_LINES);
  return { ...opcode, leftStart, rightStart: Math.max(opcode.rightStart, opcode.rightEnd - CONTEXT_LINES) };
}

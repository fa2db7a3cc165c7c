/** Lanes of Pods, claims, volumes and Nodes: stretches of time in which one stood one way. What is too short to be seen gives way to what came next. */
import type { KubeObject } from '../../engine/api/meta';
import { rowOf } from '../row-of';
import { isClaim, isPod, isVolume, type NodeRow, type PodLook, type Row, type StorageLook } from '../rows';
import type { Grid } from './grid';
import type { Lane, PhaseSpan } from './lane-shapes';
import { countBelow, type ObjectLine } from './track-index';

type Phase = Pick<PhaseSpan, 'look' | 'text'>;

const NODE_LOOKS: Readonly<Record<NodeRow['ready'], PodLook>> = { True: 'ready', False: 'failed', Unknown: 'failed' };
const NODE_WORDS: Readonly<Record<NodeRow['ready'], string>> = { True: 'Ready', False: 'NotReady', Unknown: 'Unknown' };

/** A volume that nobody has rests; one that is Released is kept from all others until a person frees it. */
const STORAGE_LOOKS: Readonly<Record<StorageLook, PodLook>> = {
  pending: 'pending',
  available: 'succeeded',
  bound: 'ready',
  released: 'notReady',
  failed: 'failed',
  terminating: 'terminating',
};

/** How a Pod, a claim, a volume or a Node stands, as its row says it. */
export function phaseOf(object: KubeObject): Phase | undefined {
  const row: Row | undefined = rowOf(object);
  if (!row) return undefined;
  if (isPod(row)) return { look: row.look, text: row.status };
  if (isClaim(row) || isVolume(row)) return { look: STORAGE_LOOKS[row.look], text: row.status };
  if (row.kind !== 'Node') return undefined;
  const { ready, unschedulable } = row as NodeRow;
  const cordoned = unschedulable && ready === 'True';
  return {
    look: cordoned ? 'notReady' : NODE_LOOKS[ready],
    text: `${NODE_WORDS[ready]}${unschedulable ? ',SchedulingDisabled' : ''}`,
  };
}

/** The stretches of a line in a window of a run that has come as far as `nowMs`. */
function spansOf({ changes, times }: ObjectLine, grid: Grid, nowMs: number): PhaseSpan[] {
  const spans: PhaseSpan[] = [];
  const endMs = Math.min(grid.toMs, nowMs);
  let at = Math.max(0, countBelow(times, grid.fromMs) - 1);
  for (; at < changes.length && times[at]! <= endMs; at += 1) {
    const value = changes[at]?.value;
    const phase = value && phaseOf(value);
    const fromMs = Math.max(grid.fromMs, times[at]!);
    const last = spans.at(-1);
    // What held for less than a bucket is not seen.
    if (last && last.toMs === Infinity) {
      if (phase && last.look === phase.look && last.text === phase.text) continue;
      if (fromMs - last.fromMs < grid.spanMs / 2) spans.pop();
      else spans[spans.length - 1] = { ...last, toMs: fromMs };
    }
    if (phase) spans.push({ ...phase, fromMs: startAfter(spans.at(-1), fromMs, grid), toMs: Infinity });
  }
  return spans
    .map((span) => ({ ...span, toMs: Math.min(span.toMs, endMs) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);
}

/** A stretch that follows one that was left out begins where that did. */
function startAfter(before: PhaseSpan | undefined, fromMs: number, { spanMs }: Grid): number {
  return before && before.toMs !== Infinity && fromMs - before.toMs < spanMs / 2 ? before.toMs : fromMs;
}

/** The lane of a Pod, a claim, a volume or a Node. */
export function phaseLane(line: ObjectLine, grid: Grid, nowMs: number): Lane {
  const { id, kind, name, namespace } = line;
  return { id, kind, name, namespace, type: 'phases', spans: spansOf(line, grid, nowMs) };
}

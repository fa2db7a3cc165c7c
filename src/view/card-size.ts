/**
 * How large each card is, and how its Pods stand in it. Sizes follow from counts alone, so that nothing has to be measured and a card
 * never moves because of how its text came out.
 */
import { BARE_PODS, type Card, claimsOf, isBarePods, UNSCHEDULED } from './cards';
import { othersLines } from './others';

/** A card in its place. */
export interface Placed {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How Pods stand in a card: as lines with words, or as a field of cells. */
export interface PodField {
  readonly mode: 'lines' | 'cells';
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

const LINE_HEIGHT = 32;
export const CELL_PITCH = 28;
export const CARD_WIDTH = 288;
/** Pods without an owner show their whole names. */
const BARE_WIDTH = 372;
export const OWNER_WIDTH = 192;
export const SERVICE_WIDTH = 192;
const PADDING = 14;
const GROUP_HEAD = 62;
const TITLE_HEAD = 46;
const NODE_HEAD = 138;
/** A line of a node's taints and conditions. */
const NODE_NOTE = 21;
/** The name of a zone, above its nodes. */
export const ZONE_HEAD = 38;
/** A workload in few words. */
export const TILE = { width: 204, height: 92 } as const;
export const GAP_X = 48;
export const GAP_Y = 24;
const LINES_MAX = 8;
const CLAIMS_HEAD = 32;
/** Claims stand so close below the card whose Pods mount them that the two are read as one. */
export const GAP_CLAIMS = 6;
/** A workload's further facts (revisions, counts) in its card's head. */
const DETAILS = 22;
const WITH_DETAILS = /^(StatefulSet|DaemonSet|Job)\//;
const AUTOSCALER = 58;
const QUOTA_LINE = 30;
/** The second of a CronJob's two times. */
const TIMES = 12;

/** The field that so many Pods get. */
export function podField(count: number): PodField {
  if (count <= LINES_MAX) {
    return { mode: 'lines', columns: 1, height: Math.max(1, count) * LINE_HEIGHT, width: CARD_WIDTH - 2 * PADDING };
  }
  const columns = Math.max(9, Math.ceil(Math.sqrt(count * 1.7)));
  const rows = Math.ceil(count / columns);
  return { mode: 'cells', columns, height: rows * CELL_PITCH, width: columns * CELL_PITCH };
}

function headOf(card: Extract<Card, { type: 'node' | 'group' }>): number {
  if (card.type === 'node') return NODE_HEAD + (card.notes ?? 0) * NODE_NOTE;
  if (isBarePods(card.id) || card.id === UNSCHEDULED) return TITLE_HEAD;
  return GROUP_HEAD + (hasDetails(card) ? DETAILS : 0) + card.autoscalers.length * AUTOSCALER;
}

/** Whether a card's head has a line for what only its kind has. */
export function hasDetails(card: Card): boolean {
  return WITH_DETAILS.test(card.id);
}

/** A card's size. */
export function sizeOf(card: Card): { width: number; height: number } {
  switch (card.type) {
    case 'owner':
      return {
        width: OWNER_WIDTH,
        height:
          148 +
          (card.id.startsWith('CronJob/') ? TIMES : 0) +
          (card.folded.length > 0 ? 26 : 0) +
          card.autoscalers.length * AUTOSCALER,
      };
    case 'service':
    case 'ingress':
      return { width: SERVICE_WIDTH, height: 100 };
    case 'autoscaler':
      return { width: CARD_WIDTH, height: 2 * PADDING + AUTOSCALER };
    case 'quota':
      return { width: CARD_WIDTH, height: GROUP_HEAD + Math.max(1, card.lines) * QUOTA_LINE + 8 };
    case 'claims':
    case 'storage': {
      const field = podField(card.members.length);
      const least = card.id.startsWith(claimsOf(BARE_PODS)) ? BARE_WIDTH : CARD_WIDTH;
      return { width: Math.max(least, field.width + 2 * PADDING), height: CLAIMS_HEAD + field.height + PADDING };
    }
    case 'tile':
    case 'storage-tile':
      return TILE;
    case 'zone':
      return { width: CARD_WIDTH, height: ZONE_HEAD };
    case 'frame':
      return { width: 0, height: 0 };
    case 'others':
      return { width: CARD_WIDTH, height: 44 + othersLines(card) * 32 };
    default: {
      const field = podField(card.pods.length);
      const width = Math.max(isBarePods(card.id) ? BARE_WIDTH : CARD_WIDTH, field.width + 2 * PADDING);
      return { width, height: headOf(card) + field.height + PADDING };
    }
  }
}

/** A card in a place. */
export function place(card: Card, x: number, y: number): Placed {
  return { card, x, y, ...sizeOf(card) };
}

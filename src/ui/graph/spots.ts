/** Where an object stands in the drawing, in the drawing's own coordinates, so that what is drawn there goes with the camera. */
import type { Placed } from '../../view/card-size';

/** A rectangle, and the card it is on. */
export interface Spot {
  readonly card: Placed;
  /** The object is the card, not one of those it holds. */
  readonly isCard: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The element that stands for an object within another. */
function elementOf(root: ParentNode, id: string): HTMLElement | null {
  const name = CSS.escape(id);
  return root.querySelector<HTMLElement>(`[data-pod="${name}"], [data-object="${name}"]`);
}

const whole = (card: Placed, isCard: boolean): Spot => ({ ...card, card, isCard });

/** The spot of an object; undefined where it is not drawn. Of many Pods in one picture it is the whole card, which stands on its frame. */
export function spotOf(root: ParentNode, placed: readonly Placed[], id: string): Spot | undefined {
  const own = placed.find(({ card }) => card.id === id);
  if (own) return whole(own, true);
  const element = elementOf(root, id);
  const node = element?.closest<HTMLElement>('.react-flow__node');
  const holder = placed.find(({ card }) => card.id === node?.dataset.id);
  if (!element || !node || !holder) {
    const picture = placed.findLast(({ card }) => 'pods' in card && card.pods.includes(id));
    return picture && whole(picture, false);
  }
  const outer = node.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const scale = holder.width / Math.max(1, outer.width);
  return {
    card: holder,
    isCard: false,
    x: holder.x + (inner.left - outer.left) * scale,
    y: holder.y + (inner.top - outer.top) * scale,
    width: inner.width * scale,
    height: inner.height * scale,
  };
}

/** How far below its upper edge an arrow ends at a card: its middle belongs to what owns and selects. */
const BELOW_EDGE = 26;

const middleOf = (spot: Spot): number =>
  spot.y + (spot.isCard ? Math.min(BELOW_EDGE, spot.height / 2) : spot.height / 2);

/** The path of an arrow from one spot to another: from side to side, or, where they stand above each other, along their left. */
export function arrowPath(from: Spot, to: Spot): string {
  const right = from.x + from.width;
  const toRight = to.x + to.width;
  if (right <= to.x) return curve(right, middleOf(from), to.x - 3, middleOf(to), (to.x - right) / 2, -1);
  if (toRight <= from.x) return curve(from.x, middleOf(from), toRight + 3, middleOf(to), (toRight - from.x) / 2, -1);
  return curve(from.x, middleOf(from), to.x - 3, middleOf(to), -34, 1);
}

/** `side`: whether it comes back to the side it left from. */
function curve(x: number, y: number, endX: number, endY: number, bend: number, side: 1 | -1): string {
  return `M${x} ${y} C${x + bend} ${y} ${endX + side * bend} ${endY} ${endX} ${endY}`;
}

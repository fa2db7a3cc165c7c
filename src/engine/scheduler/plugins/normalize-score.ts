/** Brings scores to 0–100 by the largest of them, in whole numbers. Follows plugins/helper/normalize_score.go. */
import { MAX_NODE_SCORE } from '../framework';

/** Whole-number division of non-negative numbers, exact below 2^53. */
export function divide(dividend: number, divisor: number): number {
  return (dividend - (dividend % divisor)) / divisor;
}

/** Scales in place; `reverse` makes the largest the worst. */
export function normalizeByLargest(scores: number[], reverse: boolean): void {
  let largest = 0;
  for (const score of scores) if (score > largest) largest = score;
  for (let index = 0; index < scores.length; index++) {
    const scaled = largest === 0 ? 0 : divide(MAX_NODE_SCORE * (scores[index] as number), largest);
    scores[index] = reverse ? MAX_NODE_SCORE - scaled : scaled;
  }
}

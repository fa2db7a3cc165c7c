/** What the tests of recorded cases hold to: as many facts agree as the record says, or more. */
import { expect } from 'vitest';
import type { Agreement } from './agree';

/** Fails with the first differences when fewer facts agree than are on record, or more differ. */
export function expectNotWorse(kept: readonly [same: number, total: number] | undefined, found: Agreement): void {
  if (!kept) throw new Error('this case is not in agreement.json: npm run parity -- --update writes it anew');
  const [same, total] = kept;
  const isWorse = found.same < same || found.total - found.same > total - same;
  expect(isWorse ? found.differences.slice(0, 8) : []).toEqual([]);
}

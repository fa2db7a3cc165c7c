import { expect, it } from 'vitest';
import { naturalLog } from './natural-log';

it('is the logarithm to the last digits for all cluster sizes', () => {
  let worst = 0;
  for (let n = 1; n <= 20_000; n++) worst = Math.max(worst, Math.abs(naturalLog(n) - Math.log(n)));
  expect(worst).toBeLessThan(4e-15);
  expect(naturalLog(1)).toBe(0);
});

import { expect, test } from 'vitest';
import { isCrowd } from './closeness';

test('a crowd stays one while a rollout makes Pods more and fewer', () => {
  let crowd = false;
  const seen = [500, 700, 800, 801, 1000, 750, 601, 600, 700].map((podCount) => {
    crowd = isCrowd(podCount, crowd);
    return crowd;
  });
  expect(seen).toEqual([false, false, false, true, true, true, true, false, false]);
});

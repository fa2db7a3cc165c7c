import { expect, test } from 'vitest';
import type { Lane } from '../../../view/lanes/lane-shapes';
import { fittedName } from './titles';

test.each([
  ['Deployment', 'web', 'web'],
  ['Deployment', 'shop/checkout-service-17', 'shop/…ervice-17'],
  ['Pod', 'checkout-service-17-7bdd899d99-c9pbt', '…dd899d99-c9pbt'],
  ['PersistentVolumeClaim', 'data-db-0', 'data-db-0'],
])('the lane of %s %s is called %s', (kind, name, fitted) => {
  expect(fittedName({ kind } as Lane, name)).toBe(fitted);
});

import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  isQuantity,
  parseQuantity,
  quantityError,
  quantityMilli,
  quantityValue,
} from './quantity';

/** Checked against k8s.io/apimachinery v0.36: text, canonical text, Value(), MilliValue(). */
const TABLE: readonly (readonly [string, string, number, number])[] = [
  ['0', '0', 0, 0],
  ['0Mi', '0', 0, 0],
  ['500m', '500m', 1, 500],
  ['0.5', '500m', 1, 500],
  ['.5', '500m', 1, 500],
  ['5.', '5.', 5, 5000],
  ['1000m', '1', 1, 1000],
  ['1500m', '1500m', 2, 1500],
  ['1.5', '1500m', 2, 1500],
  ['1.500', '1.500', 2, 1500],
  ['0.0001', '100u', 1, 1],
  ['100n', '100n', 1, 1],
  ['1024', '1024', 1024, 1_024_000],
  ['2000', '2k', 2000, 2_000_000],
  ['123456789', '123456789', 123_456_789, 123_456_789_000],
  ['1024Mi', '1Gi', 1_073_741_824, 1_073_741_824_000],
  ['1.5Gi', '1536Mi', 1_610_612_736, 1_610_612_736_000],
  ['0.5Mi', '512Ki', 524_288, 524_288_000],
  ['0.5Ki', '512', 512, 512_000],
  ['1000Mi', '1000Mi', 1_048_576_000, 1_048_576_000_000],
  ['1e3', '1e3', 1000, 1_000_000],
  ['1000e0', '1e3', 1000, 1_000_000],
  ['12E6', '12E6', 12_000_000, 12_000_000_000],
  ['1G', '1G', 1_000_000_000, 1_000_000_000_000],
  ['100Gi', '100Gi', 107_374_182_400, 107_374_182_400_000],
  ['00100', '00100', 100, 100_000],
  ['+5', '+5', 5, 5000],
  ['-1.5', '-1500m', -2, -1500],
];

const FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX = "unable to parse quantity's suffix";

describe('quantities', () => {
  test.each(TABLE)('%s is stored as %s', (text, canonical, value, milli) => {
    expect(canonicalQuantity(text)).toBe(canonical);
    expect(quantityValue(text)).toBe(value);
    expect(quantityMilli(text)).toBe(milli);
  });

  test.each([
    ['', FORMAT],
    ['abc', FORMAT],
    ['1 Gi', FORMAT],
    ['1,5', FORMAT],
    ['1.2.3', FORMAT],
    ['1GB', FORMAT],
    ['1K', SUFFIX],
    ['1Mib', FORMAT],
    ['1mi', SUFFIX],
    ['e-10', 'unable to parse numeric part of quantity'],
  ])('%j is refused', (text, message) => {
    expect(quantityError(text)).toBe(message);
    expect(isQuantity(text)).toBe(false);
    expect(() => parseQuantity(text)).toThrow(message);
  });

  test.each([
    ['1', '500m', '1500m', 1],
    ['100m', '1', '1100m', -1],
    ['1Gi', '500Mi', '1524Mi', 1],
    ['0', '1Gi', '1Gi', -1],
    ['1000m', '1', '2', 0],
    ['1Gi', '1G', '2073741824', 1],
  ])('%s and %s', (left, right, sum, order) => {
    expect(addQuantities(left, right)).toBe(sum);
    expect(compareQuantities(left, right)).toBe(order);
  });

  test('absent counts as zero', () => {
    expect([quantityMilli(undefined), quantityValue(undefined)]).toEqual([0, 0]);
  });
});

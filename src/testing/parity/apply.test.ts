import { describe, expect, it } from 'vitest';
import { applyCases } from './cases';
import { expectNotWorse } from './expect-not-worse';
import { readRecord } from './record';
import { simulateApply } from './simulate';

const record = readRecord();

describe('recorded answers to manifests', () => {
  it.each(applyCases().map((one) => [`${one.area}/${one.name}`, one] as const))('%s', (name, one) => {
    expectNotWorse(record[name], simulateApply(one).agreement);
    expect(Object.keys(one.expected).length).toBeGreaterThan(0);
  });
});

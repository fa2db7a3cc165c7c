import { describe, expect, it } from 'vitest';
import { complaintsOf, historyOf } from '../checkers/history';
import { CHECKERS } from '../checkers/registry';
import { scenarioCases } from './cases';
import { expectNotWorse } from './expect-not-worse';
import { readRecord } from './record';
import { simulateScenario } from './simulate';

const record = readRecord();

describe('recorded scenarios', () => {
  it.each(scenarioCases().map((one) => [`${one.area}/${one.name}`, one] as const))('%s', (name, one) => {
    const { session, agreement } = simulateScenario(one);
    expectNotWorse(record[name], agreement);
    expect(complaintsOf(historyOf(session.simulation), CHECKERS)).toEqual([]);
  });
});

/** What a probe's results add up to, one after the other: what is decided after each, with how many in a row. */
import { expect, test } from 'vitest';
import type { Probe } from '../api/types';
import type { ProbeRecord } from './probe-record';
import { count } from './probes';
import type { ProbeKind } from './records';

test.each<[string, ProbeKind, Probe, string, string]>([
  // results: + success, - failure; then for each what is decided (+, -, ? nothing yet) and the run
  ['three failures in a row', 'readiness', {}, '---', '?1 ?2 -3'],
  ['a success in between begins anew', 'readiness', {}, '--+---', '?1 ?2 +1 +1 +2 -3'],
  ['a failure in between begins anew', 'readiness', { successThreshold: 3 }, '++-+++', '?1 ?2 ?1 ?1 ?2 +3'],
  ['what is decided is not counted on', 'readiness', { failureThreshold: 2 }, '--+++', '?1 -2 +1 +1 +1'],
  ['a success after a failure that decided nothing', 'readiness', {}, '+-+---', '+1 +1 +1 +1 +2 -3'],
  ['a liveness probe that has its container restarted begins anew', 'liveness', {}, '---', '?1 ?2 -0'],
  ['its successes do not', 'liveness', {}, '+--', '+1 +1 +2'],
  ['a startup probe begins anew after either', 'startup', { failureThreshold: 2 }, '--', '?1 -0'],
  ['a startup probe that has seen it start', 'startup', {}, '+', '+0'],
])('%s', (_what, kind, probe, results, expected) => {
  let record: ProbeRecord = { sequence: 7, run: 0 };
  const told = [...results].map((result) => {
    record = count(record, result === '+', probe, kind);
    expect([record.sequence, record.lastOk]).toEqual([7, result === '+']);
    return `${record.decided === undefined ? '?' : record.decided ? '+' : '-'}${record.run}`;
  });
  expect(told.join(' ')).toBe(expected);
});

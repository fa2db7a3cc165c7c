import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNSIMULATED } from '../kubectl/unsimulated';
import { FAULT_TYPES } from '../scenario/fault-shape';
import { IDLE_FAULTS } from '../scenario/settings';
import { findResource, RESOURCES } from './api/scheme';
import { CONTROLLERS } from './controllers/registry';
import { SIMULATED_FAULTS as FAULTS_OF_CODE } from './fault';
import { ABSENT_KINDS, LIMITS, limitsMarkdown, SIMULATED_CONTROLLERS, SIMULATED_FAULTS } from './limits';

const README = new URL('../../README.md', import.meta.url);
const MARKS = /(<!-- limits -->\n)[\s\S]*(\n<!-- \/limits -->)/;

describe('the list of limits', () => {
  it('names the controllers that run', () => {
    expect([...SIMULATED_CONTROLLERS].sort()).toEqual(CONTROLLERS.map((controller) => controller.name).sort());
  });
  it('names the faults that do something', () => {
    expect([...SIMULATED_FAULTS].sort()).toEqual([...FAULTS_OF_CODE].sort());
    expect([...SIMULATED_FAULTS, ...IDLE_FAULTS].sort()).toEqual([...FAULT_TYPES].sort());
  });
  it('has a line for every kind', () => {
    const named = LIMITS.filter((limit) => limit.area === 'Kinds' && limit.kind === 'simulated');
    expect(named.map((limit) => limit.what)).toEqual(RESOURCES.map((info) => info.kind));
  });
  it('calls no kind absent that is there, and only kinds that Kubernetes has', () => {
    for (const kind of ABSENT_KINDS) {
      expect(findResource(kind), kind).toBeUndefined();
      expect(UNSIMULATED.map((info) => info.kind)).toContain(kind);
    }
  });
  it('says nothing twice', () => {
    const lines = LIMITS.map((limit) => `${limit.area}: ${limit.what}`);
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  });
  it('stands in the README word for word (UPDATE_README=1 writes it)', () => {
    const text = readFileSync(README, 'utf8');
    const wanted = text.replace(MARKS, (_all, open: string, close: string) => open + limitsMarkdown() + close);
    if (process.env.UPDATE_README) writeFileSync(README, wanted);
    expect(MARKS.test(text)).toBe(true);
    expect(readFileSync(README, 'utf8')).toBe(wanted);
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { goldenTrace } from './golden';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

const folder = new URL('./golden/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.input.yaml'))
  .map((name) => name.replace('.input.yaml', ''))
  .sort();

describe('golden traces', () => {
  it('has scenarios', () => expect(names.length).toBeGreaterThanOrEqual(5));

  it.each(names)('%s', (name) => {
    const trace = goldenTrace(readFileSync(new URL(`${name}.input.yaml`, folder), 'utf8'));
    expect(trace.split('\n').length).toBeLessThan(250);
    const file = new URL(`${name}.trace.txt`, folder);
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, trace);
    expect(existsSync(file), 'no trace yet: run with UPDATE_GOLDEN=1').toBe(true);
    expect(trace).toBe(readFileSync(file, 'utf8'));
  });
});

import { describe, expect, it } from 'vitest';
import { runCase, targets } from './registry';
import { scriptWordsIn } from './target';

/** Enough to notice that a target is broken; `npm run fuzz -- --minutes 10` looks for more. */
const CASES = 25;

describe.each(targets().map((target) => [target.name, target] as const))('%s', (name, target) => {
  it(`${CASES} cases are taken well`, () => {
    for (let seed = 1; seed <= CASES; seed++) {
      const { input, complaints } = runCase(target, seed);
      expect(complaints, `${name} ${seed}:\n${input}`).toEqual([]);
    }
  });
});

describe('complaints', () => {
  it("are made about JavaScript's words", () => {
    expect(scriptWordsIn('error: x is not a function', 'get pods')).toHaveLength(1);
    expect(scriptWordsIn('error: undefined', 'get undefined')).toEqual([]);
    expect(scriptWordsIn("ERROR: <input>:1:8: undefined field 'nothing'", 'x')).toEqual([]);
    expect(scriptWordsIn('the field undefined', 'x')).toHaveLength(1);
  });
  it('are made of exceptions', () => {
    const broken = {
      name: 'broken',
      draw: () => 'x',
      judge: () => {
        throw new TypeError('no');
      },
    };
    expect(runCase(broken, 1).complaints[0]).toContain('throws TypeError: no');
  });
});

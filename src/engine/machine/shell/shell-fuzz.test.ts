import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShellHost } from './host';
import { newBudget, programOf, runTable, startTable } from './shell';
import { hostWith } from './shell-player';

const NAMES = ['x', 'y', 'constructor', '__proto__', 'toString', 'HOSTNAME', 'hasOwnProperty'];
const PATHS = ['/f', '/tmp/g', '__proto__', '/dev/null', 'constructor', '/f/../f'];

const { word, list } = fc.letrec<{ word: string; simple: string; compound: string; list: string }>((tie) => ({
  word: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', '1', '-5', '""', "'a b'", '*', '\\\\', '999999999999999999999', ...NAMES, ...PATHS),
    fc.constantFrom(...NAMES).map((name) => `$${name}`),
    fc.tuple(fc.constantFrom(...NAMES), tie('word')).map(([name, other]) => `\${${name}:-${other}}`),
    tie('list').map((text) => `$(${text})`),
    tie('list').map((text) => `"$(${text})"`),
    fc
      .tuple(tie('word'), fc.constantFrom('+', '*', '/', '%', '<', '&&', '-'), tie('word'))
      .map(([a, op, b]) => `$((${a}${op}${b}))`),
    fc.tuple(tie('word'), tie('word')).map(([a, b]) => `${a}${b}`),
  ),
  simple: fc.oneof(
    fc.tuple(fc.constantFrom(...NAMES), tie('word')).map(([name, value]) => `${name}=${value}`),
    fc
      .tuple(
        fc.constantFrom(
          'echo',
          'cat',
          'touch',
          'rm -f',
          'sleep',
          'grep',
          'grep -E',
          'seq',
          'head -n',
          'test',
          '[',
          'exit',
          'export',
          'env',
          'printf',
          'sh -c',
          'ls',
          'mkdir',
          'break',
          'continue',
          ':',
          'nosuch',
          'wget',
          'trap',
        ),
        fc.array(tie('word'), { maxLength: 3 }),
        fc.constantFrom('', '', ' > /f', ' >> /tmp/g', ' < /f', ' 2>&1', ' &'),
      )
      .map(([name, words, rest]) => `${name} ${words.join(' ')}${rest}`),
  ),
  compound: fc.oneof(
    { maxDepth: 4 },
    tie('simple'),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => `while ${a}; do ${b}; done`),
    fc.tuple(tie('list'), tie('list'), tie('list')).map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`),
    fc.tuple(tie('word'), tie('list')).map(([a, b]) => `for x in ${a} $(seq 1 40); do ${b}; done`),
    tie('list').map((text) => `{ ${text}; }`),
    tie('list').map((text) => `( ${text} )`),
    fc.tuple(tie('simple'), fc.constantFrom('|', '&&', '||'), tie('compound')).map(([a, op, b]) => `${a} ${op} ${b}`),
  ),
  list: fc.array(tie('compound'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('; ')),
}));

const host = (): ShellHost => hostWith({ '/f': 'one\ntwo\n' }, { environment: { x: 'a b' }, hostname: 'p' });

/** The transcript of a program over some wakes. Fails where a wake costs more than it may. */
function transcript(text: string): string[] {
  const program = programOf(['sh', '-c', text], hostWith());
  if ('problem' in program) return [program.problem];
  const lines: string[] = [];
  const world = host();
  let table = startTable(program);
  let nowMs = 0;
  for (let wakes = 0; wakes < 12; wakes++) {
    const budget = newBudget();
    const run = runTable(table, world, nowMs, budget);
    expect(budget.instructions).toBeGreaterThan(-25_000);
    table = JSON.parse(JSON.stringify(run.table));
    expect(table).toEqual(run.table);
    lines.push(JSON.stringify([run.output, run.wakeMs, run.exit, run.serves]));
    if (run.wakeMs === undefined) break;
    expect(run.wakeMs).toBeGreaterThanOrEqual(nowMs + 1);
    nowMs = run.wakeMs;
  }
  expect(Object.keys(world.files).length).toBeLessThanOrEqual(1000);
  return lines;
}

describe('programs at random', () => {
  it('never throw, never cost more than a wake may, always do the same', () => {
    fc.assert(
      fc.property(list, (text) => {
        expect(transcript(text)).toEqual(transcript(text));
      }),
      { seed: 20261128, numRuns: 80 },
    );
  });

  it('are read or refused whatever their characters', () => {
    const characters = fc.constantFrom(...'$(){}`"\'\\;&|<>\n aif#=[]*?~!0');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(characters, { maxLength: 60 }).map((text) => text.join('')),
          word,
        ),
        (text) => {
          expect(Array.isArray(transcript(text))).toBe(true);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});

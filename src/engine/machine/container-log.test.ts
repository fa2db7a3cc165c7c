import { describe, expect, it } from 'vitest';
import { type ContainerLog, closed, EMPTY_LOG, linesOf, printed, tailText } from './container-log';

const texts = (log: ContainerLog, from = 0): string[] => linesOf(log, from).map(({ text }) => text);

describe('a log', () => {
  it('has a line once its end was written, at that time', () => {
    let log = printed(EMPTY_LOG, 'stdout', 'one\ntw', 5);
    expect(texts(log)).toEqual(['one']);
    log = printed(log, 'stderr', 'oops\n', 6);
    log = printed(log, 'stdout', 'o\n\nend', 7);
    expect(linesOf(log).map(({ atMs, stream, text }) => `${atMs} ${stream} ${text}`)).toEqual([
      '5 stdout one',
      '6 stderr oops',
      '7 stdout two',
      '7 stdout ',
    ]);
    expect(texts(closed(log, 9)).at(-1)).toBe('end');
    expect(texts(log, 3)).toEqual(['']);
  });

  it('keeps its newest lines and counts all', () => {
    let log = EMPTY_LOG;
    for (let i = 0; i < 9000; i++) log = printed(log, 'stdout', `line ${i}\n`, i);
    expect(log.count).toBe(9000);
    expect(log.size).toBeLessThanOrEqual(65_536);
    expect(texts(log).at(-1)).toBe('line 8999');
    expect(texts(log, 8998)).toEqual(['line 8998', 'line 8999']);
    expect(texts(log).length).toBeGreaterThan(5000);
    expect(tailText(log, 12, 80)).toBe(' 8998\nline 8999\n'.slice(-12));
  });

  it('is not changed by what is added later', () => {
    const before = printed(EMPTY_LOG, 'stdout', 'a\n', 0);
    printed(before, 'stdout', 'b\n', 1);
    expect(texts(before)).toEqual(['a']);
  });

  it('cuts lines that are too long', () => {
    expect(texts(printed(EMPTY_LOG, 'stdout', `${'x'.repeat(20_000)}\n`, 0)).map(({ length }) => length)).toEqual([
      16_384, 3616,
    ]);
    let log = EMPTY_LOG;
    for (let i = 0; i < 4; i++) log = printed(log, 'stdout', 'x'.repeat(5_000), i);
    expect(linesOf(log)).toEqual([{ atMs: 3, stream: 'stdout', text: 'x'.repeat(16_384), ending: 'cut' }]);
    expect(log.open.stdout).toHaveLength(3616);
    expect(tailText(log, 65_536, 80)).toBe(`${'x'.repeat(20_000)}\n`);
  });
});

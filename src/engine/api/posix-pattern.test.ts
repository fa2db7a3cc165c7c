import { describe, expect, it } from 'vitest';
import { quotePattern, translatePosixPattern } from './posix-pattern';
import { parseRegularExpression } from './regular-expression';

function matches(pattern: string, extended: boolean, text: string): boolean | string {
  const translated = translatePosixPattern(pattern, extended);
  if ('problem' in translated) return translated.problem;
  const parsed = parseRegularExpression(translated.expression);
  return 'problem' in parsed ? parsed.problem : parsed.test(text);
}

describe('basic expressions', () => {
  it.each<[string, string, boolean | string]>([
    ['a.c', 'abc', true],
    ['a|b', 'a', false],
    ['a|b', 'a|b', true],
    ['a\\|b', 'b', true],
    ['a+', 'aa', false],
    ['a\\+b', 'aab', true],
    ['(a)', 'a', false],
    ['\\(ab\\)*c', 'ababc', true],
    ['x\\{2,3\\}y', 'xxy', true],
    ['x\\{2,3\\}y', 'xy', false],
    ['x{2}', 'x{2}', true],
    ['*a', '*a', true],
    ['^*a', '*a', true],
    ['\\(*a\\)', '*a', true],
    ['a^b', 'a^b', true],
    ['a$b', 'a$b', true],
    ['^a', 'ba', false],
    ['a$', 'ab', false],
    ['\\(^a\\|b$\\)', 'ab', true],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['[a\\]', '\\', true],
    ['[[:digit:]]\\+ms', '12ms', true],
    ['[a^]', '^', true],
    ['[&&[]', '[', true],
    ['\\.', 'x', false],
    ['a**', 'b', true],
    ['\\<web\\>', 'a web b', true],
    ['\\<web\\>', 'webs', false],
    ['\\w\\+-\\S', 'web-1', true],
    ['\\(a\\)\\1', 'aa', 'back-references are not simulated'],
    ['[a', 'a', 'Unmatched [, [^, [:, [., or [='],
    ['\\(a', 'a', 'Unmatched ( or \\('],
    ['a\\)', 'a', 'Unmatched ) or \\)'],
    ['a\\{1', 'a', 'Unmatched \\{'],
    ['a\\{x\\}', 'a', 'Invalid content of \\{\\}'],
    ['a\\', 'a', 'Trailing backslash'],
    ['[:space:]', ' ', 'character class syntax is [[:space:]], not [:space:]'],
    ['[[:nope:]]', ' ', 'Invalid character class name'],
  ])('%s on %s', (pattern, text, expected) => {
    expect(matches(pattern, false, text)).toBe(expected);
  });
});

describe('extended expressions', () => {
  it.each<[string, string, boolean | string]>([
    ['a|b', 'b', true],
    ['(ab)+c', 'ababc', true],
    ['^(web|db)-[0-9]+$', 'db-12', true],
    ['x{2,3}y', 'xxy', true],
    ['x{,2}y', 'y', true],
    ['{"a"', '{"a"', true],
    ['a\\{1\\}', 'a{1}', true],
    ['a**', 'b', true],
    ['(a*)*', 'b', true],
    ['a||b', 'x', true],
    ['()', '', true],
    ['a\\|b', 'a|b', true],
    ['a)', 'a', 'Unmatched ) or \\)'],
    ['(a', 'a', 'Unmatched ( or \\('],
    ['a{2000}', 'a', 'Regular expression too big'],
  ])('%s on %s', (pattern, text, expected) => {
    expect(matches(pattern, true, text)).toBe(expected);
  });

  it('bounds nesting', () => {
    expect(matches('('.repeat(5000), true, 'a')).toBe('regular expression too deeply nested');
  });
});

describe('linear time', () => {
  it.each(['(.*.*.*.*.*.*.*.*)*Q$', '(x+x+)+y', '(x|xx)*y', '^(([a-z])+.)+[A-Z]([a-z])+$'])('%s', (pattern) => {
    expect(matches(pattern, true, 'x'.repeat(20_000))).toBe(false);
  });

  it('says what Go says', () => {
    expect(parseRegularExpression('(a')).toEqual({ problem: 'error parsing regexp: missing closing ): `(a`' });
    expect(parseRegularExpression('(?=a)')).toEqual({
      problem: 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    });
  });

  it('quotes', () => {
    const text = '\\^$.|?*+(){}[]-';
    const parsed = parseRegularExpression(quotePattern(text));
    expect('test' in parsed && parsed.test(text)).toBe(true);
  });
});

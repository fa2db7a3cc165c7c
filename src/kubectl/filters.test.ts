import { describe, expect, it } from 'vitest';
import { applyFilters } from './filters';

const TEXT = 'NAME\nweb-1\nWeb-2\ndb\n';

describe('applyFilters', () => {
  it.each([
    [['grep', 'web'], 'web-1\n', 0],
    [['grep', '-i', 'web'], 'web-1\nWeb-2\n', 0],
    [['grep', '-v', 'eb'], 'NAME\ndb\n', 0],
    [['grep', '-c', 'eb'], '2\n', 0],
    [['grep', '-A1', 'web'], 'web-1\nWeb-2\n', 0],
    [['grep', '-B', '1', 'db'], 'Web-2\ndb\n', 0],
    [['grep', '-E', 'NAME|db'], 'NAME\ndb\n', 0],
    [['grep', 'NAME\\|db'], 'NAME\ndb\n', 0],
    [['grep', 'NAME|db'], '', 1],
    [['grep', 'nothing'], '', 1],
    [['grep', '-o', '[a-z]*-[0-9]'], 'web-1\neb-2\n', 0],
    [['grep', '-n', 'eb'], '2:web-1\n3:Web-2\n', 0],
    [['grep', '-nC1', 'db'], '3-Web-2\n4:db\n', 0],
    [['grep', '-A0', '-e', 'NAME', '-e', 'db'], 'NAME\n--\ndb\n', 0],
    [['grep', '-x', 'eb'], '', 1],
    [['grep', '-w', 'web'], 'web-1\n', 0],
    [['grep', '-m1', 'eb'], 'web-1\n', 0],
    [['grep', '-F', 'w.b'], '', 1],
    [['grep', '--ignore-case', '--invert-match', 'WEB'], 'NAME\ndb\n', 0],
    [['grep', '-E', '(.*.*.*.*.*.*.*.*)*Q$'], '', 1],
    [['head', '-n', '-3'], 'NAME\n', 0],
    [['tail', '-n', '+2'], 'web-1\nWeb-2\ndb\n', 0],
    [['sort', '-r'], 'web-1\ndb\nWeb-2\nNAME\n', 0],
    [['head', '-n', '2'], 'NAME\nweb-1\n', 0],
    [['tail', '-1'], 'db\n', 0],
    [['wc', '-l'], '4\n', 0],
    [['sort'], 'NAME\nWeb-2\ndb\nweb-1\n', 0],
  ])('%j', (words, stdout, code) => {
    expect(applyFilters(TEXT, [words])).toEqual({ stdout, stderr: '', code });
  });

  it.each([
    [['grep'], /^Usage: grep/],
    [['grep', '-Z9', 'a'], /invalid option -- 'Z'/],
    [['grep', '(a', '-E'], /^grep: Unmatched \( or \\\(\n$/],
    [['grep', '[b-a]'], /^grep: Invalid range end\n$/],
    [['grep', '-A', 'x', 'a'], /^grep: x: invalid context length argument\n$/],
    [['grep', 'a', 'file'], /^grep: file: No such file or directory\n$/],
    [['grep', '-E', '(a{900}){1,900}b'], /^grep: bad pattern/],
    [['sort', '-k2'], /sort takes only/],
  ])('refuses %j', (words, message) => {
    const { stdout, stderr, code } = applyFilters(TEXT, [words]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(message);
  });

  it('chains, and refuses what it does not know by name', () => {
    expect(
      applyFilters(TEXT, [
        ['grep', '-i', 'web'],
        ['wc', '-l'],
      ]).stdout,
    ).toBe('2\n');
    expect(applyFilters(TEXT, [['awk', '{print $1}']])).toMatchObject({ code: 127, stdout: '' });
  });
});

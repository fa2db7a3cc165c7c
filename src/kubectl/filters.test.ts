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
    [['head', '-n', '2'], 'NAME\nweb-1\n', 0],
    [['tail', '-1'], 'db\n', 0],
    [['wc', '-l'], '4\n', 0],
    [['sort'], 'NAME\nWeb-2\ndb\nweb-1\n', 0],
  ])('%j', (words, stdout, code) => {
    expect(applyFilters(TEXT, [words])).toEqual({ stdout, stderr: '', code });
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

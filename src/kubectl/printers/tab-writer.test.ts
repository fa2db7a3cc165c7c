import { describe, expect, it } from 'vitest';
import { alignTabs, DESCRIPTION_LAYOUT, TABLE_LAYOUT, tableText } from './tab-writer';

describe('alignTabs', () => {
  it('pads a column to its widest cell, in lines that follow one another', () => {
    expect(alignTabs('a\tb\nlonger\tc\n', DESCRIPTION_LAYOUT)).toBe('a       b\nlonger  c\n');
  });
  it('begins a new block after a line without the column', () => {
    expect(alignTabs('a\tb\nalone\nlonger\tc\n', DESCRIPTION_LAYOUT)).toBe('a  b\nalone\nlonger  c\n');
  });
  it('does not pad the last cell, but pads one that ends with a tab', () => {
    expect(alignTabs('a\tb\t\nlong\tc\td\n', DESCRIPTION_LAYOUT)).toBe('a     b  \nlong  c  d\n');
  });
  it('gives table columns at least six places', () => {
    expect(alignTabs('A\tB\n1\t2\n', TABLE_LAYOUT)).toBe('A     B\n1     2\n');
  });
  it('counts characters, not code units, and shows what would steer a terminal', () => {
    expect(alignTabs('😀\tb\nab\tc\u001b[0m\r\n', DESCRIPTION_LAYOUT)).toBe('😀   b\nab  c^[[0m\\r\n');
  });
});

describe('tableText', () => {
  it('keeps empty cells in their place', () => {
    expect(
      tableText([
        ['NAME', 'HOLDER', 'AGE'],
        ['node-1', '', '5s'],
      ]),
    ).toBe('NAME     HOLDER   AGE\nnode-1            5s\n');
  });
});

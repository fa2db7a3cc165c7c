import { describe, expect, it } from 'vitest';
import { allocateBlock, allocateNodeAddress, formatBlock, nextAddress, parseAddress, parseBlock } from './pod-ip';

describe('blocks of addresses', () => {
  it.each([
    [[], 110, '10.244.0.0/24'],
    [['10.244.0.0/24'], 110, '10.244.1.0/24'],
    [['10.244.0.0/24', '10.244.2.0/24'], 110, '10.244.1.0/24'],
    [['10.244.0.0/24'], 500, '10.244.2.0/23'],
    [['10.244.0.0/23'], 254, '10.244.2.0/24'],
    [[], 255, '10.244.0.0/23'],
  ])('beside %j for %i Pods: %s', (used, pods, block) => {
    expect(formatBlock(allocateBlock(used.map(parseBlock), pods))).toBe(block);
  });

  it('has room beyond the usual range', () => {
    let used: ReturnType<typeof parseBlock>[] = [];
    for (let count = 0; count < 300; count++) used = [...used, allocateBlock(used, 110)];
    expect(new Set(used.map((block) => block.base)).size).toBe(300);
  });
});

describe('nextAddress', () => {
  const block = parseBlock('10.244.3.0/24');
  const at = (last: number) => 10 * 2 ** 24 + 244 * 65536 + 3 * 256 + last;
  it.each([
    ['the first', 0, [], 2],
    ['the one after', 5, [], 6],
    ['not a taken one', 5, [6, 7], 8],
    ['round again at the end', 254, [2], 3],
  ])('%s', (_name, last, taken, expected) => {
    const map = new Map(taken.map((address) => [at(address), 'uid']));
    expect(nextAddress(block, at(last), map)).toBe(at(expected));
  });

  it('is undefined when all are taken', () => {
    const map = new Map(Array.from({ length: 256 }, (_, index) => [block.base + index, 'uid']));
    expect(nextAddress(block, block.base, map)).toBeUndefined();
  });
});

it('gives machines the first free address', () => {
  expect(allocateNodeAddress(new Set())).toBe('192.168.0.10');
  expect(allocateNodeAddress(new Set(['192.168.0.10', '192.168.0.12']))).toBe('192.168.0.11');
  expect(parseAddress('192.168.0.10') + 300).toBe(parseAddress('192.168.1.54'));
});

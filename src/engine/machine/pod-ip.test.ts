import { describe, expect, it } from 'vitest';
import { formatBlock, machineAddress, nextAddress, nextBlock, parseAddress, parseBlock } from './pod-ip';

describe('blocks of addresses', () => {
  it.each([
    [undefined, 110, '10.244.0.0/24'],
    ['10.244.0.0/24', 110, '10.244.1.0/24'],
    ['10.244.0.0/24', 500, '10.244.2.0/23'],
    ['10.244.0.0/23', 254, '10.244.2.0/24'],
    [undefined, 255, '10.244.0.0/23'],
    ['10.244.255.0/24', 110, '10.245.0.0/24'],
  ])('after %s for %i Pods: %s', (before, pods, block) => {
    expect(formatBlock(nextBlock(before === undefined ? undefined : parseBlock(before), pods))).toBe(block);
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

it('gives machines one address after the other', () => {
  expect(machineAddress(0)).toBe('192.168.0.10');
  expect(machineAddress(300)).toBe('192.168.1.54');
  expect(parseAddress('192.168.0.10') + 300).toBe(parseAddress('192.168.1.54'));
});

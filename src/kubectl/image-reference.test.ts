import { describe, expect, it } from 'vitest';
import { isImageReference } from './image-reference';

describe('isImageReference', () => {
  const digest = `sha256:${'a1'.repeat(32)}`;
  it.each<[string, boolean]>([
    ['nginx', true],
    ['nginx:1.27', true],
    ['registry.example:5000/shop/web_a__b:v1', true],
    [`nginx@${digest}`, true],
    [`nginx:1@${digest}`, true],
    ['[::1]:5000/web', true],
    ['Nginx', false],
    ['nginx:', false],
    ['a..b', false],
    ['', false],
    ['nginx@sha256:abc', false],
    [`${'a..'.repeat(5000)}!`, false],
  ])('%s', (text, expected) => {
    expect(isImageReference(text)).toBe(expected);
  });
});

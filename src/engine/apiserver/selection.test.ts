import { expect, it } from 'vitest';
import { podKind } from '../api/kinds/pod';
import { select } from './selection';

it.each([
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
])('refuses the label selector %s with 400', (labelSelector, message) => {
  expect(() => select(podKind, [], { labelSelector })).toThrow(expect.objectContaining({ code: 400, message }));
});

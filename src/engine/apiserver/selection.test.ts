import { expect, it } from 'vitest';
import { select } from './selection';

it.each([
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
])('refuses the label selector %s with 400', (labelSelector, message) => {
  expect(() => select('Pod', [], { labelSelector })).toThrow(expect.objectContaining({ code: 400, message }));
});

import { expect, test } from 'vitest';
import type { Problem } from '../scenario/scenario';
import { unsaidOf } from './host-decisions';

const at = (line: number, message: string): Problem => ({ line, column: 1, endLine: line, endColumn: 2, message });
const VAGUE = at(16, 'a value has the wrong type, int32 is expected');

test.each([
  ['all, when nothing else is said', [VAGUE], [], [VAGUE]],
  ['not the vague one, when the text says where', [VAGUE], [at(22, 'json: cannot unmarshal string')], []],
  ['not what is said of the same line', [at(3, 'field is immutable')], [at(3, 'x')], []],
  ['another reason', [at(3, 'field is immutable')], [at(9, 'x')], [at(3, 'field is immutable')]],
])('a refused edit is told: %s', (_which, refused, findings, told) => {
  expect(unsaidOf(refused, findings)).toEqual(told);
});

import { expect, test } from 'vitest';
import type { Problem } from '../scenario/scenario';
import { createSession } from '../session/create-session';
import { findingsIn, unsaidOf } from './host-decisions';

const at = (line: number, message: string): Problem => ({ line, column: 1, endLine: line, endColumn: 2, message });
const VAGUE = at(16, 'a value has the wrong type, int32 is expected');

test.each([
  ['all, when nothing else is said', [VAGUE], [], [VAGUE]],
  ['not the vague one, when the text says where', [VAGUE], [at(22, 'json: cannot unmarshal string')], []],
  ['not what is said of the same line', [at(3, 'field is immutable')], [at(3, 'x')], []],
  [
    'not what is said of a line of the same manifest',
    [at(3, 'no matches for kind "A"')],
    [at(4, 'A a: no matches for kind "A" (b)')],
    [],
  ],
  ['another reason', [at(3, 'field is immutable')], [at(9, 'x')], [at(3, 'field is immutable')]],
])('a refused edit is told: %s', (_which, refused, findings, told) => {
  expect(unsaidOf(refused, findings)).toEqual(told);
});

test('a custom kind is missing until the run serves it', () => {
  const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.ex.dev}
spec:
  group: ex.dev
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: ex.dev/v1
kind: Widget
metadata: {name: a}
---
apiVersion: ex.dev/v2
kind: Widget
metadata: {name: b}
`;
  const { simulation } = createSession(text).session!;
  const told = () => findingsIn(text, simulation).map(({ line }) => line);
  expect(told()).toEqual([11, 15]);
  simulation.run({ timeMs: 1_000 });
  expect(told()).toEqual([15]);
});

import { expect, it } from 'vitest';
import { isValueMissing } from './value-missing';

it.each([
  ['a digit that is erased', 'spec:\n  replicas: |\n  selector: {}', true],
  ['a key that is begun', 'spec:\n  fooo:|', true],
  ['a key above a comment', 'spec:\n  replicas: | # three\n', true],
  ['a key in a flow mapping', 'metadata: {name: |}', true],
  ['a key in a flow mapping before another', 'metadata: {name: |, labels: {a: b}}', true],
  ['an item of a list', 'args:\n  - |\n', true],
  ['a section whose first line is about to be typed', 'spec:\n  template:\n    |\n---\nkind: Pod', true],
  ['a value', 'spec:\n  replicas: 3|\n', false],
  ['a key whose value stands behind the caret', 'spec:\n  replicas: |3\n', false],
  ['a section with its fields', 'spec:|\n  replicas: 3', false],
  ['a section with a list at its own depth', 'args:|\n- one', false],
  ['a section with its fields below a gap', 'spec:\n  |\n\n  replicas: 3', false],
  ['a comment', '# replicas:|', false],
  ['a text that ends with a colon', 'image: nginx:|', true],
  ['a document that begins', 'a: 1\n---\n|', false],
  ['nothing', '|', false],
])('%s: %s', (_what, marked, missing) => {
  expect(isValueMissing(marked.replace('|', ''), marked.indexOf('|'))).toBe(missing);
});

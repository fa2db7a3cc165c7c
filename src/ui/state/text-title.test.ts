import { expect, test } from 'vitest';
import { titleOf } from './text-title';

test.each([
  [
    'the title of a scenario',
    'kind: Scenario\nmetadata:\n  name: a\nspec:\n  title: "First light: a rolling update"\n',
    'First light: a rolling update',
  ],
  [
    'its name, where titles are by language',
    'kind: Scenario\nmetadata: {name: shop}\nspec:\n  title: {en: Shop}\n',
    'Scenario shop',
  ],
  ['an object', 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {a: b}\n  name: web # the one\n', 'Pod web # the one'],
  ['an object in one line', "kind: ConfigMap\nmetadata: {labels: {name: x}, name: 'settings'}\n", 'ConfigMap x'],
  [
    'the first workload of several objects',
    '# a.yaml\nkind: ConfigMap\nmetadata: {name: shop}\n---\nkind: Deployment\nmetadata:\n  name: web\n---\nkind: Job\nmetadata: {name: j}\n',
    'Deployment web +1',
  ],
  [
    'the first object where none is a workload',
    '---\nkind: Secret\nmetadata: {name: a}\n---\nkind: Service\n',
    'Secret a',
  ],
  [
    'a scenario that stands last',
    'kind: Pod\nmetadata: {name: a}\n---\nkind: Scenario\nmetadata: {name: shop}\n',
    'Scenario shop',
  ],
  ['what is half typed', 'kind: Po', 'Po'],
  ['nothing', '# nothing yet\n', ''],
  ['a long title', `spec:\n  title: ${'x'.repeat(200)}`, 'x'.repeat(80)],
])('%s', (_what, text, title) => {
  expect(titleOf(text)).toBe(title);
});

import { expect, it } from 'vitest';
import { headingAt } from './field-at';

const TEXT = `kind: Scenario
spec:
  duration: 2m
---
# A comment.
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: web
        image: nginx
---
spec: {}
`.split('\n');

it.each([
  ['duration', '#### Scenario `spec.duration`'],
  ['replicas', '#### Deployment `spec.replicas`'],
  ['3', '#### Deployment `spec.replicas`'],
  ['nginx', '#### Deployment `spec.template.spec.containers.image`'],
  ['app', '#### Deployment `metadata.labels.app`'],
  ['{}', '#### `spec`'],
  ['Scenario', '#### Scenario `kind`'],
])('at %s: %s', (what, heading) => {
  const line = TEXT.findIndex((each) => each.includes(what));
  expect(headingAt(TEXT, line + 1, (TEXT[line]?.indexOf(what) ?? 0) + 1)).toBe(heading);
});

it('has no words for what can not be read', () => {
  expect(headingAt(['- a', '- b'], 2, 3)).toBe('');
  expect(headingAt([''], 1, 1)).toBe('');
  expect(headingAt(['---'], 1, 1)).toBe('');
});

import { expect, test } from 'vitest';
import { validateEndpoints } from './endpoints';

test.each([
  ['2026-01-01T00:00:01Z', undefined],
  ['soon', 'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"'],
  ['2026-02-30T00:00:00Z', 'parsing time "2026-02-30T00:00:00Z": day out of range'],
])('the time of the last change is one that exists: %s', (time, why) => {
  const annotations = { 'endpoints.kubernetes.io/last-change-trigger-time': time };
  const object = { apiVersion: 'v1', kind: 'Endpoints', metadata: { namespace: 'default', name: 'web', annotations } };
  const messages = validateEndpoints(object).map(({ message }) => message);
  expect(messages).toEqual(why === undefined ? [] : [`Invalid value: ${JSON.stringify(time)}: ${why}`]);
});

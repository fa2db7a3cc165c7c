import { expect, test } from 'vitest';
import { cellWords } from './cell-words';

const SCHEDULE = 'node.kubernetes.io/unreachable:NoSchedule';
const EXECUTE = 'node.kubernetes.io/unreachable:NoExecute';

for (const { title = 'TAINTS', from, to, said } of [
  { from: SCHEDULE, to: `${SCHEDULE} ${EXECUTE}`, said: 'TAINTS +unreachable:NoExecute' },
  { from: '', to: SCHEDULE, said: 'TAINTS +unreachable:NoSchedule' },
  { from: `${SCHEDULE} ${EXECUTE}`, to: SCHEDULE, said: 'TAINTS −unreachable:NoExecute' },
  { from: 'gpu=true:NoSchedule', to: '', said: 'TAINTS −gpu=true:NoSchedule' },
  { title: 'IMAGES', from: 'nginx:1 envoy:2', to: 'nginx:1 envoy:3', said: 'IMAGES +envoy:3 −envoy:2' },
  { title: 'IMAGES', from: 'nginx:1', to: 'nginx:2', said: 'IMAGES nginx:1 → nginx:2' },
  { title: 'READY', from: '0/3', to: '1/3', said: 'READY 0/3 → 1/3' },
  { title: 'CORDONED', from: '', to: 'true', said: 'CORDONED — → true' },
]) {
  test(`a mark says: ${said}`, () => {
    expect(cellWords({ title, from, to })).toBe(said);
  });
}

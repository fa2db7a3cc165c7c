import { expect, it } from 'vitest';
import { frameRequestOf } from './frame-messages';

it.each([
  [{ type: 'load', text: 'kind: Pod' }],
  [{ type: 'load', text: '', at: { timeMs: 5000 } }],
  [{ type: 'seek', step: 12 }],
  [{ type: 'seek', timeMs: 1500 }],
  [{ type: 'play' }],
  [{ type: 'play', speed: 2 }],
  [{ type: 'pause' }],
  [{ type: 'step', by: -1 }],
  [{ type: 'select', kind: 'Pod', name: 'web' }],
  [{ type: 'select', kind: 'Pod', name: 'web', namespace: 'shop' }],
  [{ type: 'kubectl', command: 'get pods', id: 'a' }],
])('%j is a message', (request) => {
  expect(frameRequestOf({ kubestep: 1, ...request })).toEqual(request);
});

it.each([
  [null],
  ['pause'],
  [{ type: 'pause' }],
  [{ kubestep: 2, type: 'pause' }],
  [{ kubestep: 1, type: 'delete' }],
  [{ kubestep: 1, type: 'load', text: 3 }],
  [{ kubestep: 1, type: 'load', text: '', at: 'now' }],
  [{ kubestep: 1, type: 'seek', step: -1 }],
  [{ kubestep: 1, type: 'seek' }],
  [{ kubestep: 1, type: 'play', speed: 0 }],
  [{ kubestep: 1, type: 'step', by: 0.5 }],
  [{ kubestep: 1, type: 'select', kind: 'Pod' }],
  [{ kubestep: 1, type: 'kubectl', command: 'get pods' }],
])('%j is none', (data) => {
  expect(frameRequestOf(data)).toBeUndefined();
});

import { expect, it } from 'vitest';
import { feasibleNodesToFind } from './find-nodes';

it.each([
  [1, 1],
  [99, 99],
  [100, 100],
  [150, 100],
  [250, 120],
  [1000, 420],
  [5000, 500],
  [6000, 300],
])('of %i nodes, %i feasible ones are enough', (nodes, enough) => expect(feasibleNodesToFind(nodes)).toBe(enough));

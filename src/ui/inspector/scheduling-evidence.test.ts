import { expect, test } from 'vitest';
import { type NodeVerdict, pluginsOf, ranked, type SchedulingEvidence, tied } from './scheduling-evidence';

const node = (name: string, total: number, verdict = 'feasible'): NodeVerdict => ({
  node: name,
  verdict,
  reasons: [],
  scores: verdict === 'feasible' ? { TaintToleration: total } : {},
  raw: {},
  total,
});
const evidence = (chosen: string | null, ...nodes: SchedulingEvidence['nodes']): SchedulingEvidence => ({
  type: 'scheduling',
  pod: 'default/web',
  nodes,
  omittedNodes: 0,
  notLookedAt: 0,
  chosen,
  weights: { TaintToleration: 3 },
});

test('the chosen node first, then by score, rejected ones last', () => {
  const found = evidence('c', node('a', 5), node('x', 0, 'NodeResourcesFit'), node('b', 9), node('c', 9));
  expect(ranked(found).map((each) => each.node)).toEqual(['c', 'b', 'a', 'x']);
  expect(tied(found)).toEqual(['b', 'c']);
  expect(pluginsOf(found)).toEqual(['TaintToleration']);
});

test('one node that fits is scored by nobody, so nothing is drawn', () => {
  const only = { ...node('a', 0), scores: {} };
  expect(tied(evidence('a', only))).toEqual([]);
});

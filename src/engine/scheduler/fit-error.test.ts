import { describe, expect, it } from 'vitest';
import { type Diagnosis, fitErrorMessage } from './fit-error';
import { type Status, unresolvable, unschedulable } from './framework';

function diagnosis(statuses: readonly Status[], more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    allNodes: statuses.length,
    byNode: new Map(statuses.map((status, index) => [`n${index}`, status])),
    absent: undefined,
    preFilterMessage: '',
    postFilterMessage: '',
    ...more,
  };
}

const cpu = unschedulable('Insufficient cpu');
const both = unschedulable('Insufficient cpu', 'Insufficient memory');
const taint = unresolvable('node(s) had untolerated taint(s)');

describe('fitErrorMessage', () => {
  const cases: readonly (readonly [string, Diagnosis, string])[] = [
    ['one reason', diagnosis([cpu, cpu]), '0/2 nodes are available: 2 Insufficient cpu.'],
    [
      'several, sorted with their counts',
      diagnosis([both, taint, cpu]),
      '0/3 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s), 2 Insufficient cpu.',
    ],
    [
      'counts are sorted as texts',
      diagnosis([...Array.from({ length: 10 }, () => cpu), taint, taint]),
      '0/12 nodes are available: 10 Insufficient cpu, 2 node(s) had untolerated taint(s).',
    ],
    [
      'nodes nobody looked at',
      diagnosis([cpu], { allNodes: 4, absent: unresolvable("node(s) didn't satisfy plugin(s) [NodeAffinity]") }),
      "0/4 nodes are available: 1 Insufficient cpu, 3 node(s) didn't satisfy plugin(s) [NodeAffinity].",
    ],
    [
      'a PreFilter message stands for all nodes',
      diagnosis([], { allNodes: 3, absent: taint, preFilterMessage: 'pod affinity terms conflict' }),
      '0/3 nodes are available: pod affinity terms conflict.',
    ],
    [
      'what PostFilter said comes last, as it is',
      diagnosis([cpu], { postFilterMessage: 'preemption: not eligible due to preemptionPolicy=Never.' }),
      '0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.',
    ],
  ];
  it.each(cases)('%s', (_name, given, message) => expect(fitErrorMessage(given)).toBe(message));
});

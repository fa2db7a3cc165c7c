/**
 * kubectl describe limitrange, and the part of a namespace's description about them.
 * Follows describeLimitRange and DescribeLimitRanges in staging/src/k8s.io/kubectl/pkg/describe/describe.go. Resources stand in order of name,
 * where upstream has none.
 */
import type { LimitRange } from '../../engine/api/types';
import { type Describer, field } from './text';

const LISTS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;
const TITLES = 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n';
const RULES = '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n';

function rows({ spec }: LimitRange, indent: string): string {
  const lines = (spec?.limits ?? []).flatMap((item) => {
    const names = new Set(LISTS.flatMap((list) => Object.keys(item[list] ?? {})));
    return [...names].sort().map((name) => {
      const amounts = LISTS.map((list) => item[list]?.[name] ?? '-');
      return `${indent}${[item.type, name, ...amounts].join('\t')}\n`;
    });
  });
  return lines.join('');
}

/** LimitRange. */
export const describeLimitRange: Describer<LimitRange> = (range) => [
  [
    field('Name', range.metadata.name),
    field('Namespace', range.metadata.namespace ?? ''),
    TITLES,
    RULES,
    rows(range, ''),
  ].join(''),
];

/** What a namespace's description says of its LimitRanges. */
export function limitRangesText(ranges: readonly LimitRange[]): string {
  if (ranges.length === 0) return 'No LimitRange resource.\n';
  return `Resource Limits\n ${TITLES} ${RULES}${ranges.map((range) => rows(range, ' ')).join('')}`;
}

/** The evidence that the scheduler attaches to its steps, as far as the page reads it. */
export interface SchedulingEvidence {
  readonly type: 'scheduling';
  readonly pod: string;
  readonly nodes: readonly NodeVerdict[];
  readonly omittedNodes: number;
  readonly notLookedAt: number;
  readonly chosen: string | null;
  readonly weights: Readonly<Record<string, number>>;
}

/** What came of one node. */
export interface NodeVerdict {
  readonly node: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
  readonly raw: Readonly<Record<string, number>>;
  readonly total: number;
}

export const FEASIBLE = 'feasible';

export function isSchedulingEvidence(detail: unknown): detail is SchedulingEvidence {
  return typeof detail === 'object' && detail !== null && (detail as { type?: unknown }).type === 'scheduling';
}

/** `NodeResourcesBalancedAllocation` → `Node Resources Balanced Allocation`: narrow columns need somewhere to break. */
export function spaced(plugin: string): string {
  return plugin.replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** The plugins that scored, in the order in which they did. */
export const pluginsOf = ({ nodes }: SchedulingEvidence): string[] => [
  ...new Set(nodes.flatMap(({ scores }) => Object.keys(scores))),
];

/** The chosen node first, then by score, then those that did not pass. */
export function ranked({ nodes, chosen }: SchedulingEvidence): NodeVerdict[] {
  const rank = ({ node, verdict, total }: NodeVerdict): number => {
    if (node === chosen) return Number.MAX_SAFE_INTEGER;
    return verdict === FEASIBLE ? total : -1;
  };
  return [...nodes].sort((a, b) => rank(b) - rank(a) || (a.node < b.node ? -1 : 1));
}

/** Nodes that share the highest score; the scheduler draws one of them. */
export function tied({ nodes }: SchedulingEvidence): string[] {
  const feasible = nodes.filter(({ verdict, scores }) => verdict === FEASIBLE && Object.keys(scores).length > 0);
  const highest = Math.max(...feasible.map(({ total }) => total));
  return feasible.filter(({ total }) => total === highest).map(({ node }) => node);
}

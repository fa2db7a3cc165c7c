/** Who sends the requests of a source: the world outside, a node, or the Pods that a selector finds, by turns. */
import { matchesRequirements, parseLabelSelector } from '../api/selector';
import type { Pod } from '../api/types';
import type { Context } from '../client/component';
import { hasFault } from '../client/environment';
import type { RequestSource } from '../network/request';
import type { TrafficConfig } from '../simulation';

/** One who sends. */
export interface Sender {
  readonly source: RequestSource;
  /** The first station of its requests. */
  readonly name: string;
  /** What others see its connections come from; the clients outside have an address each. */
  readonly address: string | undefined;
  /** Virtual ms from which on it can send. */
  readonly sinceMs: number;
}

/** When the first of a Pod's containers that run began to. */
function runsSince({ status }: Pod, context: Context): number {
  const started = (status?.containerStatuses ?? []).flatMap(({ state }) => state?.running?.startedAt ?? []);
  return started.length === 0 ? Infinity : Math.min(...started.map((at) => context.timeOf(at)));
}

/** Those who send for a source now; none when no Pod of it runs. */
export function sendersOf({ name, sender }: TrafficConfig, context: Context): readonly Sender[] {
  if (sender.kind === 'outside') return [{ source: sender, name, address: undefined, sinceMs: 0 }];
  const isDark = (node: string): boolean => hasFault(context.environment, 'node-crash', { node });
  if (sender.kind === 'node')
    return isDark(sender.node)
      ? []
      : [{ source: sender, name: `Node ${sender.node}`, address: sender.node, sinceMs: 0 }];
  const requirements = parseLabelSelector(sender.selector);
  return context.lister.list<Pod>('Pod', sender.namespace).flatMap((pod) => {
    const { uid = '', labels } = pod.metadata;
    if (pod.status?.phase !== 'Running' || !matchesRequirements(requirements, labels)) return [];
    const sinceMs = runsSince(pod, context);
    const { nodeName: node = '' } = pod.spec;
    if (sinceMs === Infinity || isDark(node)) return [];
    const from = `Pod ${sender.namespace}/${pod.metadata.name}`;
    return { source: { kind: 'pod', uid, node } as const, name: from, address: uid, sinceMs };
  });
}

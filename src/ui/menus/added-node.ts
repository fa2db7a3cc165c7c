/** A node that is added by hand: what it is called, and how large it is. Pure. */
import { canonicalQuantity, formatQuantity } from '../../engine/api/quantity';
import type { Input, NodeConfig } from '../../engine/simulation';
import type { NodeRow } from '../../view/rows';

/** The label that says in which zone a node is. */
const ZONE = 'topology.kubernetes.io/zone';

/** The next name after one that ends in a number, which no node has: `node-4` after `node-3`. */
export function nextName(last: string | undefined, taken: ReadonlySet<string>): string {
  const [, prefix = '', number = '0'] = /^(.*?)(\d*)$/.exec(last ?? 'node-') ?? [];
  const stem = number === '' && !prefix.endsWith('-') ? `${prefix}-` : prefix;
  let next = Number(number) + 1;
  while (taken.has(`${stem}${next}`)) next += 1;
  return `${stem}${next}`;
}

/** How large a node is. */
export function capacityOf({ cpuMilli, memoryBytes, pods }: NodeRow): Record<string, string> {
  const memory = formatQuantity({ nano: BigInt(memoryBytes) * 1_000_000_000n, format: 'BinarySI' });
  return { cpu: canonicalQuantity(`${cpuMilli}m`), memory, pods: String(pods) };
}

/** The act that adds it; without a node to be like it is as large as nodes are by default. */
export function adding(name: string, zone: string, like: NodeRow | undefined): Input {
  const payload: NodeConfig = {
    name,
    ...(zone === '' ? {} : { labels: { [ZONE]: zone } }),
    ...(like && like.cpuMilli > 0 ? { capacity: capacityOf(like) } : {}),
  };
  return { to: 'user', kind: 'join', payload };
}

/** Names, addresses, ids and times that a cluster makes up become placeholders, so that two honest runs give equal facts. */
import { controllerOf, type KubeObject } from '../../engine/api/meta';
import type { WatchLine } from './run';

/** Rewrites a text of one run. */
export type Substitute = (text: string) => string;

type Fixed = Map<string, string>;

/** Numbers things group by group. */
function counter(): (group: string) => number {
  const counts = new Map<string, number>();
  return (group) => {
    const next = (counts.get(group) ?? 0) + 1;
    counts.set(group, next);
    return next;
  };
}

function learnHash(object: KubeObject, fixed: Fixed, next: (group: string) => number): void {
  const { name, namespace, labels } = object.metadata;
  const owner = controllerOf(object);
  if (object.kind === 'ReplicaSet' && owner?.kind === 'Deployment') {
    const hash = labels?.['pod-template-hash'];
    if (hash) fixed.set(hash, `{H${next(`RS ${namespace ? `${namespace}/` : ''}${owner.name}`)}}`);
  } else if (object.kind === 'ControllerRevision') {
    const hash = labels?.['controller-revision-hash'] ?? labels?.['controller.kubernetes.io/hash'] ?? name;
    const tail = hash.split('-').at(-1) as string;
    if (!fixed.has(tail)) fixed.set(tail, `{R${next(`CR ${owner?.name}`)}}`);
  } else if (object.kind === 'Job' && owner?.kind === 'CronJob') {
    const tail = name.slice(owner.name.length + 1);
    if (/^\d+$/.test(tail)) fixed.set(tail, `{M${next(`CJ ${owner.name}`)}}`);
  }
}

const byLength = (a: readonly [string, string], b: readonly [string, string]): number => b[0].length - a[0].length;

/** Learns what the cluster of a run made up, and returns what replaces it. */
export function placeholders(watch: readonly WatchLine[]): Substitute {
  const fixed: Fixed = new Map();
  const generated: Fixed = new Map();
  const seen = new Set<string>();
  const next = counter();
  for (const { type, object } of watch) {
    const { name, generateName, uid = '' } = object.metadata;
    if (type === 'DELETED' || seen.has(uid)) continue;
    seen.add(uid);
    learnHash(object, fixed, next);
    if (generateName && name.startsWith(generateName) && name !== generateName) {
      fixed.delete(name);
      generated.set(name, `${generateName}{x}`);
    }
    if (['Job', 'Pod', 'PersistentVolume'].includes(object.kind)) fixed.set(uid, '{uid}');
  }
  const replacements = [...[...generated].sort(byLength), ...[...fixed].sort(byLength)];
  return (text) => {
    let result = text;
    for (const [from, to] of replacements) if (result.includes(from)) result = result.split(from).join(to);
    return result
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uid}')
      .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-{x}')
      .replace(/\b(10\.(96|244|1\d\d|\d{1,2})|172\.18)\.\d+\.\d+\b/g, '{ip}')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '{time}');
  };
}

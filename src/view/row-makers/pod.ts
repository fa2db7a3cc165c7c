/** The row of a Pod. What it is called, its ready containers and its restarts are kubectl's (engine/api/pod-status-text.ts). */
import { COMPLETION_INDEX } from '../../engine/api/job';
import { controllerOf, type KubeObject } from '../../engine/api/meta';
import { podRequests } from '../../engine/api/pod-resources';
import { podSummary } from '../../engine/api/pod-status-text';
import type { Pod } from '../../engine/api/types';
import { containerLines } from '../container-lines';
import { type PodLook, type PodRow, type RowBase, rowId } from '../rows';
import { imagesOf, type Unfinished } from './unfinished';

/** See the header. */
export function podRow(base: RowBase, object: KubeObject): PodRow {
  const { spec, status } = object as Unfinished<Pod>;
  const { text, ready: readyContainers, total, restarts } = podSummary(object as Pod);
  const requests = spec?.containers && podRequests(object as Pod);
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  const { id, namespace, name, uid, owner } = base;
  return {
    id,
    kind: 'Pod',
    namespace,
    name,
    uid,
    owner,
    look: podLook(object, text, ready === true, spec?.nodeName !== undefined, status?.phase),
    status: text,
    node: spec?.nodeName || undefined,
    ip: status?.podIP,
    restarts: restarts.count,
    readyContainers,
    containers: total,
    parts: partsOf(object as Unfinished<Pod>),
    images: imagesOf(spec?.containers),
    cpuMilli: requests?.get('cpu') ?? 0,
    memoryBytes: requests?.get('memory') ?? 0,
    labels: owner ? undefined : object.metadata.labels,
    index: indexOf(object),
    revision: revisionOf(object),
    claims: claimsOf(object.metadata.name, namespace, spec?.volumes),
  };
}

/** Init containers that are done are no part of what runs. */
function partsOf(pod: Unfinished<Pod>): string {
  if (!pod.spec?.containers) return '';
  return containerLines(pod as Pod)
    .filter(({ role, look }) => role === 'app' || look !== 'succeeded')
    .map(({ name, look }) => `${name}=${look}`)
    .join(' ');
}

function podLook(object: KubeObject, text: string, ready: boolean, bound: boolean, phase: string | undefined): PodLook {
  if (object.metadata.deletionTimestamp) return 'terminating';
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed' || /BackOff|Err|Error|OOMKilled|ExitCode/.test(text)) return 'failed';
  if (ready) return 'ready';
  if (phase === 'Running') return 'notReady';
  return bound ? 'creating' : 'pending';
}

function indexOf({ metadata }: KubeObject): number | undefined {
  const { labels } = metadata;
  const text = labels?.['apps.kubernetes.io/pod-index'] ?? labels?.[COMPLETION_INDEX];
  return text === undefined ? undefined : Number(text);
}

/** `web-7f9c` of a StatefulSet's Pod is `7f9c`; a DaemonSet's label is the hash alone. */
function revisionOf(object: KubeObject): string | undefined {
  const label = object.metadata.labels?.['controller-revision-hash'];
  if (!label) return undefined;
  const stem = `${controllerOf(object)?.name ?? ''}-`;
  return label.startsWith(stem) ? label.slice(stem.length) : label;
}

/** Row ids of the claims that volumes mount; those of a Pod's own ephemeral volumes are named after it. */
export function claimsOf(
  pod: string | undefined,
  namespace: string,
  volumes: NonNullable<Unfinished<Pod>['spec']>['volumes'],
): readonly string[] | undefined {
  const claims: string[] = [];
  for (const { name, persistentVolumeClaim, ephemeral } of volumes ?? []) {
    const claim = persistentVolumeClaim?.claimName ?? (ephemeral && pod ? `${pod}-${name}` : undefined);
    if (claim) claims.push(rowId('PersistentVolumeClaim', namespace, claim));
  }
  return claims.length > 0 ? claims : undefined;
}

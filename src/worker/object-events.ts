/**
 * The Events about one object, chosen as `kubectl describe` does (k8s.io/kubectl/pkg/describe/describe.go): by uid, so that an earlier
 * object of the same name keeps its own. Kubelets name a Node in place of its uid, so for Nodes both count.
 */
import type { KubeObject } from '../engine/api/meta';
import type { ObjectEvent } from './protocol';

const MAX_EVENTS = 100;

interface EventLike {
  readonly involvedObject?: {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
  };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string;
  readonly eventTime?: string;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
}

function isAbout({ involvedObject: target }: EventLike, about: KubeObject): boolean {
  const { name, namespace, uid } = about.metadata;
  if (target?.kind !== about.kind || target.name !== name) return false;
  if (namespace && target.namespace !== namespace) return false;
  return target.uid === uid || (about.kind === 'Node' && target.uid === name);
}

/** See the header. The latest of them, oldest first. */
export function eventsAbout(events: readonly KubeObject[], about: KubeObject): ObjectEvent[] {
  const found: (ObjectEvent & { readonly revision: number })[] = [];
  for (const object of events) {
    const event = object as EventLike;
    if (!isAbout(event, about)) continue;
    const { series, lastTimestamp, eventTime } = event;
    found.push({
      type: event.type ?? 'Normal',
      reason: event.reason ?? '',
      message: event.message ?? '',
      source: event.source?.component || event.reportingComponent || '',
      count: series?.count ?? event.count ?? 1,
      revision: Number(object.metadata.resourceVersion ?? 0),
      lastAt: series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? object.metadata.creationTimestamp ?? '',
    });
  }
  // Timestamps are whole seconds, and many Events fall into one: the order in which they were written is the true one.
  found.sort((a, b) => a.revision - b.revision || (a.message < b.message ? -1 : 1));
  return found.slice(-MAX_EVENTS).map(({ revision: _written, ...event }) => event);
}

/**
 * When the change happened that a write of EndpointSlices publishes: the annotation from which the delay of the network's
 * programming is measured.
 * Follows staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go. Changes are noted as they are seen instead of by
 * comparing all Pods at each sync.
 */
import type { Pod, Service } from '../../api/types';

/** The annotation. */
export const TRIGGER_TIME_ANNOTATION = 'endpoints.kubernetes.io/last-change-trigger-time';

/** By key of the Service: the earliest change since its last sync, '' for none. Services not synced yet are missing. */
export type TriggerTimes = Map<string, string>;

function readyTime(pod: Pod | undefined): string {
  return pod?.status.conditions?.find((condition) => condition.type === 'Ready')?.lastTransitionTime ?? '';
}

/** Notes a Pod's change; RFC 3339 times of one format compare as text. */
export function noteTrigger(times: TriggerTimes, key: string, before: Pod | undefined, after: Pod | undefined): void {
  const pending = times.get(key);
  if (pending === undefined || !after) return;
  const time = readyTime(after);
  if (time > readyTime(before) && (pending === '' || time < pending)) times.set(key, time);
}

/** The time to publish with this sync, if any; a Service's first sync publishes the time it was made. */
export function takeTrigger(times: TriggerTimes, key: string, service: Service): string {
  const pending = times.get(key);
  times.set(key, '');
  return pending ?? service.metadata.creationTimestamp ?? '';
}

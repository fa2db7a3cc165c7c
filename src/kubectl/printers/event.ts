/** Event as a table row. Follows printEvent in pkg/printers/internalversion/printers.go. */
import type { Event } from '../../engine/api/types';
import type { Clock } from '../command';
import { type Column, columns, type Printer, since } from './columns';

const WIDE_TITLES = new Set(['SUBOBJECT', 'SOURCE', 'FIRST SEEN', 'COUNT', 'NAME']);
const COLUMNS: readonly Column[] = columns(
  'LAST SEEN,TYPE,REASON,OBJECT,SUBOBJECT,SOURCE,MESSAGE,FIRST SEEN,COUNT,NAME',
).map(({ title }) => ({ title, wide: WIDE_TITLES.has(title) }));

/** Who reported the Event: `kubelet, node-1`. */
export function eventSource(event: Event): string {
  const component = event.source?.component || event.reportingComponent || '';
  const instance = event.source?.host || event.reportingInstance || '';
  return instance ? `${component}, ${instance}` : component;
}

function lastSeen(event: Event, clock: Clock, firstSeen: string): string {
  if (event.series) return since(clock, event.series.lastObservedTime);
  return event.lastTimestamp ? since(clock, event.lastTimestamp) : firstSeen;
}

/** Event. */
export const eventPrinter: Printer<Event> = {
  columns: COLUMNS,
  row: (event, clock) => {
    const { kind = '', name, fieldPath = '' } = event.involvedObject;
    const firstSeen = since(clock, event.firstTimestamp || event.eventTime);
    return [
      lastSeen(event, clock, firstSeen),
      event.type ?? '',
      event.reason ?? '',
      name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase(),
      fieldPath,
      eventSource(event),
      (event.message ?? '').trim(),
      firstSeen,
      String((event.series ? event.series.count : event.count || 1) ?? 0),
      event.metadata.name,
    ];
  },
};

/**
 * Events of the core group, and of events.k8s.io. Follows pkg/registry/core/event/strategy.go.
 * As a table: printEvent in pkg/printers/internalversion/printers.go.
 */
import { eventFromNewer, eventToNewer } from '../conversion/events-v1';
import type { Event } from '../types';
import {
  validateEvent,
  validateEventUpdate,
  validateNewerEvent,
  validateNewerEventUpdate,
} from '../validation/core-event';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { type Clock, type Column, columns, since, type TableDefinition } from './table';

const strategy: Strategy = {
  validate: validateEvent,
  validateUpdate: validateEventUpdate,
};

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

const table: TableDefinition<Event> = {
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

const REFERENCE = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** Event. */
export const eventKind: KindDefinition = {
  ...resource('', 'v1', 'Event', 'events', 'ev'),
  selectableFields: [
    ...REFERENCE.map((name) => `involvedObject.${name}`),
    ...['reason', 'reportingComponent', 'source', 'type'],
  ],
  strategy,
  table,
};

/** The same in events.k8s.io, whose rules are stricter. */
export const newerEventKind: KindDefinition = {
  ...eventKind,
  group: 'events.k8s.io',
  type: 'NewerEvent',
  selectableFields: [...REFERENCE.map((name) => `regarding.${name}`), 'reason', 'reportingController', 'type'],
  conversion: { toStorage: eventFromNewer, fromStorage: eventToNewer },
  strategy: {
    validate: (object) => validateNewerEvent(eventFromNewer(object)),
    validateUpdate: (object, old) => validateNewerEventUpdate(eventFromNewer(object), eventFromNewer(old)),
  },
  table: {
    columns: COLUMNS,
    row: (object, clock) => table.row(eventFromNewer(object) as Event, clock),
  },
};

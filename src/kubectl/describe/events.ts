/**
 * The Events table at the end of a description. Follows DescribeEvents and searchEvents in
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */

import { since } from '../../engine/api/kinds/table';
import type { KubeObject } from '../../engine/api/meta';
import type { Event } from '../../engine/api/types';
import type { Clock, Reader } from '../command';
import { attempt } from '../errors';

/** Which Events: fields of their involvedObject. */
export interface EventSubject {
  readonly name: string;
  readonly namespace: string;
  readonly kind?: string;
  readonly uid?: string;
}

/** The object itself, as Events refer to it. */
function subjectOf({ kind, metadata }: KubeObject): EventSubject {
  return { kind, name: metadata.name, namespace: metadata.namespace ?? '', uid: metadata.uid };
}

/** The Events about a subject, in order of name; none for those who may not list them. */
export function findEvents(reader: Reader, subject: EventSubject): Event[] {
  const terms = [`involvedObject.name=${subject.name}`, `involvedObject.namespace=${subject.namespace}`];
  if (subject.kind) terms.push(`involvedObject.kind=${subject.kind}`);
  if (subject.uid) terms.push(`involvedObject.uid=${subject.uid}`);
  const selection = { namespace: subject.namespace || undefined, fieldSelector: terms.join(',') };
  const events = attempt(() => reader.list<Event>('Event', selection));
  return events instanceof Error ? [] : events;
}

function ageText(event: Event, clock: Clock): string {
  const first = since(clock, event.eventTime || event.firstTimestamp);
  const { series, count = 0 } = event;
  if (series) return `${since(clock, series.lastObservedTime)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(clock, event.lastTimestamp)} (x${count} over ${first})` : first;
}

function row(event: Event, clock: Clock): string {
  const { fieldPath } = event.involvedObject;
  const message = (event.message ?? '').trim();
  const cells = [
    event.type ?? '',
    event.reason ?? '',
    ageText(event, clock),
    event.source?.component || event.reportingComponent || '',
    fieldPath ? `${fieldPath}: ${message}` : message,
  ];
  return `  ${cells.join('\t')}\n`;
}

/** A description and its Events: a table of its own when there are any. */
export function withEvents(text: string, events: readonly Event[], clock: Clock): readonly string[] {
  if (events.length === 0) return [`${text}Events:\t<none>\n`];
  const timeOf = ({ lastTimestamp }: Event): number => (lastTimestamp ? clock.timeOf(lastTimestamp) : -Infinity);
  const keyed = events.map((event) => ({ event, atMs: timeOf(event) }));
  keyed.sort((a, b) => (a.atMs === b.atMs ? 0 : a.atMs - b.atMs));
  const header = 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n  ----\t------\t----\t----\t-------\n';
  return [text, header + keyed.map(({ event }) => row(event, clock)).join('')];
}

/** A description followed by the Events about the object. */
export function withEventsOf(object: KubeObject, text: string, reader: Reader, clock: Clock): readonly string[] {
  return withEvents(text, findEvents(reader, subjectOf(object)), clock);
}

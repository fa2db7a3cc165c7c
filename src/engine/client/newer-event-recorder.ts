/**
 * Writes Events in the newer form (events.k8s.io), as the scheduler does: they say when, by whom and at what action, and a repeat about
 * the same version of an object makes a series of the first; from the third on it is only counted.
 * Follows client-go/tools/events/event_broadcaster.go (getKey, recordToSink, finishSeries). Left out: how far a series went on is not
 * written when it is over.
 */
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import { inOnePiece } from '../kernel/in-one-piece';
import type { Observation } from './event-memory';
import { type EventSource, objectReference } from './event-recorder';

/** How often it is looked for what was not repeated for as long (finishTime). */
const FINISH_MS = 360_000;

/** What is said of an object, and what was done to it. */
export interface NewerStatement {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly action: string;
  /** What else it is about. */
  readonly related?: KubeObject;
}

/** Records one Event; `now` of the source is a MicroTime. */
export function recordNewerEvent(source: EventSource, object: KubeObject, statement: NewerStatement): void {
  const { memory, nowMs, now, client } = source;
  const { type, reason } = statement;
  const { namespace = 'default', name, uid = '', resourceVersion = '', creationTimestamp = '' } = object.metadata;
  const second = creationTimestamp.slice(0, 19);
  const key = inOnePiece([uid, resourceVersion, type, reason].join('\n'));
  const told = memory.find(key, (put) => 'observed' in put && (put.observed[0]?.firstTimestamp ?? '') < second);
  const isStanding = told && 'observed' in told && told.atMs >= (Math.floor(nowMs / FINISH_MS) - 1) * FINISH_MS;
  const known = isStanding ? told.observed[0] : undefined;
  const observation: Observation = known
    ? { ...known, count: known.count + 1 }
    : {
        reason,
        fieldPath: '',
        message: undefined,
        count: 1,
        firstTimestamp: now,
        name: source.newName(namespace, name),
      };
  memory.put({ key, earlier: memory.save(), similar: [], observed: [observation], creditMs: 0, atMs: nowMs });
  try {
    if (!known) client.create(eventOf(source, object, statement, observation));
    else if (observation.count === 2) {
      const body = { series: { count: 2, lastObservedTime: now } };
      client.patch('Event', namespace, known.name, { type: 'strategic', body });
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function eventOf(
  { reporter: { component }, now }: EventSource,
  object: KubeObject,
  { type, reason, message, action, related }: NewerStatement,
  { name }: Observation,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: object.metadata.namespace || 'default' },
    involvedObject: objectReference(object, undefined),
    ...(related ? { related: objectReference(related, undefined) } : {}),
    reason,
    message: inOnePiece(message),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    type,
    eventTime: now,
    action,
    reportingComponent: component,
    reportingInstance: `${component}-control-plane`,
  };
}

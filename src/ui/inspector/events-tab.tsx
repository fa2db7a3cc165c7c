/** The Events about an object, newest first, as `kubectl describe` lists them. */
import { t } from '../../i18n/translate';
import type { ObjectEvent } from '../../worker/protocol';

/** See the header. */
export function EventsTab({ events }: { events: readonly ObjectEvent[] }) {
  if (events.length === 0) return <p className="quiet">{t('events.none')}</p>;
  return (
    <ol className="events">
      {[...events].reverse().map((event) => (
        <li key={`${event.reason}${event.message}${event.lastAt}`} data-warning={event.type !== 'Normal' || undefined}>
          <p className="event-head">
            <strong>{event.reason}</strong>
            {event.count > 1 && <span className="event-count">×{event.count}</span>}
            <span className="quiet push">{event.lastAt.slice(11, 19)}</span>
          </p>
          <p>{event.message}</p>
          <p className="quiet event-source">{event.source}</p>
        </li>
      ))}
    </ol>
  );
}

/** Says the present step to those who do not see it: politely, and only while time stands still, as nobody can listen as fast as it plays. */
import { sentence } from '../../i18n/translate';
import { useSession } from '../state/session';
import { useThrottled } from '../state/throttled';

/** Steps that are gone through faster are not said. */
const PAUSE_MS = 600;

/** See the header. */
export function Announcer() {
  const message = useThrottled(
    useSession(({ playing, current }) => (playing ? '' : current ? sentence(current.message) : '')),
    PAUSE_MS,
  );
  return (
    <p className="visually-hidden" role="status" data-announcer="">
      {message}
    </p>
  );
}

/** The mark: a small dial whose hands show the cluster's clock, so that it moves when time does. */
import { useSession } from '../state/session';

/** The long hand turns once a minute, the short one once an hour. */
export function Logo() {
  const seconds = useSession((session) => Math.floor(session.playheadMs / 250) / 4);
  return (
    <svg className="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <circle cx="16" cy="16" r="14" className="logo-case" />
      <path d="M16 4.6v2.6M16 24.8v2.6M4.6 16h2.6M24.8 16h2.6" className="logo-ticks" />
      <path d="M16 16 V10.5" className="logo-short" transform={`rotate(${(seconds / 10) % 360} 16 16)`} />
      <path d="M16 19 V7.4" className="logo-long" transform={`rotate(${(seconds * 6) % 360} 16 16)`} />
      <circle cx="16" cy="16" r="2" className="logo-pin" />
    </svg>
  );
}

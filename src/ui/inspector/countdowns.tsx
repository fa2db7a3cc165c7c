/** What comes about by itself, and in how long. */
import { t } from '../../i18n/translate';
import type { Countdown } from '../../view/countdowns';
import { useSession } from '../state/session';
import { momentText } from '../timeline/time-text';

const about = (of: string | undefined, said: string) => (of ? t('words.said', { what: of, said }) : said);

/** See the header; whole seconds, so that it moves once a second. */
export function Countdowns({ countdowns }: { countdowns: readonly Countdown[] }) {
  const nowMs = useSession((session) => Math.floor(session.cursor.timeMs / 1000) * 1000);
  const coming = countdowns.filter(({ atMs }) => atMs > nowMs);
  if (coming.length === 0) return null;
  return (
    <dl className="facts countdowns">
      {coming.map(({ what, of, atMs }) => (
        <div key={`${what} ${of}`}>
          <dt>{t(`countdown.${what}`)}</dt>
          <dd>{about(of, t('countdown.in', { seconds: Math.ceil((atMs - nowMs) / 1000), time: momentText(atMs) }))}</dd>
        </div>
      ))}
    </dl>
  );
}

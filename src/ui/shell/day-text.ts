/** When something was, as people say it of the last days: `today at 14:05`. */
import { t } from '../../i18n/translate';

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

/** Both in ms since 1970; in the reader's time zone. */
export function dayText(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = at.toLocaleTimeString('en-GB', TIME);
  const daysBefore = (days: number) => new Date(nowMs - days * 86_400_000).toDateString() === at.toDateString();
  if (daysBefore(0)) return t('recent.today', { time });
  if (daysBefore(1)) return t('recent.yesterday', { time });
  return t('recent.day', { day: at.toLocaleDateString('en-GB', DAY), time });
}

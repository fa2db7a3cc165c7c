/** One write followed: what it wrote, and every step it led to, from the first watch event to the last reconcile. */
import { sentence, t } from '../../i18n/translate';
import type { Consequence, Followed } from '../../view/followed';
import { visit } from '../inspector/step-list';
import { momentText } from '../timeline/time-text';
import { Reads } from './reads';
import { Wrote } from './wrote';

interface Props {
  readonly followed: Followed;
  readonly now: number;
  readonly isPinned: boolean;
  readonly onPin: (step: number | undefined) => void;
}

/** See the header. */
export function FollowedWrite({ followed: { link, wrote, consequences, more }, now, isPinned, onPin }: Props) {
  return (
    <section className="plane-followed" aria-label={t('plane.followed')}>
      <header>
        <h2>{t('plane.followed')}</h2>
        <button
          type="button"
          className="button small"
          aria-pressed={isPinned}
          onClick={() => onPin(isPinned ? undefined : link.step)}
        >
          {t(isPinned ? 'plane.unpin' : 'plane.pin', { step: link.step })}
        </button>
      </header>
      <p>
        <span className="steps-actor">{link.actor}</span> {sentence(link.message)}
      </p>
      <Reads key={link.step} step={link.step} />
      <Wrote wrote={wrote} />
      {consequences.length === 0 ? (
        <p className="quiet">{t('plane.noConsequences')}</p>
      ) : (
        <ol>
          {consequences.map((each) => (
            <Line key={each.link.step} consequence={each} fromMs={link.timeMs} now={now} />
          ))}
          {more > 0 && <li className="quiet">{t('plane.more', { count: more })}</li>}
        </ol>
      )}
    </section>
  );
}

const MOST_INDENT = 6;

function Line({
  consequence: { link, depth },
  fromMs,
  now,
}: {
  consequence: Consequence;
  fromMs: number;
  now: number;
}) {
  return (
    <li
      style={{ paddingLeft: 14 * Math.min(MOST_INDENT, depth - 1) }}
      aria-current={link.step === now ? 'step' : undefined}
      data-later={link.step > now || undefined}
    >
      <button type="button" className="link-button mono" onClick={() => visit(link.step)}>
        +{momentText(link.timeMs - fromMs)}
      </button>{' '}
      <span className="steps-actor">{link.actor}</span> {sentence(link.message)}
    </li>
  );
}

/** Steps as a list of links: each goes to its moment. */
import { t } from '../../i18n/translate';
import type { WhyLink } from '../../view/why';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { momentText } from '../timeline/time-text';

/** Goes to a step and stays there. */
export function visit(step: number): void {
  useSession.setState({ playing: false });
  void conductor.seek({ step });
}

/**
 * A chain reads from effect to cause; a log from earlier to later. A link's name is its step, and the message its description: names of
 * objects belong to the objects themselves.
 */
export function StepList({ links, shape }: { links: readonly WhyLink[]; shape: 'chain' | 'log' }) {
  const present = useSession((session) => session.cursor.step);
  return (
    <ol className={`steps ${shape}`}>
      {links.map((link) => (
        <li
          key={link.step}
          data-present={link.step === present || undefined}
          data-person={link.actor === 'user' || undefined}
        >
          <button
            type="button"
            aria-label={t('timeline.step', { step: link.step })}
            aria-description={`${momentText(link.timeMs)}, ${link.actor}: ${link.message}`}
            onClick={() => visit(link.step)}
          >
            <span className="steps-where">
              {t('timeline.step', { step: link.step })} · {momentText(link.timeMs)}
            </span>
            <span className="steps-message">
              <span className="steps-actor">{link.actor}</span> {link.message}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

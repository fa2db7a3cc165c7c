/** One write followed: what it wrote, who is told of it, and every step it led to, from the first watch event to the last reconcile. */
import { sentence, t } from '../../i18n/translate';
import type { Consequence, Followed, Written } from '../../view/followed';
import { visit } from '../inspector/step-list';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { momentText } from '../timeline/time-text';
import { Hearings } from './hearings';
import { planeText } from './plane-words';
import { Reads } from './reads';
import { Wrote } from './wrote';

interface Props {
  readonly followed: Followed;
  readonly now: number;
  readonly isPinned: boolean;
  readonly onPin: (step: number | undefined) => void;
}

/** See the header. */
export function FollowedWrite({ followed, now, isPinned, onPin }: Props) {
  const { link, wrote } = followed;
  return (
    <section className="plane-followed" aria-label={planeText('plane.followed')}>
      <header>
        <h2>{planeText('plane.followed')}</h2>
        <button
          type="button"
          className="button small"
          aria-pressed={isPinned}
          onClick={() => onPin(isPinned ? undefined : link.step)}
        >
          {planeText(isPinned ? 'plane.unpin' : 'plane.pin', { step: link.step })}
        </button>
      </header>
      <p>
        <span className="steps-actor">{link.actor}</span> {sentence(link.message)}
      </p>
      <Reads key={link.step} step={link.step} />
      <Wrote wrote={wrote} />
      <Course key={`course ${link.step}`} followed={followed} now={now} />
    </section>
  );
}

/** How often it is asked who is told, at rest and while time plays: that is worked out on branches. */
const REFRESH_MS = { rest: 200, playing: 2_000 };

/** Who is told, and what comes of it. */
function Course({ followed, now }: { followed: Followed; now: number }) {
  const { link, wrote } = followed;
  const refreshMs = useSession((session) => (session.playing ? REFRESH_MS.playing : REFRESH_MS.rest));
  const head = useSession((session) => session.head.step);
  const hearers = useAnswer('hearers', { step: link.step }, { about: [link.step, head], refreshMs });
  // The run may have gone on since the one was asked, or the other.
  const { consequences, more } = longer(followed, hearers?.followed ?? followed);
  return (
    <>
      {hearers && wrote.length > 0 && <Hearings hearers={hearers} wrote={wrote} fromMs={link.timeMs} />}
      {consequences.length === 0 ? (
        <p className="quiet">{planeText('plane.noConsequences')}</p>
      ) : (
        <>
          <h3>{planeText('plane.came')}</h3>
          <ol aria-label={planeText('plane.came')}>
            {consequences.map((each) => (
              <Line
                key={each.link.step}
                consequence={each}
                fromMs={link.timeMs}
                now={now}
                relisted={hearers?.relisted[each.link.step]}
              />
            ))}
            {more > 0 && <li className="quiet">{t('plane.more', { count: more })}</li>}
          </ol>
        </>
      )}
    </>
  );
}

const lengthOf = ({ consequences, more }: Followed): number => consequences.length + more;
const longer = (a: Followed, b: Followed): Followed => (lengthOf(b) > lengthOf(a) ? b : a);

const MOST_INDENT = 6;

interface LineProps {
  readonly consequence: Consequence;
  readonly fromMs: number;
  readonly now: number;
  /** What a list told its component, if that was how it learned of it. */
  readonly relisted: Written['type'] | undefined;
}

function Line({ consequence: { link, depth }, fromMs, now, relisted }: LineProps) {
  return (
    <li
      style={{ paddingLeft: 14 * Math.min(MOST_INDENT, depth - 1) }}
      aria-current={link.step === now ? 'step' : undefined}
      data-later={link.step > now || undefined}
    >
      <button type="button" className="link-button mono" onClick={() => visit(link.step)}>
        +{momentText(link.timeMs - fromMs)}
      </button>{' '}
      <span className="steps-actor">{link.actor}</span>{' '}
      {relisted && <span className="plane-relisted">{planeText(`plane.relisted.${relisted}`)}</span>}{' '}
      {sentence(link.message)}
    </li>
  );
}

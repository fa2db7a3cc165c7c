/** Steps as a list of links: each goes to its moment. */
import { listed, sentence, t } from '../../i18n/translate';
import type { WhyLink } from '../../view/why';
import type { LogLine } from '../../worker/protocol';
import { useRovingFocus } from '../shell/roving-focus';
import { conductor } from '../state/page';
import { shownStep, useSession } from '../state/session';
import { momentText } from '../timeline/time-text';

/** Goes to a step and stays there. */
export function visit(step: number): void {
  useSession.setState({ playing: false });
  void conductor.look.jump({ step });
}

/**
 * A chain, from effect to cause. A link's name is its step, and the message its description: names of objects belong to the objects
 * themselves.
 */
export function StepList({ links }: { links: readonly WhyLink[] }) {
  const present = useSession(shownStep);
  return (
    <ol className="steps chain">
      {links.map((link) => (
        <StepLine key={link.step} link={link} present={present} />
      ))}
    </ol>
  );
}

/** What is folded, by what it is where it is nothing else than that. */
function foldWords({ count, heartbeats, probes, requests }: Extract<LogLine, { type: 'fold' }>): string {
  if (heartbeats + probes + requests < count) return t('log.others', { count });
  return listed(
    probes > 0 && t('log.probes', { count: probes }),
    requests > 0 && t('log.requests', { count: requests }),
    heartbeats > 0 && t('log.heartbeats', { count: heartbeats }),
  );
}

/** Folded steps follow one another. */
const holds = ({ first, count }: Extract<LogLine, { type: 'fold' }>, step: number): boolean =>
  step >= first && step < first + count;

/** A log: steps, and between them what doesn't matter on the chosen level, counted. */
export function LogList({ lines }: { lines: readonly LogLine[] }) {
  const present = useSession(shownStep);
  const list = useRovingFocus();
  return (
    <ol className="steps log" ref={list}>
      {lines.map((line) =>
        line.type === 'step' ? (
          <StepLine key={line.link.step} link={line.link} present={present} />
        ) : (
          <li key={`fold ${line.first}`} className="steps-fold" data-present={holds(line, present) || undefined}>
            {foldWords(line)}
          </li>
        ),
      )}
    </ol>
  );
}

function StepLine({ link, present }: { link: WhyLink; present: number | undefined }) {
  return (
    <li data-present={link.step === present || undefined} data-person={link.actor === 'user' || undefined}>
      <button
        type="button"
        aria-label={t('timeline.step', { step: link.step })}
        aria-description={t('words.said', {
          what: listed(momentText(link.timeMs), link.actor),
          said: sentence(link.message),
        })}
        onClick={() => visit(link.step)}
      >
        <span className="steps-where">
          {t('timeline.step', { step: link.step })} · {momentText(link.timeMs)}
        </span>
        <span className="steps-message">
          <span className="steps-actor">{link.actor}</span> {sentence(link.message)}
        </span>
      </button>
    </li>
  );
}

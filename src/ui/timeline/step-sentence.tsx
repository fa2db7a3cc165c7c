/** The present step in one sentence: `step 143 · 12.340 s · deployment-controller: Scaled up …`. */
import { Suspense, type SyntheticEvent, useState } from 'react';
import { sentence, t } from '../../i18n/translate';
import { rowId } from '../../view/rows';
import { late } from '../shell/late';
import { useBreakpoints } from '../state/breakpoints';
import { type SessionState, select, useSession } from '../state/session';
import { momentText } from './time-text';

/** Explains the terms of a sentence; loaded for whoever points at one or goes to it by keys. */
const Glossed = late(() => import('../lesson/term'));

/** Loaded for who looks at a fault. */
const HealHere = late(async () => ({ default: (await import('../menus/heal')).HealHere }));

/** See the header. */
export function StepSentence() {
  const current = useSession((session) => session.current);
  const head = useSession((session) => session.head.step);
  const hit = useBreakpoints((breakpoints) => breakpoints.hit);
  const cursorStep = useSession((session) => session.cursor.step);
  const isPlaying = useSession((session) => session.playing);
  const awaited = useSession((session) => session.awaited);
  const ready = useSession((session) => session.ready);
  if (awaited) return <Awaited moment={awaited} />;
  const starting = !ready && <span className="step-awaited">{t('timeline.starting')}</span>;
  if (!current && starting) return <p className="step-sentence">{starting}</p>;
  if (!current) return <p className="step-sentence quiet">{t('timeline.beforeFirst')}</p>;
  const { object } = current;
  const said = sentence(current.message);
  return (
    <div className="step-sentence">
      <p className="step-where">
        <span>
          {t('timeline.step', { step: current.step })}
          <span className="quiet"> / {head}</span>
        </span>
        <span>{momentText(current.timeMs)}</span>
        {starting}
        {cursorStep > current.step && !isPlaying && (
          <span className="quiet step-folded">{t('timeline.folded', { count: cursorStep - current.step })}</span>
        )}
        <span className="step-actor" title={current.actor}>
          {current.actor}
        </span>
        {hit?.step === cursorStep && (
          <span className="step-stopped">{t('break.stopped', { meaning: hit.meaning })}</span>
        )}
        {current.actor === 'fault' && !isPlaying && (
          <Suspense>
            <HealHere step={current.step} />
          </Suspense>
        )}
        {object && (
          <button
            type="button"
            className="link-button step-object"
            onClick={() => select(rowId(object.kind, object.namespace, object.name), { reveal: true })}
          >
            {t('timeline.inspect')}
          </button>
        )}
      </p>
      <Message said={said} isPlaying={isPlaying} />
    </div>
  );
}

/** What the step did: its terms are explained to whoever looks at them, and what does not fit is shown whole. */
function Message({ said, isPlaying }: { said: string; isPlaying: boolean }) {
  const [isLookedAt, setLookedAt] = useState(false);
  const [isCut, setCut] = useState(false);
  const look = ({ currentTarget: { scrollHeight, clientHeight, scrollWidth, clientWidth } }: SyntheticEvent) => {
    setLookedAt(true);
    setCut((before) => before || scrollHeight > clientHeight || scrollWidth > clientWidth);
  };
  const lookAway = () => setCut(false);
  return (
    <p
      className="step-message"
      data-cut={isCut || undefined}
      title={isCut ? undefined : said}
      onPointerEnter={look}
      onPointerLeave={lookAway}
      onFocus={look}
      onBlur={lookAway}
    >
      <span className="step-said">
        {isLookedAt && !isPlaying ? (
          <Suspense fallback={said}>
            <Glossed text={said} />
          </Suspense>
        ) : (
          said
        )}
      </span>
    </p>
  );
}

/** A late moment takes a while to be run up to. */
function Awaited({ moment }: { moment: NonNullable<SessionState['awaited']> }) {
  const said =
    'step' in moment
      ? t('timeline.awaitedStep', { step: moment.step })
      : t('timeline.awaitedTime', { time: momentText(moment.timeMs) });
  return (
    <p className="step-sentence step-awaited" role="status">
      {said}
    </p>
  );
}

/** With nothing selected: what has just happened and what comes next. */
import { useEffect, useRef, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import { STEP_LEVELS } from '../../view/step-weight';
import type { LogLine } from '../../worker/protocol';
import { conductor } from '../state/page';
import { useScrubbing } from '../state/scrubbing';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { LogList } from './step-list';

/** How much is listed, and how often anew: while the moment changes only what is in sight, as nobody scrolls what moves. */
const AT_REST = { before: 40, after: 20, refreshMs: 120 };
const MOVING = { before: 10, after: 6, refreshMs: 120 };
/** Played or passed over by hand: no line is read. */
const PASSING = { ...MOVING, refreshMs: 250 };
/** A moment that is looked at for so long is stayed at. */
const REST_MS = 300;

const NO_LINES: readonly LogLine[] = [];

/** Whether the same step has been looked at for a while. */
function useIsAtRest(step: number): boolean {
  const [restingAt, setRestingAt] = useState(step);
  useEffect(() => {
    const timer = setTimeout(() => setRestingAt(step), REST_MS);
    return () => clearTimeout(timer);
  }, [step]);
  return restingAt === step;
}

function useLines(): readonly LogLine[] {
  const step = useSession((session) => session.cursor.step);
  const level = useSession((session) => session.level);
  /** Whether there is anything after the cursor yet, which at the beginning takes a moment. */
  const more = useSession((session) => Math.min(AT_REST.after, session.head.step - session.cursor.step));
  const isPlaying = useSession((session) => session.playing);
  const isPassing = useScrubbing((state) => state.scrubbing) || isPlaying;
  const moving = isPassing ? PASSING : MOVING;
  const { before, after, refreshMs } = useIsAtRest(step) && !isPlaying ? AT_REST : moving;
  const about = [step, more, before, after, level];
  return useAnswer('log', { step, before, after }, { about, refreshMs }) ?? NO_LINES;
}

/** See the header. */
export function StepLog() {
  const lines = useLines();
  const description = textOf(useSession((session) => session.description));
  const body = useRef<HTMLDivElement>(null);
  const front = useSession((session) => session.phoneTab);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present step is kept in sight as it moves
  useEffect(() => {
    const box = body.current;
    const present = box?.querySelector<HTMLElement>('[data-present]');
    if (box && present) box.scrollTop = present.offsetTop - box.clientHeight * 0.55;
  }, [lines, front]);
  return (
    <>
      <div className="panel-head">
        <h2 className="panel-title">{t('log.title')}</h2>
        <Level />
      </div>
      {description && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than its room is scrolled with keys, too
        <p className="scenario-description" tabIndex={0}>
          {description}
        </p>
      )}
      {/* Empty, it is moved down unseen by the description. */}
      <div className="inspector-body log" data-empty={lines.length === 0} ref={body}>
        <LogList lines={lines} />
      </div>
    </>
  );
}

/** Which steps are listed, told of and stopped at. */
function Level() {
  const level = useSession((session) => session.level);
  return (
    <select
      className="speed push"
      aria-label={t('log.level')}
      title={t('log.levelHint')}
      value={level}
      onChange={(event) => {
        const chosen = STEP_LEVELS.find((each) => each === event.target.value);
        if (chosen) void conductor.look.setLevel(chosen);
      }}
    >
      {STEP_LEVELS.map((each) => (
        <option key={each} value={each}>
          {t(`log.${each}`)}
        </option>
      ))}
    </select>
  );
}

/** With nothing selected: what has just happened and what comes next. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { WhyLink } from '../../view/why';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { StepList } from './step-list';

/** How much is listed, and how often anew: while playing only what is in sight, as nobody scrolls what moves. */
const AT_REST = { before: 40, after: 20, refreshMs: 120 };
const PLAYING = { before: 10, after: 6, refreshMs: 250 };

function useSteps(): readonly WhyLink[] {
  const step = useSession((session) => session.cursor.step);
  const branch = useSession((session) => session.branch);
  const run = useSession((session) => session.run);
  /** Whether there is anything after the cursor yet, which at the beginning takes a moment. */
  const more = useSession((session) => Math.min(AT_REST.after, session.head.step - session.cursor.step));
  const { before, after, refreshMs } = useSession((session) => (session.playing ? PLAYING : AT_REST));
  const [steps, setSteps] = useState<readonly WhyLink[]>([]);
  const askedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch or run has other steps
  useEffect(() => {
    if (run === 0) return;
    let stale = false;
    const waitMs = Math.max(0, askedAtMs.current + refreshMs - performance.now());
    const timer = setTimeout(async () => {
      askedAtMs.current = performance.now();
      const answer = await conductor.query('steps', { from: step - before, to: step + after });
      if (answer && !stale) setSteps(answer);
    }, waitMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [step, branch, run, more, before, after, refreshMs]);
  return steps;
}

/** See the header. */
export function StepLog() {
  const links = useSteps();
  const description = useSession((session) => session.description);
  const body = useRef<HTMLDivElement>(null);
  const front = useSession((session) => session.phoneTab);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present step is kept in sight as it moves
  useEffect(() => {
    const box = body.current;
    const present = box?.querySelector<HTMLElement>('[data-present]');
    if (box && present) box.scrollTop = present.offsetTop - box.clientHeight * 0.55;
  }, [links, front]);
  return (
    <>
      <div className="panel-head">
        <h2 className="panel-title">{t('log.title')}</h2>
        <p className="quiet push">{t('log.hint')}</p>
      </div>
      {description && <p className="scenario-description">{description}</p>}
      <div className="inspector-body log" ref={body}>
        <StepList links={links} shape="log" />
      </div>
    </>
  );
}

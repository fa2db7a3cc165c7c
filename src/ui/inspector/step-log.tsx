/** With nothing selected: what has just happened and what comes next. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { WhyLink } from '../../view/why';
import { query } from '../state/conductor';
import { useSession } from '../state/session';
import { StepList } from './step-list';

const BEFORE = 40;
const AFTER = 20;
const REFRESH_MS = 120;

function useSteps(): readonly WhyLink[] {
  const step = useSession((session) => session.cursor.step);
  const branch = useSession((session) => session.branch);
  const run = useSession((session) => session.run);
  /** Whether there is anything after the cursor yet, which at the beginning takes a moment. */
  const more = useSession((session) => Math.min(AFTER, session.head.step - session.cursor.step));
  const [steps, setSteps] = useState<readonly WhyLink[]>([]);
  const askedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch or run has other steps
  useEffect(() => {
    if (run === 0) return;
    let stale = false;
    const waitMs = Math.max(0, askedAtMs.current + REFRESH_MS - performance.now());
    const timer = setTimeout(async () => {
      askedAtMs.current = performance.now();
      const answer = await query('steps', { from: step - BEFORE, to: step + AFTER });
      if (answer && !stale) setSteps(answer);
    }, waitMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [step, branch, run, more]);
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

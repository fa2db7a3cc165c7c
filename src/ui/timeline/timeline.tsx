/** The foot of the page: the movement. Playing and stepping, what the present step is, and time as lanes. */
import { Suspense, useEffect, useRef } from 'react';
import { t } from '../../i18n/translate';
import { Splitter } from '../panels/splitter';
import { late } from '../shell/late';
import { openBreakpoints } from '../state/breakpoints';
import { useSession } from '../state/session';
import { Branches } from './branches';
import { listenTo } from './gestures';
import { Minimap } from './minimap';
import { Scrubber } from './scrubber';
import { followHand, forgetSight, useSight } from './sight';
import { StepSentence } from './step-sentence';
import './timeline.css';
import './tools.css';
import './minimap.css';
import './branches.css';
import { Tools } from './tools';
import { Transport } from './transport';

const Lanes = late(() => import('./lanes/lanes'));
const RangePanel = late(() => import('./range-panel'));
const HeldNote = late(() => import('../lesson/held-note'));
const Compare = late(() => import('./compare/compare'));

/** The hand stays in sight; another run begins with all of its time. */
function useFollowing(): void {
  const playheadMs = useSession((session) => session.playheadMs);
  const run = useSession((session) => session.run);
  useEffect(() => followHand(playheadMs), [playheadMs]);
  useEffect(() => {
    if (run === 0) return;
    forgetSight();
    const { title } = useSession.getState();
    // Breakpoints are kept by the title, which is one in all languages.
    openBreakpoints(typeof title === 'string' ? title : (title.en ?? ''));
  }, [run]);
}

/** What buttons and keys have done to the window, for those who can't see it. */
function Said() {
  const said = useSight((sight) => sight.said);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}

/** See the header. */
export function Timeline() {
  const ready = useSession((session) => session.ready);
  const tall = useSight((sight) => sight.tall);
  const range = useSight((sight) => sight.range);
  const comparing = useSession((session) => session.comparing && session.branches.length > 1);
  const heldMs = useSession((session) => session.heldMs);
  const root = useRef<HTMLDivElement>(null);
  useFollowing();
  useEffect(() => (root.current ? listenTo(root.current) : undefined), []);
  return (
    <section className="timeline" aria-label={t('timeline.region')} aria-busy={!ready} data-tall={tall || undefined}>
      <Splitter panel="timeline" side="after" axis="y" of=".tracks" folds="timeline" />
      <Transport />
      <div className="timeline-top">
        <StepSentence />
        <Tools />
      </div>
      <div className="timeline-tracks" ref={root}>
        <Minimap />
        <Scrubber />
        <Branches />
        <Suspense fallback={<div className="tracks" />}>{ready ? <Lanes /> : <div className="tracks" />}</Suspense>
        <Suspense fallback={null}>{heldMs !== null && <HeldNote heldMs={heldMs} />}</Suspense>
      </div>
      <Suspense fallback={null}>{range && <RangePanel range={range} />}</Suspense>
      <Suspense fallback={null}>{comparing && <Compare />}</Suspense>
      <Said />
    </section>
  );
}

/** The page: head, messages, the three panels, the timeline. */
import { Suspense, useEffect, useState } from 'react';
import { t } from '../i18n/translate';
import { EditorPanel } from './editor/editor-panel';
import { ClusterGraph } from './graph/cluster-graph';
import { Inspector } from './inspector/inspector';
import { useMenu } from './menus/open-menu';
import { Room, Work } from './panels/room';
import { Splitter } from './panels/splitter';
import { Announcer } from './shell/announcer';
import { Banners } from './shell/banners';
import { Header } from './shell/header';
import { late } from './shell/late';
import { useShortcuts } from './shell/shortcuts';
import { Tabs } from './shell/tabs';
import { type PhoneTab, useSession } from './state/session';
import { Terminal } from './terminal/terminal';
import { Timeline } from './timeline/timeline';
import { useTour } from './tour/open-tour';
import { TourOffer } from './tour/tour-offer';

const LimitsDialog = late(() => import('./shell/limits-dialog'));
const KeysDialog = late(() => import('./shell/keys-dialog'));
const ObjectMenu = late(() => import('./menus/object-menu'));
const Palette = late(() => import('./shell/palette'));

const HandedInBar = late(() => import('./lesson/handed-in'));
const GradeDialog = late(() => import('./lesson/grade-dialog'));
const GlossaryDialog = late(() => import('./lesson/glossary-dialog'));
const RecordDialog = late(() => import('./lesson/record-dialog'));
const Tour = late(() => import('./tour/tour'));
const LessonPanel = late(() => import('./lesson/lesson-panel'));

const TABS: readonly PhoneTab[] = ['lesson', 'editor', 'graph', 'inspector'];

function PhoneTabs({ tabs, front }: { tabs: readonly PhoneTab[]; front: PhoneTab }) {
  const goal = useSession((session) => session.goal);
  const [seen, setSeen] = useState(goal);
  useEffect(() => {
    if (front === 'lesson') setSeen(goal);
  }, [front, goal]);
  /** A goal that was met while another tab was in front. */
  const isNews = goal !== seen && front !== 'lesson';
  return (
    <nav className="phone-nav" aria-label={t('phone.tabs')}>
      <Tabs
        className="phone-tabs"
        label={t('phone.tabs')}
        tabs={tabs}
        selected={front}
        onSelect={(tab) => useSession.setState({ phoneTab: tab })}
        nameOf={(tab) => (tab === 'lesson' && isNews ? `${t('phone.lesson')} ✓` : t(`phone.${tab}`))}
      />
    </nav>
  );
}

/** See the header. */
export function App() {
  const chosen = useSession((session) => session.phoneTab);
  const embed = useSession((session) => session.embed);
  const limitsOpen = useSession((session) => session.limitsOpen);
  const keysOpen = useSession((session) => session.keysOpen);
  const recordOpen = useSession((session) => session.recordOpen);
  const gradingOpen = useSession((session) => session.gradingOpen);
  const handIn = useSession((session) => session.handIn);
  const glossaryOpen = useSession((session) => session.glossaryOpen);
  const paletteOpen = useSession((session) => session.paletteOpen);
  const touring = useTour((tour) => tour.stop !== null);
  const menu = useMenu((state) => state.menu);
  const lesson = useSession((session) => session.lesson);
  const teaches = lesson !== null && embed !== 'controls';
  const tabs = TABS.filter((tab) => (tab !== 'editor' || !embed) && (tab !== 'lesson' || teaches));
  /** A panel that is gone (its lesson was left) is not in front. */
  const front = tabs.includes(chosen) ? chosen : 'graph';
  /** Nothing is done here, only looked at. */
  const isBare = embed === 'readonly' || embed === 'controls';
  useShortcuts();
  return (
    <Room>
      <Header />
      <Banners />
      {handIn && (
        <Suspense fallback={null}>
          <HandedInBar who={handIn.who} />
        </Suspense>
      )}
      <Announcer />
      {embed !== 'controls' && <PhoneTabs tabs={tabs} front={front} />}
      <Work embed={embed} teaches={teaches}>
        {teaches && (
          <>
            <Suspense fallback={<section className="panel" data-front={front === 'lesson'} />}>
              <LessonPanel front={front === 'lesson'} />
            </Suspense>
            <Splitter panel="lesson" side="before" axis="x" of=".lesson" />
          </>
        )}
        {!embed && <EditorPanel front={front === 'editor'} />}
        {!embed && <Splitter panel="editor" side="before" axis="x" of=".editor-panel" folds="editor" />}
        <div className="middle" data-front={front === 'graph'}>
          <ClusterGraph />
          {!embed && <TourOffer />}
          {!isBare && <Terminal />}
        </div>
        {embed !== 'controls' && (
          <>
            <Splitter panel="inspector" side="after" axis="x" of=".inspector" folds="inspector" />
            <Inspector front={front === 'inspector'} />
          </>
        )}
      </Work>
      <Timeline />
      <Suspense fallback={null}>
        {limitsOpen && <LimitsDialog />}
        {keysOpen && <KeysDialog />}
        {paletteOpen && <Palette />}
        {menu && <ObjectMenu key={menu.id} menu={menu} />}
        {touring && <Tour />}
        {gradingOpen && <GradeDialog />}
        {glossaryOpen && <GlossaryDialog />}
        {recordOpen && <RecordDialog />}
      </Suspense>
    </Room>
  );
}

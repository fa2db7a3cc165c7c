/** The right of the page: everything about the selected object at this moment; with nothing selected, the steps around it. */
import { Suspense, useRef } from 'react';
import { t } from '../../i18n/translate';
import { parseRowId, type Row } from '../../view/rows';
import type { Inspection } from '../../worker/protocol';
import { MenuButton } from '../menus/menu-button';
import { closeInspector } from '../shell/closing';
import { Icon } from '../shell/icons';
import { late } from '../shell/late';
import { Tabs } from '../shell/tabs';
import { INSPECTOR_TABS, type InspectorTab, useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { useRow } from '../state/world';
import { Actions } from './actions';
import { ChangeTab } from './change-tab';
import { Containers } from './containers';
import { Countdowns } from './countdowns';
import { Crumbs } from './crumbs';
import { EventsTab } from './events-tab';
import './inspector.css';
import { LogTab } from './log-tab';
import { StepLog } from './step-log';
import { Summary } from './summary';
import { WhyTab } from './why-tab';
import { YamlTab } from './yaml-tab';

const MoreToScroll = late(() => import('../shell/more-to-scroll'));
/** Loaded for who runs something in a container. */
const ShellTab = late(() => import('./shell-tab'));

const TABS: readonly InspectorTab[] = ['why', 'yaml', 'change', 'events'];
/** While time plays, the object is read anew at most so often. */
const REFRESH_MS = 200;

/** What the worker knows of the selected object at the present step. */
function useInspection(id: string): Inspection | null {
  const { step, timeMs } = useSession((session) => session.cursor);
  return useAnswer('inspect', { id, step, timeMs }, { about: [id, step], refreshMs: REFRESH_MS });
}

/** See the header. */
export function Inspector({ front }: { front: boolean }) {
  const selected = useSession((session) => session.selected);
  return (
    <section className="panel inspector" aria-label={t('inspector.region')} data-front={front}>
      {selected === null ? <StepLog /> : <Selected key={selected} id={selected} />}
    </section>
  );
}

function Selected({ id }: { id: string }) {
  const row = useRow<Row>(id);
  const inspection = useInspection(id);
  const { kind, name } = parseRowId(id);
  const facts = useRef<HTMLDivElement>(null);
  return (
    <>
      <header className="inspector-head">
        <Crumbs id={id} />
        <h2 title={name} tabIndex={-1}>
          {name}
        </h2>
        {row && <MenuButton id={id} />}
        <button type="button" className="icon-button" aria-label={t('inspector.close')} onClick={closeInspector}>
          <Icon name="close" />
        </button>
      </header>
      <div className="inspector-body">
        <div className="inspector-facts" ref={facts}>
          {row ? (
            <Summary row={row} />
          ) : (
            <p className="gone">{t(inspection ? 'inspector.gone' : 'inspector.notYet')}</p>
          )}
          {row && inspection && <Countdowns countdowns={inspection.countdowns} />}
          {row && inspection && <Containers lines={inspection.containers} />}
          {row && <Actions row={row} />}
          <Suspense>
            <MoreToScroll box={facts} className="facts-more" />
          </Suspense>
        </div>
        <About inspection={inspection} kind={kind} />
      </div>
    </>
  );
}

function About({ inspection, kind }: { inspection: Inspection | null; kind: string }) {
  const readOnly = useSession((session) => session.embed === 'readonly');
  const tabs = kind === 'Pod' ? INSPECTOR_TABS.filter((each) => each !== 'shell' || !readOnly) : TABS;
  const chosen = useSession((session) => session.inspectorTab);
  const tab = tabs.includes(chosen) ? chosen : 'why';
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <Tabs
        className="segmented inspector-tabs"
        label={t('inspector.tabs')}
        controls="inspector-tab"
        tabs={tabs}
        selected={tab}
        onSelect={(each) => {
          useSession.setState({ inspectorTab: each });
          // In a low window all scrolls as one: what was asked for comes into sight.
          panel.current?.scrollIntoView({ block: 'start' });
        }}
        nameOf={(each) => t(`inspector.${each}`)}
      />
      <div
        key={tab}
        id="inspector-tab"
        ref={panel}
        role="tabpanel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-labelledby={`tab-${tab}`}
        className="inspector-tab"
      >
        {inspection && <TabBody tab={tab} inspection={inspection} />}
      </div>
    </>
  );
}

function TabBody({ tab, inspection }: { tab: InspectorTab; inspection: Inspection }) {
  switch (tab) {
    case 'why':
      return <WhyTab inspection={inspection} />;
    case 'log':
      return <LogTab id={inspection.id} />;
    case 'shell':
      return (
        <Suspense>
          <ShellTab id={inspection.id} containers={inspection.containers} />
        </Suspense>
      );
    case 'yaml':
      return <YamlTab inspection={inspection} />;
    case 'change':
      return <ChangeTab inspection={inspection} />;
    case 'events':
      return <EventsTab events={inspection.events} />;
  }
}

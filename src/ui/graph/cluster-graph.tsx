/** The middle of the page: the cluster at one moment, as one of several drawings, with a table beside large ones. */
import { ReactFlowProvider } from '@xyflow/react';
import { Suspense, useState } from 'react';
import { t } from '../../i18n/translate';
import { PAGE_VIEWS } from '../../view/cards';
import { onMenuClick, onMenuKey, openAddNode } from '../menus/open-menu';
import { Icon } from '../shell/icons';
import { late } from '../shell/late';
import { Tabs } from '../shell/tabs';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';
import { useAsked, useBelow } from './below';
import { Camera } from './camera';
import { isCrowd } from './closeness';
import { Drawing } from './drawing';
import './graph.css';
import './cards.css';
import './frames.css';
import './pod-signs.css';
import { LookLegend } from './look-legend';
import { useLooksFilter } from './looks-filter';

const TrafficView = late(() => import('../traffic/traffic-view'));
const ResourceTable = late(() => import('./resource-table'));
const ObjectTree = late(() => import('./object-tree'));
const ControlPlane = late(() => import('../control-plane/control-plane'));

/** Beyond so many Pods those seen from afar are a picture; a crowd is one at any distance. */
const SOME_PODS = 300;
const FAR_ZOOM = 0.5;
/** From here on Pods show their containers, and tiles their Pods. */
const NEAR_ZOOM = 1.3;

/** Not where the page may only be looked at. */
function AddNodeButton() {
  const acts = useSession(({ ready, embed }) => ready && embed !== 'readonly' && embed !== 'controls');
  if (!acts) return null;
  return (
    <button
      type="button"
      className="icon-button add-node"
      aria-label={t('node.add')}
      title={t('node.add')}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        openAddNode(left, bottom + 4);
      }}
    >
      <Icon name="addNode" />
    </button>
  );
}

/** Whether Pods are drawn as pictures. */
function useSimplified(isFar: boolean): boolean {
  const podCount = useWorld((world) => world.podCount);
  const [wasCrowd, setWasCrowd] = useState(false);
  const crowd = isCrowd(podCount, wasCrowd);
  if (crowd !== wasCrowd) setWasCrowd(crowd);
  return crowd || (isFar && podCount > SOME_PODS);
}

/** See the header. */
export function ClusterGraph() {
  const view = useSession((session) => session.view);
  const [zoom, setZoom] = useState<'far' | 'between' | 'near'>('between');
  /** Who opens the tree by keyboard goes on in it. */
  const [byKey, setByKey] = useState(false);
  const only = useLooksFilter((state) => state.only);
  const simplified = useSimplified(zoom === 'far');
  const { panel, below, isCovered } = useBelow(simplified);
  return (
    <ReactFlowProvider>
      <section
        className="panel graph-panel"
        ref={panel}
        data-covered={isCovered || undefined}
        aria-label={t('graph.region')}
        onContextMenu={onMenuClick}
        onKeyDown={onMenuKey}
      >
        <div className="panel-head">
          <Tabs
            label={t('graph.views')}
            tabs={PAGE_VIEWS}
            selected={view}
            onSelect={(each) => useSession.setState({ view: each })}
            nameOf={(each) => t(`graph.${each}`)}
          />
          <LookLegend />
          <div className="graph-tools">
            {view !== 'control-plane' && view !== 'traffic' && <Camera />}
            {view === 'nodes' && <AddNodeButton />}
            {(['table', 'tree'] as const).map((each) => (
              <button
                key={each}
                type="button"
                className="icon-button"
                aria-pressed={below === each}
                aria-label={t(`graph.${each}`)}
                title={t(`graph.${each}`)}
                onClick={({ detail }) => {
                  useAsked.setState({ asked: below === each ? 'nothing' : each });
                  setByKey(detail === 0);
                }}
              >
                <Icon name={each} />
              </button>
            ))}
          </div>
        </div>
        <div className="graph-body" inert={isCovered} data-only={only.length > 0 ? only.join(' ') : undefined}>
          {view === 'control-plane' || view === 'traffic' ? (
            <Suspense fallback={null}>{view === 'traffic' ? <TrafficView /> : <ControlPlane />}</Suspense>
          ) : (
            <Drawing
              key={view}
              view={view}
              simplified={simplified}
              near={zoom === 'near'}
              onZoom={(by) => setZoom(by < FAR_ZOOM ? 'far' : by > NEAR_ZOOM ? 'near' : 'between')}
            />
          )}
        </div>
        <Suspense fallback={null}>
          {below === 'table' && <ResourceTable simplified={simplified} />}
          {below === 'tree' && <ObjectTree takesFocus={byKey} />}
        </Suspense>
      </section>
    </ReactFlowProvider>
  );
}

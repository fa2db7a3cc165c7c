/**
 * The drawing itself. Cards are React Flow's nodes; they change only with the structure of what is drawn, never with the
 * state of a Pod, which its own cell shows. The camera follows until the reader takes it.
 */
import {
  Background,
  BackgroundVariant,
  type Edge as FlowEdge,
  type Node as FlowNode,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { Placed } from '../../view/card-size';
import type { Graph, GraphView } from '../../view/cards';
import { graphOf } from '../../view/graph';
import { layoutOf } from '../../view/layout';
import { usePanels } from '../panels/panels';
import { late } from '../shell/late';
import { oneStop } from '../shell/one-stop';
import { useScrubbing } from '../state/scrubbing';
import { useSession } from '../state/session';
import { useRows, useWorld } from '../state/world';
import { useCameraRequests } from './camera';
import { CARD_TYPES, type CardData, flowType } from './card-types';
import { Near, Simplified } from './closeness';
import { useFrames } from './frames';
import { glide } from './glide';
import { type Box, type Extent, MARGIN, NARROW_PX, ON_A_DESK, ON_A_WALL, overview, type Scale } from './overview';

const NodeUsage = late(() => import('./node-usage'));
const ChangeMarks = late(() => import('./change-marks'));
const IntoSight = late(() => import('./into-sight'));
const MoreBelow = late(() => import('./more-below'));

/** Drawings of more Pods than this are rearranged at most so often. */
const MANY_PODS = 1000;
const REARRANGE_MS = 250;
/** A drawing is brought into view again when it outgrows what was fitted, or shrinks below so much of it. */
const SHRINK = 0.62;

function flowNodes(graph: Graph, placed: readonly Placed[], narrow: boolean): FlowNode<CardData>[] {
  const ends = new Set(graph.edges.flatMap(({ from, to, relation }) => [from, `${to} ${relation}`]));
  return placed.map(({ card, x, y, width, height }) => ({
    id: card.id,
    type: flowType(card.type),
    position: { x, y },
    width,
    height,
    data: {
      card,
      narrow,
      owned: ends.has(`${card.id} owns`),
      chosen: ends.has(`${card.id} selects`),
      routed: ends.has(`${card.id} routes`),
      source: ends.has(card.id),
    },
    domAttributes: { 'aria-roledescription': t('graph.card') },
    // React Flow makes nodes deaf that can be neither dragged nor selected; ours hold buttons.
    style: { pointerEvents: 'all' },
    // What stands on a frame stands before it, edges too.
    zIndex: card.type === 'frame' || card.type === 'zone' ? -1 : 1,
  }));
}

function flowEdges(graph: Graph, narrow: boolean): FlowEdge[] {
  return graph.edges.map(({ id, from, to, relation }) => ({
    id,
    source: from,
    target: to,
    targetHandle: relation,
    ...(narrow ? { type: 'smoothstep' } : {}),
    className: `edge-${relation}`,
    ariaLabel: `${from} → ${to}`,
    domAttributes: { 'aria-roledescription': t('graph.edge') },
    focusable: false,
  }));
}

function extentOf(placed: readonly Placed[]): Extent {
  const left = Math.min(...placed.map(({ x }) => x));
  const top = Math.min(...placed.map(({ y }) => y));
  return {
    left,
    top,
    width: Math.max(...placed.map(({ x, width }) => x + width)) - left,
    height: Math.max(...placed.map(({ y, height }) => y + height)) - top,
    tiled: placed.some(({ card }) => card.type === 'tile'),
  };
}

const isSame = (one: Box, other: Box): boolean =>
  Math.abs(one.width - other.width) < 1 && Math.abs(one.height - other.height) < 1;

/** The size of the element, as far as the drawing depends on it: known before anything is painted, and kept while the element is out of sight. */
function useBox() {
  const element = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const take = ({ width, height }: Box): void => {
      if (width > 0) setBox((known) => (isSame(known, { width, height }) ? known : { width, height }));
    };
    const observer = new ResizeObserver(([entry]) => entry && take(entry.contentRect));
    if (element.current) {
      take(element.current.getBoundingClientRect());
      observer.observe(element.current);
    }
    return () => observer.disconnect();
  }, []);
  return { element, box };
}

/**
 * Keeps the whole drawing in view, or the frame that was opened last, until the reader moves it; asking for everything hands the
 * camera back.
 */
function useCamera(placed: readonly Placed[], box: Box, scale: Scale, opened: ReadonlySet<string>) {
  const { setViewport } = useReactFlow();
  const overviews = useCameraRequests((state) => state.overviews);
  const opensLast = useFrames((state) => state.last);
  const shown = useMemo(() => {
    const frame = placed.find(({ card }) => card.id === opensLast);
    return frame ? [frame] : placed;
  }, [placed, opensLast]);
  const run = useSession((session) => session.run);
  const moved = useRef(false);
  const last = useRef({ left: 0, top: 0, width: 0, height: 0, box, scale, overviews, opened, opensLast });
  const scenario = useRef({ run, title: '' });
  useEffect(() => {
    const before = last.current;
    const asked = before.overviews !== overviews;
    const title = JSON.stringify(useSession.getState().title);
    // Where a person looked at in one scenario is nowhere in another.
    const isOther = scenario.current.run !== run && scenario.current.title !== title;
    if (scenario.current.run !== run) scenario.current = { run, title };
    if (asked || isOther || before.scale !== scale || (opensLast !== undefined && before.opensLast !== opensLast))
      moved.current = false;
    if (moved.current || placed.length === 0 || box.width === 0) return;
    const extent = extentOf(shown);
    const stays = shown === placed || (extent.left === before.left && extent.top === before.top);
    const fits = stays && extent.width <= before.width && extent.height <= before.height;
    const shrunk = extent.width < before.width * SHRINK || extent.height < before.height * SHRINK;
    const isSameRoom = before.box === box && before.scale === scale;
    // What is closed again stands where it stood before it was opened.
    if (!asked && !isOther && isSameRoom && fits && !shrunk && before.opened === opened) return;
    last.current = { ...extent, box, scale, overviews, opened, opensLast };
    const isStill =
      before.width === 0 || !isSameRoom || useCameraRequests.getState().whole || useScrubbing.getState().scrubbing;
    void setViewport(overview(extent, box, scale, asked), glide(isStill));
  }, [placed, shown, box, scale, overviews, opened, opensLast, run, setViewport]);
  const onMovedByHand = () => {
    moved.current = true;
  };
  const extent = placed.length > 0 ? extentOf(shown) : undefined;
  // Where it begins: the first picture is the right one.
  const begins = extent && overview(extent, box, scale, false);
  const bottom = extent ? extent.top + extent.height : 0;
  const isCut = begins !== undefined && bottom * begins.zoom + begins.y > box.height;
  return { onMovedByHand, begins, bottom: isCut ? bottom : undefined };
}

interface Props {
  readonly view: GraphView;
  readonly simplified: boolean;
  readonly near: boolean;
  readonly onZoom: (zoom: number) => void;
}

/** See the header. */
export function Drawing({ view, simplified, near, onZoom }: Props) {
  const many = useWorld((world) => world.podCount > MANY_PODS);
  const world = useRows('structure', many ? REARRANGE_MS : 0);
  const opened = useFrames((state) => state.toggled);
  const { whole, wanted } = useCameraRequests();
  const ready = useSession((session) => session.ready);
  const { element, box } = useBox();
  useEffect(() => (element.current ? oneStop(element.current) : undefined), [element]);
  const narrow = box.width > 0 && box.width < NARROW_PX;
  const scale = usePanels(({ presenting }) => (presenting ? ON_A_WALL : ON_A_DESK));
  const { placed, nodes, edges } = useMemo(() => {
    const graph = graphOf(world.rows.values(), view, opened);
    const places = layoutOf(graph, narrow, box.width / scale.readable - 2 * MARGIN);
    return { placed: places, nodes: flowNodes(graph, places, narrow), edges: flowEdges(graph, narrow) };
  }, [world, view, narrow, opened, box.width, scale]);
  const { onMovedByHand, begins, bottom } = useCamera(placed, box, scale, opened);
  return (
    <div className="drawing" ref={element} data-near={near || undefined}>
      <Simplified value={simplified}>
        <Near value={near}>
          {box.width > 0 && (
            <ReactFlow
              defaultViewport={begins}
              nodes={nodes}
              edges={edges}
              nodeTypes={CARD_TYPES}
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              panActivationKeyCode={null}
              onlyRenderVisibleElements={nodes.length > 40 && !whole}
              minZoom={0.06}
              maxZoom={3}
              onMove={(event, viewport) => {
                // Moves that no event caused are our own.
                if (event) onMovedByHand();
                onZoom(viewport.zoom);
              }}
              zoomOnDoubleClick={false}
            >
              <Suspense fallback={null}>
                {view === 'nodes' && <NodeUsage />}
                <ChangeMarks root={element.current} placed={placed} />
                {wanted && <IntoSight wanted={wanted} root={element.current} placed={placed} onMoved={onMovedByHand} />}
                {bottom !== undefined && <MoreBelow bottom={bottom} height={box.height} onMoved={onMovedByHand} />}
              </Suspense>
              <Background variant={BackgroundVariant.Dots} gap={22} size={1.1} />
            </ReactFlow>
          )}
        </Near>
      </Simplified>
      {ready && placed.length === 0 && (
        <p className="graph-empty">{t(view === 'storage' ? 'graph.noStorage' : 'graph.empty')}</p>
      )}
    </div>
  );
}

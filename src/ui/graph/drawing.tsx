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
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import { type Card, type Graph, type GraphView, graphOf } from '../../view/graph';
import { layoutOf, type Placed } from '../../view/layout';
import { Icon } from '../shell/icons';
import { useWorld } from '../state/world';
import { CARD_TYPES } from './card-types';
import { Simplified } from './pod-field';

const NARROW_PX = 620;
const FIT = { padding: 0.07, maxZoom: 1.08, minZoom: 0.08 };
/** A drawing is brought into view again when it outgrows what was fitted, or shrinks below so much of it. */
const SHRINK = 0.62;

function flowNodes(placed: readonly Placed[], narrow: boolean): FlowNode<{ card: Card; narrow: boolean }>[] {
  return placed.map(({ card, x, y, width, height }) => ({
    id: card.id,
    type: card.type,
    position: { x, y },
    width,
    height,
    data: { card, narrow },
  }));
}

function flowEdges(graph: Graph): FlowEdge[] {
  return graph.edges.map(({ id, from, to, relation }) => ({
    id,
    source: from,
    target: to,
    targetHandle: relation,
    className: `edge-${relation}`,
    focusable: false,
  }));
}

function extentOf(placed: readonly Placed[]): { width: number; height: number } {
  const left = Math.min(...placed.map(({ x }) => x));
  const top = Math.min(...placed.map(({ y }) => y));
  return {
    width: Math.max(...placed.map(({ x, width }) => x + width)) - left,
    height: Math.max(...placed.map(({ y, height }) => y + height)) - top,
  };
}

/** The size of the element, as far as the drawing depends on it. */
function useBox() {
  const element = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, box };
}

/** Keeps the whole drawing in view, until the reader moves it. */
function useCamera(placed: readonly Placed[], box: { width: number; height: number }) {
  const { fitView } = useReactFlow();
  const moved = useRef(false);
  const fitted = useRef({ width: 0, height: 0, boxWidth: 0, boxHeight: 0 });
  useEffect(() => {
    if (moved.current || placed.length === 0 || box.width === 0) return;
    const { width, height } = extentOf(placed);
    const last = fitted.current;
    const sameBox = last.boxWidth === box.width && last.boxHeight === box.height;
    const fits = width <= last.width && height <= last.height;
    const shrunk = width < last.width * SHRINK || height < last.height * SHRINK;
    if (sameBox && fits && !shrunk) return;
    fitted.current = { width, height, boxWidth: box.width, boxHeight: box.height };
    const first = last.width === 0 || !sameBox;
    requestAnimationFrame(() => void fitView({ ...FIT, duration: first ? 0 : 320 }));
  }, [placed, box, fitView]);
  const fit = () => {
    moved.current = false;
    void fitView({ ...FIT, duration: 240 });
  };
  const onMoveStart = (event: unknown) => {
    if (event) moved.current = true;
  };
  return { fit, onMoveStart };
}

interface Props {
  readonly view: GraphView;
  readonly simplified: boolean;
  readonly onFar: (zoom: number) => void;
}

/** See the header. */
export function Drawing({ view, simplified, onFar }: Props) {
  const structure = useWorld((world) => world.structure);
  const { element, box } = useBox();
  const narrow = box.width > 0 && box.width < NARROW_PX;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are changed in place; `structure` says when it matters
  const { placed, nodes, edges } = useMemo(() => {
    const graph = graphOf(useWorld.getState().rows.values(), view);
    const places = layoutOf(graph, narrow);
    return { placed: places, nodes: flowNodes(places, narrow), edges: flowEdges(graph) };
  }, [structure, view, narrow]);
  const { fit, onMoveStart } = useCamera(placed, box);
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div className="drawing" ref={element}>
      <Simplified value={simplified}>
        <ReactFlow
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
          onlyRenderVisibleElements={nodes.length > 40}
          minZoom={0.06}
          maxZoom={2}
          onMoveStart={onMoveStart}
          onMove={(_event, viewport) => onFar(viewport.zoom)}
          zoomOnDoubleClick={false}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={1.1} />
        </ReactFlow>
      </Simplified>
      <div className="camera">
        <button type="button" className="icon-button" aria-label={t('graph.zoomIn')} onClick={() => void zoomIn()}>
          <Icon name="plus" />
        </button>
        <button type="button" className="icon-button" aria-label={t('graph.zoomOut')} onClick={() => void zoomOut()}>
          <Icon name="minus" />
        </button>
        <button type="button" className="icon-button" aria-label={t('graph.fit')} onClick={fit}>
          <Icon name="fit" />
        </button>
      </div>
    </div>
  );
}

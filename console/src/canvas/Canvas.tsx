import '@xyflow/react/dist/base.css';
import {
  Background,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type NodeChange,
} from '@xyflow/react';
import { Maximize, Minus, Plus, Workflow } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { boundsOf, boxOf, centre } from '../process/geometry.ts';
import type { ProcessGraph } from '../process/model.ts';
import { IconButton } from '../ui/Button.tsx';
import { State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { PHONE, useMedia } from '../ui/useMedia.ts';
import { useShortcuts } from '../ui/useShortcuts.ts';
import { Arrows, EDGE_KINDS, EdgeLine } from './EdgeLine.tsx';
import { elementsOf, emphasise } from './elements.ts';
import { KIND_LOOK } from './kinds.ts';
import { NodeCard, NodeDot, type CanvasNode } from './NodeCard.tsx';
import './canvas.css';

const NODE_TYPES = { card: NodeCard, dot: NodeDot };
const EDGE_TYPES = { line: EdgeLine };
const FIT = { padding: 0.09, maxZoom: 1 };
const ZOOM_MIN = 0.04;
const ZOOM_MAX = 2;
const MOVE_MILLIS = 220;
/** The library computes its drawing from this, so it cannot be left to the style sheet. */
const MINIMAP_SIZE = { width: 168, height: 112 };

interface CanvasProps {
  readonly graph: ProcessGraph;
  readonly selected: string | undefined;
  /** Nodes that the shown task went through, in order; empty when no task is shown. */
  readonly path: readonly string[];
  readonly onSelect: (nodeId: string | undefined) => void;
}

/** The graph of a process: seen, moved and zoomed, not changed. */
export function Canvas(props: CanvasProps) {
  if (props.graph.nodes.length === 0) {
    return (
      <div className="fill">
        <State icon={Workflow} title={texts.canvas.empty} text={texts.canvas.emptyHint} />
      </div>
    );
  }
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ graph, selected, path, onSelect }: CanvasProps) {
  const elements = useMemo(() => elementsOf(graph), [graph]);
  const shown = useMemo(() => emphasise(elements, selected, path), [elements, selected, path]);
  const phone = useMedia(PHONE);
  const change = (changes: NodeChange<CanvasNode>[]) => {
    const chosen = changes.find((one) => one.type === 'select' && one.selected);
    if (chosen?.type === 'select') onSelect(chosen.id);
  };
  return (
    <div className="canvas" role="region" aria-label={texts.canvas.label(graph.title)}>
      <Arrows />
      <ReactFlow
        nodes={shown.nodes}
        edges={shown.edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={change}
        onPaneClick={() => onSelect(undefined)}
        fitView
        fitViewOptions={FIT}
        minZoom={ZOOM_MIN}
        maxZoom={ZOOM_MAX}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        deleteKeyCode={null}
        attributionPosition="top-right"
      >
        <Background gap={22} size={1.4} color="var(--dots)" />
        <LevelOfDetail />
        <KeepInView graph={graph} selected={selected} path={path} />
        <Tools />
        {!phone && <Legend graph={graph} />}
        {!phone && (
          <MiniMap<CanvasNode>
            pannable
            zoomable
            ariaLabel={texts.canvas.minimap}
            style={MINIMAP_SIZE}
            nodeColor={miniColour}
            nodeBorderRadius={8}
            maskColor="transparent"
          />
        )}
      </ReactFlow>
    </div>
  );
}

function miniColour({ data: { node } }: CanvasNode): string {
  return `var(--kind-${KIND_LOOK[node.kind].colour})`;
}

type Level = 'near' | 'far' | 'distant' | 'overview';

/** Far away, small print is noise and costs frames: the style sheet hides it by level. */
function LevelOfDetail() {
  const level = useStore((state): Level => {
    const zoom = state.transform[2];
    if (zoom >= 0.56) return 'near';
    if (zoom >= 0.34) return 'far';
    return zoom >= 0.17 ? 'distant' : 'overview';
  });
  const root = useStore((state) => state.domNode);
  useEffect(() => {
    if (root) root.dataset.level = level;
  }, [root, level]);
  return null;
}

/** Moves the view only when what is meant (the chosen node, the task's way) is out of sight. */
function KeepInView({ graph, selected, path }: Pick<CanvasProps, 'graph' | 'selected' | 'path'>) {
  const flow = useReactFlow();
  const root = useStore((state) => state.domNode);
  useEffect(() => {
    const show = (ids: readonly string[], zoomMin: number, zoomMax: number) => {
      const nodes = ids.flatMap((id) => graph.byId.get(id) ?? []);
      if (nodes.length === 0 || !root) return;
      const box = boundsOf(nodes.map(boxOf));
      const view = root.getBoundingClientRect();
      const from = flow.flowToScreenPosition({ x: box.left, y: box.top });
      const to = flow.flowToScreenPosition({ x: box.right, y: box.bottom });
      const seen =
        from.x >= view.left && to.x <= view.right && from.y >= view.top && to.y <= view.bottom;
      if (seen && flow.getZoom() >= zoomMin) return;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const bounds = {
        x: box.left,
        y: box.top,
        width: box.right - box.left,
        height: box.bottom - box.top,
      };
      if (nodes.length > 1) {
        void flow.fitBounds(bounds, { padding: 0.12, duration: still ? 0 : MOVE_MILLIS });
      } else {
        const middle = centre(box);
        const zoom = Math.max(flow.getZoom(), zoomMax);
        void flow.setCenter(middle.x, middle.y, { zoom, duration: still ? 0 : MOVE_MILLIS });
      }
    };
    // The panel that opens with the choice has narrowed the canvas by the next frame.
    const frame = requestAnimationFrame(() => {
      if (path.length > 0) show(path, 0, 1);
      else if (selected !== undefined) show([selected], 0.3, 0.75);
    });
    return () => cancelAnimationFrame(frame);
  }, [flow, graph, root, selected, path]);
  return null;
}

function Tools() {
  const flow = useReactFlow();
  const fit = () => void flow.fitView({ ...FIT, duration: 180 });
  const zoomIn = () => void flow.zoomIn({ duration: 120 });
  const zoomOut = () => void flow.zoomOut({ duration: 120 });
  useShortcuts({ f: fit, '+': zoomIn, '=': zoomIn, '-': zoomOut });
  return (
    <Panel position="bottom-left" className="tools">
      <IconButton label={texts.canvas.zoomIn} onClick={zoomIn}>
        <Plus size={16} />
      </IconButton>
      <IconButton label={texts.canvas.zoomOut} onClick={zoomOut}>
        <Minus size={16} />
      </IconButton>
      <IconButton label={texts.canvas.fit} onClick={fit}>
        <Maximize size={15} />
      </IconButton>
    </Panel>
  );
}

/** Only the kinds of lines that this process has. */
function Legend({ graph }: { readonly graph: ProcessGraph }) {
  const present = EDGE_KINDS.filter((kind) => graph.edges.some((edge) => edge.kind === kind));
  if (present.length < 2) return null;
  return (
    <Panel position="bottom-left" className="legend">
      <ul aria-label={texts.canvas.legendTitle}>
        {present.map((kind) => (
          <li key={kind} className={`line-${kind}`}>
            <svg width="20" height="8" aria-hidden>
              <path d="M1 4H19" className="line-path" />
            </svg>
            {texts.canvas.legend[kind]}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

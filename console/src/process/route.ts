import type { ProcessEdge } from './model.ts';
import { boundsOf, type Box, type Point } from './geometry.ts';

/** A drawn edge: the line, where its label fits, and the box that holds it. */
export interface Route {
  readonly points: readonly Point[];
  readonly label: LabelPlace;
}

export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly charsMax: number;
}

type Side = 'right' | 'bottom' | 'left' | 'top';

const SIDES: readonly Side[] = ['right', 'bottom', 'left', 'top'];
const OUT: Readonly<Record<Side, Point>> = {
  right: { x: 1, y: 0 },
  bottom: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  top: { x: 0, y: -1 },
};

const STUB = 18;
const DETOUR = 30;
const BEND_COST = 45;
const CROSSING_COST = 900;
const REVERSAL_COST = 5_000;
const PORT_GAP_MAX = 16;
const CELL = 256;
const LABEL_CHAR_WIDTH = 6;
const LABEL_CHARS_MIN = 6;
const LABEL_CHARS_MAX = 28;
const LABEL_LINE_MIN = 34;
const LABEL_INSET = 12;
const LABEL_LIFT = 8;

/**
 * Draws every edge as an orthogonal line between the best pair of sides: short, with few bends and
 * around the nodes where a way exists. Exits that share a side are spread along it in the order of
 * their targets, so that they do not cross at the card.
 */
export function routeEdges(
  boxes: ReadonlyMap<string, Box>,
  edges: readonly ProcessEdge[],
): Map<string, Route> {
  const obstacles = new Grid(boxes.values());
  const chosen = edges.flatMap((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) return [];
    const best = bestRoute(from, to, SIDES, SIDES, 0, 0, obstacles);
    return [{ edge, from, to, sides: best.sides, shift: 0, entryShift: 0 }];
  });
  spreadPorts(chosen);
  const crowded = crowdedEntries(chosen);
  return new Map(
    chosen.map(({ edge, from, to, sides, shift, entryShift }) => {
      const route = bestRoute(from, to, [sides[0]], [sides[1]], shift, entryShift, obstacles);
      const atStart = crowded.has(entryKey(edge, sides));
      return [edge.id, { points: route.points, label: labelPlace(route.points, atStart) }];
    }),
  );
}

/** Sides of nodes that more than one labelled line enters. */
function crowdedEntries(chosen: readonly Chosen[]): Set<string> {
  const seen = new Set<string>();
  const crowded = new Set<string>();
  for (const { edge, sides } of chosen) {
    const key = entryKey(edge, sides);
    if (edge.label !== '' && seen.has(key)) crowded.add(key);
    if (edge.label !== '') seen.add(key);
  }
  return crowded;
}

function entryKey(edge: ProcessEdge, sides: readonly [Side, Side]): string {
  return `${edge.to} ${sides[1]}`;
}

interface Chosen {
  readonly edge: ProcessEdge;
  readonly from: Box;
  readonly to: Box;
  readonly sides: readonly [Side, Side];
  shift: number;
  entryShift: number;
}

/** One port for each exit of a side, and one that all entries of the side share. */
function spreadPorts(chosen: readonly Chosen[]): void {
  const bySide = new Map<string, { box: Box; side: Side; exits: Chosen[]; entries: Chosen[] }>();
  const group = (node: string, side: Side, box: Box) => {
    const key = `${node} ${side}`;
    const known = bySide.get(key);
    if (known) return known;
    const made = { box, side, exits: [], entries: [] };
    bySide.set(key, made);
    return made;
  };
  for (const one of chosen) {
    group(one.edge.from, one.sides[0], one.from).exits.push(one);
    group(one.edge.to, one.sides[1], one.to).entries.push(one);
  }
  for (const { box, side, exits, entries } of bySide.values()) {
    const along = (other: Box) =>
      OUT[side].x === 0 ? other.left + other.right : other.top + other.bottom;
    const ports = exits.map((exit) => ({
      at: along(exit.to),
      place: (s: number) => (exit.shift = s),
    }));
    if (entries.length > 0) {
      const at = entries.reduce((sum, entry) => sum + along(entry.from), 0) / entries.length;
      const place = (s: number) => entries.forEach((entry) => (entry.entryShift = s));
      ports.push({ at, place: (s) => (place(s), s) });
    }
    const room = OUT[side].x === 0 ? box.right - box.left : box.bottom - box.top;
    const gap = Math.min(PORT_GAP_MAX, room / (ports.length + 1));
    ports
      .toSorted((a, b) => a.at - b.at)
      .forEach((port, index) => port.place((index - (ports.length - 1) / 2) * gap));
  }
}

interface Candidate {
  readonly points: readonly Point[];
  readonly sides: readonly [Side, Side];
  readonly cost: number;
}

function bestRoute(
  from: Box,
  to: Box,
  fromSides: readonly Side[],
  toSides: readonly Side[],
  shift: number,
  entryShift: number,
  obstacles: Grid,
): Candidate {
  const candidates: Candidate[] = [];
  for (const fromSide of fromSides) {
    for (const toSide of toSides) {
      const start = portOf(from, fromSide, shift);
      const end = portOf(to, toSide, entryShift);
      for (const points of waysBetween(start, fromSide, end, toSide, from, to)) {
        candidates.push({ points, sides: [fromSide, toSide], cost: shapeCost(points) });
      }
    }
  }
  candidates.sort((a, b) => a.cost - b.cost);
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    // The rest is dearer by shape alone, whatever it crosses.
    if (best && candidate.cost >= best.cost) break;
    const cost = candidate.cost + CROSSING_COST * obstacles.crossings(candidate.points);
    if (!best || cost < best.cost) best = { ...candidate, cost };
  }
  if (!best) throw new Error('A pair of sides always has a way between them.');
  return best;
}

function portOf(box: Box, side: Side, shift: number): Point {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  switch (side) {
    case 'right':
      return { x: box.right, y: y + shift };
    case 'left':
      return { x: box.left, y: y + shift };
    case 'bottom':
      return { x: x + shift, y: box.bottom };
    case 'top':
      return { x: x + shift, y: box.top };
  }
}

function waysBetween(
  start: Point,
  fromSide: Side,
  end: Point,
  toSide: Side,
  from: Box,
  to: Box,
): Point[][] {
  const a = { x: start.x + OUT[fromSide].x * STUB, y: start.y + OUT[fromSide].y * STUB };
  const b = { x: end.x + OUT[toSide].x * STUB, y: end.y + OUT[toSide].y * STUB };
  const both = boundsOf([from, to]);
  const across = [(a.x + b.x) / 2, a.x, b.x, both.left - DETOUR, both.right + DETOUR];
  const down = [(a.y + b.y) / 2, a.y, b.y, both.top - DETOUR, both.bottom + DETOUR];
  const ways = [
    ...across.map((x) => [start, a, { x, y: a.y }, { x, y: b.y }, b, end]),
    ...down.map((y) => [start, a, { x: a.x, y }, { x: b.x, y }, b, end]),
  ];
  return ways.map(withoutNeedlessPoints);
}

function withoutNeedlessPoints(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    if (before && last && isStraight(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** In line and onward; a line that turns back on itself keeps its point, so that it costs. */
function isStraight(a: Point, b: Point, c: Point): boolean {
  if (a.x === b.x && b.x === c.x) return b.y - a.y > 0 === c.y - b.y > 0;
  if (a.y === b.y && b.y === c.y) return b.x - a.x > 0 === c.x - b.x > 0;
  return false;
}

function shapeCost(points: readonly Point[]): number {
  let cost = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!;
    const b = points[i]!;
    const next = points[i + 1];
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (!next) continue;
    cost += BEND_COST;
    const alongX = a.y === b.y && b.y === next.y;
    const alongY = a.x === b.x && b.x === next.x;
    if (alongX || alongY) cost += REVERSAL_COST;
  }
  return cost;
}

/**
 * A label stands at the end of its line, where lines that left together have parted; labels that
 * would meet there because they enter one side of one node stand at their beginning instead.
 */
function labelPlace(points: readonly Point[], atStart: boolean): LabelPlace {
  const along = atStart ? points : points.toReversed();
  const at = roomySegment(along);
  const a = along[at]!;
  const b = along[at + 1]!;
  if (a.x === b.x) return { ...middle(a, b), anchor: 'middle', charsMax: LABEL_CHARS_MAX };
  const reach = at === 0 ? along.at(-1)! : b;
  const room = Math.floor((Math.abs(reach.x - a.x) - 24) / LABEL_CHAR_WIDTH);
  const charsMax = Math.max(LABEL_CHARS_MIN, Math.min(LABEL_CHARS_MAX, room));
  if (at > 0) return { x: middle(a, b).x, y: a.y - LABEL_LIFT, anchor: 'middle', charsMax };
  const right = b.x > a.x;
  const x = a.x + (right ? LABEL_INSET : -LABEL_INSET);
  return { x, y: a.y - LABEL_LIFT, anchor: right ? 'start' : 'end', charsMax };
}

/** The first segment that a label can stand on; a level one at the port always can. */
function roomySegment(points: readonly Point[]): number {
  const fits = (at: number) => {
    const a = points[at]!;
    const b = points[at + 1]!;
    return (at === 0 && a.y === b.y) || distance(a, b) >= LABEL_LINE_MIN;
  };
  for (let at = 0; at < points.length - 1; at++) if (fits(at)) return at;
  return 0;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Finds the boxes that a level or upright line runs through, without asking every box. */
class Grid {
  private readonly cells = new Map<string, Box[]>();

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes) {
      forCells(box, (key) => {
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      });
    }
  }

  crossings(points: readonly Point[]): number {
    let count = 0;
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1]!;
      const b = points[i]!;
      const line = {
        left: Math.min(a.x, b.x),
        top: Math.min(a.y, b.y),
        right: Math.max(a.x, b.x),
        bottom: Math.max(a.y, b.y),
      };
      const crossed = new Set<Box>();
      forCells(line, (key) => {
        for (const box of this.cells.get(key) ?? []) {
          if (cuts(line, box)) crossed.add(box);
        }
      });
      count += crossed.size;
    }
    return count;
  }
}

/** Strictly inside: a line that only touches a border (its own port) does not cut. */
function cuts(line: Box, box: Box): boolean {
  return (
    line.right > box.left && line.left < box.right && line.bottom > box.top && line.top < box.bottom
  );
}

function forCells(box: Box, visit: (key: string) => void): void {
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) {
      visit(`${x},${y}`);
    }
  }
}

/** The line as an SVG path with rounded corners. */
export function pathOf(points: readonly Point[], radius = 8): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const before = points[i - 1]!;
    const corner = points[i]!;
    const after = points[i + 1]!;
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const a = towards(corner, before, r);
    const b = towards(corner, after, r);
    path += `L${a.x} ${a.y}Q${corner.x} ${corner.y} ${b.x} ${b.y}`;
  }
  return `${path}L${last.x} ${last.y}`;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  return {
    x: from.x + Math.sign(to.x - from.x) * length,
    y: from.y + Math.sign(to.y - from.y) * length,
  };
}

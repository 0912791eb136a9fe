import { describe, expect, it } from 'vitest';
import { boxOf, CARD_HEIGHT, CARD_WIDTH, DOT_SIZE, type Box } from './geometry.ts';
import type { ProcessEdge } from './model.ts';
import { pathOf, routeEdges } from './route.ts';

const card = (x: number, y: number) => boxOf({ x, y, small: false });

const edge = (from: string, to: string, label = ''): ProcessEdge => ({
  id: `${from}-${to}`,
  from,
  to,
  kind: 'go',
  label,
});

function routed(boxes: Record<string, Box>, edges: ProcessEdge[]) {
  return routeEdges(new Map(Object.entries(boxes)), edges);
}

describe('places of nodes', () => {
  it('centres a card on the 200 units that saved positions assume', () => {
    const box = card(100, 50);
    expect((box.left + box.right) / 2).toBe(200);
    expect([box.right - box.left, box.bottom - box.top]).toEqual([CARD_WIDTH, CARD_HEIGHT]);
  });

  it('centres a small node on its saved x, so that it stands under its card', () => {
    const box = boxOf({ x: 200, y: 50, small: true });
    expect((box.left + box.right) / 2).toBe(200);
    expect(box.right - box.left).toBe(DOT_SIZE);
  });
});

describe('routes', () => {
  it('runs straight between cards of one row', () => {
    const route = routed({ a: card(0, 0), b: card(400, 0) }, [edge('a', 'b')]).get('a-b');
    expect(route?.points).toEqual([
      { x: 206, y: 39 },
      { x: 394, y: 39 },
    ]);
  });

  it('has only level and upright parts', () => {
    const boxes = { a: card(0, 0), b: card(430, 310), c: card(-500, -290), d: card(30, 600) };
    const edges = ['b', 'c', 'd'].flatMap((id) => [edge('a', id), edge(id, 'a')]);
    for (const { points } of routed(boxes, edges).values()) {
      points.slice(1).forEach((point, index) => {
        const before = points[index]!;
        expect(point.x === before.x || point.y === before.y).toBe(true);
      });
    }
  });

  it('goes around a card that stands in the way', () => {
    const boxes = { a: card(0, 0), wall: card(300, 0), b: card(600, 0) };
    const points = routed(boxes, [edge('a', 'b')]).get('a-b')!.points;
    const wall = boxes.wall;
    points.slice(1).forEach((point, index) => {
      const before = points[index]!;
      const cuts =
        Math.max(point.x, before.x) > wall.left &&
        Math.min(point.x, before.x) < wall.right &&
        Math.max(point.y, before.y) > wall.top &&
        Math.min(point.y, before.y) < wall.bottom;
      expect(cuts).toBe(false);
    });
  });

  it('spreads exits of one side in the order of their targets', () => {
    const boxes = { a: card(0, 0), up: card(500, -300), down: card(500, 300), mid: card(500, 0) };
    const routes = routed(boxes, [edge('a', 'down'), edge('a', 'mid'), edge('a', 'up')]);
    const startOf = (id: string) => routes.get(id)!.points[0]!.y;
    expect(startOf('a-up')).toBeLessThan(startOf('a-mid'));
    expect(startOf('a-mid')).toBeLessThan(startOf('a-down'));
  });

  it('draws a line from a node to itself', () => {
    const { points } = routed({ a: card(0, 0) }, [edge('a', 'a')]).get('a-a')!;
    expect(points.length).toBeGreaterThan(2);
  });

  it('puts a label at the end of its line, and at the start where ends would meet', () => {
    const boxes = { a: card(0, 0), b: card(0, 300), c: card(600, 150) };
    const alone = routed(boxes, [edge('a', 'c', 'x = 1')]).get('a-c')!.label;
    expect(alone.anchor).toBe('end');
    expect(alone.x).toBeGreaterThan(500);
    const crowded = routed(boxes, [edge('a', 'c', 'x = 1'), edge('b', 'c', 'x = 2')]);
    expect(crowded.get('a-c')!.label.x).toBeLessThan(300);
    expect(crowded.get('b-c')!.label.x).toBeLessThan(300);
  });

  it('leaves edges of unknown nodes out', () => {
    expect(routed({ a: card(0, 0) }, [edge('a', 'nowhere')]).size).toBe(0);
  });

  it('rounds corners and keeps the ends', () => {
    const path = pathOf([
      { x: 0, y: 0 },
      { x: 50, y: 0 },
      { x: 50, y: 40 },
    ]);
    expect(path).toBe('M0 0L42 0Q50 0 50 8L50 40');
  });
});

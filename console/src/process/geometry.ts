import type { ProcessNode } from './model.ts';

/** Sizes in canvas units. Saved positions assume cards 200 wide; ours are a little wider and centred. */
export const CARD_WIDTH = 212;
export const CARD_HEIGHT = 78;
export const DOT_SIZE = 40;
const SAVED_CARD_WIDTH = 200;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a node is drawn. A small node's saved `x` is its middle, a card's is its left edge. */
export function boxOf(node: Pick<ProcessNode, 'x' | 'y' | 'small'>): Box {
  if (node.small) {
    const left = node.x - DOT_SIZE / 2;
    return { left, top: node.y, right: left + DOT_SIZE, bottom: node.y + DOT_SIZE };
  }
  const left = node.x - (CARD_WIDTH - SAVED_CARD_WIDTH) / 2;
  return { left, top: node.y, right: left + CARD_WIDTH, bottom: node.y + CARD_HEIGHT };
}

export function centre(box: Box): Point {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** The smallest box around all; an empty process gets a box around the origin. */
export function boundsOf(boxes: Iterable<Box>): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.left);
    top = Math.min(top, box.top);
    right = Math.max(right, box.right);
    bottom = Math.max(bottom, box.bottom);
  }
  return left === Infinity
    ? { left: 0, top: 0, right: 0, bottom: 0 }
    : { left, top, right, bottom };
}

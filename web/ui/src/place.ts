// New nodes find free places beside those that are there, so that a picture
// stays as it is when something is expanded.

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

const gap = 18; // pixels between boxes

/** Whether two boxes come nearer to each other than the gap. */
export function crowds(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.w + b.w) / 2 + gap && Math.abs(a.y - b.y) < (a.h + b.h) / 2 + gap;
}

/**
 * The free place nearest to an anchor for a box of a size: rings around the
 * anchor are tried from the inside, each beginning at an angle.
 */
export function freePlace(anchor: { x: number; y: number }, size: { w: number; h: number }, taken: Box[], angle = 0): Box {
  for (let ring = 1; ; ring++) {
    const radius = ring * 90;
    const places = 8 + 6 * ring;
    for (let i = 0; i < places; i++) {
      // To both sides of the wished angle in turn.
      const turn = angle + ((i % 2 === 0 ? 1 : -1) * Math.ceil(i / 2) * 2 * Math.PI) / places;
      const box = { x: anchor.x + 1.5 * radius * Math.cos(turn), y: anchor.y + radius * Math.sin(turn), ...size };
      if (!taken.some((other) => crowds(box, other))) return box;
    }
  }
}

export interface Unplaced {
  id: string;
  w: number;
  h: number;
}

/**
 * Places for nodes that are new in a picture: each near to the first node that
 * it is joined with and that has a place, else below the picture.
 */
export function placeNew(
  fresh: Unplaced[],
  placed: Map<string, Box>,
  neighbours: (id: string) => string[],
): Map<string, Box> {
  const places = new Map(placed);
  const taken = [...placed.values()];
  const out = new Map<string, Box>();
  const middle = center(taken);
  let waiting = fresh;
  while (waiting.length > 0) {
    const next: Unplaced[] = [];
    for (const node of waiting) {
      const anchor = neighbours(node.id).map((id) => places.get(id)).find((box) => box !== undefined);
      if (!anchor) {
        next.push(node);
        continue;
      }
      set(node, freePlace(anchor, node, taken, Math.atan2(anchor.y - middle.y, anchor.x - middle.x)));
    }
    if (next.length === waiting.length) {
      // Nothing that has a place leads to these: the first of them opens a new region.
      const node = next.shift()!;
      const bottom = taken.reduce((y, box) => Math.max(y, box.y + box.h / 2), middle.y);
      set(node, freePlace({ x: middle.x, y: bottom + 60 }, node, taken, Math.PI / 2));
    }
    waiting = next;
  }
  return out;

  function set(node: Unplaced, box: Box) {
    places.set(node.id, box);
    out.set(node.id, box);
    taken.push(box);
  }
}

function center(boxes: Box[]): { x: number; y: number } {
  if (boxes.length === 0) return { x: 0, y: 0 };
  const sum = boxes.reduce((s, b) => ({ x: s.x + b.x, y: s.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / boxes.length, y: sum.y / boxes.length };
}

/** The node that lies nearest in a direction from a place; undefined where none does. */
export function nearest<T extends { x: number; y: number }>(
  from: { x: number; y: number },
  direction: { x: number; y: number },
  nodes: T[],
): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const node of nodes) {
    const dx = node.x - from.x;
    const dy = node.y - from.y;
    const along = dx * direction.x + dy * direction.y;
    const across = Math.abs(dx * direction.y - dy * direction.x);
    if (along <= 0 || across > 2 * along) continue;
    const distance = along + 2 * across;
    if (distance < least) [best, least] = [node, distance];
  }
  return best;
}

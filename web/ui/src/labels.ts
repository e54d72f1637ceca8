// Labels of lines move along their lines to where they cover least, as in the
// drawings of the server.

import type { Box } from "./place";

export interface LabelledLine {
  a: { x: number; y: number };
  b: { x: number; y: number };
  w: number;
  h: number;
}

const places = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75];

/** How far along its line each label goes, 0 to 1, when nodes have these boxes. */
export function placeLabels(nodes: Box[], lines: LabelledLine[]): number[] {
  const taken = [...nodes];
  return lines.map((line) => {
    let best = 0.5;
    let least = Infinity;
    for (const at of places) {
      const box = boxAt(line, at);
      const covered = taken.reduce((sum, other) => sum + shared(box, other), 0);
      if (covered < least) [best, least] = [at, covered];
      if (covered === 0) break;
    }
    taken.push(boxAt(line, best));
    return best;
  });
}

function boxAt(line: LabelledLine, at: number): Box {
  return { x: line.a.x + at * (line.b.x - line.a.x), y: line.a.y + at * (line.b.y - line.a.y), w: line.w, h: line.h };
}

/** The area that two boxes have in common. */
export function shared(a: Box, b: Box): number {
  const w = (a.w + b.w) / 2 - Math.abs(a.x - b.x);
  const h = (a.h + b.h) / 2 - Math.abs(a.y - b.y);
  return w <= 0 || h <= 0 ? 0 : Math.min(w, a.w, b.w) * Math.min(h, a.h, b.h);
}

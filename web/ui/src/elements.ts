import type { ElementDefinition } from "cytoscape";
import type { Drawing, Line, PlacedNode } from "./data";
import { shapeOf } from "./look";

/** The elements of Cytoscape for a drawing; ids of lines are made of those of their ends. */
export function elementsOf(drawing: Drawing): ElementDefinition[] {
  return [...drawing.nodes.map(nodeElement), ...drawing.lines.map((line) => lineElement(drawing, line))];
}

function nodeElement(node: PlacedNode): ElementDefinition {
  return {
    group: "nodes",
    data: {
      id: node.id,
      name: node.label,
      kind: node.class ?? "",
      text: node.text.join("\n"),
      shape: shapeOf(node.shape),
      color: node.color || "#dddddd",
      w: node.w,
      h: node.h,
      link: node.link ?? "",
      center: node.center ?? false,
      pinned: node.pin !== undefined,
    },
    position: { x: node.x, y: node.y },
  };
}

function lineElement(drawing: Drawing, line: Line): ElementDefinition {
  const a = drawing.nodes[line.a]!;
  const b = drawing.nodes[line.b]!;
  return {
    group: "edges",
    data: {
      id: lineID(a.id, b.id),
      source: a.id,
      target: b.id,
      text: line.text.join("\n"),
      style: line.style,
      toA: line.toA ? "triangle" : "none",
      toB: line.toB ? "triangle" : "none",
      at: line.at,
      label: line.label,
      ...shift(a, b, line.at),
      edges: line.edges,
    },
  };
}

/** The id of the line between two nodes, whichever comes first. */
export function lineID(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/** How far a label is from the middle of its line when it is a part of the way along. */
export function shift(a: { x: number; y: number }, b: { x: number; y: number }, at: number): { shiftX: number; shiftY: number } {
  return { shiftX: (b.x - a.x) * (at - 0.5), shiftY: (b.y - a.y) * (at - 0.5) };
}

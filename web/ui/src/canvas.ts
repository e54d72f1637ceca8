import cytoscape, { type Core, type EdgeSingular, type EventObject, type NodeSingular } from "cytoscape";
import type { Drawing } from "./data";
import { elementsOf, shift } from "./elements";
import { coloursOf, look } from "./look";
import { placeLabels } from "./labels";
import { nearest, placeNew, type Box } from "./place";

/** What somebody does with the picture. */
export interface Listener {
  selected(nodes: NodeSingular[], line: EdgeSingular | undefined): void;
  opened(node: NodeSingular): void;
  moved(node: NodeSingular): void;
}

// Cytoscape puts a style element into the page, which the pages' policy
// refuses, unless one with this id is there; network.css has what it says.
function withoutStyleElement(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const stand = document.createElement("template");
  stand.id = id;
  document.body.append(stand);
}

/** The picture: what the server drew, and may be moved, selected and walked through by keys. */
export class Canvas {
  readonly cy: Core;
  private cursor: NodeSingular | undefined;

  constructor(private readonly container: HTMLElement, drawing: Drawing, private readonly listener: Listener) {
    withoutStyleElement();
    const crowded = drawing.crowded ?? false;
    this.cy = cytoscape({
      container,
      elements: elementsOf(drawing),
      style: look(coloursOf(container), crowded),
      layout: { name: "preset", fit: true, padding: 24 },
      minZoom: 0.05,
      maxZoom: 3,
      boxSelectionEnabled: true,
      selectionType: "single",
      hideEdgesOnViewport: crowded,
      textureOnViewport: false,
      pixelRatio: crowded ? 1 : "auto",
    } as never);
    this.settle(drawing);
    this.readable();
    this.cy.on("select unselect", () => this.tell());
    this.cy.on("dbltap", "node", (e: EventObject) => listener.opened(e.target as NodeSingular));
    this.cy.on("dragfree", "node", (e: EventObject) => {
      if (!crowded) this.placeLabels();
      listener.moved(e.target as NodeSingular);
    });
    this.cy.on("position", "node", (e: EventObject) => this.follow(e.target as NodeSingular));
    this.cy.on("tap", (e: EventObject) => {
      container.focus({ preventScroll: true });
      if (e.target !== this.cy && (e.target as NodeSingular).isNode()) this.at(e.target as NodeSingular, false);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint(crowded));
    new ResizeObserver(() => this.cy.resize()).observe(container);
  }

  /** Shows another drawing: what is there stays where it is, new nodes come beside their neighbours. */
  show(drawing: Drawing, again: boolean): void {
    const crowded = drawing.crowded ?? false;
    const selected = this.cy.$(":selected").map((e) => e.id());
    const there = new Map<string, Box>();
    if (!again) {
      for (const node of drawing.nodes) {
        const old = this.cy.getElementById(node.id);
        if (old.nonempty()) there.set(node.id, { ...(old as unknown as NodeSingular).position(), w: node.w, h: node.h });
      }
    }
    if (there.size > 0) {
      const next = neighbours(drawing);
      const fresh = drawing.nodes.filter((node) => !there.has(node.id));
      const places = new Map([...there, ...placeNew(fresh, there, (id) => next.get(id) ?? [])]);
      for (const node of drawing.nodes) {
        const [x, y] = node.pin ?? [places.get(node.id)!.x, places.get(node.id)!.y];
        [node.x, node.y] = [x, y];
      }
    }
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add(elementsOf(drawing));
    });
    this.paint(crowded);
    this.settle(drawing);
    if (!crowded) this.placeLabels();
    this.cy.batch(() => selected.forEach((id) => this.cy.getElementById(id).select()));
    this.cursor = undefined;
    if (there.size === 0) this.fit();
    this.tell();
  }

  /** What holds for the picture as a whole. */
  private settle(drawing: Drawing): void {
    this.lock(drawing.locked ?? false);
    const on = new Set(drawing.path ?? []);
    const nodes = this.cy.nodes().filter((node) => on.has(node.id()));
    nodes.addClass("path");
    nodes.edgesWith(nodes).addClass("path");
  }

  private paint(crowded: boolean): void {
    this.cy.style(look(coloursOf(this.container), crowded));
  }

  lock(locked: boolean): void {
    this.cy.autoungrabify(locked);
  }

  fit(): void {
    this.cy.fit(undefined, 24);
    this.readable();
  }

  /** A picture that would be too small to read begins at its centre instead. */
  private readable(): void {
    const least = 0.6;
    if (this.cy.zoom() >= least || this.cy.nodes().length > 150) return;
    this.cy.zoom(least);
    const center = this.cy.nodes("[?center]");
    this.cy.center(center.nonempty() ? center : this.cy.nodes().first());
  }

  zoom(factor: number): void {
    const { width, height } = this.container.getBoundingClientRect();
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: width / 2, y: height / 2 } });
  }

  /** Goes to a node and selects it, alone or beside the others. */
  at(node: NodeSingular, add: boolean): void {
    this.cy.batch(() => {
      if (!add) this.cy.$(":selected").unselect();
      node.select();
    });
    this.walkTo(node);
  }

  /** Moves the cursor to what lies in a direction; the first step goes to the centre. */
  walk(x: number, y: number): NodeSingular | undefined {
    const nodes = this.cy.nodes().toArray() as NodeSingular[];
    const places = nodes.map((node) => ({ node, ...node.position() }));
    let to: NodeSingular | undefined;
    if (!this.cursor) to = nodes.find((node) => node.data("center")) ?? nodes[0];
    else to = nearest(this.cursor.position(), { x, y }, places.filter((p) => p.node !== this.cursor))?.node;
    if (to) this.walkTo(to);
    return to;
  }

  get here(): NodeSingular | undefined {
    return this.cursor;
  }

  private walkTo(node: NodeSingular): void {
    this.cy.nodes(".cursor").removeClass("cursor");
    node.addClass("cursor");
    this.cursor = node;
    const box = node.renderedBoundingBox();
    const { width, height } = this.container.getBoundingClientRect();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > width || box.y2 > height) this.cy.center(node);
  }

  private tell(): void {
    const chosen = this.cy.nodes(":selected");
    this.cy.batch(() => {
      this.cy.edges(".near").removeClass("near");
      chosen.connectedEdges().addClass("near");
    });
    const nodes = chosen.toArray() as NodeSingular[];
    const lines = this.cy.edges(":selected").toArray() as EdgeSingular[];
    this.listener.selected(nodes, lines[0]);
  }

  /** Finds places for the labels of all lines, when nodes have come or moved. */
  private placeLabels(): void {
    const boxes = this.cy.nodes().map((node) => ({ ...node.position(), w: node.data("w") as number, h: node.data("h") as number }));
    const lines = this.cy.edges().toArray() as EdgeSingular[];
    const ends = lines.map((line) => ({ a: line.source().position(), b: line.target().position(), ...(line.data("label") as { w: number; h: number }) }));
    this.cy.batch(() =>
      placeLabels(boxes, ends).forEach((at, i) => {
        lines[i]!.data({ at, ...shift(ends[i]!.a, ends[i]!.b, at) });
      }),
    );
  }

  /** The labels of lines keep their part of the way when an end moves. */
  private follow(node: NodeSingular): void {
    node.connectedEdges().forEach((line) => {
      line.data(shift(line.source().position(), line.target().position(), line.data("at") as number));
    });
  }
}

function neighbours(drawing: Drawing): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const join = (a: string, b: string) => out.set(a, [...(out.get(a) ?? []), b]);
  for (const line of drawing.lines) {
    const a = drawing.nodes[line.a]!.id;
    const b = drawing.nodes[line.b]!.id;
    join(a, b);
    join(b, a);
  }
  return out;
}

import type { StylesheetJson } from "cytoscape";

/** The colours of the page, as its style sheet has them. */
export interface Colours {
  ground: string;
  ink: string;
  soft: string;
  accent: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return { ground: colour("--surface"), ink: colour("--ink"), soft: colour("--soft"), accent: colour("--accent") };
}

/** How the picture looks: the same as the drawings that the server makes. */
export function look(colours: Colours, crowded: boolean): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        shape: "data(shape)" as never,
        width: "data(w)",
        height: "data(h)",
        "background-color": "data(color)",
        "border-width": 1,
        "border-color": colours.ink,
        label: "data(text)",
        color: "#10151d", // on the colours of classes, which are light in both themes
        "font-size": 12,
        "font-family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
        "text-wrap": "wrap",
        "text-valign": "center",
        "text-halign": "center",
        "line-height": 1.25,
        "min-zoomed-font-size": 5,
      },
    },
    { selector: "node[?center]", style: { "border-width": 2.6 } },
    { selector: "node[?pinned]", style: { "border-style": "double", "border-width": 4 } },
    {
      selector: "edge",
      style: {
        width: 1.5,
        "line-color": colours.soft,
        "line-style": "data(style)" as never,
        "line-dash-pattern": [7, 4],
        "curve-style": "straight",
        "source-arrow-shape": "data(toA)" as never,
        "target-arrow-shape": "data(toB)" as never,
        "source-arrow-color": colours.soft,
        "target-arrow-color": colours.soft,
        label: crowded ? "" : "data(text)",
        color: colours.ink,
        "font-size": 11,
        "font-family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
        "text-wrap": "wrap",
        "text-max-width": "260px",
        "line-height": 1.25,
        "text-background-color": colours.ground,
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
        "text-margin-x": "data(shiftX)" as never,
        "text-margin-y": "data(shiftY)" as never,
        "min-zoomed-font-size": 6,
      },
    },
    // In a crowd only the lines at what is selected are named.
    ...(crowded ? [{ selector: "edge.near, edge:selected", style: { label: "data(text)", "z-index": 2 } }] : []),
    { selector: "edge[style = 'dotted']", style: { "line-dash-pattern": [1.5, 3.5], width: 2 } },
    { selector: "node.path", style: { "border-color": colours.accent, "border-width": 4 } },
    {
      selector: "edge.path",
      style: { "line-color": colours.accent, "source-arrow-color": colours.accent, "target-arrow-color": colours.accent, width: 4, "z-index": -1 },
    },
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: "node:selected", style: { "border-color": colours.accent, "border-width": 4 } },
    { selector: "edge:selected", style: { "line-color": colours.accent, "source-arrow-color": colours.accent, "target-arrow-color": colours.accent, width: 3 } },
    { selector: ".cursor", style: { "outline-color": colours.accent, "outline-width": 3, "outline-offset": 3 } as never },
    { selector: ":active", style: { "overlay-opacity": 0 } },
  ];
}

/** The shapes of classes, by the names that the schema gives them. */
export function shapeOf(shape: string | undefined): string {
  switch (shape) {
    case "ellipse":
    case "diamond":
    case "hexagon":
      return shape;
    case "rounded":
      return "round-rectangle";
  }
  return "rectangle";
}

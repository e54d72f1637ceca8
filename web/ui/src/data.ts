// What the server says of a network; web/picture writes it.

export interface PlacedNode {
  id: string;
  label: string;
  class?: string;
  shape?: string;
  color?: string;
  link?: string;
  center?: boolean;
  pin?: [number, number];
  text: string[];
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Edge {
  from: string;
  to: string;
  label: string;
  directed?: boolean;
  assertion: string;
  type?: string;
  start?: string;
  until?: string;
  why?: string;
  fact?: string;
  link?: string;
  sources?: string[];
}

/** All edges between two nodes, drawn as one line. */
export interface Line {
  a: number;
  b: number;
  edges: Edge[];
  text: string[];
  at: number;
  label: { w: number; h: number };
  style: "solid" | "dashed" | "dotted";
  toA?: boolean;
  toB?: boolean;
}

export interface Drawing {
  title: string;
  nodes: PlacedNode[];
  lines: Line[];
  crowded?: boolean;
  times?: [string, string];
  locked?: boolean;
  path?: string[]; // ids of nodes on the paths that were asked for
}

/** What lies around a thing by one type of relation. */
export interface Surrounding {
  value: string;
  label: string;
  count: number;
}

export interface Ref {
  iri?: string;
  label: string;
  class?: string;
}

export interface Evidence {
  document: { iri: string; title?: string; publisher?: string; published?: string };
  sentences: { text: string; start: number; end: number }[];
  speakers?: Ref[];
}

export interface Fact {
  iri: string;
  title: string;
  evidence?: Evidence[];
}

export interface Description extends Ref {
  names?: string[];
  positions?: Fact[];
  relations?: { label: string; count?: number; facts?: Fact[] }[];
  events?: Fact[];
  reported?: (Fact & { why: string })[];
}

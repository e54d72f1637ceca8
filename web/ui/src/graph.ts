import type { EdgeSingular, NodeSingular } from "cytoscape";
import { having, parametersOf, toggled } from "./address";
import { Canvas } from "./canvas";
import { Card } from "./card";
import type { Edge } from "./data";
import { byID, el, getJSON } from "./dom";
import { TimeSlider } from "./time";
import { Tools } from "./tools";
import { read, Views } from "./views";

const container = byID("network-canvas");
container.hidden = false;
byID("network-drawing").hidden = true; // the same, drawn by the server
byID("network-keys").hidden = false;

const views = new Views((drawing, again) => {
  canvas.show(drawing, again);
  refresh();
});
const card = new Card({ expand, hide, pin, only });
const slider = new TimeSlider((at, playing) => void views.go(having(views.parameters, "at", ...(at ? [at] : [])), { instead: playing }));
const canvas = new Canvas(container, read(), { selected, opened: (node) => expand(node.id(), ""), moved: place });
const tools = new Tools(
  {
    undo: () => views.undo(),
    redo: () => views.redo(),
    zoom: (factor) => canvas.zoom(factor),
    fit: () => canvas.fit(),
    lock,
    again: () => void views.go(having(views.parameters, "pinned"), { again: true }),
    path,
    find,
    leave: () => container.focus(),
    tab,
  },
  slider.element,
);
refresh();
Object.assign(container, { canvas }); // for tests and the curious
canvas.cy.one("render", () => performance.mark("network-drawn"));

// What changes the view.

function expand(id: string, relation: string): void {
  const p = views.parameters;
  const value = relation ? `${id}~${relation}` : id;
  if (!p.getAll("expand").includes(value)) p.append("expand", value);
  void views.go(p);
}

function hide(id: string): void {
  void views.go(toggled(views.parameters, "hidden", id)).then(() => container.focus());
}

function only(id: string): void {
  void views.go(having(having(having(views.parameters, "thing", id), "expand"), "path"), { again: true });
}

function pin(id: string): void {
  const p = views.parameters;
  const there = p.getAll("pinned").filter((value) => value.startsWith(`${id}@`));
  if (there.length > 0) {
    there.forEach((value) => p.delete("pinned", value));
    canvas.cy.getElementById(id).data("pinned", false);
    views.note(p);
    refresh();
  } else place(canvas.cy.getElementById(id) as unknown as NodeSingular);
}

/** Keeps a node where it was put. */
function place(node: NodeSingular): void {
  const p = views.parameters;
  for (const value of p.getAll("pinned")) if (value.startsWith(`${node.id()}@`)) p.delete("pinned", value);
  const { x, y } = node.position();
  p.append("pinned", `${node.id()}@${Math.round(x)},${Math.round(y)}`);
  node.data("pinned", true);
  views.note(p);
  refresh();
}

function lock(): void {
  const p = having(views.parameters, "locked", ...(views.parameters.has("locked") ? [] : ["1"]));
  views.note(p);
  canvas.lock(p.has("locked"));
  refresh();
}

function path(): void {
  const nodes = canvas.cy.nodes(":selected");
  if (nodes.length === 2) between(nodes[0]!.id(), nodes[1]!.id());
}

function between(from: string, to: string): void {
  void views.go(having(views.parameters, "path", `${from}~${to}`));
}

let start: NodeSingular | undefined; // of a path that is being asked for by keys

/** The first thing is where a path starts, the second where it ends. */
function mark(node: NodeSingular): void {
  if (start && start.id() !== node.id() && canvas.cy.getElementById(start.id()).nonempty()) {
    between(start.id(), node.id());
    start = undefined;
    return;
  }
  start = node;
  byID("network-spoken").textContent = `A path from ${node.data("name")}; press m on its other end.`;
  card.say(`A path from ${node.data("name")}`, "Go to its other end and press m.");
}

function tab(to: "picture" | "table"): void {
  if (to === "table" && byID("network-table").hasAttribute("data-cut")) {
    void views.go(having(views.parameters, "tab", "table")); // with all its rows
    return;
  }
  views.note(having(views.parameters, "tab", ...(to === "table" ? ["table"] : [])));
  refresh();
}

// What is selected.

function selected(nodes: NodeSingular[], line: EdgeSingular | undefined): void {
  if (nodes.length > 1) card.several(nodes, path);
  else if (nodes[0]) void card.node(nodes[0], false);
  else if (line) void card.line(line);
  else card.clear();
  byID("network-spoken").textContent = nodes.map(spoken).join("; ");
  markRows();
  refresh();
}

/** A node as it is read out: its name, class and number of relations. */
function spoken(node: NodeSingular): string {
  const lines = node.connectedEdges();
  return `${node.data("name")}, ${node.data("kind")}, joined with ${lines.length} ${lines.length === 1 ? "thing" : "things"}`;
}

/** Marks in the table what is selected in the picture. */
function markRows(): void {
  const ids = new Set(canvas.cy.nodes(":selected").map((node) => node.id()));
  const facts = new Set(canvas.cy.edges(":selected").map((line) => (line.data("edges") as Edge[]).map((edge) => edge.fact)).flat());
  for (const row of byID("network-table").querySelectorAll<HTMLElement>("tbody tr")) {
    const on = ids.has(row.dataset["node"] ?? "") || facts.has(row.dataset["edge"]);
    row.classList.toggle("selected", on);
  }
}

function find(text: string): number {
  const wanted = text.trim().toLocaleLowerCase();
  const all = canvas.cy.nodes();
  const found = all.filter((node) => wanted !== "" && (node.data("name") as string).toLocaleLowerCase().includes(wanted));
  canvas.cy.batch(() => {
    canvas.cy.elements().removeClass("faded");
    if (wanted !== "") all.difference(found).addClass("faded");
  });
  if (found.length > 0) canvas.at(found[0] as NodeSingular, false);
  return found.length;
}

/** Brings buttons, slider, tabs and downloads in step with the view. */
function refresh(): void {
  const p = views.parameters;
  const shown = p.get("tab") === "table" ? "table" : "picture";
  container.hidden = shown === "table";
  byID("network-table").hidden = shown !== "table";
  slider.set(read().times ?? ["", ""], p.get("at") ?? "");
  tools.set({
    undo: views.canUndo,
    redo: views.canRedo,
    locked: p.has("locked"),
    two: canvas.cy.nodes(":selected").length === 2,
    tab: shown,
  });
  markRows();
}

// Drawings are kept as they look here: every node has its place in the address.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("#network-downloads a[data-format]");
  if (!link || canvas.cy.nodes().length > 400) return;
  const p = having(views.parameters, "pinned");
  canvas.cy.nodes().forEach((node) => {
    const { x, y } = node.position();
    p.append("pinned", `${node.id()}@${Math.round(x)},${Math.round(y)}`);
  });
  link.search = p.toString();
});

// The filters.

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.id !== "network-filters") return;
  event.preventDefault();
  follow(form);
});
document.addEventListener("change", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.form?.id === "network-filters" && field.id !== "network-add") follow(field.form);
});
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-to]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void views.go(new URL(link.href).searchParams);
});

function follow(form: HTMLFormElement): void {
  if (!form.reportValidity()) return;
  const p = parametersOf(new FormData(form));
  // What the address did not say and nobody chose need not be said.
  for (const choice of form.querySelectorAll("select")) {
    if (!views.parameters.has(choice.name) && choice.selectedOptions[0]?.defaultSelected) p.delete(choice.name);
  }
  // Places are for one layout only.
  const again = (p.get("layout") ?? "") !== (views.parameters.get("layout") ?? "");
  // What buttons of this page noted in the address is not in the form yet.
  for (const name of ["expand", "hidden", "pinned", "locked", "at", "tab", "path"]) {
    p.delete(name);
    if (again && name === "pinned") continue;
    for (const value of views.parameters.getAll(name)) p.append(name, value);
  }
  void views.go(p, { again });
}

const suggestions = el("datalist", { id: "network-suggestions" });
document.body.append(suggestions);
let typing: ReturnType<typeof setTimeout> | undefined;
document.addEventListener("input", (event) => {
  const box = event.target as HTMLInputElement;
  if (box.id !== "network-add") return;
  box.setAttribute("list", suggestions.id);
  clearTimeout(typing);
  typing = setTimeout(async () => {
    const found = await getJSON<{ id: string; label: string; class: string }[]>(`/search.json?typing=1&q=${encodeURIComponent(box.value)}`).catch(() => []);
    suggestions.replaceChildren(...found.map((thing) => el("option", { value: thing.id }, `${thing.label} (${thing.class.toLowerCase()})`)));
  }, 150);
});

// The table leads to the picture.
document.addEventListener("click", (event) => {
  const row = (event.target as Element).closest<HTMLElement>("#network-table tbody tr");
  if (!row || (event.target as Element).closest("a")) return;
  const fact = row.dataset["edge"];
  const hit = fact
    ? canvas.cy.edges().filter((line) => (line.data("edges") as Edge[]).some((edge) => edge.fact === fact))
    : canvas.cy.getElementById(row.dataset["node"] ?? "");
  canvas.cy.$(":selected").unselect();
  hit.select();
});

// Keys of the picture.

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

container.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === "z" && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) views.redo();
      else views.undo();
    }
    return;
  }
  const here = canvas.here;
  const step = steps[event.key];
  if (step) {
    const to = canvas.walk(...step);
    if (to && !event.shiftKey) canvas.at(to, false);
  } else if (event.key === "Enter" && here) {
    canvas.at(here, false);
    void card.node(here, true);
  } else if (event.key === " " && here) {
    if (here.selected()) here.unselect();
    else here.select();
  } else if (event.key === "e" && here) expand(here.id(), "");
  else if (event.key === "h" && here) hide(here.id());
  else if (event.key === "p" && here) pin(here.id());
  else if (event.key === "o" && here) only(here.id());
  else if (event.key === "m" && here) mark(here);
  else if (event.key === "l") lock();
  else if (event.key === "t") tab("table");
  else if (event.key === "+" || event.key === "=") canvas.zoom(1.25);
  else if (event.key === "-") canvas.zoom(0.8);
  else if (event.key === "0") canvas.fit();
  else if (event.key === "f" || event.key === "/") tools.search.focus();
  else if (event.key === "z") views.undo();
  else if (event.key === "y") views.redo();
  else if (event.key === "Escape") canvas.cy.$(":selected").unselect();
  else return;
  event.preventDefault();
});

// Escape leads back from the card to the picture.
byID("network-card").addEventListener("keydown", (event) => {
  if (event.key === "Escape") container.focus();
});

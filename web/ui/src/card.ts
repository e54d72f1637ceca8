import type { EdgeSingular, NodeSingular } from "cytoscape";
import type { Description, Edge, Evidence, Fact, Surrounding } from "./data";
import { byID, el, getJSON } from "./dom";

/** What the buttons of a card do. */
export interface Actions {
  expand(id: string, relation: string): void;
  hide(id: string): void;
  pin(id: string): void;
  only(id: string): void;
}

const most = 6; // facts of one kind on a card; the page has them all

/** The card of what is selected, with its facts and their sentences. */
export class Card {
  private readonly element = byID("network-card");
  private wanted = 0; // counts the requests, so that a late answer shows nothing

  constructor(private readonly actions: Actions) {}

  clear(): void {
    this.wanted++;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  async node(node: NodeSingular, focus: boolean): Promise<void> {
    const id = node.id();
    const link = node.data("link") as string;
    this.fill(
      el("h2", {}, el("a", { href: link }, node.data("name") as string), " ", el("span", { class: "class" }, node.data("kind") as string)),
      this.buttons(id, node.data("pinned") as boolean),
    );
    if (focus) this.element.focus();
    const mine = this.wanted;
    const [around, said] = await Promise.all([
      getJSON<Surrounding[]>(`/graph/surroundings.json?thing=${encodeURIComponent(id)}`).catch(() => []),
      getJSON<Description>(`${link}.json`).catch(() => undefined),
    ]);
    if (mine !== this.wanted) return;
    this.element.append(this.expansions(id, around));
    if (said) this.element.append(...factsOf(said, link));
  }

  async line(line: EdgeSingular): Promise<void> {
    const edges = line.data("edges") as Edge[];
    const name = (end: NodeSingular) => end.data("name") as string;
    this.fill(el("h2", {}, `${name(line.source())} – ${name(line.target())}`));
    const mine = this.wanted;
    for (const edge of edges.slice(0, 2 * most)) {
      const list = el("div");
      this.element.append(
        el("h3", {}, el("a", { href: edge.link ?? "" }, edge.label), edge.why ? el("span", { class: "why" }, ` ${edge.why}`) : undefined),
        list,
      );
      void getJSON<Fact>(`${edge.link}.json`).then(
        (fact) => mine === this.wanted && list.append(...sentences(fact.evidence)),
        () => undefined,
      );
    }
    if (edges.length > 2 * most) this.element.append(el("p", {}, `${edges.length - 2 * most} more are in the table below.`));
  }

  several(nodes: NodeSingular[], path: () => void): void {
    const names = nodes.map((node) => node.data("name") as string).join(", ");
    this.fill(
      el("h2", {}, `${nodes.length} selected`),
      el("p", {}, names),
      nodes.length === 2 && el("div", { class: "actions" }, el("button", { type: "button", click: path }, "Path between them")),
    );
  }

  say(title: string, text: string): void {
    this.fill(el("h2", {}, title), el("p", {}, text));
  }

  private fill(...children: (Node | false)[]): void {
    this.wanted++;
    this.element.hidden = false;
    this.element.replaceChildren(...children.filter((child): child is Node => child !== false));
  }

  private buttons(id: string, pinned: boolean): HTMLElement {
    const button = (label: string, act: () => void) => el("button", { type: "button", click: act }, label);
    return el(
      "div",
      { class: "actions" },
      button("Hide", () => this.actions.hide(id)),
      button(pinned ? "Unpin" : "Pin", () => this.actions.pin(id)),
      button("Only this", () => this.actions.only(id)),
    );
  }

  private expansions(id: string, around: Surrounding[]): HTMLElement {
    return el(
      "div",
      { class: "actions", role: "group", "aria-label": "Expand by relation" },
      "Expand ",
      ...around.map((s) => el("button", { type: "button", "data-expand": s.value, click: () => this.actions.expand(id, s.value) }, `${s.label} (${s.count})`)),
    );
  }
}

function factsOf(said: Description, link: string): HTMLElement[] {
  const group = (title: string, facts: Fact[] = [], count = facts.length) => ({ title, facts, count });
  const groups = [
    group("Positions", said.positions),
    ...(said.relations ?? []).map((relation) => group(relation.label, relation.facts, relation.count)),
    group("Events", [...(said.events ?? [])].reverse()),
    group("Reported, not facts", said.reported),
  ];
  const out: HTMLElement[] = [];
  for (const { title, facts, count } of groups) {
    if (count === 0) continue;
    out.push(el("h3", {}, `${title} (${count})`));
    for (const fact of facts.slice(0, most)) out.push(el("p", {}, fact.title), ...sentences(fact.evidence));
    const left = count - Math.min(facts.length, most);
    if (left > 0) out.push(el("p", {}, el("a", { href: link }, facts.length === 0 ? "on its page" : `${left} more`)));
  }
  return out;
}

function sentences(evidence: Evidence[] = []): HTMLElement[] {
  const first = evidence[0];
  if (!first) return [];
  const source = [first.document.publisher ?? first.document.title ?? "", first.document.published ?? ""].filter(Boolean).join(", ");
  const speakers = (first.speakers ?? []).map((s) => s.label).join(", ");
  return [
    el(
      "blockquote",
      {},
      ...first.sentences.map((s) => `“${s.text}” `),
      el("span", { class: "source" }, source, speakers && ` · said by ${speakers}`, evidence.length > 1 && ` · and ${evidence.length - 1} more`),
    ),
  ];
}

import { address } from "./address";
import type { Drawing } from "./data";
import { byID, el, problemOf } from "./dom";
import { Editor } from "./editor";
import { enhance } from "./rows";

const form = document.getElementById("query-form") as HTMLFormElement | null;
const saved = document.getElementById("query-saved") as HTMLFormElement | null;
const stop = document.getElementById("query-stop") as HTMLButtonElement | null;
let editor: Editor | undefined;
let running: AbortController | undefined;

if (form && stop) {
  const area = byID("query-text") as HTMLTextAreaElement;
  const host = byID("query-editor");
  const language = new FormData(form).get("language") as string;
  area.hidden = true;
  host.hidden = false;
  byID("query-keys").hidden = false;
  stop.hidden = false;
  editor = new Editor(host, language, area.value, () => (area.value = editor!.text));
  host.addEventListener("keydown", keys, { capture: true });
  stop.addEventListener("click", () => running?.abort());
}
for (const asked of [form, saved]) {
  asked?.addEventListener("submit", (event) => {
    event.preventDefault();
    const p = new URLSearchParams();
    for (const [name, value] of new FormData(asked)) if (typeof value === "string" && value !== "") p.append(name, value);
    const show = new URLSearchParams(location.search).get("show");
    if (show) p.set("show", show);
    void run(p, true);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && running) running.abort();
});
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-show]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void run(new URL(link.href).searchParams, true).then(() => byID("query-answer").querySelector<HTMLElement>("a[aria-current]")?.focus());
});
addEventListener("popstate", () => location.reload());
suggestThings();
dress();

function keys(event: KeyboardEvent): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    form?.requestSubmit();
  }
}

/** Asks, and puts the answer where the last one was; the address becomes that of the answer. */
async function run(parameters: URLSearchParams, push: boolean): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  busy(true);
  const began = performance.now();
  try {
    const answer = await fetch(address("/query/view", parameters), { signal: mine.signal });
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) throw new Error(await problemOf(answer));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("query-answer");
    if (next) byID("query-answer").replaceWith(document.adoptNode(next));
    if (push) history.pushState({}, "", address("/query", parameters));
    dress();
  } catch (error) {
    const text = mine.signal.aborted ? `Stopped after ${((performance.now() - began) / 1000).toFixed(1)} s.` : `There is no answer: ${String(error)}`;
    if (running === mine) byID("query-answer").replaceChildren(el("p", { class: "wrong", role: "alert" }, text));
  } finally {
    if (running === mine) {
      running = undefined;
      busy(false);
    }
  }
}

function busy(on: boolean): void {
  if (stop) stop.disabled = !on;
  byID("query-answer").setAttribute("aria-busy", String(on));
}

/** Gives the answer that is in the page what scripts add to it. */
function dress(): void {
  const answer = byID("query-answer");
  const wrong = answer.querySelector<HTMLElement>("[data-line]");
  editor?.underline(Number(wrong?.dataset["line"] ?? 0), Number(wrong?.dataset["column"] ?? 0), wrong?.textContent ?? "");
  const rows = answer.querySelector<HTMLTableElement>("#query-rows");
  if (rows) enhance(rows);
  for (const code of answer.querySelectorAll<HTMLElement>(".snippets pre")) {
    code.before(copier("Copy", () => code.textContent ?? ""));
  }
  const link = answer.querySelector<HTMLAnchorElement>("#query-link");
  if (link) link.after(" ", copier("Copy link", () => link.href));
  void draw();
}

function copier(label: string, text: () => string): HTMLElement {
  const button = el("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(text()).then(() => (button.textContent = "Copied"));
  });
  return button;
}

/** Draws an answer that is a network; what draws is loaded only then. */
async function draw(): Promise<void> {
  const container = document.getElementById("query-canvas");
  const data = document.getElementById("query-data");
  if (!container || !data) return;
  const { Canvas } = await import("./canvas");
  if (!container.isConnected) return;
  container.hidden = false;
  byID("query-drawing").hidden = true;
  const open = (link: string) => link && location.assign(link);
  const canvas = new Canvas(container, JSON.parse(data.textContent ?? "{}") as Drawing, {
    selected: () => undefined,
    opened: (node) => open(node.data("link") as string),
    moved: () => undefined,
  });
  const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  container.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (step) canvas.walk(...step);
    else if (event.key === "Enter" && canvas.here) open(canvas.here.data("link") as string);
    else if (event.key === "+" || event.key === "=") canvas.zoom(1.25);
    else if (event.key === "-") canvas.zoom(0.8);
    else if (event.key === "0") canvas.fit();
    else return;
    event.preventDefault();
  });
}

/** Fields for things suggest what is called so. */
function suggestThings(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-type=thing]")) {
    const list = el("datalist", { id: `${field.id}-things` });
    field.after(list);
    field.setAttribute("list", list.id);
    field.addEventListener("input", async () => {
      const answer = await fetch(`/search.json?typing=1&q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      const found = (await answer.json()) as { id: string; label: string }[];
      list.replaceChildren(...found.map((thing) => el("option", { value: thing.id }, thing.label)));
    });
  }
}

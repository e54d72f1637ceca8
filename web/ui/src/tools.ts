import { byID, el } from "./dom";

/** What the toolbar's buttons and the keys of the picture do. */
export interface Commands {
  undo(): void;
  redo(): void;
  zoom(factor: number): void;
  fit(): void;
  lock(): void;
  again(): void;
  path(): void;
  find(text: string): number;
  leave(): void; // back to the picture
  tab(tab: "picture" | "table"): void;
}

/** The toolbar above the picture. */
export class Tools {
  private readonly buttons: Record<"undo" | "redo" | "lock" | "path" | "picture" | "table", HTMLButtonElement>;
  readonly search = el("input", { type: "search", placeholder: "Find in the picture", "aria-label": "Find in the picture", size: "16" });

  constructor(commands: Commands, ...more: HTMLElement[]) {
    const button = (label: string, title: string, act: () => void) => el("button", { type: "button", title, click: act }, label);
    this.buttons = {
      undo: button("Undo", "z", commands.undo),
      redo: button("Redo", "y", commands.redo),
      lock: button("Lock", "l", commands.lock),
      path: button("Path", "between the two that are selected", commands.path),
      picture: button("Picture", "", () => commands.tab("picture")),
      table: button("Table", "t", () => commands.tab("table")),
    };
    const found = el("span", { role: "status", class: "count" });
    const find = () => {
      const n = commands.find(this.search.value);
      found.textContent = this.search.value === "" ? "" : `${n} found`;
    };
    this.search.addEventListener("input", find);
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") commands.leave();
    });
    const group = (label: string, ...children: HTMLElement[]) => el("span", { class: "group", role: "group", "aria-label": label }, ...children);
    const bar = byID("network-tools");
    bar.replaceChildren(
      group("Show as", this.buttons.picture, this.buttons.table),
      group("Steps", this.buttons.undo, this.buttons.redo),
      group(
        "Size",
        button("+", "larger", () => commands.zoom(1.25)),
        button("−", "smaller", () => commands.zoom(0.8)),
        button("Fit", "0", commands.fit),
      ),
      group("Places", this.buttons.lock, button("Lay out", "find new places for all", commands.again)),
      group("Selection", this.search, found, this.buttons.path),
      ...more,
    );
    bar.hidden = false;
  }

  set(state: { undo: boolean; redo: boolean; locked: boolean; two: boolean; tab: string }): void {
    this.buttons.undo.disabled = !state.undo;
    this.buttons.redo.disabled = !state.redo;
    this.buttons.path.disabled = !state.two;
    this.buttons.lock.setAttribute("aria-pressed", String(state.locked));
    for (const tab of ["picture", "table"] as const) this.buttons[tab].setAttribute("aria-pressed", String(state.tab === tab));
  }
}

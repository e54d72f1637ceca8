import { address } from "./address";
import { byID, problemOf } from "./dom";
import type { Drawing } from "./data";

// The parts of the page that change with the address.
const parts = ["network-title", "network-filters", "network-said", "network-downloads", "network-table", "network-data"];

interface Step {
  step: number;
}

/**
 * The views that were shown, one for each address. Going to another replaces
 * the parts of the page by what the server says of that address; back and
 * forward in the browser's history undo and do again.
 */
export class Views {
  private asking: AbortController | undefined;
  private last = 0; // the furthest step that can be done again

  constructor(private readonly shown: (drawing: Drawing, again: boolean) => void) {
    if (!isStep(history.state)) history.replaceState({ step: 0 } satisfies Step, "");
    this.last = this.step;
    addEventListener("popstate", () => void this.load(this.parameters, false));
  }

  get parameters(): URLSearchParams {
    return new URLSearchParams(location.search);
  }

  private get step(): number {
    return isStep(history.state) ? history.state.step : 0;
  }

  get canUndo(): boolean {
    return this.step > 0;
  }

  get canRedo(): boolean {
    return this.step < this.last;
  }

  undo(): void {
    if (this.canUndo) history.back();
  }

  redo(): void {
    if (this.canRedo) history.forward();
  }

  /** Shows another view. again lays the picture out anew; instead makes no step that can be undone. */
  async go(parameters: URLSearchParams, how: { again?: boolean; instead?: boolean } = {}): Promise<void> {
    const to = address(location.pathname, parameters);
    if (to === address(location.pathname, this.parameters) && !how.again) return;
    if (how.instead) history.replaceState(history.state, "", to);
    else {
      this.last = this.step + 1;
      history.pushState({ step: this.last } satisfies Step, "", to);
    }
    await this.load(parameters, how.again ?? false);
  }

  /** Notes in the address what changes nothing of what is shown, as a place of a node. */
  note(parameters: URLSearchParams): void {
    this.last = this.step + 1;
    history.pushState({ step: this.last } satisfies Step, "", address(location.pathname, parameters));
  }

  private async load(parameters: URLSearchParams, again: boolean): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    try {
      const answer = await fetch(address("/graph/view", parameters), { signal: asking.signal });
      if (!answer.ok) throw new Error(await problemOf(answer));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focus = focusOf(document.activeElement);
      for (const id of parts) {
        const next = page.getElementById(id);
        if (next) byID(id).replaceWith(document.adoptNode(next));
      }
      focus?.();
      document.title = byID("network-title").textContent ?? document.title;
      this.shown(read(), again);
    } catch (error) {
      if (asking.signal.aborted) return;
      byID("network-said").replaceChildren(`The network could not be read: ${String(error)}`);
    }
  }
}

/** The drawing that is in the page. */
export function read(): Drawing {
  return JSON.parse(byID("network-data").textContent ?? "{}") as Drawing;
}

function isStep(state: unknown): state is Step {
  return typeof state === "object" && state !== null && "step" in state;
}

/** Where the focus is among the filters, so that it can return there when they are replaced. */
function focusOf(element: Element | null): (() => void) | undefined {
  if (!element || !byID("network-filters").contains(element)) return undefined;
  const name = element.getAttribute("name");
  const value = element.getAttribute("value");
  return () => {
    const fields = [...byID("network-filters").querySelectorAll<HTMLInputElement>("input, select, button")];
    const same = fields.filter((f) => f.getAttribute("name") === name && f.type !== "hidden");
    (same.find((f) => f.getAttribute("value") === value) ?? same[0] ?? fields.find((f) => f.type !== "hidden"))?.focus();
  };
}

import { el } from "./dom";
import { monthAfter, months, monthsTo } from "./moments";

const pace = 350; // milliseconds a step when playing

/** The slider through time: it shows what had begun by a month, and plays. */
export class TimeSlider {
  readonly element: HTMLElement;
  private readonly range = el("input", { type: "range", min: "0", max: "0", step: "1", "aria-label": "As of" });
  private readonly output = el("output", {}, "all times");
  private readonly play = el("button", { type: "button", "aria-pressed": "false", click: () => this.toggle() }, "Play");
  private first = "";
  private timer: ReturnType<typeof setInterval> | undefined;

  /** moved is told the month, or "" for all times. */
  constructor(private readonly moved: (at: string, playing: boolean) => void) {
    this.range.addEventListener("input", () => this.tell(false));
    const all = el("button", { type: "button", click: () => this.all() }, "All times");
    this.element = el("span", { class: "group", role: "group", "aria-label": "Time" }, this.range, this.output, this.play, all);
  }

  /** Sets the days between which it goes, and where it stands. */
  set(times: [string, string], at: string): void {
    const [first, last] = times;
    this.element.hidden = first === "" || first.slice(0, 7) === last.slice(0, 7);
    if (this.element.hidden) return this.stop();
    this.first = first;
    this.range.max = String(months(first, last) - 1);
    this.range.value = at === "" ? this.range.max : String(monthsTo(first, at));
    this.name(at);
  }

  private all(): void {
    this.stop();
    this.range.value = this.range.max;
    this.name("");
    this.moved("", false);
  }

  private toggle(): void {
    if (this.timer !== undefined) return this.stop();
    const steps = Math.max(1, Math.round(Number(this.range.max) / 60)); // a minute's play shows any time
    if (this.range.value === this.range.max) this.range.value = "0";
    this.play.setAttribute("aria-pressed", "true");
    this.play.textContent = "Pause";
    this.tell(true);
    this.timer = setInterval(() => {
      this.range.value = String(Number(this.range.value) + steps);
      this.tell(true);
      if (this.range.value === this.range.max) this.stop();
    }, pace);
  }

  private stop(): void {
    if (this.timer !== undefined) clearInterval(this.timer);
    this.timer = undefined;
    this.play.setAttribute("aria-pressed", "false");
    this.play.textContent = "Play";
  }

  private tell(playing: boolean): void {
    const at = monthAfter(this.first, Number(this.range.value));
    this.name(at);
    this.moved(at, playing);
  }

  private name(at: string): void {
    this.output.textContent = at === "" ? "all times" : `as of ${at}`;
    this.range.setAttribute("aria-valuetext", this.output.textContent);
  }
}

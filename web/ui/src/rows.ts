// Rows of a table: sorted by a click on a column's head, and filtered by words.

/** The order of two cells: numbers by value, all else as people sort it; empty ones last. */
export function compareCells(a: string, b: string): number {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" });
}

/** Whether a row has all the words, wherever they stand. */
export function hasWords(row: string, words: string): boolean {
  const text = row.toLocaleLowerCase();
  return words.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Makes a table sortable and puts a box to filter it above. */
export function enhance(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const rows = [...body.rows];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent ?? "";
      const sorted = [...rows].sort((a, b) => compareCells(text(a), text(b)) * (down && text(a) !== "" && text(b) !== "" ? -1 : 1));
      body.append(...sorted);
    });
    head.replaceChildren(button);
  });
  if (rows.length < 5) return;
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Filter these rows";
  box.setAttribute("aria-label", "Filter these rows");
  const count = document.createElement("span");
  count.className = "count";
  count.setAttribute("role", "status");
  box.addEventListener("input", () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !hasWords(row.textContent ?? "", box.value.trim());
      if (!row.hidden) shown++;
    }
    count.textContent = box.value.trim() === "" ? "" : ` ${shown} of ${rows.length}`;
  });
  const line = document.createElement("p");
  line.className = "filter";
  line.append(box, count);
  (table.parentElement ?? table).before(line);
}
